using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// Callbacks of timers and of <c>Begin</c>/<c>End</c> pairs, which cannot return a task, and whose body visibly catches everything: none of
/// their exceptions ends the process, and no caller could await them.
/// </summary>
internal static class CaughtCallback
{
    /// <summary><c>new Timer(async _ => { try { … } catch (Exception e) { Log(e); } })</c>.</summary>
    public static bool Is(IOperation function, GuardContext guard) =>
        IsCallback(Unwrapped.DelegateAround(function).Type, guard) && UnfailingWork.IsUnfailing(function, guard);

    /// <summary>
    /// Whether the method is only called by such callbacks: <c>new Timer(_ => Tick()); async void Tick() { try { … } catch { … } }</c>.
    /// </summary>
    public static bool IsOnly(IMethodSymbol method, GuardContext guard)
    {
        if (method.DeclaredAccessibility != Accessibility.Private || !UnfailingWork.IsUnfailing(method, guard)) return false;
        var isCalled = false;
        foreach (var part in method.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != method.Name) continue;
                if (IsNameOf(name)) continue;
                if (!IsCallInCallback(name, guard)) return false;
                isCalled = true;
            }
        }

        return isCalled;
    }

    // Log(nameof(Tick))
    private static bool IsNameOf(IdentifierNameSyntax name) => name.Parent is ArgumentSyntax
    {
        Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
    };

    // _ => Tick(), _ => { this.Tick(); }, Tick
    private static bool IsCallInCallback(IdentifierNameSyntax name, GuardContext guard)
    {
        ExpressionSyntax value = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        SyntaxNode function = value;
        if (value.Parent is InvocationExpressionSyntax call)
        {
            if (call.Parent is not (AnonymousFunctionExpressionSyntax
                or ExpressionStatementSyntax { Parent: BlockSyntax { Parent: AnonymousFunctionExpressionSyntax } }))
                return false;
            function = call.Parent as AnonymousFunctionExpressionSyntax ?? call.Parent!.Parent!.Parent!;
        }

        return Bodies.Of(guard).OperationOf(function) is { } handed && IsCallback(Unwrapped.DelegateAround(handed).Type, guard);
    }

    private static bool IsCallback(ITypeSymbol? type, GuardContext guard) =>
        SymbolEqualityComparer.Default.Equals(type, guard.Types.TimerCallback)
        || SymbolEqualityComparer.Default.Equals(type, guard.Types.AsyncCallback);
}
