using System.Threading.Tasks;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Editing.Async;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// Work that the code which starts it cannot wait for: it has no end, here or in another project or behind an interface, or waits for that
/// code.
/// </summary>
internal static class UnwaitableWork
{
    public static async Task<bool> IsAsync(ExpressionSyntax start, FixContext fix) =>
        (fix.OperationOf(start) is { } work && EndlessWork.Is(work, fix.Guard)) || WaitsForStarter(start, fix)
        || await WorkElsewhere.IsEndlessAsync(start, isDeliberate: false, fix).ConfigureAwait(false);

    /// <summary>The same for work that is left alone on purpose: what may go on for long is not awaited either.</summary>
    public static async Task<bool> MayBeAsync(ExpressionSyntax start, FixContext fix) =>
        (fix.OperationOf(start) is { } work && EndlessWork.MayBe(work, fix.Guard)) || WaitsForStarter(start, fix)
        || await WorkElsewhere.IsEndlessAsync(start, isDeliberate: true, fix).ConfigureAwait(false);

    private static bool WaitsForStarter(ExpressionSyntax start, FixContext fix) =>
        WorkThatStops.IsWaitedForBy(start, fix) || WorkThatTakes.IsHeldBy(start, fix);
}
