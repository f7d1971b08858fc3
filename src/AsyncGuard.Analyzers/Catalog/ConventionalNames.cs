using System;

namespace AsyncGuard.Catalog;

/// <summary>
/// What members do by their names alone, where many libraries have members of their own with the same meaning. Names of one API are in
/// <see cref="ApiMember"/>, those of collections in <see cref="CollectionNames"/>.
/// </summary>
internal static class ConventionalNames
{
    /// <summary>Whether the call stands for the same work as its receiver.</summary>
    public static bool KeepsWork(string method) => method is WellKnownMember.ConfigureAwait or "AsTask" or "Preserve";

    /// <summary>Whether the method lets time pass, on the thread or off it.</summary>
    public static bool Pauses(string method) => method is "Delay" or "Sleep";

    /// <summary>Whether the method ends the use of a resource, the other name of <c>Dispose</c>.</summary>
    public static bool Closes(string method) => method is "Close";

    /// <summary>Whether the method closes or disposes, or says that it has been done.</summary>
    public static bool OnlyDisposes(string method) => ClosesOrDisposes(method) || method is "SuppressFinalize";

    /// <summary>Whether the method closes or disposes.</summary>
    public static bool ClosesOrDisposes(string method) => method is "Close" or WellKnownMember.Dispose;

    /// <summary>Whether the method does so asynchronously.</summary>
    public static bool ClosesAsync(string method) => method is "CloseAsync" or WellKnownMember.DisposeAsync;

    /// <summary>Whether the method writes out what a buffer holds.</summary>
    public static bool FlushesAsync(string method) => method is "FlushAsync";

    /// <summary>Whether the method writes to a stream or writer.</summary>
    public static bool Writes(string method) => method is "Write" or "WriteLine" or "Flush" or "CopyTo";

    /// <summary>Whether the method writes asynchronously, and waits where there is no room.</summary>
    public static bool WritesAsync(string method) => method is "WriteAsync";

    /// <summary>Whether the method of a task waits for it.</summary>
    public static bool Waits(string method) => method is "Wait";

    /// <summary>Copies what is read to a stream, as it arrives.</summary>
    public const string CopyToAsync = "CopyToAsync";

    /// <summary>The protected member in which a class disposes asynchronously.</summary>
    public const string DisposeAsyncCore = "DisposeAsyncCore";

    /// <summary>Whether the method gives back a lock, a permit or a signal, without a parameter.</summary>
    public static bool GivesBack(string method) => method is WellKnownMember.Dispose or "Release" or "Set";

    /// <summary>Whether the method takes a lock, whose result gives it back: <c>LockAsync</c>, <c>ReaderLock</c>.</summary>
    public static bool Locks(string method)
    {
        method = WithoutAsync(method);
        return method.EndsWith("Lock", StringComparison.Ordinal) && !method.StartsWith("Get", StringComparison.Ordinal);
    }

    /// <summary>Whether the method of a lock takes it: <c>Enter</c>, <c>AcquireAsync</c>.</summary>
    public static bool Enters(string method)
    {
        method = WithoutAsync(method);
        return method is "Enter" or "Acquire" or "TryAcquire" or "UseWait";
    }

    /// <summary>Whether the method waits for a place among a limited number.</summary>
    public static bool WaitsForPlace(string method) =>
        method.StartsWith("Acquire", StringComparison.Ordinal) || method.StartsWith("Enter", StringComparison.Ordinal)
        || method.StartsWith("Throttle", StringComparison.Ordinal) || method.StartsWith("WaitForSlot", StringComparison.Ordinal)
        || method is "Wait" or "WaitAsync" or "WaitOne" or "LockAsync";

    /// <summary>Whether the method waits for its turn.</summary>
    public static bool WaitsForTurn(string method) =>
        method.StartsWith("Wait", StringComparison.Ordinal) || method.StartsWith("Acquire", StringComparison.Ordinal);

    /// <summary>Whether the method of an event waits for it.</summary>
    public static bool WaitsForEvent(string method) => method is "WaitOne" or "Wait";

    /// <summary>Whether the method of a listener waits for the next connection.</summary>
    public static bool Accepts(string method) =>
        method.StartsWith("Accept", StringComparison.Ordinal) && method.EndsWith("Async", StringComparison.Ordinal);

    /// <summary>Whether the method waits for the next tick or item of a sequence without end.</summary>
    public static bool WaitsForNext(string method) =>
        method is "WaitForNextTickAsync" or "WaitToReadAsync" or "ReadAllAsync" or "GetConsumingEnumerable";

    /// <summary>The task that is complete when a reader or a block has nothing more to give.</summary>
    public const string Completion = "Completion";

    /// <summary>Whether the method ends the old asynchronous pattern: <c>EndRead(result)</c>.</summary>
    public static bool EndsOldPattern(string method) => method.StartsWith("End", StringComparison.Ordinal);

    /// <summary>Whether the method puts the exception that it receives where other code finds it.</summary>
    public static bool KeepsException(string method) =>
        method is "Add" or "TryAdd" or "Enqueue" or "Push" or "OnError" or "Complete" or "TryComplete" or "TryWrite" or "SetException"
        or "TrySetException" or "Fault" or "Capture";

    /// <summary>Whether the method completes what others await.</summary>
    public static bool CompletesPromise(string method) =>
        method is "SetException" or "TrySetException" or "SetCanceled" or "TrySetCanceled" or "SetResult" or "TrySetResult";

    /// <summary>Whether the method takes a task and sees to its failure.</summary>
    public static bool Forgets(string method) =>
        method is "Forget" or FireAndForget or "SafeFireAndForget" or "FileAndForget" or "NoWait";

    /// <summary>A flag that asks for no answer.</summary>
    public const string FireAndForget = "FireAndForget";

    /// <summary>Whether the method is called by an awaiter's user, with what is to run when it is complete.</summary>
    public static bool TakesContinuation(string method) => method.EndsWith("OnCompleted", StringComparison.Ordinal);

    /// <summary>Whether a method of this name only gives a signal. With an argument, <c>Set</c> stores a value.</summary>
    public static bool Signals(string method, int parameters) =>
        method is "Release" or "Signal" or "Pulse" or "PulseAll" or "TryWrite" || (method is "Set" && parameters == 0)
        || CompletesPromise(method);

    /// <summary>
    /// Whether a static method of this name makes a value of its type: <c>Result.Success(value)</c>, <c>Option.Some(value)</c>.
    /// </summary>
    public static bool MakesOutcome(string method) =>
        method is "Success" or "Succeed" or "Succeeded" or "Ok" or "Failure" or "Fail" or "Failed" or "Error" or "Errors" or "NotFound"
        or "Invalid" or "Conflict" or "Unauthorized" or "Forbidden" or "NoContent" or "Some" or "None" or "Left" or "Right" or "Just"
        or "Nothing" or "Return" or "Pure";

    /// <summary>Whether a type holds at most one value, and is enumerated for it.</summary>
    public static bool IsOption(string type) => type is "Option" or "Maybe" or "Optional";

    /// <summary>Whether the type only throws.</summary>
    public static bool IsThrowHelper(string type) =>
        type.StartsWith("Throw", StringComparison.Ordinal) && type.EndsWith("Helper", StringComparison.Ordinal);

    /// <summary>Whether the method throws only where a condition holds.</summary>
    public static bool IsConditional(string method) => method.IndexOf("If", StringComparison.Ordinal) >= 0;

    /// <summary>Whether the type is handed to the handlers of an event.</summary>
    public static bool IsEventArgs(string type) => type.EndsWith("EventArgs", StringComparison.Ordinal);

    /// <summary>Whether the method or its type only writes down what the program does.</summary>
    public static bool IsLog(string method, string? type) =>
        method.StartsWith("Log", StringComparison.Ordinal)
        || (type is not null && (type.EndsWith("Logger", StringComparison.Ordinal) || type == "ILog"));

    /// <summary>Whether the method starts a hosted service.</summary>
    public static bool StartsService(string method) => method is "ExecuteAsync" or "StartAsync" or "StartingAsync";

    /// <summary>Whether the method runs for as long as a hosted service does, or at its end.</summary>
    public static bool RunsWithService(string method) => method is "ExecuteAsync" or StopAsync;

    /// <summary>The method that stops a service.</summary>
    public const string StopAsync = "StopAsync";

    /// <summary>Whether the method of a promise completes it: <c>SetResult</c>, <c>TrySetFromTask</c>.</summary>
    public static bool SetsPromise(string method) =>
        method.StartsWith("Set", StringComparison.Ordinal) || method.StartsWith("TrySet", StringComparison.Ordinal);

    /// <summary>Whether the method tries, and says whether it could.</summary>
    public static bool Tries(string method) => method.StartsWith("Try", StringComparison.Ordinal);

    /// <summary>Whether the method waits for a thread, a lock or a signal, with a time limit or without.</summary>
    public static bool WaitsForSignal(string method) => method is "WaitOne" or "Wait" or "WaitAsync" or "Join";

    /// <summary>Whether the property is a task that other code completes.</summary>
    public static bool IsPromise(string property) => property is "Task" or Completion;

    /// <summary>Whether the property is the token of its object.</summary>
    public static bool IsTokenOfObject(string property) => property is "CancellationToken" or WellKnownMember.Token;

    /// <summary>Whether a variable or property with the name may be a token.</summary>
    public static bool MayBeToken(string name) => name.EndsWith(WellKnownMember.Token, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the property is a limit of time.</summary>
    public static bool IsTimeLimit(string property) => property is "Timeout";

    /// <summary>
    /// Whether the method makes what it does not find, by a delegate that it receives: <c>GetOrAdd(key, key => value)</c>.
    /// </summary>
    public static bool MakesWhatIsMissing(string method) => method is "GetOrAdd" or "GetOrCreate" or "GetOrSet" or "AddOrUpdate";

    /// <summary>Whether the type is what the work at hand is about.</summary>
    public static bool IsContext(string type) => type.EndsWith("Context", StringComparison.Ordinal);

    /// <summary>Whether the token, as written, is that of a request or connection.</summary>
    public static bool IsOfRequest(string token) =>
        token.EndsWith("RequestAborted", StringComparison.Ordinal) || token.EndsWith("ConnectionAborted", StringComparison.Ordinal);

    /// <summary>The clients of a hub, and the one of them that calls.</summary>
    public const string Clients = "Clients";
    public const string Caller = "Caller";

    /// <summary>Marks the synchronous form of a type.</summary>
    public const string Sync = "Sync";

    /// <summary>What makes an object, and the flag that makes its asynchronous members work.</summary>
    public const string Create = "Create";

    /// <summary>The suffix of awaitable methods.</summary>
    public const string Async = "Async";

    private static string WithoutAsync(string method) =>
        method.EndsWith(Async, StringComparison.Ordinal) ? method.Substring(0, method.Length - Async.Length) : method;
}
