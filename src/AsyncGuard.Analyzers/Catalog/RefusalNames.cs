using System;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>
/// Types and members, by their names alone, around which code is not edited: where many libraries have one of the name, a refusal too many
/// does no harm.
/// </summary>
internal static class RefusalNames
{
    private static readonly string[] Signalling =
        ["Set", "TrySet", "Release", "Complete", "TryComplete", "Write", "TryWrite", "Signal", "Cancel", "Pulse", "Post", "Add", "TryAdd",
        "Enqueue", "Read", "TryRead", "WaitToRead", "Take", "TryTake", "Receive", "TryReceive", "GetConsuming"];

    private static readonly string[] Reflecting = ["GetMethod", "GetRuntimeMethod", "GetDeclaredMethod", "CreateDelegate", "Invoke"];

    /// <summary>Whether the type is the context of code that is run again from its history: of Durable Functions, Dapr, Temporal.</summary>
    public static bool IsReplayContext(string type) =>
        type is "IDurableOrchestrationContext" or "DurableOrchestrationContextBase" or "TaskOrchestrationContext" or "OrchestrationContext"
        or "WorkflowContext" or "IWorkflowContext";

    /// <summary>Whether the attribute marks such code.</summary>
    public static bool IsReplayed(string attribute) => attribute is "WorkflowAttribute";

    /// <summary>Whether the method signals, completes, fills or drains what other code waits for.</summary>
    public static bool MaySignal(string method) => StartsWithAny(method, Signalling);

    /// <summary>Whether the method, whose name is passed, looks for another by its name.</summary>
    public static bool Reflects(string method) => StartsWithAny(method, Reflecting);

    /// <summary>Whether code may wait for what other code does with the type: a source, a semaphore, an event, a channel.</summary>
    public static bool CanBeWaitedFor(string type) =>
        type is "TaskCompletionSource" or "CancellationTokenSource" or "SemaphoreSlim" or "Semaphore" or "EventWaitHandle"
        or "ManualResetEventSlim" or "CountdownEvent" or "Barrier" or "ChannelWriter" or "ChannelReader" or "PipeWriter" or "PipeReader"
        or "BlockingCollection" or "BufferBlock" or "AsyncManualResetEvent" or "AsyncAutoResetEvent" or "AsyncCountdownEvent";

    /// <summary>Whether the method is called by the host, on a type whose name says so: <c>Startup.ConfigureServices</c>.</summary>
    public static bool IsOfStartup(IMethodSymbol method) =>
        method.Name.StartsWith("Configure", StringComparison.Ordinal)
        && method.ContainingType.Name.StartsWith("Startup", StringComparison.Ordinal);

    private static bool StartsWithAny(string method, string[] words)
    {
        foreach (var word in words)
        {
            if (method.StartsWith(word, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
