using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Effects.Solving;
using AsyncGuard.Analysis.Precedence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Causes;

/// <summary>
/// A call in async code of something that is not async itself and reaches a blocking call, through whatever number of calls.
/// </summary>
internal sealed class IndirectCall
{
    // Several rules ask for the same operations, one right after the other.
    private static readonly ConditionalWeakTable<IOperation, Answer> Known = new();

    private IndirectCall(BodyCall call, CallPath path, CodeContext place, bool isOnce)
    {
        Call = call;
        Path = path;
        Place = place;
        IsOnce = isOnce;
    }

    public BodyCall Call { get; }

    public CallPath Path { get; }

    public CodeContext Place { get; }

    /// <summary>Whether it blocks at most once for each object, or once in all.</summary>
    public bool IsOnce { get; }

    /// <summary>Whether the operation may be such a call: the cheap test, wrong only in favour of a closer look.</summary>
    public static bool MayBe(IOperation operation, ISymbol? member, GuardContext guard) =>
        CodeContext.MayBeAsync(operation, member, guard) && CalledMembers.OfBlocking(guard).IsWorthFollowing(operation, member);

    /// <summary>The call that the operation makes, or null where it is none, does not block or is another rule's.</summary>
    public static IndirectCall? Of(IOperation operation, ISymbol? member, Func<ControlFlowGraph> graph, GuardContext guard)
    {
        if (!MayBe(operation, member, guard)) return null;

        var place = CodeContext.Of(operation, member, guard);
        if (!place.IsAsync) return null;
        if (Known.TryGetValue(operation, out var known)) return known.Call;
        return Keep(operation, new Answer(Find(operation, member, graph, place, guard)));
    }

    // Apart from the above, where what the lambda captures would be allocated for operations that are none.
    private static IndirectCall? Keep(IOperation operation, Answer answer) => Known.GetValue(operation, _ => answer).Call;

    private static IndirectCall? Find(IOperation operation, ISymbol? member, Func<ControlFlowGraph> graph, CodeContext place,
        GuardContext guard)
    {
        if (Blocking(operation, member, graph, guard, out var path) is not { } call) return null;
        if (Verdict.IsOfOther(Finding.Indirect, operation, member, guard) || SynchronousMode.Is(operation, TwinOf(operation))) return null;
        if (NoReturn.IsLastBeforeExit(operation, guard)) return null;
        var isOnce = call.IsOnce || path!.IsOnce || OnceOnly.Is(operation) || OnceOnly.IsOfEntryPoint(operation, place.Function);
        return new IndirectCall(call, path!, place, isOnce);
    }

    private static BodyCall? Blocking(IOperation operation, ISymbol? member, Func<ControlFlowGraph> graph, GuardContext guard,
        out CallPath? path)
    {
        var calls = new List<BodyCall>();
        CalledMembers.OfBlocking(guard).Collect(operation, member, graph, calls);
        foreach (var call in calls)
        {
            path = BlockingEffects.Of(guard).PathOf(call, operation);
            if (path is null
                || (call.InitializedType is { } type
                && (member is null || !TypeInitializers.Of(guard).IsFirstTouch(operation, type, member))))
                continue;
            return call;
        }

        path = null;
        return null;
    }

    private static string TwinOf(IOperation operation) => operation is IInvocationOperation call ? call.TargetMethod.Name + "Async" : "";

    private sealed class Answer(IndirectCall? call)
    {
        public IndirectCall? Call { get; } = call;
    }
}
