using System.Collections.Generic;
using System.Linq;

namespace AsyncGuard.Plans;

/// <summary>
/// Every action that a fix may offer, one row each. A safe one leaves the program what it was, except for the fault that it fixes. One to
/// review changes a public signature, moves work to another thread where that matters, or changes timing, exceptions or lifetime by intent:
/// its title says so, and it
/// stands behind the safe ones. Pages and README list them from here.
/// </summary>
internal static class FixActions
{
    private const string Timing = "the caller waits for work that it did not wait for";
    private const string Owner = "the work belongs to the object and starts on the thread pool";
    private const string AtOnce = "what ran one after the other runs at the same time";
    private const string Limit = "fewer run at the same time";
    private const string Thread = "a database context, a control of a user interface or an `AsyncLocal<T>` is used on another thread";

    public static IReadOnlyList<FixAction> All { get; } = new[]
    {
        Safe("AGD0101.AwaitDelay", "`await Task.Delay`"),
        Safe("AGD0102.Await", "`await`"),
        Safe("AGD0103.AwaitCounterpart", "`await` the counterpart"),
        Safe("AGD0104.Offload", "`await Task.Run`"),
        Review("AGD0104.OffloadShared", "`await Task.Run`", Thread),
        Review("AGD0104.ForEachAsync", "`await Parallel.ForEachAsync`",
            "another number of items at the same time, and one exception in place of an `AggregateException`"),
        Safe("AGD0105.Offload", "`await Task.Run`"),
        Review("AGD0105.OffloadShared", "`await Task.Run`", Thread),
        Safe("AGD0106.Offload", "`await Task.Run`"),
        Review("AGD0106.OffloadShared", "`await Task.Run`", Thread),
        Review("AGD0108.MakeAsync", "`async` and `await`, in the callers too",
            "signatures change, and callers get the exception itself in place of an `AggregateException`"),
        Safe("AGD0110.Flow", "`TransactionScopeAsyncFlowOption.Enabled`"),
        Safe("AGD0111.Await", "`await`"),
        Safe("AGD0112.Offload", "`await Task.Run`"),
        Review("AGD0112.OffloadShared", "`await Task.Run`", Thread),
        Safe("AGD0201.Await", "`await`"),
        Safe("AGD0201.Group", "a child of a task group"),
        Safe("AGD0201.Join", "`await Task.WhenAll` at the end"),
        Review("AGD0201.Background", "a child of a `BackgroundTaskGroup`", Owner),
        Safe("AGD0201.Discard", "`_ =`"),
        Review("AGD0202.Group", "a child of a task group", Timing),
        Review("AGD0202.Background", "a child of a `BackgroundTaskGroup`", Owner),
        Review("AGD0202.Await", "`await`", Timing),
        Safe("AGD0203.ReturnTask", "return `Task`"),
        Review("AGD0203.ReturnTaskToOthers", "return `Task`", "the signature can be seen outside of the project"),
        Review("AGD0204.ForEach", "`foreach` with `await`", "what ran at the same time runs one after the other"),
        Safe("AGD0204.ParallelForEachAsync", "`await Parallel.ForEachAsync`"),
        Safe("AGD0205.Group", "children of a task group"),
        Safe("AGD0205.Join", "`await` at the end"),
        Safe("AGD0206.WhenAll", "`await Task.WhenAll` first"),
        Safe("AGD0206.Group", "children of a task group"),
        Review("AGD0207.WhenAll", "start all, `await Task.WhenAll`", AtOnce),
        Review("AGD0207.Group", "`TaskGroup.WhenAllAsync`", AtOnce),
        Safe("AGD0208.WaitAsync", "`WaitAsync` with the time-out"),
        Review("AGD0208.RaceAsync", "`TaskGroup.RaceAsync`",
            "the first success wins, not the first to end, and the others are cancelled and waited for"),
        Safe("AGD0209.Run", "`Task.Run`"),
        Safe("AGD0209.Unwrap", "`.Unwrap()`"),
        Safe("AGD0210.Await", "`await` inside the `using`"),
        Review("AGD0211.ForEachAsync", "`ForEachAsync` with a limit", Limit),
        Review("AGD0211.MaxConcurrency", "a limit", Limit),
        Review("AGD0211.Group", "a task group with a limit", Limit),
        Safe("AGD0212.ToList", "`.ToList()`"),
        Safe("AGD0212.ToArray", "`.ToArray()`"),
        Safe("AGD0213.PassToken", "pass the child's token"),
        Safe("AGD0213.End", "`await using`, join at the end"),
        Safe("AGD0215.Await", "`await`"),
        Safe("AGD0216.Sibling", "the awaitable sibling, awaited"),
        Safe("AGD0217.Await", "`return await`"),
        Safe("AGD0301.PassToken", "pass the token"),
        Safe("AGD0302.Forward", "pass the token on"),
        Safe("AGD0302.CheckInLoop", "check the token in the loop"),
        Safe("AGD0303.Throw", "check the token in the loop"),
        Safe("AGD0303.Condition", "the token in the condition"),
        Safe("AGD0304.LetThrough", "let the cancellation through"),
        Safe("AGD0305.Await", "`await` after the cancellation"),
        Safe("AGD0306.None", "`CancellationToken.None`"),
        Review("AGD0306.Shield", "`Shield.CompleteAsync`", "the cleanup has 30 seconds"),
        Safe("AGD0307.Using", "`using`"),
        Safe("AGD0308.Dispose", "dispose the registration"),
        Safe("AGD0309.Wait", "pass the token, or `.WaitAsync`"),
        Safe("AGD0310.Mark", "`[EnumeratorCancellation]`"),
        Safe("AGD0310.Pass", "pass the token, or `.WithCancellation`"),
        Safe("AGD0311.CatchBase", "`catch (OperationCanceledException)`"),
        Safe("AGD0312.Move", "the acquire in front of the `try`"),
        Safe("AGD0312.Finally", "the release in a `finally`"),
        Safe("AGD0313.LookAtToken", "let only the requested cancellation through"),
        Safe("AGD0316.Throw", "check the token in the loop"),
        Safe("AGD0401.RunContinuationsAsynchronously", "`RunContinuationsAsynchronously`"),
        Safe("AGD0402.Completed", "`Task.CompletedTask`, `Task.FromResult`"),
        Safe("AGD0403.Preserve", "`.Preserve()`"),
        Safe("AGD0404.TrySetException", "`TrySetException` in the handler"),
        Safe("AGD0407.Await", "`await`"),
        Review("AGD0501.Share", "a static client", "the client lives as long as the process"),
        Review("AGD0502.Bound", "a bounded channel", "writers wait where the channel is full"),
        Review("AGD0503.Stream", "the streaming form", "a failure of the body is another exception, at another place"),
        Safe("AGD0505.DisposeAsync", "`await using`"),
        Safe("AGD0506.Using", "`using`"),
        Safe("AGD0601.Synchronous", "without `async`"),
        Review("AGD0601.Catching", "without `async`, with a `catch`", "a cancellation that the body throws ends the task as a failure"),
        Review("AGD0602.Call", "the call itself, awaited",
            "what the call does before its first `await` runs on the caller's thread, also where a token is cancelled already"),
    };

    private static readonly Dictionary<string, FixAction> ByKey = All.ToDictionary(action => action.Key);

    /// <summary>The row of an equivalence key; null where there is none.</summary>
    public static FixAction? Of(string key) => ByKey.TryGetValue(key, out var action) ? action : null;

    private static FixAction Safe(string key, string does) => new(key, does, review: null);

    private static FixAction Review(string key, string does, string change) => new(key, does, change);
}
