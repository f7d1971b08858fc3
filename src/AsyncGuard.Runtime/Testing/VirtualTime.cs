using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.Testing;

/// <summary>
/// Runs time-dependent code without waiting: an <see cref="EventLoop"/> whose clock stands still while anything can run, and then jumps to
/// the next timer. A minute of delays takes microseconds, and the instants are exact.
/// <list type="bullet">
/// <item>Everything that takes <see cref="TimeProvider"/> runs on virtual time: <c>Task.Delay</c>, token sources, periodic timers, the
/// options
/// of this library.</item>
/// <item>With a seed, callbacks that are ready at one moment run in an order drawn from it: the same order for the same seed, so that a
/// failure can be repeated, and other orders for other seeds.</item>
/// <item>Code on other threads is not seen: hold the clock with <see cref="HoldTime"/> while it runs. The thread pool gets a turn before
/// each
/// jump, which as a rule is enough for continuations that only pass through it (<c>Task.WhenAll</c> over tasks that complete
/// asynchronously), but it is no guarantee.</item>
/// <item>When nothing is ready, no timer is set and no other thread posts anything, the run fails as a deadlock instead of hanging.</item>
/// </list>
/// </summary>
public sealed class VirtualTime
{
    /// <summary>Where <see cref="UtcNow"/> begins: the first of January 2000, midnight UTC.</summary>
    public static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private VirtualTime(EventLoop loop, int? seed)
    {
        Loop = loop;
        Seed = seed;
    }

    /// <summary>The loop that the test runs on.</summary>
    public EventLoop Loop { get; }

    /// <summary>The seed of the order, or null for order of acceptance.</summary>
    public int? Seed { get; }

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => Loop.Time;

    /// <summary>The virtual date and time.</summary>
    public DateTimeOffset UtcNow => Start + Loop.Time;

    /// <summary>The virtual clock, for code that takes a <see cref="System.TimeProvider"/>.</summary>
    public TimeProvider TimeProvider => Loop.TimeProvider;

    /// <summary>Runs a test on a fresh loop, on this thread; returns when its task has ended, with its exception as it is.</summary>
    /// <param name="test">The test.</param>
    /// <param name="seed">The seed of the order; null for order of acceptance.</param>
    /// <exception cref="InvalidOperationException">A deadlock.</exception>
    [Blocking]
    public static void Run(Func<VirtualTime, Task> test, int? seed = null)
    {
        Ensure.NotNull(test);
        var time = Create(seed);
        time.Loop.RunMain(() => test(time));
    }

    /// <inheritdoc cref="Run(Func{VirtualTime, Task}, int?)"/>
    /// <typeparam name="T">The test's result.</typeparam>
    /// <returns>The test's result.</returns>
    [Blocking]
    public static T Run<T>(Func<VirtualTime, Task<T>> test, int? seed = null)
    {
        Ensure.NotNull(test);
        var time = Create(seed);
        return time.Loop.RunMain(() => test(time));
    }

    /// <summary>Runs a test once in order of acceptance and then under the seeds 1 to <paramref name="count"/>.</summary>
    /// <param name="count">How many seeds.</param>
    /// <param name="test">The test; called anew for each seed.</param>
    /// <exception cref="VirtualTimeException">The test failed; names the seed to repeat it with.</exception>
    [Blocking]
    public static void RunSeeds(int count, Func<VirtualTime, Task> test)
    {
        Ensure.NotNull(test);
        Ensure.NotNegative(count);
        for (var i = 0; i <= count; i++)
        {
            int? seed = i == 0 ? null : i;
            try
            {
                Run(test, seed);
            }
            catch (Exception exception)
            {
                throw new VirtualTimeException(seed, exception);
            }
        }
    }

    /// <summary>A delay in virtual time.</summary>
    /// <param name="delay">Zero or more.</param>
    /// <param name="cancellationToken">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>A task that ends when the clock has reached that time.</returns>
    public Task Delay(TimeSpan delay, CancellationToken cancellationToken = default) => Clock.Delay(TimeProvider, delay, cancellationToken);

    /// <inheritdoc cref="Delay(TimeSpan, CancellationToken)"/>
    /// <param name="seconds">The delay in seconds.</param>
    /// <param name="cancellationToken">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public Task Delay(double seconds, CancellationToken cancellationToken = default) =>
        Delay(TimeSpan.FromSeconds(seconds), cancellationToken);

    /// <summary>
    /// Waits until everything else on the loop waits too: for a timer, a signal, another thread. The clock does not move.
    /// </summary>
    /// <returns>A task that ends when nothing is ready to run.</returns>
    public Task SettleAsync() => Loop.WhenIdle();

    /// <summary>Keeps the clock from jumping until it is disposed, while other threads are working.</summary>
    /// <returns>Dispose it, on any thread.</returns>
    public IDisposable HoldTime() => new Hold(Loop);

    private static VirtualTime Create(int? seed)
    {
        var loop = new EventLoop(new EventLoopOptions(), new VirtualClock(Start), seed is { } value ? new ReadyOrder(value) : null);
        return new VirtualTime(loop, seed);
    }

    private sealed class Hold : IDisposable
    {
        private EventLoop? _loop;

        public Hold(EventLoop loop)
        {
            _loop = loop;
            loop.HoldTime(1);
        }

        public void Dispose() => Interlocked.Exchange(ref _loop, null)?.HoldTime(-1);
    }
}
