using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary><c>items.ForEach(async x => …);</c> → <c>foreach (var x in items) …</c>, in a function that can await.</summary>
internal sealed class AwaitedLoop
{
    private readonly ExpressionStatementSyntax _statement;
    private readonly AsyncSignature _signature;

    private AwaitedLoop(ExpressionStatementSyntax statement, AsyncSignature signature)
    {
        _statement = statement;
        _signature = signature;
    }

    public static AwaitedLoop? For(InvocationExpressionSyntax call, LambdaExpressionSyntax body, FixContext fix)
    {
        if (call is not { Parent: ExpressionStatementSyntax statement, Expression: MemberAccessExpressionSyntax } || !IsLoop(call, fix))
            return null;
        if (ParameterOf(body) is null || HasComment(statement, body) || ReturnsFromLoop(body) || Names(body, call, fix)) return null;
        if (fix.OperationOf(call) is not { } place || !Awaiting.IsLegalAt(place) || AsyncSignature.For(call, fix) is not { } signature)
            return null;
        return new AwaitedLoop(statement, signature);
    }

    public void Record(DocumentEdits edits)
    {
        edits.Replace(_statement, current => Write((ExpressionStatementSyntax)current));
        _signature.Record(edits);
    }

    // list.ForEach(…), Array.ForEach(items, …)
    private static bool IsLoop(InvocationExpressionSyntax call, FixContext fix)
    {
        if (fix.OperationOf(call) is not IInvocationOperation { TargetMethod: var method } || !SequenceMembers.ForEach.Is(method))
            return false;
        var count = call.ArgumentList.Arguments.Count;
        return method.IsStatic ? method.ContainingType.SpecialType == SpecialType.System_Array && count == 2
            : fix.Guard.Types.IsListOfT(method.ContainingType) && count == 1;
    }

    // items.ForEach(async x => { await SaveAsync(x); items.Remove(x); }): a foreach throws where its list was changed meanwhile
    private static bool Names(LambdaExpressionSyntax body, InvocationExpressionSyntax call, FixContext fix) =>
        fix.OperationOf(call) is IInvocationOperation { Instance: { } list }
        && fix.Model.GetSymbolInfo(list.Syntax).Symbol is { } items
        && body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == items.Name
            && SymbolEqualityComparer.Default.Equals(fix.Model.GetSymbolInfo(name).Symbol, items));

    private static ParameterSyntax? ParameterOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0],
        _ => null,
    };

    private static bool HasComment(ExpressionStatementSyntax statement, LambdaExpressionSyntax body) =>
        statement.DescendantTrivia()
        .Any(trivia => UnwrapUsing.IsComment(trivia) && !body.Body.FullSpan.Contains(trivia.Span)
        && !statement.GetLeadingTrivia().Contains(trivia) && !statement.GetTrailingTrivia().Contains(trivia));

    // A return out of a loop in the body would go on with that loop.
    private static bool ReturnsFromLoop(LambdaExpressionSyntax lambda) =>
        lambda.Block is { } block
        && Returns(block)
        .Any(jump => jump.Ancestors().TakeWhile(ancestor => ancestor != block)
        .Any(ancestor => ancestor is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax));

    private static System.Collections.Generic.IEnumerable<ReturnStatementSyntax> Returns(BlockSyntax block) =>
        block.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<ReturnStatementSyntax>();

    private ForEachStatementSyntax Write(ExpressionStatementSyntax current)
    {
        var call = (InvocationExpressionSyntax)current.Expression;
        var arguments = call.ArgumentList.Arguments;
        var items = arguments.Count == 2 ? arguments[0].Expression : ((MemberAccessExpressionSyntax)call.Expression).Expression;
        var lambda = (LambdaExpressionSyntax)arguments.Last().Expression;
        var parameter = ParameterOf(lambda)!;
        StatementSyntax body;
        var afterHead = lambda.ArrowToken.TrailingTrivia;
        if (lambda.Block is { } block)
        {
            body = block.ReplaceNodes(Returns(block),
                (jump, _) => ContinueStatement(Token(SyntaxKind.ContinueKeyword), jump.SemicolonToken).WithTriviaFrom(jump));
        }
        else
        {
            var lineEnd = _statement.GetFirstToken()
                .GetPreviousToken().TrailingTrivia.FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
            body = ExpressionStatement(lambda.ExpressionBody!.WithoutTrivia());
            if (!afterHead.Any(SyntaxKind.EndOfLineTrivia) && lineEnd.IsKind(SyntaxKind.EndOfLineTrivia))
            {
                var indentation = UnwrapUsing.Indentation(_statement);
                afterHead = TriviaList(lineEnd);
                body = body.WithLeadingTrivia(indentation.Add(Whitespace(Indents.StepOf(_statement))));
            }
            else
            {
                body = body.WithLeadingTrivia(lambda.ExpressionBody!.GetLeadingTrivia());
            }
        }

        var type = parameter.Type?.WithoutTrivia() ?? IdentifierName("var");
        return ForEachStatement(
            Token(current.GetLeadingTrivia(), SyntaxKind.ForEachKeyword, TriviaList(Space)),
            Token(SyntaxKind.OpenParenToken),
            type.WithTrailingTrivia(Space),
            parameter.Identifier.WithoutTrivia(),
            Token(TriviaList(Space), SyntaxKind.InKeyword, TriviaList(Space)),
            items.WithoutTrivia(),
            Token(TriviaList(), SyntaxKind.CloseParenToken, afterHead),
            body.WithTrailingTrivia(current.GetTrailingTrivia()));
    }
}
