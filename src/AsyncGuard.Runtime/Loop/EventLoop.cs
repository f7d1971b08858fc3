using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A single-threaded event loop, as asyncio's: code between two awaits is never interrupted by other code of the loop.
/// <list type="bullet">
/// <item>It is the <see cref="SynchronizationContext"/> of what runs on it, so every await comes back to its thread.</item>
/// <item>One iteration waits for work, moves the timers that are due to the ready queue, and runs the callbacks that were ready at that
/// moment; what they schedule runs in the next iteration.</item>
/// <item>Callbacks run in order of acceptance; timers by due time and then by order of acceptance.</item>
/// <item>What a callback throws does not end the loop: it goes to <see cref="UnhandledException"/>, and without a handler it comes out
/// of <see cref="Run{T}"/> at the end.</item>
/// <item>After the end, posted callbacks run on the thread pool, so that no task is left behind unfinished.</item>
/// </list>
/// </summary>
public sealed partial class EventLoop : SynchronizationContext, IKeepsContinuations
{
    [ThreadStatic]
    private static EventLoop? s_running;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    private readonly object _gate = new();
    private readonly LoopClock _clock;
    private readonly EventLoopOptions _options;
    private readonly TimerHeap _timers = new();
    private readonly Thread _thread = Thread.CurrentThread;
    private readonly ReadyOrder? _order;
    private List<LoopHandle> _ready = [];
    private List<LoopHandle> _batch = [];
    private List<TaskCompletionSource<VoidResult>>? _idleWaiters;
    private List<Exception>? _errors;
    private long _sequence;
    private int _timeHolds;
    private bool _poolHadItsTurn;
    private bool _stopping;
    private bool _mainEnded;
    private bool _closed;

    internal EventLoop(EventLoopOptions options, LoopClock clock, ReadyOrder? order)
    {
        _options = options;
        _clock = clock;
        _order = order;
        Debug = options.Debug;
        SlowCallbackDuration = options.SlowCallbackDuration;
        TimeProvider = new LoopTimeProvider(this, clock);
    }

    /// <summary>
    /// What a callback or an async void method threw. Raised on the loop's thread; the loop continues. What a handler throws comes out of
    /// <see cref="Run{T}"/>, and the other handlers are called. For a callback that runs after the end of the loop: raised on the thread
    /// pool.
    /// </summary>
    public event EventHandler<EventLoopErrorEventArgs>? UnhandledException;

    /// <summary>The loop that the caller runs on, or null.</summary>
    public static new EventLoop? Current => SynchronizationContext.Current as EventLoop;

    /// <summary>Time since the start of the loop.</summary>
    public TimeSpan Time
    {
        get
        {
            lock (_gate) return _clock.Now;
        }
    }

    /// <summary>
    /// The loop's clock for <c>Task.Delay</c>, token sources, periodic timers and this library's options: timers made by it fire on the
    /// loop's thread.
    /// </summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Debug mode: see <see cref="EventLoopOptions.Debug"/>.</summary>
    public bool Debug { get; set; }

    /// <summary>From this duration on a callback is slow, in debug mode. Real time, also under virtual time.</summary>
    public TimeSpan SlowCallbackDuration { get; set; }

    /// <summary>How long a loop with virtual time waits, in real time, for other threads before it declares a deadlock.</summary>
    internal TimeSpan HangTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Runs a loop on this thread until the main function's task has ended, and returns its result.
    /// <list type="bullet">
    /// <item>Blocks this thread. Other tasks of the loop are not waited for: what is left is reported to
    /// <see cref="EventLoopOptions.OnLeftover"/>.</item>
    /// <item>The main function's exception is passed on unchanged; with unhandled exceptions of callbacks besides, an
    /// <see cref="AggregateException"/>
    /// of them all.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="main">Called on the loop.</param>
    /// <param name="options">Debug mode, clock, reports; null for none.</param>
    /// <returns>The main function's result.</returns>
    /// <exception cref="InvalidOperationException">This thread is running a loop already, or <see cref="Stop"/> ended the loop before the
    /// main function had.</exception>
    [Blocking]
    public static T Run<T>(Func<Task<T>> main, EventLoopOptions? options = null)
    {
        Ensure.NotNull(main);
        options ??= new EventLoopOptions();
        return new EventLoop(options, new LoopClock(options.TimeProvider ?? TimeProvider.System), order: null).RunMain(main);
    }

    /// <inheritdoc cref="Run{T}(Func{Task{T}}, EventLoopOptions?)"/>
    [Blocking]
    public static void Run(Func<Task> main, EventLoopOptions? options = null)
    {
        Ensure.NotNull(main);
        options ??= new EventLoopOptions();
        new EventLoop(options, new LoopClock(options.TimeProvider ?? TimeProvider.System), order: null).RunMain(main);
    }

    /// <summary>
    /// Runs a callback in the next iteration, with the caller's execution context. In debug mode from another thread
    /// <see cref="InvalidOperationException"/>: use <see cref="CallSoonThreadSafe"/> there.
    /// </summary>
    /// <param name="callback">The callback.</param>
    /// <returns>A handle to take it back.</returns>
    public LoopHandle CallSoon(Action callback)
    {
        Ensure.NotNull(callback);
        CheckThread();
        return Enqueue(new LoopHandle(this, callback));
    }

    /// <summary>As <see cref="CallSoon"/>, from any thread; wakes the loop.</summary>
    /// <param name="callback">The callback.</param>
    /// <returns>A handle to take it back.</returns>
    public LoopHandle CallSoonThreadSafe(Action callback)
    {
        Ensure.NotNull(callback);
        return Enqueue(new LoopHandle(this, callback));
    }

    /// <summary>
    /// Runs a callback after a delay in loop time. Zero and negative delays are due in the next iteration;
    /// <see cref="Timeout.InfiniteTimeSpan"/>, and a delay that ends after time does, is never due.
    /// </summary>
    /// <param name="delay">The delay.</param>
    /// <param name="callback">The callback.</param>
    /// <returns>A handle to take it back.</returns>
    public LoopHandle CallLater(TimeSpan delay, Action callback) => CallAt(LoopClock.After(Time, delay), callback);

    /// <summary>Runs a callback at a point in loop time.</summary>
    /// <param name="when">As <see cref="Time"/>: since the start of the loop. <see cref="TimeSpan.MaxValue"/> is never.</param>
    /// <param name="callback">The callback.</param>
    /// <returns>A handle to take it back.</returns>
    public LoopHandle CallAt(TimeSpan when, Action callback)
    {
        Ensure.NotNull(callback);
        CheckThread();
        return AddTimer(when, callback, captureFlow: true);
    }

    /// <summary>Ends the loop after the current iteration. From any thread.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Runs a callback in the next iteration; from any thread. After the end of the loop, on the thread pool.</summary>
    /// <param name="d">The callback.</param>
    /// <param name="state">Handed to it.</param>
    public override void Post(SendOrPostCallback d, object? state)
    {
        Ensure.NotNull(d);
        Enqueue(new LoopHandle(this, d, state));
    }

    /// <summary>
    /// Runs a callback on the loop's thread and waits for it: in place when called there, else blocking the caller. Its exception comes out
    /// here.
    /// </summary>
    /// <param name="d">The callback.</param>
    /// <param name="state">Handed to it.</param>
    [Blocking]
    public override void Send(SendOrPostCallback d, object? state)
    {
        Ensure.NotNull(d);
        if (Thread.CurrentThread == _thread)
        {
            d(state);
            return;
        }

        using var done = new ManualResetEventSlim();
        ExceptionDispatchInfo? error = null;
        Post(
            _ =>
            {
                try
                {
                    d(state);
                }
                catch (Exception exception)
                {
                    error = ExceptionDispatchInfo.Capture(exception);
                }

                done.Set();
            },
            state: null);
        done.Wait();
        error?.Throw();
    }

    /// <summary>Returns this loop: it has one thread.</summary>
    /// <returns>This loop.</returns>
    public override SynchronizationContext CreateCopy() => this;

    internal T RunMain<T>(Func<Task<T>> main)
    {
        Task<T>? task = null;
        RunUntilComplete(() => task = AmbientContext.Invoke(static (_, main) => main(), this, main));
        return Tasks.ResultOf(task!);
    }

    internal void RunMain(Func<Task> main)
    {
        Task? task = null;
        RunUntilComplete(() => task = AmbientContext.Invoke(static (_, main) => main(), this, main));
        Tasks.ThrowIfFailed(task!);
    }

    internal LoopHandle AddTimer(TimeSpan when, Action callback, bool captureFlow)
    {
        var handle = captureFlow ? new LoopHandle(this, callback) : new LoopHandle(this, static state => ((Action)state!)(), callback);
        handle.When = when;
        // Never due: it would keep a virtual clock from seeing that nothing is left to wait for.
        if (when == TimeSpan.MaxValue) return handle;
        lock (_gate)
        {
            handle.Sequence = _sequence++;
            _timers.Add(handle);
            Monitor.PulseAll(_gate);
        }

        return handle;
    }

    internal void CancelHandle(LoopHandle handle)
    {
        lock (_gate)
        {
            if (handle.TryMarkCancelled() && handle.IsTimer && !handle.IsReady && handle.When != TimeSpan.MaxValue) _timers.NoteCancelled();
        }
    }

    /// <summary>Completes when nothing is ready to run, before the virtual clock moves.</summary>
    internal Task WhenIdle()
    {
        // Inline: the clock moves when this returns, so the code that waits has to run before.
        var waiter = new TaskCompletionSource<VoidResult>(Continuations.RunInline);
        lock (_gate) (_idleWaiters ??= []).Add(waiter);
        return waiter.Task;
    }

    /// <summary>While held, the virtual clock does not jump: other threads are working.</summary>
    internal void HoldTime(int change)
    {
        lock (_gate)
        {
            _timeHolds += change;
            Monitor.PulseAll(_gate);
        }
    }

    private LoopHandle Enqueue(LoopHandle handle)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                handle.Sequence = _sequence++;
                _ready.Add(handle);
                Monitor.PulseAll(_gate);
                return handle;
            }
        }

        InvokeOnThreadPool(handle);
        return handle;
    }

    // Apart, because its closure would be allocated for every callback.
    private void InvokeOnThreadPool(LoopHandle handle) => ThreadPool.UnsafeQueueUserWorkItem(_ => InvokeLate(handle), null);

    private void CheckThread()
    {
        if (Debug && Thread.CurrentThread != _thread)
            throw new InvalidOperationException("Called from another thread than the event loop's: use CallSoonThreadSafe.");
    }
}
