using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Finished;

/// <summary>An async function without await as a synchronous one that returns finished tasks.</summary>
internal sealed class SynchronousBody
{
    private readonly SyntaxNode _function;
    private readonly FinishedTask _task;
    private readonly IReadOnlyList<bool> _namesType;
    private readonly bool _isEndReachable;
    private readonly string _exception;

    private SynchronousBody(SyntaxNode function, FinishedTask task, IReadOnlyList<bool> namesType, bool isEndReachable, bool catches,
        bool mayCatchCancellation, string exception)
    {
        MayCatchCancellation = mayCatchCancellation;
        _function = function;
        _task = task;
        _namesType = namesType;
        _isEndReachable = isEndReachable;
        Catches = catches;
        _exception = exception;
    }

    /// <summary>Whether the body can throw, so that it catches and returns what it throws.</summary>
    public bool Catches { get; }

    /// <summary>Whether what it catches may be a cancellation, which would end the task as a failure.</summary>
    public bool MayCatchCancellation { get; }

    /// <summary>The body, or null where it cannot be written.</summary>
    public static SynchronousBody? Of(SyntaxNode function, IMethodSymbol method, FixContext fix)
    {
        if (FinishedTask.Of(method.ReturnType, function, fix) is not { } task
            || FreeName.At(function, fix, "exception", "failure") is not { } exception)
            return null;
        var (block, arrow) = PartsOf(function);
        if ((block is null && arrow is null) || (block ?? (SyntaxNode)arrow!).ContainsDirectives) return null;

        if (fix.OperationOf(function) is not { } code) return null;
        var catches = OnlyThrown(block, arrow) is null && QuietCode.CanThrow(code, fix.Guard);

        // What stands in one line with its brace is written anew, without what stands beside it.
        if (catches && block?.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) == false && UnwrapUsing.HasComment(block))
            return null;

        // A cancelled task is not a failed one.
        if (catches && method.Parameters.Any(parameter => fix.Guard.Tokens.IsToken(parameter.Type))) return null;
        if ((catches || OnlyThrown(block, arrow) is not null) && QuietCode.MayCancel(block ?? (SyntaxNode)arrow!)) return null;

        var values = arrow is not null ? [arrow]
            : ReturnsIn(block!).Where(static statement => statement.Expression is not null)
            .Select(static statement => statement.Expression!).ToList();
        var isEndReachable = block is null ? task.Result is null : IsEndReachable(block, fix);
        return new SynchronousBody(function, task, values.Select(value => NamesType(value, task, fix)).ToList(), isEndReachable, catches,
            catches && CancellableCode.Is(code, fix), exception);
    }

    public void Record(DocumentEdits edits) => edits.Replace(_function, Written);

    private SyntaxNode Written(SyntaxNode function)
    {
        var (block, arrow) = PartsOf(function);
        var lineEnd =
            function.SyntaxTree.GetRoot().DescendantTrivia()
            .FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found ? found.ToString()
            : "\n";
        var indentation = StatementList.Indentation(function).ToFullString();
        var step = Indents.StepOf(function);
        if (OnlyThrown(block, arrow) is { } thrown)
        {
            var failed = _task.Failed(thrown.ToString());
            if (arrow is not null) return WithoutAsync(function.ReplaceNode(arrow, ParseExpression(failed).WithTriviaFrom(arrow)));
            return WithoutAsync(function.ReplaceNode(block!.Statements[0],
                ParseStatement($"return {failed};").WithTriviaFrom(block.Statements[0])));
        }

        if (arrow is not null && !Catches && _task.Result is not null)
            return WithoutAsync(function.ReplaceNode(arrow,
                ParseExpression(_task.With(arrow.ToString(), _namesType[0])).WithTriviaFrom(arrow)));

        if (arrow is not null)
        {
            string[] lines = _task.Result is null ? [$"{arrow};", $"return {_task.Done};"]
                : [$"return {_task.With(arrow.ToString(), _namesType[0])};"];
            var inner = indentation + step + (Catches ? step : "");
            var statements =
                lines.Select(line => ParseStatement(line).WithLeadingTrivia(Whitespace(inner)).WithTrailingTrivia(EndOfLine(lineEnd)));
            return WithBody(function, Framed(List(statements), indentation, step, lineEnd));
        }

        return OfBlock(function, block!, indentation, step, lineEnd);
    }

    private SyntaxNode OfBlock(SyntaxNode function, BlockSyntax block, string indentation, string step, string lineEnd)
    {
        var index = 0;
        var written = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var statement in ReturnsIn(block))
        {
            if (statement.Expression is { } value)
                written.Add(value, ParseExpression(_task.With(value.ToString(), _namesType[index++])).WithTriviaFrom(value));
            else written.Add(statement,
                ReturnStatement(Token(TriviaList(), SyntaxKind.ReturnKeyword, TriviaList(Space)), ParseExpression(_task.Done),
                    statement.SemicolonToken).WithLeadingTrivia(statement.GetLeadingTrivia()));
        }

        var body = block.ReplaceNodes(written.Keys, (original, _) => written[original]);
        if (_isEndReachable) body = InsertStatement.Last(body, $"return {_task.Done};");
        if (Catches)
        {
            var inner = Whitespace(indentation + step + step);
            var isOneLine = !body.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
            var statements = isOneLine
                ? List(body.Statements.Select(statement => statement.WithLeadingTrivia(inner).WithTrailingTrivia(EndOfLine(lineEnd))))
                : List(body.Statements.Select(statement => Indents.By(step, statement)));
            var framed = Framed(statements, indentation, step, lineEnd);
            body = isOneLine ? framed : framed.WithOpenBraceToken(body.OpenBraceToken).WithCloseBraceToken(body.CloseBraceToken);
            if (isOneLine && body.GetFirstToken() is var open
                && block.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
                body = body.ReplaceToken(open, open.WithLeadingTrivia(block.OpenBraceToken.LeadingTrivia));
            if (isOneLine) return WithBody(function, body);
        }

        return WithoutAsync(function.ReplaceNode(block, body));
    }

    private BlockSyntax Framed(SyntaxList<StatementSyntax> statements, string indentation, string step, string lineEnd)
    {
        var open = Token(TriviaList(Whitespace(indentation)), SyntaxKind.OpenBraceToken, TriviaList(EndOfLine(lineEnd)));
        var close = Token(TriviaList(Whitespace(indentation)), SyntaxKind.CloseBraceToken, TriviaList());
        if (!Catches) return Block(open, statements, close);

        var inner = indentation + step;
        var frame = (TryStatementSyntax)ParseStatement(string.Join(lineEnd,
            $"{inner}try", inner + "{", inner + "}", $"{inner}catch (Exception {_exception})", inner + "{",
            $"{inner}{step}return {_task.Failed(_exception)};", inner + "}", ""));
        return Block(open, SingletonList<StatementSyntax>(frame.WithBlock(frame.Block.WithStatements(statements))), close);
    }

    private static SyntaxNode WithBody(SyntaxNode function, BlockSyntax body)
    {
        // The line that the arrow or the brace stood on ends before the new brace.
        var lineEnd = body.OpenBraceToken.TrailingTrivia;
        SyntaxNode header = function switch
        {
            MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body),
            LocalFunctionStatementSyntax local => local.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body),
            _ => function,
        };
        var last = PartsOf(header).Block!.OpenBraceToken.GetPreviousToken();
        header = header.ReplaceToken(last, last.WithTrailingTrivia(lineEnd));
        return WithoutAsync(header).WithTrailingTrivia(function.GetTrailingTrivia());
    }

    private static SyntaxNode WithoutAsync(SyntaxNode function)
    {
        var keyword = function.ChildTokens().First(static token => token.IsKind(SyntaxKind.AsyncKeyword));
        var next = keyword.GetNextToken();
        var leading = keyword.LeadingTrivia;
        var isFirst = function.GetFirstToken() == keyword;
        if (isFirst || leading.Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
            function = function.ReplaceToken(next, next.WithLeadingTrivia(leading));
        return function switch
        {
            MethodDeclarationSyntax method =>
                method.WithModifiers(method.Modifiers.RemoveAt(method.Modifiers.IndexOf(SyntaxKind.AsyncKeyword))),
            LocalFunctionStatementSyntax local =>
                local.WithModifiers(local.Modifiers.RemoveAt(local.Modifiers.IndexOf(SyntaxKind.AsyncKeyword))),
            _ => function,
        };
    }

    private static bool NamesType(ExpressionSyntax value, FinishedTask task, FixContext fix) =>
        task.Result is not null
        && (!SymbolEqualityComparer.Default.Equals(fix.Model.GetTypeInfo(value, fix.CancellationToken).Type, task.Result)
        || task.Result is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated });

    // The block of a local function as such is never left, its last statement is.
    private static bool IsEndReachable(BlockSyntax block, FixContext fix)
    {
        var statements = block.Statements.Where(static statement => statement is not LocalFunctionStatementSyntax).ToList();
        return statements.Count == 0
            || fix.Model.AnalyzeControlFlow(statements[0],
            statements[statements.Count - 1]) is not { Succeeded: true, EndPointIsReachable: false };
    }

    // { throw new NotSupportedException(); }, => throw new NotSupportedException()
    private static ExpressionSyntax? OnlyThrown(BlockSyntax? block, ExpressionSyntax? arrow) =>
        arrow is ThrowExpressionSyntax expression ? expression.Expression
        : block is { Statements: { Count: 1 } statements } && statements[0] is ThrowStatementSyntax { Expression: { } thrown } ? thrown
        : null;

    private static IEnumerable<ReturnStatementSyntax> ReturnsIn(BlockSyntax block) =>
        block.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<ReturnStatementSyntax>();

    private static (BlockSyntax? Block, ExpressionSyntax? Arrow) PartsOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => (method.Body, method.ExpressionBody?.Expression),
        LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody?.Expression),
        _ => default,
    };
}
