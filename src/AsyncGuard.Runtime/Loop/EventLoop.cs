using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
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
/// <item>What a callback throws does not end the loop: it goes to <see cref="UnhandledException"/>, and where nobody listens it comes out
/// of <see cref="Run{T}"/> at the end.</item>
/// <item>After the end, posted callbacks run on the thread pool, so that no task is left behind unfinished.</item>
/// </list>
/// </summary>
public sealed class EventLoop : SynchronizationContext
{
    [ThreadStatic]
    private static EventLoop? t_running;

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

    /// <summary>What a callback or an async void method threw. Raised on the loop's thread; the loop goes on.</summary>
    public event EventHandler<EventLoopErrorEventArgs>? UnhandledException;

    /// <summary>The loop that the caller runs on, or null.</summary>
    public static new EventLoop? Current => SynchronizationContext.Current as EventLoop;

    /// <summary>Time since the start of the loop.</summary>
    public TimeSpan Time
    {
        get
        {
            lock (_gate)
                return _clock.Now;
        }
    }

    /// <summary>
    /// The loop's clock for <c>Task.Delay</c>, token sources, periodic timers and this library's options: timers made by it fire on the loop's thread.
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
    /// <item>Blocks this thread. Other tasks of the loop are not waited for: what is left is reported to <see cref="EventLoopOptions.OnLeftover"/>.</item>
    /// <item>The main function's exception comes out as it is; with unhandled exceptions of callbacks besides, an <see cref="AggregateException"/>
    /// of them all.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="main">Called on the loop.</param>
    /// <param name="options">Debug mode, clock, reports; null for none.</param>
    /// <returns>The main function's result.</returns>
    /// <exception cref="InvalidOperationException">This thread is running a loop already, or <see cref="Stop"/> ended the loop before the main function had.</exception>
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

    /// <summary>Runs a callback after a delay in loop time. Zero and negative delays are due in the next iteration.</summary>
    /// <param name="delay">The delay.</param>
    /// <param name="callback">The callback.</param>
    /// <returns>A handle to take it back.</returns>
    public LoopHandle CallLater(TimeSpan delay, Action callback) => CallAt(Time + delay, callback);

    /// <summary>Runs a callback at a point in loop time.</summary>
    /// <param name="when">As <see cref="Time"/>: since the start of the loop.</param>
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
    /// Runs a callback on the loop's thread and waits for it: in place when called there, else blocking the caller. Its exception comes out here.
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
            if (handle.TryMarkCancelled() && handle.IsTimer && !handle.IsReady)
                _timers.NoteCancelled();
        }
    }

    /// <summary>Completes when nothing is ready to run, before the virtual clock moves.</summary>
    internal Task WhenIdle()
    {
        // Inline: the clock moves when this returns, so whoever waits has to have its turn before.
        var waiter = new TaskCompletionSource<VoidResult>(Continuations.RunInline);
        lock (_gate)
            (_idleWaiters ??= []).Add(waiter);
        return waiter.Task;
    }

    /// <summary>While held, the virtual clock does not jump: other threads have work under way.</summary>
    internal void HoldTime(int change)
    {
        lock (_gate)
        {
            _timeHolds += change;
            Monitor.PulseAll(_gate);
        }
    }

    private void RunUntilComplete(Func<Task> start)
    {
        if (t_running is not null)
            throw new InvalidOperationException("This thread is running an event loop already.");
        var previous = SynchronizationContext.Current;
        t_running = this;
        SetSynchronizationContext(this);
        Task main;
        try
        {
            main = start();
            _ = main.ContinueWith(
                static (_, state) => ((EventLoop)state!).EndMain(),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            while (RunOnce())
            {
            }
        }
        finally
        {
            SetSynchronizationContext(previous);
            t_running = null;
            Close();
        }
        if (_errors is not null)
            throw new AggregateException(main.IsFaulted ? [.. main.Exception!.InnerExceptions, .. _errors] : _errors);
        if (!main.IsCompleted)
            throw new InvalidOperationException("The event loop was stopped before its main function had ended.");
    }

    private void EndMain()
    {
        lock (_gate)
        {
            _mainEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>One iteration; false when it was the last.</summary>
    private bool RunOnce()
    {
        List<TaskCompletionSource<VoidResult>>? idle = null;
        lock (_gate)
        {
            var hasWork = WaitForWork(ref idle);
            if (hasWork && idle is null)
            {
                var now = _clock.Now;
                while (_timers.Peek() is { } head && (head.IsCancelled || head.When <= now))
                {
                    var handle = _timers.Take();
                    if (handle.IsCancelled)
                        continue;
                    handle.IsReady = true;
                    _ready.Add(handle);
                }
                (_ready, _batch) = (_batch, _ready);
            }
        }
        if (idle is not null)
        {
            foreach (var waiter in idle)
                waiter.TrySetResult(default);
            return true;
        }
        if (_batch.Count == 0 && !_poolHadItsTurn && _clock.IsVirtual)
        {
            LetThePoolRun();
            _poolHadItsTurn = true;
        }
        else
        {
            _poolHadItsTurn = false;
            _order?.Shuffle(_batch);
            foreach (var handle in _batch)
                Invoke(handle);
            _batch.Clear();
        }
        lock (_gate)
            return !_stopping && !_mainEnded;
    }

    /// <summary>
    /// Continuations that must run asynchronously (of a task that WhenAll waits for, say) pass through the thread pool before they come
    /// back to the loop. Before the virtual clock jumps, what is queued there gets its turn.
    /// </summary>
    private static void LetThePoolRun()
    {
        for (var round = 0; round < 2; round++)
        {
            // Not disposed: a pool without a free thread may set it late.
            var turn = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static state => ((ManualResetEventSlim)state!).Set(), turn);
            turn.Wait(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>False: before the virtual clock jumps, the thread pool should have its turn.</summary>
    private bool WaitForWork(ref List<TaskCompletionSource<VoidResult>>? idle)
    {
        while (true)
        {
            _timers.DropCancelled();
            if (_ready.Count > 0 || _stopping || _mainEnded)
                return true;
            if (_idleWaiters is not null && (_poolHadItsTurn || !_clock.IsVirtual))
            {
                idle = _idleWaiters;
                _idleWaiters = null;
                return true;
            }
            var head = _timers.Peek();
            if (_clock.IsVirtual)
            {
                if (!_poolHadItsTurn)
                    return false;
                if (_timeHolds == 0 && head is not null)
                {
                    if (head.When > _clock.Now)
                        _clock.JumpTo(head.When!.Value);
                    return true;
                }
                if (_timeHolds > 0)
                {
                    Monitor.Wait(_gate);
                }
                else if (!Monitor.Wait(_gate, HangTimeout))
                {
                    throw new InvalidOperationException(
                        $"Deadlock: at {_clock.Now} nothing is ready, {_timers.Count} timers are set, and no other thread has posted anything for {HangTimeout} of real time.");
                }
                continue;
            }
            if (head is null)
            {
                Monitor.Wait(_gate);
                continue;
            }
            var wait = head.When!.Value - _clock.Now;
            if (wait <= TimeSpan.Zero)
                return true;
            // Rounded up: a wait that ends a fraction early would spin until the timer is due.
            Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestWait.TotalMilliseconds))));
        }
    }

    private void Invoke(LoopHandle handle)
    {
        if (handle.IsCancelled)
            return;
        var started = Debug ? Stopwatch.GetTimestamp() : 0;
        try
        {
            handle.Invoke();
        }
        catch (Exception exception)
        {
            Report(exception, handle);
        }
        // A callback that is not async may have left another context behind.
        if (SynchronizationContext.Current != this)
            SetSynchronizationContext(this);
        if (Debug)
            CheckDuration(handle, started);
    }

    private void Report(Exception exception, LoopHandle handle)
    {
        try
        {
            if (UnhandledException is { } handler)
                handler(this, new EventLoopErrorEventArgs(exception, handle.ToString()));
            else
                (_errors ??= []).Add(exception);
        }
        catch (Exception handlerError)
        {
            (_errors ??= []).Add(handlerError);
        }
    }

    private void CheckDuration(LoopHandle handle, long started)
    {
        var seconds = (double)(Stopwatch.GetTimestamp() - started) / Stopwatch.Frequency;
        if (seconds < SlowCallbackDuration.TotalSeconds)
            return;
        var message = $"Executing {handle} took {seconds.ToString("0.000", CultureInfo.InvariantCulture)} seconds";
        RuntimeEventSource.Log.SlowCallback(message);
        if (_options.OnSlowCallback is { } report)
            report(message);
        else
            Console.Error.WriteLine(message);
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
        ThreadPool.UnsafeQueueUserWorkItem(static state => ((LoopHandle)state!).Invoke(), handle);
        return handle;
    }

    private void Close()
    {
        List<LoopHandle> left;
        int timers;
        lock (_gate)
        {
            _closed = true;
            left = _ready;
            _ready = [];
            timers = _timers.Count - _timers.CancelledCount;
        }
        left.RemoveAll(static handle => handle.IsCancelled);
        foreach (var handle in left)
            ThreadPool.UnsafeQueueUserWorkItem(static state => ((LoopHandle)state!).Invoke(), handle);
        if (left.Count > 0 || timers > 0)
            _options.OnLeftover?.Invoke(new EventLoopLeftover(left.Count, timers));
    }

    private void CheckThread()
    {
        if (Debug && Thread.CurrentThread != _thread)
            throw new InvalidOperationException("Called from another thread than the event loop's: use CallSoonThreadSafe.");
    }
}
