using Microsoft.CodeAnalysis;
using static AsyncGuard.RuleCategory;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace AsyncGuard;

/// <summary>Every rule, one row each: id, category, severity, title, message. Docs, presets and release notes are generated from here.</summary>
internal static class RuleTable
{
    public static readonly DiagnosticDescriptor BlockingSleep = Rule("AGD0101", Blocking, Warning, "Thread sleeps or spins in async code", "'{0}' holds the thread in async code{1}; {2}");
    public static readonly DiagnosticDescriptor BlockingWait = Rule("AGD0102", Blocking, Warning, "Task is waited for synchronously in async code", "'{0}' blocks the thread until the task is done{1}; {2}");
    public static readonly DiagnosticDescriptor BlockingCall = Rule("AGD0103", Blocking, Warning, "Synchronous call in async code has an awaitable counterpart", "'{0}' blocks the thread in async code{1}; {2}");
    public static readonly DiagnosticDescriptor BlockingPrimitive = Rule("AGD0104", Blocking, Warning, "Blocking call in async code has no awaitable counterpart", "'{0}' blocks the thread in async code{1}; {2}");
    public static readonly DiagnosticDescriptor IndirectBlocking = Rule("AGD0105", Blocking, Warning, "Call in async code leads to a blocking one", "'{0}' blocks the thread in async code{1}: {2}; {3}");
    public static readonly DiagnosticDescriptor CpuWork = Rule("AGD0106", Blocking, Warning, "Work for the processor holds the thread in async code", "{0} keeps the thread busy in async code{1}: {2}; run it on the thread pool with 'Task.Run'");
    public static readonly DiagnosticDescriptor LockAcrossAwait = Rule("AGD0107", Blocking, Warning, "Lock is held across an await", "'{0}' takes a lock that is still held at an 'await', after which another thread may run that cannot release it; use 'SemaphoreSlim.WaitAsync'");
    public static readonly DiagnosticDescriptor SyncOverAsync = Rule("AGD0108", Blocking, Info, "Task is waited for synchronously in synchronous code", "'{0}' holds the thread in {1} until the task is done; {2}");
    public static readonly DiagnosticDescriptor Polling = Rule("AGD0109", Blocking, Info, "Loop polls for a condition", "The loop looks at state that other code sets, with '{0}' in between, so it is late and busy; let the other side signal: 'TaskCompletionSource', 'SemaphoreSlim', 'Channel', or 'PeriodicTimer' for work in an interval");
    public static readonly DiagnosticDescriptor DroppedTask = Rule("AGD0201", Structured, Warning, "Task is dropped", "The task of '{0}' is dropped, so nobody sees it fail or end; await it, keep it, or discard it with '_ ='");
    public static readonly DiagnosticDescriptor DiscardedTask = Rule("AGD0202", Structured, Info, "Task is discarded", "The task of '{0}' is discarded{1}, so nobody sees it fail or end; {2}");
    public static readonly DiagnosticDescriptor AsyncVoid = Rule("AGD0203", Structured, Warning, "Async void method", "'{0}' is async void, so callers cannot await it and its exceptions end the process; return 'Task'");
    public static readonly DiagnosticDescriptor AsyncVoidLambda = Rule("AGD0204", Structured, Warning, "Async lambda becomes a void delegate", "{0} becomes a delegate that returns nothing, so nobody awaits it and its exceptions end the process; {1}");
    public static readonly DiagnosticDescriptor AbandonedTask = Rule("AGD0205", Structured, Warning, "Task is kept in a local and abandoned", "'{0}' keeps {1} that nothing awaits, returns or hands on, so nobody sees {2}; await {3}");
    public static readonly DiagnosticDescriptor SequentialAwaits = Rule("AGD0206", Structured, Warning, "Running tasks are awaited one after the other", "If '{0}' fails here, {1} and nobody sees {2} fail or end; await 'Task.WhenAll' first");
    public static readonly DiagnosticDescriptor IndependentAwaits = Rule("AGD0207", Structured, Info, "Independent reads are awaited one after the other", "{0} awaits one after the other take as long as all of them together, although '{1}' needs nothing of what comes before; start them first and await {2}");
    public static readonly DiagnosticDescriptor LosersOfWhenAny = Rule("AGD0208", Structured, Warning, "Losers of Task.WhenAny are abandoned", "After 'Task.WhenAny' the tasks that lose run on, and nobody stops them or sees them fail; {0}");
    public static readonly DiagnosticDescriptor NestedTask = Rule("AGD0209", Structured, Warning, "Task of a task is awaited once", "'{0}' returns a task of a task here, and the outer one is done as soon as the work has begun, so nobody sees it fail or end; {1}");
    public static readonly DiagnosticDescriptor TaskOutlivesResource = Rule("AGD0210", Structured, Warning, "Task outlives the resource it uses", "{0} while the work still needs it, because the task leaves the 'using'; await it inside");
    public static readonly DiagnosticDescriptor UnboundedFanOut = Rule("AGD0211", Structured, Info, "Unlimited number of tasks at once", "'{0}' starts a task for each item of a source that may have any number of them, and nothing limits how many run at once; {1}");
    public static readonly DiagnosticDescriptor TaskSequenceRepeated = Rule("AGD0212", Structured, Warning, "Lazy sequence of tasks is enumerated again", "'{0}' is enumerated again here, and each enumeration starts all of its tasks again; keep the tasks with '.ToList()' or '.ToArray()'");
    public static readonly DiagnosticDescriptor GroupMisuse = Rule("AGD0213", Structured, Warning, "Task group is misused", "{0}; {1}");
    public static readonly DiagnosticDescriptor TokenNotPassed = Rule("AGD0301", Cancellation, Info, "Cancellation token in scope is not passed on", "'{0}' can be cancelled but is not given '{1}', which is in scope; pass it on");
    public static readonly DiagnosticDescriptor UnusedToken = Rule("AGD0302", Cancellation, Warning, "Cancellation token is not used", "{1} takes '{0}' and never looks at it, so whoever cancels waits for all of it; pass it on");
    public static readonly DiagnosticDescriptor LoopIgnoresToken = Rule("AGD0303", Cancellation, Warning, "Loop ignores the cancellation token in scope", "The loop goes on whatever becomes of '{0}'; check it in the loop, or pass it to a call there");
    public static readonly DiagnosticDescriptor SwallowedCancellation = Rule("AGD0304", Cancellation, Warning, "Cancellation is swallowed", "A cancellation ends in this 'catch' and {0} goes on; let it through with 'when (ex is not OperationCanceledException)' or 'throw'");
    public static readonly DiagnosticDescriptor CancelledNotAwaited = Rule("AGD0305", Cancellation, Warning, "Task is cancelled and never awaited", "{0} cancelled here and not awaited after, so nobody learns whether {1} stopped or failed; await {1}");
    public static readonly DiagnosticDescriptor CancellableCleanup = Rule("AGD0306", Cancellation, Warning, "Cleanup can be cancelled", "'{0}' cleans up and is given '{1}', which the work before it obeys, so it does not run once that is cancelled; pass 'CancellationToken.None'");
    public static readonly DiagnosticDescriptor SourceNotDisposed = Rule("AGD0307", Cancellation, Warning, "CancellationTokenSource is never disposed", "This 'CancellationTokenSource' is never disposed, so {0}; {1}");
    public static readonly DiagnosticDescriptor DroppedRegistration = Rule("AGD0308", Cancellation, Info, "Registration with a cancellation token is dropped", "'{0}' keeps this callback and what it holds long after it is needed, because the registration is dropped; {1}");
    public static readonly DiagnosticDescriptor EndlessWait = Rule("AGD0309", Cancellation, Info, "Wait without end ignores the token in scope", "'{0}' may wait forever and is not given '{1}', which is in scope; {2}");
    public static readonly DiagnosticDescriptor EnumeratorToken = Rule("AGD0310", Cancellation, Warning, "Token does not get into an async iterator", "{0}; {1}");
    public static readonly DiagnosticDescriptor NarrowCancellationCatch = Rule("AGD0311", Cancellation, Info, "Only one kind of cancellation is caught", "'TaskCanceledException' is one of the ways in which a cancellation is told, and the others pass this 'catch'; catch its base 'OperationCanceledException'");
    public static readonly DiagnosticDescriptor InlineContinuations = Rule("AGD0401", Awaitables, Warning, "TaskCompletionSource runs continuations inline", "'{0}' runs its awaiters inside the call that completes it; create it with 'TaskCreationOptions.RunContinuationsAsynchronously'");
    public static readonly DiagnosticDescriptor HttpClientPerCall = Rule("AGD0501", Resources, Warning, "HttpClient is created per call", "A new 'HttpClient' per call opens new connections every time and exhausts sockets under load; {0}");
    public static readonly DiagnosticDescriptor SynchronousDispose = Rule("AGD0505", Resources, Warning, "Asynchronously disposable object is disposed synchronously in async code", "'{0}' is disposed synchronously{1}, which holds the thread while it writes, closes or ends; use 'await using'");
    public static readonly DiagnosticDescriptor MalformedConfiguration = Rule("AGD0901", Configuration, Warning, "Configuration of AsyncGuard cannot be read", "{0} cannot be read and is ignored: {1}");

    // The parameter names matter: Roslyn's release tracking reads the id, the category and the severity of a row through them.
    private static DiagnosticDescriptor Rule(string id, string category, DiagnosticSeverity defaultSeverity, string title, string messageFormat) =>
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault: true, helpLinkUri: HelpLink(id));
}
