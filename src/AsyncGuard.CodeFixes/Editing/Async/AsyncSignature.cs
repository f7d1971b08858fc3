using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// Makes a function that returns a task <c>async</c>, with its returns rewritten: <c>return Task.FromResult(r)</c> becomes <c>return r</c>.
/// </summary>
internal sealed class AsyncSignature
{
    private const string Purpose = "async";

    private readonly SyntaxNode _function;
    private readonly IReadOnlyList<ReturnRewrite> _returns;

    private AsyncSignature(SyntaxNode function, IReadOnlyList<ReturnRewrite> returns)
    {
        _function = function;
        _returns = returns;
    }

    /// <summary>
    /// What has to change so that <paramref name="place"/> may await: nothing where its function is async, null where it cannot be. A
    /// return that the fix writes itself is left to it. Other tasks that are returned out of a <c>try</c> or <c>using</c> are not awaited
    /// there, unless that is what the fix is for (<paramref name="mayHold"/>): their failures would be handled, and what is disposed would
    /// live longer. Where the place stands under an <c>#if</c> of its function, another build may have nothing to await.
    /// </summary>
    public static AsyncSignature? For(SyntaxNode place, FixContext fix, ExpressionSyntax? except = null, bool mayHold = false)
    {
        if (EnclosingFunction.Of(place) is not { } function) return null;
        if (EnclosingFunction.IsAsync(function)) return new AsyncSignature(function, []);

        if (EnclosingFunction.IsUnderChoiceOfBuilds(place, function)) return null;
        if (SymbolOf(function, fix) is not { } symbol || !CanBecomeAsync(symbol, function, fix)) return null;
        var hasValue = fix.Guard.Awaitables.ResultOf(symbol.ReturnType)!.SpecialType != SpecialType.System_Void;
        var returns = new List<ReturnRewrite>();
        foreach (var expression in ReturnedIn(function))
        {
            if (expression == except) continue;
            if (ReturnRewrite.Of(expression, hasValue, fix) is not { } rewrite) return null;
            if (!mayHold && ((rewrite.Awaits && HeldReturn.IsHeld(expression)) || (rewrite.Throws && HeldReturn.IsCaught(expression))))
                return null;
            returns.Add(rewrite);
        }

        return new AsyncSignature(function, returns);
    }

    public void Record(DocumentEdits edits)
    {
        if (EnclosingFunction.IsAsync(_function) || !edits.IsFirst(_function, Purpose)) return;
        foreach (var rewrite in _returns) rewrite.Record(edits);
        edits.Replace(_function, WithAsync);
    }

    public static SyntaxNode WithAsync(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any()
            ? method.WithModifiers(Insert(method.Modifiers))
            : method.WithReturnType(method.ReturnType.WithLeadingTrivia())
            .WithModifiers(TokenList(Async(method.ReturnType.GetLeadingTrivia()))),
        LocalFunctionStatementSyntax local => local.Modifiers.Any()
            ? local.WithModifiers(Insert(local.Modifiers))
            : local.WithReturnType(local.ReturnType.WithLeadingTrivia())
            .WithModifiers(TokenList(Async(local.ReturnType.GetLeadingTrivia()))),
        AnonymousFunctionExpressionSyntax lambda => WithAsync(lambda),
        _ => function,
    };

    private static AnonymousFunctionExpressionSyntax WithAsync(AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.Modifiers.Any()) return lambda.WithModifiers(lambda.Modifiers.Add(Async(TriviaList())));
        if (lambda is ParenthesizedLambdaExpressionSyntax { AttributeLists.Count: > 0 } attributed)
            return attributed.WithModifiers(TokenList(Async(TriviaList())));
        var leading = lambda.GetLeadingTrivia();
        return ((AnonymousFunctionExpressionSyntax)lambda.WithLeadingTrivia()).WithModifiers(TokenList(Async(leading)));
    }

    // partial has to be the last
    private static SyntaxTokenList Insert(SyntaxTokenList modifiers)
    {
        var partial = modifiers.IndexOf(SyntaxKind.PartialKeyword);
        if (partial < 0) return modifiers.Add(Async(TriviaList()));
        if (partial > 0) return modifiers.Insert(partial, Async(TriviaList()));
        var first = modifiers[0];
        return modifiers.Replace(first, first.WithLeadingTrivia()).Insert(0, Async(first.LeadingTrivia));
    }

    private static SyntaxToken Async(SyntaxTriviaList leading) => Token(leading, SyntaxKind.AsyncKeyword, TriviaList(Space));

    private static IMethodSymbol? SymbolOf(SyntaxNode function, FixContext fix) => function switch
    {
        MethodDeclarationSyntax or LocalFunctionStatementSyntax =>
            fix.Model.GetDeclaredSymbol(function, fix.CancellationToken) as IMethodSymbol,
        AnonymousFunctionExpressionSyntax => fix.Model.GetSymbolInfo(function, fix.CancellationToken).Symbol as IMethodSymbol,
        _ => null,
    };

    private static bool CanBecomeAsync(IMethodSymbol symbol, SyntaxNode function, FixContext fix) =>
        fix.Guard.Awaitables.CanBeAsyncReturn(symbol.ReturnType)
        && !SyncOnlyFunction.Is(symbol, function, fix)
        && !HasReturnSwitchedOff(function)
        && symbol.Parameters.All(parameter => parameter.RefKind == RefKind.None && !parameter.Type.IsRefLikeType)
        && !Own(function).Any(node => node is YieldStatementSyntax);

    // #if DEBUG … #else return Task.CompletedTask; #endif
    private static bool HasReturnSwitchedOff(SyntaxNode function) =>
        function.ContainsDirectives
        && function.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains("return"));

    private static IEnumerable<ExpressionSyntax> ReturnedIn(SyntaxNode function)
    {
        var arrow = function switch
        {
            MethodDeclarationSyntax { ExpressionBody.Expression: var expression } => expression,
            LocalFunctionStatementSyntax { ExpressionBody.Expression: var expression } => expression,
            AnonymousFunctionExpressionSyntax { ExpressionBody: var expression } => expression,
            _ => null,
        };
        return arrow is not null ? [arrow]
            : Own(function).OfType<ReturnStatementSyntax>().Where(statement => statement.Expression is not null)
            .Select(statement => statement.Expression!);
    }

    // What belongs to the function itself, not to lambdas and local functions inside.
    private static IEnumerable<SyntaxNode> Own(SyntaxNode function) =>
        function.DescendantNodes(node => node == function
        || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));
}
