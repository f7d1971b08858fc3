using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace AsyncGuard.Catalog;

/// <summary>What is known of an API: a set of traits. The names in the catalog files are the same words in kebab-case.</summary>
internal readonly struct ApiTraits : IEquatable<ApiTraits>
{
    public static readonly ApiTraits None;

    // Stands before the traits, which enter themselves in it.
    private static readonly List<(string Name, ApiTraits Trait)> Entries = new();

    /// <summary>Holds the calling thread while it waits for something other than the processor.</summary>
    public static readonly ApiTraits Blocks = Next();

    /// <summary>Pauses the thread for a time or spins.</summary>
    public static readonly ApiTraits Sleeps = Next();

    /// <summary>Waits for a task synchronously.</summary>
    public static readonly ApiTraits Waits = Next();

    /// <summary>Ends at once: neither it nor an awaitable counterpart has anything to wait for.</summary>
    public static readonly ApiTraits Completes = Next();

    /// <summary>Its awaitable counterpart is discouraged, pointless or slower.</summary>
    public static readonly ApiTraits NoTwin = Next();

    /// <summary>Runs the delegates it receives on another thread, where blocking is allowed.</summary>
    public static readonly ApiTraits Offloads = Next();

    /// <summary>Runs the delegates it receives inside the call, or while its result is enumerated.</summary>
    public static readonly ApiTraits CallsInPlace = Next();

    /// <summary>A type that works on memory only, or a member that gives such an object: its operations have nothing to wait for.</summary>
    public static readonly ApiTraits InMemory = Next();

    /// <summary>A type that reads from or writes to the stream, reader or writer passed to its constructor.</summary>
    public static readonly ApiTraits Wraps = Next();

    /// <summary>Takes care of the task that it receives or is called on.</summary>
    public static readonly ApiTraits ObservesTask = Next();

    /// <summary>Carries the cancellation token of the work at hand.</summary>
    public static readonly ApiTraits CarriesToken = Next();

    /// <summary>Gains nothing from a cancellation token, or means something else with it.</summary>
    public static readonly ApiTraits NoToken = Next();

    /// <summary>A type whose members return the time or compute: a loop that asks them does not poll what other code sets.</summary>
    public static readonly ApiTraits Clock = Next();

    /// <summary>Creates a task that is complete when it is returned.</summary>
    public static readonly ApiTraits Completed = Next();

    /// <summary>Awaiting it means that all tasks passed to it are complete.</summary>
    public static readonly ApiTraits JoinsAll = Next();

    /// <summary>Its result is one of the tasks passed to it, complete.</summary>
    public static readonly ApiTraits JoinsFirst = Next();

    /// <summary>Shows by its value that a task is complete.</summary>
    public static readonly ApiTraits ProvesComplete = Next();

    /// <summary>Hands tasks that are complete to the delegate it receives.</summary>
    public static readonly ApiTraits HandsCompleted = Next();

    /// <summary>Its awaitable counterparts are found in the type that the answer names.</summary>
    public static readonly ApiTraits TwinsIn = Next();

    /// <summary>Keeps the processor busy for long.</summary>
    public static readonly ApiTraits Cpu = Next();

    /// <summary>Belongs to the thread that calls it, and cannot be moved to another.</summary>
    public static readonly ApiTraits ThreadAffine = Next();

    /// <summary>A type whose members are used only where its name is written: what no file mentions is not looked for.</summary>
    public static readonly ApiTraits Named = Next();

    /// <summary>Waits for what only other code can do, and may never do: awaiting it may never end.</summary>
    public static readonly ApiTraits Endless = Next();

    /// <summary>Ends the process, the host or the path of an exception: what follows does not run, or not for long.</summary>
    public static readonly ApiTraits EndsWork = Next();

    /// <summary>Takes a lock that only the same thread may give back; the answer is the member that does.</summary>
    public static readonly ApiTraits Acquires = Next();

    /// <summary>Gives a lock back; the answer is the member that takes it.</summary>
    public static readonly ApiTraits Releases = Next();

    /// <summary>Lets time pass and does nothing else.</summary>
    public static readonly ApiTraits Passes = Next();

    /// <summary>A type whose members look at what other code sets, fills or empties.</summary>
    public static readonly ApiTraits SharedState = Next();

    /// <summary>A <c>DisposeAsync</c> that only calls <c>Dispose</c>.</summary>
    public static readonly ApiTraits DisposesInPlace = Next();

    /// <summary>Makes a scope whose end disposes services, synchronously as it stands.</summary>
    public static readonly ApiTraits MakesScope = Next();

    /// <summary>A type whose members only write down what the program does.</summary>
    public static readonly ApiTraits Log = Next();

    /// <summary>Waits for what it starts only where its first argument of type <c>bool</c> is true.</summary>
    public static readonly ApiTraits ByFlag = Next();

    /// <summary>Gives a sequence of items whose number is unknown.</summary>
    public static readonly ApiTraits Unbounded = Next();

    /// <summary>Hands out the next of such items, each time that it is called.</summary>
    public static readonly ApiTraits NextItem = Next();

    /// <summary>Only reads, and may run at the same time as others of its kind on other objects.</summary>
    public static readonly ApiTraits Independent = Next();

    /// <summary>Only reads, and may run at the same time as others of its kind on the same object as well.</summary>
    public static readonly ApiTraits Concurrent = Next();

    /// <summary>A type whose calls read or write nothing but the stream, reader or writer that they receive.</summary>
    public static readonly ApiTraits WorksOn = Next();

    /// <summary>Reads all of a body, file or stream into one text or array.</summary>
    public static readonly ApiTraits HoldsWhole = Next();

    /// <summary>Goes once through the text or array that it receives, and has a form that takes a stream.</summary>
    public static readonly ApiTraits TakesWhole = Next();

    /// <summary>Makes a buffer that takes any number of items.</summary>
    public static readonly ApiTraits Unlimited = Next();

    /// <summary>Puts an item into a buffer.</summary>
    public static readonly ApiTraits Puts = Next();

    /// <summary>Takes an item out of a buffer.</summary>
    public static readonly ApiTraits Takes = Next();

    /// <summary>Its task has the result of the work that it receives: of work that gives a task, it is a task of a task.</summary>
    public static readonly ApiTraits HandsResult = Next();

    /// <summary>Says that a message has been dealt with: where that is left out, it is delivered again.</summary>
    public static readonly ApiTraits Settles = Next();

    /// <summary>Writes, formats, serialises or sends the value that it receives: of a task that says nothing of its result.</summary>
    public static readonly ApiTraits ShowsValue = Next();

    /// <summary>Keeps what it receives or makes, and hands that to later callers as well.</summary>
    public static readonly ApiTraits Caches = Next();

    /// <summary>A type whose objects serve one request, circuit or call, and end with it.</summary>
    public static readonly ApiTraits PerRequest = Next();

    /// <summary>Ends with a cancellation of its own when it takes too long, whatever token it receives.</summary>
    public static readonly ApiTraits TimesOut = Next();

    /// <summary>Takes a permit of the object that it is called on, which any thread may give back.</summary>
    public static readonly ApiTraits TakesPermit = Next();

    /// <summary>Gives a permit back, or one more.</summary>
    public static readonly ApiTraits GivesPermit = Next();

    /// <summary>A type whose objects serve one operation at a time.</summary>
    public static readonly ApiTraits OneAtATime = Next();

    /// <summary>
    /// An awaitable member that, where a class does not override it, runs the synchronous one inside the call; the answer is the protected
    /// member behind it.
    /// </summary>
    public static readonly ApiTraits RunsInPlace = Next();

    /// <summary>
    /// Gives a part of the object that it is called on, which works on memory where that does: an entry of an archive, the stream of an
    /// entry.
    /// </summary>
    public static readonly ApiTraits Inside = Next();

    /// <summary>Ends at once from a buffer, mostly: blocking only where a counterpart takes the same arguments.</summary>
    public static readonly ApiTraits Buffered = Next();

    /// <summary>
    /// A type whose code serves requests or a user, each on a thread that others wait for; or one whose members receive such code.
    /// </summary>
    public static readonly ApiTraits Serves = Next();

    /// <summary>The form of a request; or a type whose base has read it before its members run.</summary>
    public static readonly ApiTraits BindsForm = Next();

    /// <summary>Opens something for reading: when it closes, there is nothing left to write.</summary>
    public static readonly ApiTraits ReadsOnly = Next();

    /// <summary>
    /// Opens something for reading where its argument says so: <c>FileAccess.Read</c>, <c>CompressionMode.Decompress</c>.
    /// </summary>
    public static readonly ApiTraits ReadsByMode = Next();

    /// <summary>A type, or a method that makes an object, with connections of its own that are to be kept and shared.</summary>
    public static readonly ApiTraits HoldsConnections = Next();

    /// <summary>The same, where the connections are shared anyway, but each object is set up anew.</summary>
    public static readonly ApiTraits HoldsSetup = Next();

    /// <summary>Fails because of what it receives or finds, not because of what its caller did wrong.</summary>
    public static readonly ApiTraits Fails = Next();

    /// <summary>
    /// Changes a value that flows with the code, which an async function has for itself alone: that of its own name, or the one of the
    /// answer's type.
    /// </summary>
    public static readonly ApiTraits Flows = Next();

    /// <summary>A type whose code runs on the one thread of a user interface, and continues there after an await.</summary>
    public static readonly ApiTraits UserInterface = Next();

    /// <summary>Runs its delegate on the thread of a user interface; its task, where it gives one, says that this has been done.</summary>
    public static readonly ApiTraits Posts = Next();

    /// <summary>A type whose code is replayed: what waits for its tasks has to continue inside the call that completes them.</summary>
    public static readonly ApiTraits Replays = Next();

    // Room for 128.
    private readonly ulong _low;
    private readonly ulong _high;

    private ApiTraits(ulong low, ulong high)
    {
        _low = low;
        _high = high;
    }

    /// <summary>Each single trait with its name, in the order of their declaration.</summary>
    public static IReadOnlyList<(string Name, ApiTraits Trait)> All => Entries;

    /// <summary>Whether the set holds no trait.</summary>
    public bool IsNone => (_low | _high) == 0;

    public static ApiTraits operator |(ApiTraits left, ApiTraits right) => new(left._low | right._low, left._high | right._high);

    public static bool operator ==(ApiTraits left, ApiTraits right) => left.Equals(right);

    public static bool operator !=(ApiTraits left, ApiTraits right) => !left.Equals(right);

    /// <summary>Whether the two sets have a trait in common.</summary>
    public bool HasAny(ApiTraits other) => ((_low & other._low) | (_high & other._high)) != 0;

    public bool Equals(ApiTraits other) => _low == other._low && _high == other._high;

    public override bool Equals(object? obj) => obj is ApiTraits other && Equals(other);

    public override int GetHashCode() => _low.GetHashCode() ^ (_high.GetHashCode() * 31);

    /// <summary>The names of the traits, separated by commas.</summary>
    public override string ToString()
    {
        var traits = this;
        return string.Join(", ", All.Where(one => traits.HasAny(one.Trait)).Select(one => one.Name));
    }

    private static ApiTraits Next([CallerMemberName] string name = "")
    {
        var index = Entries.Count;
        var trait = index < 64 ? new ApiTraits(1UL << index, 0) : new ApiTraits(0, 1UL << (index - 64));
        Entries.Add((name, trait));
        return trait;
    }
}
