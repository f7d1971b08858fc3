using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// A pause between the start of a task and its <c>await</c>. Without a token it always ends; with one, a cancellation skips the
/// <c>await</c>, and nothing observes the task: <c>var load = LoadAsync(); await Task.Delay(100); await load;</c>
/// </summary>
internal static class PauseBeforeAwait
{
    public static bool Is(IOperation place, FixContext fix)
    {
        if (place is not IInvocationOperation call) return false;
        if (LimitOfRace.Is(call)) return true;
        if (!IsPause(call, fix)) return false;
        var function = FlowGraphs.FunctionAround(place);
        return FlowGraphs.RootOf(place).Descendants().OfType<IVariableDeclaratorOperation>()
            .Where(declarator => ReferenceEquals(FlowGraphs.FunctionAround(declarator), function)
            && (fix.Guard.Awaitables.IsAwaitable(declarator.Symbol.Type) || fix.Guard.Awaitables.HoldsAwaitables(declarator.Symbol.Type)))
            .Any(declarator => LeavesTaskOf(declarator.Symbol, place, fix));
    }

    private static bool IsPause(IInvocationOperation call, FixContext fix) =>
        fix.Guard.Apis.Has(call.TargetMethod, ApiTraits.Sleeps)
        || (StartedTask.IsDelay(call) && Unwrapped.AwaitAround(call) is not null);

    private static bool LeavesTaskOf(ILocalSymbol local, IOperation place, FixContext fix)
    {
        var holder = TaskHolder.Of(local, place, fix.Guard);
        var function = FlowGraphs.FunctionAround(place);
        var uses = holder.Uses.Where(use => holder.TakesCare(use, place, fix.Guard)).Select(use => use.Reference).ToList();
        return uses.Exists(use => use.Syntax.SpanStart > place.Syntax.Span.End && !IsInFinallyAround(place, use))
            && !uses.Exists(use => IsInFinallyAround(place, use))
            && holder.Starts.Any(start => ReferenceEquals(FlowGraphs.FunctionAround(start), function)
            && (IsInLoopOf(local, start, place) || (start.Syntax.Span.End <= place.Syntax.SpanStart
            && !uses.Exists(use => use.Syntax.SpanStart > start.Syntax.Span.End && use.Syntax.SpanStart < place.Syntax.SpanStart))));
    }

    // foreach (var item in items) { await Task.Delay(10); tasks.Add(RunAsync(item)); } await Task.WhenAll(tasks);
    private static bool IsInLoopOf(ILocalSymbol local, IOperation start, IOperation place)
    {
        for (var parent = place.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ILoopOperation && parent.Syntax.Span.Contains(start.Syntax.Span)
                && !parent.Syntax.Span.Contains(local.Locations[0].SourceSpan))
                return true;
        }

        return false;
    }

    // try { await Task.Delay(100); } finally { await load; }
    private static bool IsInFinallyAround(IOperation place, IOperation use)
    {
        for (var parent = place.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ITryOperation { Finally: { } cleanup, Body: var body } && body.Syntax.Span.Contains(place.Syntax.Span)
                && cleanup.Syntax.Span.Contains(use.Syntax.Span))
                return true;
        }

        return false;
    }
}
