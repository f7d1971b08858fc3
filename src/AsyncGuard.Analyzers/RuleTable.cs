using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using static AsyncGuard.RuleCategory;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace AsyncGuard;

/// <summary>
/// Every rule, one row each: id, category, severity, title, message. Docs, presets and release notes are generated from here.
/// </summary>
internal static class RuleTable
{
    // First, because the rows below add themselves to it.
    private static readonly List<DiagnosticDescriptor> Rows = new();

    public static readonly DiagnosticDescriptor BlockingSleep =
        Rule("AGD0101", Blocking, Warning, "Thread sleeps or spins in async code", "'{0}' blocks the thread in async code{1}; {2}");
    public static readonly DiagnosticDescriptor BlockingWait =
        Rule("AGD0102", Blocking, Warning, "Task is waited for synchronously in async code",
        "'{0}' blocks the thread until the task completes{1}; {2}");
    public static readonly DiagnosticDescriptor BlockingCall =
        Rule("AGD0103", Blocking, Warning, "Synchronous call in async code has an awaitable counterpart",
        "'{0}' blocks the thread in async code{1}; {2}");
    public static readonly DiagnosticDescriptor BlockingPrimitive =
        Rule("AGD0104", Blocking, Warning, "Blocking call in async code has no awaitable counterpart",
        "'{0}' blocks the thread in async code{1}; {2}");
    public static readonly DiagnosticDescriptor IndirectBlocking =
        Rule("AGD0105", Blocking, Warning, "Call in async code leads to a blocking call",
        "'{0}' blocks the thread in async code{1}{2}; {3}");
    public static readonly DiagnosticDescriptor CpuWork =
        Rule("AGD0106", Blocking, Warning, "CPU-bound work holds the thread in async code",
        "{0} is CPU-bound and holds the thread in async code{1}: {2}; run it on the thread pool with 'Task.Run'");
    public static readonly DiagnosticDescriptor LockAcrossAwait =
        Rule("AGD0107", Blocking, Warning, "Lock is held across an await",
        "'{0}' takes a lock that is still held at an 'await'; the code after it may run on another thread, which cannot release the lock; use 'SemaphoreSlim.WaitAsync'");
    public static readonly DiagnosticDescriptor SyncOverAsync =
        Rule("AGD0108", Blocking, Info, "Task is waited for synchronously in synchronous code",
        "'{0}' blocks the thread in {1} until the task completes; {2}");
    public static readonly DiagnosticDescriptor Polling =
        Rule("AGD0109", Blocking, Info, "Loop polls for a condition",
        "The loop polls state that other code sets, pausing with '{0}', so it reacts late and wastes work; have the other side signal it with a 'TaskCompletionSource', 'SemaphoreSlim' or 'Channel', or use 'PeriodicTimer' for periodic work");
    public static readonly DiagnosticDescriptor TransactionWithoutFlow =
        Rule("AGD0110", Blocking, Warning, "TransactionScope does not flow over await",
        "This 'TransactionScope' is bound to the current thread, but the code after an 'await' may run on another thread, outside the transaction; pass 'TransactionScopeAsyncFlowOption.Enabled'");
    public static readonly DiagnosticDescriptor UnawaitedResource =
        Rule("AGD0111", Blocking, Warning, "Task is disposed in place of its result",
        "'{0}' returns a task, and the 'using' disposes the task instead of its result; await it");
    public static readonly DiagnosticDescriptor IndirectBlockingPlace =
        Rule("AGD0112", Blocking, Info, "Call in async code leads to a blocking one that is reported elsewhere",
        "'{0}' blocks the thread in async code{1}{2}; {3}");
    public static readonly DiagnosticDescriptor DroppedTask =
        Rule("AGD0201", Structured, Warning, "Task is not observed",
        "The task of '{0}' is not observed, so its failure and its completion go unnoticed; await it, keep it, or discard it with '_ ='");
    public static readonly DiagnosticDescriptor DiscardedTask =
        Rule("AGD0202", Structured, Info, "Task is discarded",
        "The task of '{0}' is discarded{1}, so its failure and its completion go unnoticed; {2}");
    public static readonly DiagnosticDescriptor AsyncVoid =
        Rule("AGD0203", Structured, Warning, "Async void method",
        "'{0}' is async void, so callers cannot await it and its exceptions end the process; return 'Task'");
    public static readonly DiagnosticDescriptor AsyncVoidLambda =
        Rule("AGD0204", Structured, Warning, "Async lambda is converted to a void delegate",
        "{0} is converted to a delegate that returns void, so it cannot be awaited and its exceptions end the process; {1}");
    public static readonly DiagnosticDescriptor AbandonedTask =
        Rule("AGD0205", Structured, Warning, "Task is kept in a local and never awaited",
        "'{0}' holds {1} never awaited, returned or passed on, so {2}; await {3}");
    public static readonly DiagnosticDescriptor SequentialAwaits =
        Rule("AGD0206", Structured, Warning, "Running tasks are awaited one after the other",
        "If '{0}' fails here, {1} and nothing observes {2}; await 'Task.WhenAll' first");
    public static readonly DiagnosticDescriptor IndependentAwaits =
        Rule("AGD0207", Structured, Info, "Independent reads are awaited one after the other",
        "These {0} awaits run one after the other, although '{1}' does not depend on the earlier ones; start them first and await {2}");
    public static readonly DiagnosticDescriptor LosersOfWhenAny =
        Rule("AGD0208", Structured, Warning, "Losers of Task.WhenAny are abandoned",
        "After 'Task.WhenAny' the other tasks keep running, uncancelled and unobserved; {0}");
    public static readonly DiagnosticDescriptor NestedTask =
        Rule("AGD0209", Structured, Warning, "Task of a task is awaited once",
        "'{0}' returns a nested task here, whose outer task completes as soon as the work has started, so its failure and its completion go unnoticed; {1}");
    public static readonly DiagnosticDescriptor TaskOutlivesResource =
        Rule("AGD0210", Structured, Warning, "Task outlives the resource it uses",
        "{0} while the task still uses it, because nothing waits for the task before; await it first");
    public static readonly DiagnosticDescriptor UnboundedFanOut =
        Rule("AGD0211", Structured, Info, "Unlimited number of concurrent tasks",
        "'{0}' starts a task for each item of a source of unknown size, and nothing limits how many run at the same time; {1}");
    public static readonly DiagnosticDescriptor TaskSequenceRepeated =
        Rule("AGD0212", Structured, Warning, "Lazy sequence of tasks is enumerated more than once",
        "'{0}' is enumerated again here, and each enumeration starts its tasks anew; materialize it with '.ToList()' or '.ToArray()'");
    public static readonly DiagnosticDescriptor GroupMisuse = Rule("AGD0213", Structured, Warning, "Task group is misused", "{0}; {1}");
    public static readonly DiagnosticDescriptor SharedContext =
        Rule("AGD0214", Structured, Warning, "Context or connection is used by several tasks at once",
        "'{0}' is used here while an earlier operation on it may still be running, and it supports one at a time; {1}");
    public static readonly DiagnosticDescriptor TaskAsValue =
        Rule("AGD0215", Structured, Warning, "Task is used in place of its result",
        "'{0}' is a task and is {1} in place of its result; {2}");
    public static readonly DiagnosticDescriptor SyncRunner =
        Rule("AGD0216", Structured, Warning, "Asynchronous work is passed to a synchronous runner",
        "'{0}' returns as soon as the asynchronous work has started, so it sees neither its failure nor its completion; use '{1}'");
    public static readonly DiagnosticDescriptor TaskReturnedFromTry =
        Rule("AGD0217", Structured, Info, "Task is returned out of a try",
        "The task of '{0}' is returned out of the 'try' without 'await', so {1}; await it there");
    public static readonly DiagnosticDescriptor AwaitedMulticast =
        Rule("AGD0218", Structured, Info, "Only the last handler of an event is awaited",
        "'{0}' may have several handlers, and this returns only the task of the last one; await each of its 'GetInvocationList'");
    public static readonly DiagnosticDescriptor TokenNotPassed =
        Rule("AGD0301", Cancellation, Info, "Cancellation token in scope is not passed on",
        "'{0}' accepts a cancellation token, but '{1}', which is in scope, is not passed; pass it on");
    public static readonly DiagnosticDescriptor UnusedToken =
        Rule("AGD0302", Cancellation, Warning, "Cancellation token is not used",
        "{1} takes '{0}' and never uses it, so cancelling has no effect; pass it on");
    public static readonly DiagnosticDescriptor LoopIgnoresToken =
        Rule("AGD0303", Cancellation, Warning, "Loop ignores the cancellation token in scope",
        "The loop never checks '{0}', so cancelling does not stop it; check it in the loop, or pass it to a call there");
    public static readonly DiagnosticDescriptor SwallowedCancellation =
        Rule("AGD0304", Cancellation, Warning, "Cancellation is swallowed",
        "This 'catch' swallows the cancellation and {0} keeps going; rethrow it, or exclude it with a 'when' filter");
    public static readonly DiagnosticDescriptor CancelledNotAwaited =
        Rule("AGD0305", Cancellation, Warning, "Task is cancelled and never awaited",
        "{0} cancelled here and never awaited afterwards, so it stays unknown whether {1} stopped or failed; await {1}");
    public static readonly DiagnosticDescriptor CancellableCleanup =
        Rule("AGD0306", Cancellation, Warning, "Cleanup can be cancelled",
        "'{0}' is cleanup but takes '{1}', the token that the work before it observes, so it is skipped once that token is cancelled; pass 'CancellationToken.None'");
    public static readonly DiagnosticDescriptor SourceNotDisposed =
        Rule("AGD0307", Cancellation, Warning, "CancellationTokenSource is never disposed",
        "This 'CancellationTokenSource' is never disposed, so {0}; {1}");
    public static readonly DiagnosticDescriptor DroppedRegistration =
        Rule("AGD0308", Cancellation, Info, "Registration with a cancellation token is dropped",
        "'{0}' keeps this callback, and all it captures, alive for as long as the token lives, because the registration is dropped; {1}");
    public static readonly DiagnosticDescriptor EndlessWait =
        Rule("AGD0309", Cancellation, Info, "Wait without a time limit ignores the token in scope",
        "'{0}' may wait forever, and '{1}', which is in scope, does not end it; {2}");
    public static readonly DiagnosticDescriptor EnumeratorToken =
        Rule("AGD0310", Cancellation, Warning, "Token does not reach the async iterator", "{0}; {1}");
    public static readonly DiagnosticDescriptor NarrowCancellationCatch =
        Rule("AGD0311", Cancellation, Info, "Only one form of cancellation is caught",
        "'TaskCanceledException' is only one form of cancellation; the others bypass this 'catch'; catch its base class 'OperationCanceledException'");
    public static readonly DiagnosticDescriptor ReleaseWithoutAcquire =
        Rule("AGD0312", Cancellation, Warning, "Release and acquire of a semaphore do not match", "'{0}' {1}; {2}");
    public static readonly DiagnosticDescriptor TimeoutEndsWorker =
        Rule("AGD0313", Cancellation, Warning, "Time-out ends the loop of a worker",
        "A time-out of '{0}' is a cancellation too, and {1}; check '{2}.IsCancellationRequested' in the 'when' filter");
    public static readonly DiagnosticDescriptor CachedTask =
        Rule("AGD0314", Cancellation, Info, "Cached task depends on one caller or keeps its failure", "{0}; {1}");
    public static readonly DiagnosticDescriptor TimeLimitUnused =
        Rule("AGD0315", Cancellation, Info, "Time limit is never used",
        "This time limit has no effect, because its token is never passed to anything or checked; pass it on");
    public static readonly DiagnosticDescriptor ItemLoopIgnoresToken =
        Rule("AGD0316", Cancellation, Info, "Loop over items ignores the cancellation token in scope",
        "The loop never checks '{0}', so cancelling does not stop it between two items; check it in the loop, or pass it to a call there");
    public static readonly DiagnosticDescriptor InlineContinuations =
        Rule("AGD0401", Awaitables, Warning, "TaskCompletionSource runs continuations inline",
        "'{0}' runs the continuations of its awaiters inside the call that completes it; create it with 'TaskCreationOptions.RunContinuationsAsynchronously'");
    public static readonly DiagnosticDescriptor NullTask =
        Rule("AGD0402", Awaitables, Warning, "Null is returned as a task",
        "'{0}' returns null in the place of a task, so its callers fail with a 'NullReferenceException' where they await it; return {1}");
    public static readonly DiagnosticDescriptor ValueTaskReuse =
        Rule("AGD0403", Awaitables, Warning, "ValueTask is used twice", "'{0}' {1}");
    public static readonly DiagnosticDescriptor UncompletedSource =
        Rule("AGD0404", Awaitables, Info, "Awaited object is not completed where its producer fails",
        "'{0}' is completed by '{1}' only where nothing fails before; otherwise {2}");
    public static readonly DiagnosticDescriptor ThreadLocalRead =
        Rule("AGD0405", Awaitables, Warning, "Value of the thread is read after an await", "'{0}' {1}");
    public static readonly DiagnosticDescriptor AwaiterProtocol = Rule("AGD0406", Awaitables, Info, "Awaiter breaks the protocol", "{0}");
    public static readonly DiagnosticDescriptor ContinueWith =
        Rule("AGD0407", Awaitables, Info, "ContinueWith in place of await",
        "'ContinueWith' wraps failures in an 'AggregateException' and continues on whatever scheduler is current; 'await' the task and write the continuation below");
    public static readonly DiagnosticDescriptor HttpClientPerCall =
        Rule("AGD0501", Resources, Warning, "Client is created per call", "A new '{0}' per call {1}; {2}");
    public static readonly DiagnosticDescriptor UnboundedBuffer =
        Rule("AGD0502", Resources, Info, "Buffer without a limit between a fast writer and a slow reader",
        "Nothing slows the writer down while the reader works, so the buffer grows until memory runs out; give it a limit with '{0}'");
    public static readonly DiagnosticDescriptor HeldBody =
        Rule("AGD0503", Resources, Info, "Body is held whole in memory only to be parsed or copied",
        "'{0}' holds all of the data in memory only for '{1}' to go through it once; stream it with {2}");
    public static readonly DiagnosticDescriptor ReceiveLoop =
        Rule("AGD0504", Resources, Warning, "WebSocket loop ignores the end of messages or of the connection",
        "The loop around 'ReceiveAsync' does not look for {0}");
    public static readonly DiagnosticDescriptor SynchronousDispose =
        Rule("AGD0505", Resources, Warning, "Asynchronously disposable object is disposed synchronously in async code",
        "'{0}' is disposed synchronously{1}, which blocks the thread while it flushes or closes; use 'await using'{2}");
    public static readonly DiagnosticDescriptor ResponseKeptOpen =
        Rule("AGD0506", Resources, Warning, "Response is kept open",
        "The response of '{0}' is not disposed on every path, so its connection stays in use; declare it with 'using'");
    public static readonly DiagnosticDescriptor AsyncWithoutAwait =
        Rule("AGD0601", Necessity, Info, "Async method without await",
        "'{0}' is async and awaits nothing, so each call pays for a state machine; return a finished task, or await something");
    public static readonly DiagnosticDescriptor OffloadedAsyncWork =
        Rule("AGD0602", Necessity, Info, "Task.Run around asynchronous work",
        "'Task.Run' takes a thread of the pool only to start '{0}', which is asynchronous itself; call it directly");
    public static readonly DiagnosticDescriptor MalformedConfiguration =
        Rule("AGD0901", Configuration, Warning, "Configuration of AsyncGuard cannot be read", "{0} cannot be read and is ignored: {1}");

    /// <summary>The ids of all rules; several rows may have one id.</summary>
    public static IEnumerable<string> Ids()
    {
        var seen = new HashSet<string>();
        foreach (var row in Rows)
        {
            if (seen.Add(row.Id)) yield return row.Id;
        }
    }

    // The parameter names matter: Roslyn's release tracking reads the id, the category and the severity of a row through them.
    private static DiagnosticDescriptor Rule(string id, string category, DiagnosticSeverity defaultSeverity, string title,
        string messageFormat)
    {
        var row = new DiagnosticDescriptor(
            id, title, messageFormat, category, defaultSeverity, isEnabledByDefault: true, RuleDescriptions.Of(id), HelpLink(id),
            "AsyncGuard", "async", Tag(category));
        Rows.Add(row);
        return row;
    }
}
