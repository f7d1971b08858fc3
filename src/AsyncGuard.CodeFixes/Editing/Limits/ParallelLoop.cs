using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking.Twins;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Limits;

/// <summary>
/// <c>Parallel.ForEach(items, x => Load(x))</c> → <c>await Parallel.ForEachAsync(items, token, async (x, _) => Load(x))</c>: only where the
/// body waits for
/// something that can be awaited there next. A body that computes is better off as it is, on the thread pool.
/// </summary>
internal sealed class ParallelLoop
{
    private readonly InvocationExpressionSyntax _node;
    private readonly string? _token;
    private readonly AsyncSignature _signature;
    private readonly bool _configureAwait;
    private readonly ChildBody? _child;

    private ParallelLoop(InvocationExpressionSyntax node, string? token, AsyncSignature signature, bool configureAwait, ChildBody? child)
    {
        _child = child;
        _node = node;
        _token = token;
        _signature = signature;
        _configureAwait = configureAwait;
    }

    public static ParallelLoop? For(InvocationExpressionSyntax node, FixContext fix) =>
        BodyOf(node) is { AsyncKeyword.RawKind: 0 } body && fix.OperationOf(body) is IAnonymousFunctionOperation lambda
        && HasSomethingToAwait(lambda, fix.Guard) ? Of(node, fix) : null;

    /// <summary><c>Parallel.ForEach(items, async x => …)</c>, where the body is asynchronous already and is not awaited.</summary>
    public static ParallelLoop? ForAsync(InvocationExpressionSyntax node, LambdaExpressionSyntax body, FixContext fix) =>
        BodyOf(node) == body ? Of(node, fix) : null;

    private static ParallelLoop? Of(InvocationExpressionSyntax node, FixContext fix)
    {
        if (fix.OperationOf(node) is not IInvocationOperation { TargetMethod: { ContainingType: var parallel } method } call
            || !ThreadingMembers.ParallelForEach.Is(method))
            return null;
        if (parallel.GetMembers("ForEachAsync").IsEmpty || !NullConditionalCall.IsUnused(call) || AggregateHandler.Guards(call)
            || AggregateHandler.GuardsCaller(node, fix) || !Awaiting.IsLegalAt(call))
            return null;
        if (call.Arguments.Length is not (2 or 3)
            || !method.Parameters[0].Type.OriginalDefinition.SpecialType.Equals(SpecialType.System_Collections_Generic_IEnumerable_T))
            return null;
        if (AsyncSignature.For(node, fix) is not { } signature) return null;

        // Options have a token of their own.
        var token = call.Arguments.Length == 3 ? null : TokenWay.TokenAt(call, fix);
        var child = BodyOf(node) is { AsyncKeyword.RawKind: not 0 } body ? ChildBody.For(body, token, fix) : null;
        return new ParallelLoop(node, token, signature, Awaiting.UsesConfigureAwait(node, fix, fix.Guard.Types.Task), child);
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        edits.Replace(_node,
            current => Awaiting.InPlaceOf((ExpressionSyntax)current, Write((InvocationExpressionSyntax)current), _configureAwait));
        _signature.Record(edits);
    }

    private static LambdaExpressionSyntax? BodyOf(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments is { Count: 2 or 3 } arguments && arguments.All(argument => argument.NameColon is null)
        && arguments.Last().Expression is LambdaExpressionSyntax lambda
        && lambda is SimpleLambdaExpressionSyntax or ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } }
        ? (LambdaExpressionSyntax)arguments.Last().Expression : null;

    private static bool HasSomethingToAwait(IAnonymousFunctionOperation lambda, GuardContext guard)
    {
        foreach (var operation in lambda.Body.Descendants())
        {
            if (TaskWait.Of(operation, guard) is not null) return true;
            if (operation is IInvocationOperation call
                && (guard.Apis.Has(call.TargetMethod, ApiTraits.Sleeps) || AwaitableCounterparts.Of(guard).Find(call) is not null))
                return true;
        }

        return false;
    }

    private InvocationExpressionSyntax Write(InvocationExpressionSyntax current)
    {
        var renamed = current.WithExpression(current.Expression switch
        {
            MemberAccessExpressionSyntax access => access.WithName(IdentifierName("ForEachAsync")),
            _ => IdentifierName("ForEachAsync"),
        });
        var argument = renamed.ArgumentList.Arguments.Last();
        var body = (LambdaExpressionSyntax)argument.Expression;
        var list = renamed.ArgumentList.ReplaceNode(body, Asynchronous(body));
        if (_token is not null) list = ArgumentLists.Insert(list, 1, Argument(ParseExpression(_token)));
        return renamed.WithArgumentList(list);
    }

    // x => …  becomes  async (x, _) => …
    private LambdaExpressionSyntax Asynchronous(LambdaExpressionSyntax body)
    {
        var (parameters, arrow) = body switch
        {
            SimpleLambdaExpressionSyntax simple =>
                (ParameterList(SingletonSeparatedList(simple.Parameter.WithoutTrivia())).WithTrailingTrivia(Space), simple.ArrowToken),
            ParenthesizedLambdaExpressionSyntax several => (several.ParameterList, several.ArrowToken),
            _ => (ParameterList(), body.ArrowToken),
        };
        var isTyped = parameters.Parameters[0].Type is not null;
        var token = Parameter(Identifier(_child?.Parameter ?? "_"));
        if (isTyped) token = token.WithType(ParseTypeName("CancellationToken").WithTrailingTrivia(Space));
        parameters = parameters.WithParameters(SeparatedList(
            [parameters.Parameters[0], token],
            [Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)]));
        return ParenthesizedLambdaExpression(Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space), parameters, arrow,
            _child?.Write(body.Body) ?? body.Body).WithTriviaFrom(body);
    }
}
