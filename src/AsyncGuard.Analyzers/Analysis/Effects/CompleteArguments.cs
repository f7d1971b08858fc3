using System;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Waiting.Completion;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>A call that hands over something with nothing to wait for: a method that waits for what it receives returns at once.</summary>
internal static class CompleteArguments
{
    /// <summary>
    /// <code>if (task.IsCanceled) Fail(TokenOf(task)); Parse(new StringReader(text)); new Packet(memory).Read()</code>
    /// </summary>
    public static bool Any(IOperation? receiver, ImmutableArray<IArgumentOperation> arguments, Func<ControlFlowGraph> graphOfMember,
        GuardContext guard)
    {
        if (MemoryBacked.Is(receiver, guard)) return true;
        foreach (var argument in arguments)
        {
            if (guard.Awaitables.IsAwaitable(argument.Value.Type) && CompletionProof.IsComplete(argument.Value, graphOfMember, guard))
                return true;
            if (MemoryBacked.Is(argument.Value, guard)) return true;
        }

        return false;
    }
}
