using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>The loop around a place that is reported itself, with all that is in it.</summary>
internal static class HeavyLoop
{
    /// <summary>A loop around the place, in the same function, that takes long by itself; null where there is none.</summary>
    public static ILoopOperation? Around(IOperation place, bool isCertain, ISymbol? member, GuardContext guard)
    {
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ILoopOperation loop && CpuHotspot.Of(loop, member, guard) is { } leaf && (leaf.IsCertain || !isCertain))
                return loop;
        }

        return null;
    }
}
