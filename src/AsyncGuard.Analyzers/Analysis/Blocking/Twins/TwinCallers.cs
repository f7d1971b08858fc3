using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// A counterpart that calls, through methods of its class, the code in which the call stands, so that this code is how it works:
/// <code>
/// public Task&lt;long&gt; CommitAsync(long index) => CommitCoreAsync(index);
/// private async Task&lt;long&gt; CommitCoreAsync(long index) { await _lock.AcquireAsync(); return Commit(index); }
/// </code>
/// </summary>
internal static class TwinCallers
{
    private const int MaxSteps = 4;

    public static bool Have(IInvocationOperation call, IMethodSymbol twin, GuardContext guard)
    {
        twin = (twin.ReducedFrom ?? twin).OriginalDefinition;
        if (!guard.IsOurs(twin)) return false;
        var around = call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart);
        while (around is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
            around = around.ContainingSymbol;
        return around is IMethodSymbol method
            && SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, twin.ContainingType)
            && Calls(twin, method.OriginalDefinition, guard, MaxSteps, new HashSet<ISymbol>(SymbolEqualityComparer.Default));
    }

    private static bool Calls(IMethodSymbol caller, IMethodSymbol method, GuardContext guard, int steps, HashSet<ISymbol> seen)
    {
        if (!seen.Add(caller)) return false;
        foreach (var body in Bodies.Of(guard).OperationsOf(caller))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IInvocationOperation { TargetMethod.OriginalDefinition: var called }) continue;
                if (SymbolEqualityComparer.Default.Equals(called, method)) return true;
                if (steps > 0 && SymbolEqualityComparer.Default.Equals(called.ContainingType, method.ContainingType)
                    && Calls(called, method, guard, steps - 1, seen))
                    return true;
            }
        }

        return false;
    }
}
