using System.Linq;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>Edits of <c>catch</c> clauses that are about cancellation.</summary>
internal static class CatchClauses
{
    private const string Cancellation = "OperationCanceledException";

    /// <summary><c>catch (TaskCanceledException)</c> → <c>catch (OperationCanceledException)</c>.</summary>
    public static CatchClauseSyntax OfEveryCancellation(CatchClauseSyntax clause) =>
        clause.Declaration is { } declaration
        ? clause.WithDeclaration(declaration.WithType((TypeSyntax)EveryCancellation(declaration.Type))) : clause;

    /// <summary><c>TaskCanceledException</c> → <c>OperationCanceledException</c>.</summary>
    public static SyntaxNode EveryCancellation(SyntaxNode type) => IdentifierName(Cancellation).WithTriviaFrom(type);

    /// <summary>
    /// <c>catch (Exception ex)</c> →
    /// <c>catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested)</c>;
    /// without a name, as for a handler of cancellations alone, only the token is asked.
    /// </summary>
    public static CatchClauseSyntax ExceptCancellation(CatchClauseSyntax clause, string? exception, string token, bool hasPatterns)
    {
        var asked = $"!{token}.IsCancellationRequested";
        var test = ParseExpression(exception is null ? asked : hasPatterns ? $"{exception} is not {Cancellation} || {asked}"
            : $"!({exception} is {Cancellation}) || {asked}");
        var named = exception is null ? clause : Named(clause, exception);
        if (named.Filter is { } filter)
        {
            var known = BindsWeaker(filter.FilterExpression) ? ParenthesizedExpression(filter.FilterExpression) : filter.FilterExpression;
            return named.WithFilter(
                filter.WithFilterExpression(BinaryExpression(SyntaxKind.LogicalAndExpression, known,
                    Token(TriviaList(Space), SyntaxKind.AmpersandAmpersandToken, TriviaList(Space)),
                        exception is null ? test : ParenthesizedExpression(test))));
        }

        var head = named.Declaration!;
        var added = Parsed($"catch when ({test})").Filter!.WithLeadingTrivia(Space).WithTrailingTrivia(head.GetTrailingTrivia());
        return named.WithDeclaration(head.WithoutTrailingTrivia()).WithFilter(added);
    }

    /// <summary>The name of the clause's exception, or one that is free there.</summary>
    public static string? NameIn(CatchClauseSyntax clause, FixContext fix)
    {
        if (clause.Declaration is { Identifier: { RawKind: not (int)SyntaxKind.None } known }) return known.Text;
        var used = clause.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToList() ?? [];
        return new[] { "ex", "exception",
            "error" }.FirstOrDefault(name => !used.Contains(name) && fix.Model.LookupSymbols(clause.Block.SpanStart, name: name).IsEmpty);
    }

    private static CatchClauseSyntax Named(CatchClauseSyntax clause, string exception)
    {
        if (clause.Declaration is { Identifier.RawKind: not (int)SyntaxKind.None }) return clause;
        if (clause.Declaration is { } typed)
            return clause.WithDeclaration(typed.WithType(typed.Type.WithTrailingTrivia(Space)).WithIdentifier(Identifier(exception)));

        // catch { … }
        var keyword = clause.CatchKeyword;
        var declaration = Parsed($"catch (Exception {exception})").Declaration!.WithTrailingTrivia(keyword.TrailingTrivia);
        return clause.WithCatchKeyword(keyword.WithTrailingTrivia(Space)).WithDeclaration(declaration);
    }

    // Read from text, so that nothing of it is laid out anew.
    private static CatchClauseSyntax Parsed(string head) => ((TryStatementSyntax)ParseStatement($"try {{ }} {head} {{ }}")).Catches[0];

    // when (a || b), when (a ? b : c)
    private static bool BindsWeaker(ExpressionSyntax filter) =>
        filter.Kind() is SyntaxKind.LogicalOrExpression or SyntaxKind.ConditionalExpression or SyntaxKind.CoalesceExpression
        || filter is AssignmentExpressionSyntax or LambdaExpressionSyntax;
}
