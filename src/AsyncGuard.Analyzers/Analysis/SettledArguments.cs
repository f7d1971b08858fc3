using System;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>A call that hands over something with nothing to wait for: a method that waits for what it is given returns at once.</summary>
internal static class SettledArguments
{
    /// <summary><code>if (task.IsCanceled) Fail(TokenOf(task));      Parse(new StringReader(text))</code></summary>
    public static bool AreGivenTo(IInvocationOperation call, Func<ControlFlowGraph> graphOfMember, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            if (guard.Awaitables.IsAwaitable(argument.Value.Type) && CompletionProof.IsComplete(argument.Value, graphOfMember, guard)) return true;
            if (InMemory.Holds(argument.Value, guard)) return true;
        }

        return false;
    }
}
