namespace AsyncGuard.Analysis.Tasks;

/// <summary>What code does with a task, or with a collection of tasks, that it has in its hands.</summary>
internal enum TaskFateKind
{
    /// <summary>Nothing: <c>RunAsync();</c></summary>
    Dropped,

    /// <summary>Discarded on purpose: <c>_ = RunAsync();</c></summary>
    Discarded,

    /// <summary>Only looked at: <c>t.IsCompleted</c>, <c>tasks.Count</c>, <c>t != null</c>.</summary>
    Inspected,

    /// <summary>The name is assigned or filled, its value is not read: <c>t = …</c>, <c>tasks.Add(…)</c>.</summary>
    Written,

    /// <summary>Kept in a local, whose uses decide: <c>var t = RunAsync();</c></summary>
    Kept,

    /// <summary>Put into a collection that a local keeps: <c>tasks.Add(RunAsync());</c></summary>
    Collected,

    /// <summary>Waited for, on this thread or not: <c>await t</c>, <c>t.Wait()</c>, <c>t.Result</c>.</summary>
    Awaited,

    /// <summary>Returned or yielded to the caller.</summary>
    Returned,

    /// <summary>Put into a field, a property or something that outlives the body.</summary>
    Stored,

    /// <summary>Handed to a call: <c>Task.WhenAll(a, b)</c>, <c>Use(t)</c>; also whatever is not understood.</summary>
    Passed,

    /// <summary>Used by a lambda or local function that is itself used.</summary>
    Captured,

    /// <summary>Held by code that takes care of failures: <c>t.Forget()</c>, <c>group.Start(…)</c>, <c>t.Exception</c>.</summary>
    Observed,
}
