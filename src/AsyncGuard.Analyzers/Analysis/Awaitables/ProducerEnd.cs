using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>The end of a function that writes into a channel.</summary>
internal static class ProducerEnd
{
    /// <summary>Whether the function writes into the channel, may fail while it does, and completes it only if it does not.</summary>
    public static bool IsLeftOpen(IInvocationOperation completion, GuardContext guard)
    {
        if (HasException(completion) || FailureBefore.IsInCleanup(completion) || WriterIn(completion) is not { } writer) return false;
        var function = FlowGraphs.FunctionAround(completion);
        var writes = false;
        foreach (var operation in (function ?? FlowGraphs.RootOf(completion)).Descendants())
        {
            if (operation is not IInvocationOperation call || WriterIn(call) is not { } other || !other.Equals(writer)) continue;
            if (ThreadingMembers.CompleteWriter.Is(call.TargetMethod))
            {
                // catch (Exception e) { writer.Complete(e); }
                if (HasException(call) || FailureBefore.IsInCleanup(call)) return false;
            }
            else if (ReferenceEquals(FlowGraphs.FunctionAround(call), function) && guard.Apis.Has(call.TargetMethod, ApiTraits.Puts)
                && call.Syntax.SpanStart < completion.Syntax.SpanStart)
            {
                writes = true;
            }
        }

        return writes && (FailureBefore.IsSwallowedAround(completion, guard) || FailureBefore.MayKeepFrom(completion, guard));
    }

    private static bool HasException(IInvocationOperation completion) =>
        completion.Arguments.Length > 0 && completion.Arguments[0] is { ArgumentKind: ArgumentKind.Explicit } argument
        && argument.Value.ConstantValue is not { HasValue: true, Value: null };

    private static AccessPath? WriterIn(IInvocationOperation call) => call.Instance is { } writer ? AccessPath.Of(writer) : null;
}
