using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>Whether a local function may use what lies outside of it: it is only ever called, and after that has its value.</summary>
internal static class LocalFunctionUse
{
    /// <summary>
    /// Whether every local function between the place and the owner of a value runs while the owner's function runs, with the value
    /// assigned.
    /// </summary>
    public static bool CanCapture(ISymbol owner, IOperation place, GuardContext guard)
    {
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is not ILocalFunctionOperation local) continue;
            if (SymbolEqualityComparer.Default.Equals(owner.ContainingSymbol, local.Symbol)) return true;
            if (!IsOnlyCalled(local, owner, place.SemanticModel, guard)) return false;
        }

        return true;
    }

    private static bool IsOnlyCalled(ILocalFunctionOperation local, ISymbol owner, SemanticModel? model, GuardContext guard)
    {
        var assigned = owner is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } ? declarations[0].Span.End : 0;
        var scope = local.Syntax.Parent is GlobalStatementSyntax { Parent: { } unit } ? unit : local.Syntax.Parent;
        foreach (var node in scope!.DescendantNodes())
        {
            if (node is not SimpleNameSyntax name || name.Identifier.ValueText != local.Symbol.Name
                || local.Syntax.Span.Contains(name.Span))
                continue;
            if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name) continue;

            // timer.Elapsed += Tick, new Timer(Tick)
            if (name.Parent is not InvocationExpressionSyntax) return false;
            if (name.SpanStart < assigned || IsInLaterLambda(name, scope, model, guard)) return false;
        }

        return true;
    }

    // button.Click += (_, _) => Local()
    private static bool IsInLaterLambda(SyntaxNode node, SyntaxNode scope, SemanticModel? model, GuardContext guard)
    {
        var lambda =
            node.FirstAncestorOrSelf<SyntaxNode>(ancestor => ancestor == scope
            || ancestor is AnonymousFunctionExpressionSyntax) as AnonymousFunctionExpressionSyntax;
        if (lambda is null) return false;
        var use = lambda.Parent;
        while (use is ParenthesizedExpressionSyntax or CastExpressionSyntax) use = use.Parent;
        return use is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            || model?.GetSymbolInfo(call).Symbol is not IMethodSymbol method
            || !DelegateUse.RunsInside(method.ReducedFrom ?? method, guard);
    }
}
