namespace AsyncGuard.Catalog;

/// <summary>Members of tasks, of value tasks, and of what completes or starts them.</summary>
internal static class TaskMembers
{
    public static readonly ApiMember ContinueWith = new(
        "M:System.Threading.Tasks.Task.ContinueWith",
        "M:System.Threading.Tasks.Task`1.ContinueWith");

    /// <summary>A task of a task as one task.</summary>
    public static readonly ApiMember Unwrap = new("M:System.Threading.Tasks.TaskExtensions.Unwrap");

    public static readonly ApiMember WhenAny = new("M:System.Threading.Tasks.Task.WhenAny");

    public static readonly ApiMember Delay = new("M:System.Threading.Tasks.Task.Delay");

    public static readonly ApiMember Yield = new("M:System.Threading.Tasks.Task.Yield");

    public static readonly ApiMember Run = new("M:System.Threading.Tasks.Task.Run");

    public static readonly ApiMember StartNew = new(
        "M:System.Threading.Tasks.TaskFactory.StartNew",
        "M:System.Threading.Tasks.TaskFactory`1.StartNew");

    public static readonly ApiMember Wait = new("M:System.Threading.Tasks.Task.Wait");

    /// <summary>The task with a time limit or a token of its own.</summary>
    public static readonly ApiMember WaitAsync = new(
        "M:System.Threading.Tasks.Task.WaitAsync",
        "M:System.Threading.Tasks.Task`1.WaitAsync");

    /// <summary>The result of a task or a value task.</summary>
    public static readonly ApiMember Result = new("P:System.Threading.Tasks.Task`1.Result", "P:System.Threading.Tasks.ValueTask`1.Result");

    public static readonly ApiMember Exception = new("P:System.Threading.Tasks.Task.Exception");

    public static readonly ApiMember IsCompleted = new(
        "P:System.Threading.Tasks.Task.IsCompleted",
        "P:System.Threading.Tasks.ValueTask.IsCompleted",
        "P:System.Threading.Tasks.ValueTask`1.IsCompleted");

    public static readonly ApiMember CompletedTask = new(
        "P:System.Threading.Tasks.Task.CompletedTask",
        "P:System.Threading.Tasks.ValueTask.CompletedTask");

    /// <summary>A task that has failed or is cancelled.</summary>
    public static readonly ApiMember FromFailure = new(
        "M:System.Threading.Tasks.Task.FromException",
        "M:System.Threading.Tasks.Task.FromCanceled",
        "M:System.Threading.Tasks.ValueTask.FromException",
        "M:System.Threading.Tasks.ValueTask.FromCanceled");

    /// <summary>What gives a value task that may be awaited more than once.</summary>
    public static readonly ApiMember Repeatable = new(
        "M:System.Threading.Tasks.ValueTask.FromResult",
        "M:System.Threading.Tasks.ValueTask.FromException",
        "M:System.Threading.Tasks.ValueTask.FromCanceled",
        "M:System.Threading.Tasks.ValueTask.Preserve",
        "M:System.Threading.Tasks.ValueTask`1.Preserve");

    /// <summary>What takes the only use of a value task.</summary>
    public static readonly ApiMember UsesUp = new(
        "M:System.Threading.Tasks.ValueTask.AsTask",
        "M:System.Threading.Tasks.ValueTask.Preserve",
        "M:System.Threading.Tasks.ValueTask.GetAwaiter",
        "M:System.Threading.Tasks.ValueTask`1.AsTask",
        "M:System.Threading.Tasks.ValueTask`1.Preserve",
        "M:System.Threading.Tasks.ValueTask`1.GetAwaiter");

    /// <summary>Members of a task that do not observe it.</summary>
    public static readonly ApiMember StartsOrDisposes = new("M:System.Threading.Tasks.Task.Dispose", "M:System.Threading.Tasks.Task.Start");

    /// <summary>The task that a source completes.</summary>
    public static readonly ApiMember SourceTask = new(
        "P:System.Threading.Tasks.TaskCompletionSource.Task",
        "P:System.Threading.Tasks.TaskCompletionSource`1.Task");

    /// <summary>Completes the task of a source with success.</summary>
    public static readonly ApiMember SetsResult = new(
        "M:System.Threading.Tasks.TaskCompletionSource.SetResult",
        "M:System.Threading.Tasks.TaskCompletionSource.TrySetResult",
        "M:System.Threading.Tasks.TaskCompletionSource`1.SetResult",
        "M:System.Threading.Tasks.TaskCompletionSource`1.TrySetResult");

    /// <summary>Ways to wait for a sequence of tasks, or to be handed them.</summary>
    public static readonly ApiMember AwaitedTogether = new(
        "M:System.Threading.Tasks.Task.WhenAll",
        "M:System.Threading.Tasks.Task.WhenAny",
        "M:System.Threading.Tasks.Task.WhenEach",
        "M:System.Threading.Tasks.Task.WaitAll");

    public static readonly ApiMember WhenAll = new("M:System.Threading.Tasks.Task.WhenAll");

    public static readonly ApiMember WaitAll = new("M:System.Threading.Tasks.Task.WaitAll");

    public static readonly ApiMember Factory = new("P:System.Threading.Tasks.Task.Factory", "P:System.Threading.Tasks.Task`1.Factory");

    /// <summary>The options of a task that mean nothing to work that awaits.</summary>
    public static readonly ApiMember PlainOption = new(
        "F:System.Threading.Tasks.TaskCreationOptions.None",
        "F:System.Threading.Tasks.TaskCreationOptions.LongRunning",
        "F:System.Threading.Tasks.TaskCreationOptions.DenyChildAttach",
        "F:System.Threading.Tasks.TaskCreationOptions.PreferFairness");

    public static readonly ApiMember NoOption = new("F:System.Threading.Tasks.TaskCreationOptions.None");

    public static readonly ApiMember RunContinuationsAsynchronously =
        new("F:System.Threading.Tasks.TaskCreationOptions.RunContinuationsAsynchronously");

    /// <summary>The thread pool.</summary>
    public static readonly ApiMember DefaultScheduler = new("P:System.Threading.Tasks.TaskScheduler.Default");

    public static readonly ApiMember FromContext = new("M:System.Threading.Tasks.TaskScheduler.FromCurrentSynchronizationContext");

    public static readonly ApiMember FromResult = new(
        "M:System.Threading.Tasks.Task.FromResult",
        "M:System.Threading.Tasks.ValueTask.FromResult");

    public static readonly ApiMember FromException = new(
        "M:System.Threading.Tasks.Task.FromException",
        "M:System.Threading.Tasks.ValueTask.FromException");

    /// <summary>What waits for a task, or reads it as if it had ended.</summary>
    public static readonly ApiMember WaitsFor = new(
        "M:System.Threading.Tasks.Task.Wait",
        "P:System.Threading.Tasks.Task`1.Result",
        "M:System.Threading.Tasks.Task.GetAwaiter");

    public static readonly ApiMember WaitAny = new("M:System.Threading.Tasks.Task.WaitAny");

    public static readonly ApiMember Status = new("P:System.Threading.Tasks.Task.Status");

    /// <summary>What says how a task has ended.</summary>
    public static readonly ApiMember Outcome = new(
        "P:System.Threading.Tasks.Task.IsFaulted",
        "P:System.Threading.Tasks.Task.IsCanceled",
        "P:System.Threading.Tasks.Task.Status",
        "P:System.Threading.Tasks.Task.Exception",
        "P:System.Threading.Tasks.Task.IsCompletedSuccessfully");

    /// <summary>What a continuation names that looks at the failure of its task.</summary>
    public static readonly ApiMember LooksAtFailure = new(
        "F:System.Threading.Tasks.TaskContinuationOptions.OnlyOnFaulted",
        "F:System.Threading.Tasks.TaskContinuationOptions.NotOnRanToCompletion",
        "P:System.Threading.Tasks.Task.Exception");

    /// <summary>Completes the task of a source with a cancellation.</summary>
    public static readonly ApiMember SetsCancelled = new(
        "M:System.Threading.Tasks.TaskCompletionSource.SetCanceled",
        "M:System.Threading.Tasks.TaskCompletionSource.TrySetCanceled",
        "M:System.Threading.Tasks.TaskCompletionSource`1.SetCanceled",
        "M:System.Threading.Tasks.TaskCompletionSource`1.TrySetCanceled");

    /// <summary>What says whether a task is complete, and how.</summary>
    public static readonly ApiMember State = new(
        "P:System.Threading.Tasks.Task.IsCompleted",
        "P:System.Threading.Tasks.Task.IsCanceled",
        "P:System.Threading.Tasks.Task.IsFaulted",
        "P:System.Threading.Tasks.Task.IsCompletedSuccessfully",
        "P:System.Threading.Tasks.Task.Status",
        "P:System.Threading.Tasks.ValueTask.IsCompleted",
        "P:System.Threading.Tasks.ValueTask.IsCanceled",
        "P:System.Threading.Tasks.ValueTask.IsFaulted",
        "P:System.Threading.Tasks.ValueTask.IsCompletedSuccessfully",
        "P:System.Threading.Tasks.ValueTask`1.IsCompleted",
        "P:System.Threading.Tasks.ValueTask`1.IsCanceled",
        "P:System.Threading.Tasks.ValueTask`1.IsFaulted",
        "P:System.Threading.Tasks.ValueTask`1.IsCompletedSuccessfully");

    /// <summary>Completes the task of a source, if nothing else has.</summary>
    public static readonly ApiMember TrySet = new(
        "M:System.Threading.Tasks.TaskCompletionSource.TrySetResult",
        "M:System.Threading.Tasks.TaskCompletionSource.TrySetException",
        "M:System.Threading.Tasks.TaskCompletionSource.TrySetCanceled",
        "M:System.Threading.Tasks.TaskCompletionSource`1.TrySetResult",
        "M:System.Threading.Tasks.TaskCompletionSource`1.TrySetException",
        "M:System.Threading.Tasks.TaskCompletionSource`1.TrySetCanceled");
}
