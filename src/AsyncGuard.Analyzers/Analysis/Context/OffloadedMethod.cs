using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// A private method or local function that only ever runs on a thread of its own: <c>new Thread(Work)</c>, <c>Task.Run(Work)</c>.
/// </summary>
internal static class OffloadedMethod
{
    /// <summary>
    /// Whether the function is handed to an offloading API and never called or handed on otherwise, as far as this file shows.
    /// </summary>
    public static bool Is(IMethodSymbol? function, IOperation place, GuardContext guard)
    {
        if (function is not ({ MethodKind: MethodKind.LocalFunction }
            or { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private }))
            return false;
        if (place.SemanticModel is not { } model || function.DeclaringSyntaxReferences.Length != 1) return false;

        var declaration = function.DeclaringSyntaxReferences[0].GetSyntax();
        if (declaration.SyntaxTree != model.SyntaxTree || declaration.Parent is not { } scope) return false;
        var isOffloaded = false;
        foreach (var node in scope.DescendantNodes())
        {
            if (node is not SimpleNameSyntax name || name.Identifier.ValueText != function.Name
                || !SymbolEqualityComparer.Default.Equals(SymbolOf(name, model), function))
                continue;
            if (!IsHandedToThread(name, model, guard)) return false;
            isOffloaded = true;
        }

        return isOffloaded;
    }

    private static ISymbol? SymbolOf(SimpleNameSyntax name, SemanticModel model)
    {
        var info = model.GetSymbolInfo(name);
        return (info.Symbol ?? (info.CandidateSymbols.Length > 0 ? info.CandidateSymbols[0] : null))?.OriginalDefinition;
    }

    // Task.Run(Work), new Thread(this.Work), new Thread(new ThreadStart(Work))
    private static bool IsHandedToThread(SimpleNameSyntax name, SemanticModel model, GuardContext guard)
    {
        ExpressionSyntax method = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        for (var argument = method.Parent as ArgumentSyntax; argument?.Parent?.Parent is ExpressionSyntax receiver;
            argument = receiver.Parent as ArgumentSyntax)
        {
            if (model.GetSymbolInfo(receiver).Symbol is IMethodSymbol target && DelegateUse.IsOffloading(target, guard)) return true;
        }

        return false;
    }
}
