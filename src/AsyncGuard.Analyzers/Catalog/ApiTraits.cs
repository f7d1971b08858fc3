using System;

namespace AsyncGuard.Catalog;

/// <summary>What is known of an API. The names in the catalog files are the same words in kebab-case.</summary>
[Flags]
internal enum ApiTraits : long
{
    None = 0,

    /// <summary>Holds the calling thread while it waits for something other than the processor.</summary>
    Blocks = 1 << 0,

    /// <summary>Pauses the thread for a time or spins.</summary>
    Sleeps = 1 << 1,

    /// <summary>Waits for a task synchronously.</summary>
    Waits = 1 << 2,

    /// <summary>Ends at once: neither it nor an awaitable counterpart has anything to wait for.</summary>
    Completes = 1 << 3,

    /// <summary>Its awaitable counterpart is discouraged, pointless or slower.</summary>
    NoTwin = 1 << 4,

    /// <summary>Runs the delegates it is given on another thread, where blocking is allowed.</summary>
    Offloads = 1 << 5,

    /// <summary>Runs the delegates it is given inside the call, or while its result is enumerated.</summary>
    CallsInPlace = 1 << 6,

    /// <summary>A type that works on memory only, or a member that gives such an object: its operations have nothing to wait for.</summary>
    InMemory = 1 << 7,

    /// <summary>A type that reads from or writes to the stream, reader or writer given to its constructor.</summary>
    Wraps = 1 << 8,

    /// <summary>Takes care of the task that it is given or called on.</summary>
    ObservesTask = 1 << 9,

    /// <summary>Carries the cancellation token of the work at hand.</summary>
    CarriesToken = 1 << 10,

    /// <summary>Gains nothing from a cancellation token, or means something else with it.</summary>
    NoToken = 1 << 11,

    /// <summary>A type whose members give the time or compute: asking them again and again is no look at what other code sets.</summary>
    Clock = 1 << 12,

    /// <summary>Creates a task that is complete when it is returned.</summary>
    Completed = 1 << 13,

    /// <summary>Awaiting it means that all tasks given to it are complete.</summary>
    JoinsAll = 1 << 14,

    /// <summary>Its result is one of the tasks given to it, complete.</summary>
    JoinsFirst = 1 << 15,

    /// <summary>Tells by its value that a task is complete.</summary>
    ProvesComplete = 1 << 16,

    /// <summary>Hands tasks that are complete to the delegate it is given.</summary>
    HandsCompleted = 1 << 17,

    /// <summary>Its awaitable counterparts are found in the type that the answer names.</summary>
    TwinsIn = 1 << 18,

    /// <summary>Keeps the processor busy for long.</summary>
    Cpu = 1 << 19,

    /// <summary>Belongs to the thread that calls it, and cannot be moved to another.</summary>
    ThreadAffine = 1 << 20,

    /// <summary>A type whose members are used only where its name is written: what no file mentions is not looked for.</summary>
    Named = 1 << 21,

    /// <summary>Waits for what only other code can do, and may never do: awaiting it may never end.</summary>
    Endless = 1 << 22,

    /// <summary>Ends the process, the host or the path of an exception: what follows does not run, or not for long.</summary>
    EndsWork = 1 << 23,

    /// <summary>Takes a lock that only the same thread may give back; the answer is the member that does.</summary>
    Acquires = 1 << 24,

    /// <summary>Gives a lock back; the answer is the member that takes it.</summary>
    Releases = 1 << 25,

    /// <summary>Lets time pass and does nothing else.</summary>
    Passes = 1 << 26,

    /// <summary>A type whose members look at what other code sets, fills or empties.</summary>
    SharedState = 1 << 27,

    /// <summary>A <c>DisposeAsync</c> that only calls <c>Dispose</c>.</summary>
    DisposesInPlace = 1 << 28,

    /// <summary>Makes a scope whose end disposes services, synchronously as it stands.</summary>
    MakesScope = 1 << 29,

    /// <summary>A type whose members only write down what the program does.</summary>
    Log = 1 << 30,

    /// <summary>Waits for what it starts only where its first argument of type <c>bool</c> is true.</summary>
    ByFlag = 1L << 31,

    /// <summary>Gives a sequence of items whose number is unknown.</summary>
    Unbounded = 1L << 32,

    /// <summary>Hands out the next of such items, each time that it is called.</summary>
    NextItem = 1L << 33,

    /// <summary>Only reads, and may run at the same time as others of its kind on other objects.</summary>
    Independent = 1L << 34,

    /// <summary>Only reads, and may run at the same time as others of its kind on the same object as well.</summary>
    Concurrent = 1L << 35,

    /// <summary>A type whose calls read or write nothing but the stream, reader or writer that they are given.</summary>
    WorksOn = 1L << 36,

    /// <summary>Reads all of a body, file or stream into one text or array.</summary>
    HoldsWhole = 1L << 37,

    /// <summary>Goes once through the text or array that it is given, and has a form that takes a stream.</summary>
    TakesWhole = 1L << 38,

    /// <summary>Makes a buffer that takes any number of items.</summary>
    Unlimited = 1L << 39,

    /// <summary>Puts an item into a buffer.</summary>
    Puts = 1L << 40,

    /// <summary>Takes an item out of a buffer.</summary>
    Takes = 1L << 41,

    /// <summary>Its task has the result of the work that it is given: of work that gives a task, it is a task of a task.</summary>
    HandsResult = 1L << 42,

    /// <summary>Says that a message has been dealt with: where that is left out, it is delivered again.</summary>
    Settles = 1L << 43,

    /// <summary>Writes, formats, serialises or sends the value that it is given: of a task that says nothing of its result.</summary>
    ShowsValue = 1L << 44,

    /// <summary>Keeps what it is given or makes, and hands that to later callers as well.</summary>
    Caches = 1L << 45,

    /// <summary>A type whose objects serve one request, circuit or call, and end with it.</summary>
    PerRequest = 1L << 46,

    /// <summary>Ends with a cancellation of its own when it takes too long, whatever token it is given.</summary>
    TimesOut = 1L << 47,

    /// <summary>Takes a permit of the object that it is called on, which any thread may give back.</summary>
    TakesPermit = 1L << 48,

    /// <summary>Gives a permit back, or one more.</summary>
    GivesPermit = 1L << 49,

    /// <summary>A type whose objects serve one operation at a time.</summary>
    OneAtATime = 1L << 50,

    /// <summary>
    /// An awaitable member that, where a class does not override it, runs the synchronous one inside the call; the answer is the protected
    /// member behind it.
    /// </summary>
    RunsInPlace = 1L << 51,

    /// <summary>
    /// Gives a part of the object that it is called on, which works on memory where that does: an entry of an archive, the stream of an
    /// entry.
    /// </summary>
    Inside = 1L << 52,

    /// <summary>Ends at once from a buffer, mostly: blocking only where a counterpart takes the same arguments.</summary>
    Buffered = 1L << 53,

    /// <summary>
    /// A type whose code serves requests or a user, each on a thread that others wait for; or one whose members are given such code.
    /// </summary>
    Serves = 1L << 54,

    /// <summary>The form of a request; or a type whose base has read it before its members run.</summary>
    BindsForm = 1L << 55,

    /// <summary>Opens something for reading: when it closes, there is nothing left to write.</summary>
    ReadsOnly = 1L << 56,

    /// <summary>
    /// Opens something for reading where its argument says so: <c>FileAccess.Read</c>, <c>CompressionMode.Decompress</c>.
    /// </summary>
    ReadsByMode = 1L << 57,

    /// <summary>A type, or a method that makes an object, with connections of its own that are meant to be kept and shared.</summary>
    HoldsConnections = 1L << 58,

    /// <summary>The same, where the connections are shared anyway, but each object is set up anew.</summary>
    HoldsSetup = 1L << 59,

    /// <summary>Fails by what it is given or finds, not by what its caller did wrong.</summary>
    Fails = 1L << 60,

    /// <summary>
    /// Changes a value that flows with the code, which an async function has for itself alone: that of its own name, or the one of the
    /// answer's type.
    /// </summary>
    Flows = 1L << 61,

    /// <summary>A type whose code runs on the one thread of a user interface, and continues there after an await.</summary>
    UserInterface = 1L << 62,

    /// <summary>A type whose code is replayed: what waits for its tasks has to go on inside the call that completes them.</summary>
    Replays = 1L << 63,
}
