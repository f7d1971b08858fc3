using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// <c>if (!task.Wait(limit)) throw new TimeoutException();</c>, which <c>await task.WaitAsync(limit);</c> says: it throws the same. Not
/// where the exception has a message, which would be another one, nor with a token: a cancelled <c>Wait</c> throws an
/// <c>OperationCanceledException</c>, a cancelled <c>WaitAsync</c> the <c>TaskCanceledException</c> that derives from it.
/// </summary>
internal sealed class ThrowingWait
{
    private readonly bool _isInMilliseconds;

    private ThrowingWait(IfStatementSyntax statement, ITypeSymbol? awaitedType, bool isInMilliseconds)
    {
        Statement = statement;
        AwaitedType = awaitedType;
        _isInMilliseconds = isInMilliseconds;
    }

    public IfStatementSyntax Statement { get; }

    public ITypeSymbol? AwaitedType { get; }

    public static ThrowingWait? Of(ExpressionSyntax node, IOperation operation, FixContext fix)
    {
        if (operation is not IInvocationOperation { Instance.Type: { } task } wait
            || !TaskMembers.Wait.Is(wait.TargetMethod) || !fix.Guard.Awaitables.IsTask(task) || wait.Arguments.Length != 1)
            return null;
        if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } || StatementOf(node) is not { } statement
            || !ThrowsTimeout(statement, fix))
            return null;
        if (task.GetMembers("WaitAsync").IsEmpty && fix.Guard.Types.Task?.GetMembers("WaitAsync").IsEmpty != false) return null;
        var time = wait.TargetMethod.Parameters[0].Type;
        return time.SpecialType == SpecialType.System_Int32 ? new ThrowingWait(statement, task, isInMilliseconds: true)
            : ApiTypes.TimeSpan.Is(time) ? new ThrowingWait(statement, task, isInMilliseconds: false) : null;
    }

    /// <summary>The statement that takes the place of the <c>if</c>.</summary>
    public StatementSyntax Write(IfStatementSyntax current, bool configureAwait)
    {
        var wait = current.Condition.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().First();
        var access = (MemberAccessExpressionSyntax)wait.Expression;
        var arguments = wait.ArgumentList;
        if (_isInMilliseconds)
        {
            var limit = arguments.Arguments[0];
            arguments = arguments.WithArguments(arguments.Arguments.Replace(limit,
                Argument(ParseExpression($"TimeSpan.FromMilliseconds({limit.Expression.WithoutTrivia()})"))));
        }

        var call = wait.WithExpression(access.WithName(IdentifierName("WaitAsync"))).WithArgumentList(arguments).WithoutTrivia();
        return ExpressionStatement(Awaiting.InPlaceOf(wait.WithoutTrivia(), call, configureAwait)).WithTriviaFrom(current);
    }

    // if (!task.Wait(limit)), if (task.Wait(limit) == false); there is nothing else in the condition and no else
    private static IfStatementSyntax? StatementOf(ExpressionSyntax node)
    {
        var condition = Unwrapped.ParenthesesAround(node);
        var isNegated = condition.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }
            or BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.EqualsExpression,
            Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression }
        };
        return isNegated
            && Unwrapped.ParenthesesAround((ExpressionSyntax)condition.Parent!).Parent is IfStatementSyntax { Else: null } statement
            ? statement : null;
    }

    private static bool ThrowsTimeout(IfStatementSyntax statement, FixContext fix)
    {
        var branch = statement.Statement is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : statement.Statement;
        return branch is ThrowStatementSyntax { Expression: BaseObjectCreationExpressionSyntax { Initializer: null } thrown }
            && thrown.ArgumentList is null or { Arguments.Count: 0 }
            && ApiTypes.Timeout.Is(fix.Model.GetTypeInfo(thrown, fix.CancellationToken).Type)
            && !statement.DescendantTrivia()
            .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            || trivia.IsDirective);
    }
}
