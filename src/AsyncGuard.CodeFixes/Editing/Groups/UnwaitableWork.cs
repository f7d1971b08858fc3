using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Editing.Async;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Groups;

/// <summary>Work that the code which starts it cannot wait for: it has no end, or waits for that code.</summary>
internal static class UnwaitableWork
{
    public static bool Is(ExpressionSyntax start, FixContext fix) =>
        (fix.OperationOf(start) is { } work && EndlessWork.Is(work, fix.Guard)) || WorkThatStops.IsWaitedForBy(start, fix);
}
