using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Finds what blocks a running service: asyncio's debug mode for .NET.
/// <list type="bullet">
/// <item>Code run by <see cref="RunAsync"/> is measured between its awaits; what takes too long is reported with the async method's
/// name.</item>
/// <item>A wait that blocks such code (<c>.Result</c>, <c>Wait()</c>, <c>WaitOne()</c>, a contended lock) is reported with the method that
/// waits
/// and its stack.</item>
/// <item>The thread pool is probed; when it takes work up late, that is reported with its queue length and thread count, and its true
/// length: when it is
/// over, and after a second while it lasts.</item>
/// <item>Reports go to <see cref="Slow"/>, <see cref="SlowCallbackOptions.Log"/>, the event source <c>AsyncGuard</c> and, on .NET 8 and
/// later,
/// the histogram <c>asyncguard.slow_callback.duration</c> of the meter <c>AsyncGuard</c>.</item>
/// <item>It sees nothing after <c>ConfigureAwait(false)</c> or inside <c>Task.Run</c>, where the context is left behind; the probe of the
/// pool does.</item>
/// </list>
/// Off unless started; <c>ASYNCGUARD_DEBUG=1</c> starts one (<see cref="Default"/>) that writes to the standard error stream.
/// </summary>
public sealed class SlowCallbackMonitor : IDisposable
{
    /// <summary>A delay that lasts longer is reported before it is over, and once more then.</summary>
    private static readonly TimeSpan LongPoolDelay = TimeSpan.FromSeconds(1);

    private static readonly Lazy<SlowCallbackMonitor?> DebugMonitor = new(StartForDebugging);

    private readonly TimeSpan _threshold;
    private readonly TimeSpan _poolThreshold;
    private readonly TimeSpan _heartbeat;
    private readonly Action<string, object?[]>? _log;
    private readonly ManualResetEventSlim _stop = new();

    private SlowCallbackMonitor(SlowCallbackOptions options)
    {
        _threshold = options.Threshold;
        _poolThreshold = options.ThreadPoolThreshold;
        _heartbeat = options.HeartbeatInterval;
        _log = options.Log;
    }

    /// <summary>
    /// Each report. Raised on the thread that was slow, after it was, or on the monitor's own; what a handler throws is ignored, and
    /// the other handlers are called.
    /// </summary>
    public event Action<SlowCallbackInfo>? Slow;

    /// <summary>The monitor that <c>ASYNCGUARD_DEBUG=1</c> starts at the first use of the library; null without it.</summary>
    public static SlowCallbackMonitor? Default => DebugMonitor.Value;

    /// <summary>Starts a monitor. Its probe is one background thread, which sleeps between two beats.</summary>
    /// <param name="options">Thresholds and log; null for the defaults.</param>
    /// <returns>Dispose it to stop the probe.</returns>
    public static SlowCallbackMonitor Start(SlowCallbackOptions? options = null)
    {
        var monitor = new SlowCallbackMonitor(options ?? new SlowCallbackOptions());
        if (monitor._heartbeat != Timeout.InfiniteTimeSpan)
            OwnThread.Start(new Thread(monitor.Probe) { IsBackground = true, Name = "AsyncGuard thread pool probe" });
        return monitor;
    }

    /// <summary>
    /// Calls code under the monitor's eyes: a request, a message, a job.
    /// <list type="bullet">
    /// <item>Called at once, on the caller; the returned task is its own. An exception that it throws before it returns a task comes out of
    /// the task too.</item>
    /// <item>Its awaits come back through the monitor to where they would have come back: the caller's context, or else the thread
    /// pool.</item>
    /// <item>The stretch before its first await is reported under <paramref name="name"/>, later ones under the async method that was
    /// continued.</item>
    /// </list>
    /// </summary>
    /// <param name="code">The code.</param>
    /// <param name="name">What to call it; the delegate's method when null.</param>
    /// <returns>The code's own task.</returns>
    public Task RunAsync(Func<Task> code, string? name = null)
    {
        Ensure.NotNull(code);
        return new MonitoredContext(this, SynchronizationContext.Current).Measure(
            () => AmbientContext.Invoke(static (code, _) => code(), code, true),
            () => name ?? CallbackName.Of(code));
    }

    /// <summary>Stops the probe. Code that is running under the monitor is still measured.</summary>
    public void Dispose() => _stop.Set();

    internal static void StartIfDebugging()
    {
        if (DebugMode.IsOn) _ = DebugMonitor.Value;
    }

    /// <summary>True when it was reported.</summary>
    internal bool CheckWait(long started)
    {
        var duration = Elapsed(started);
        if (!IsSlow(duration)) return false;
        var stack = new StackTrace(skipFrames: 1, fNeedFileInfo: true).ToString();
        var method = BlockingFrame.Find(stack);
        Report(new SlowCallbackInfo(
            SlowCallbackKind.BlockingWait, method, duration, $"{method} blocked its thread for {Seconds(duration)} seconds", stack));
        return true;
    }

    internal void CheckCallback(long started, Func<string> name)
    {
        var duration = Elapsed(started);
        if (!IsSlow(duration)) return;
        var method = name();
        Report(new SlowCallbackInfo(SlowCallbackKind.SlowCallback, method, duration,
            $"Executing {method} took {Seconds(duration)} seconds"));
    }

    private static SlowCallbackMonitor? StartForDebugging()
        => DebugMode.IsOn
            ? Start(new SlowCallbackOptions { Log = static (_, arguments) => Console.Error.WriteLine(arguments[0]) })
            : null;

    private bool IsSlow(TimeSpan duration) => _threshold != Timeout.InfiniteTimeSpan && duration >= _threshold;

    private static TimeSpan Elapsed(long started)
        => TimeSpan.FromSeconds((double)(Stopwatch.GetTimestamp() - started) / Stopwatch.Frequency);

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private void Report(SlowCallbackInfo info, bool isMeasured = true)
    {
        switch (info.Kind)
        {
            case SlowCallbackKind.SlowCallback:
                RuntimeEventSource.Log.SlowCallback(info.Message);
                break;
            case SlowCallbackKind.BlockingWait:
                RuntimeEventSource.Log.BlockingWait(info.Message);
                break;
            default:
                RuntimeEventSource.Log.ThreadPoolStarved(info.Message);
                break;
        }
#if !NETSTANDARD2_0
        if (isMeasured) RuntimeMeter.Record(info);
#endif
        Handlers.Raise(Slow, info);
        try
        {
            _log?.Invoke("{Message}", [info.Message]);
        }
        catch (Exception)
        {
            // A monitor must not break what it watches.
        }
    }

    private void Probe()
    {
        while (!_stop.Wait(_heartbeat))
        {
            using var beat = new ManualResetEventSlim();
            var started = Stopwatch.GetTimestamp();
            ThreadPool.UnsafeQueueUserWorkItem(static state => ((ManualResetEventSlim)state!).Set(), beat);
            if (beat.Wait(_poolThreshold)) continue;
            // One probe at a time: the next beat waits for this one's answer, which says how long it was. A deadlocked pool never answers.
            var state = PoolState();
            var isReported = false;
            while (!beat.Wait(TimeSpan.FromMilliseconds(100)))
            {
                if (!isReported && Elapsed(started) > LongPoolDelay)
                {
                    isReported = true;
                    ReportPool(Elapsed(started), "has not taken up work for", PoolState(), isOver: false);
                }

                if (_stop.IsSet)
                {
                    beat.Wait();
                    return;
                }
            }

            ReportPool(Elapsed(started), "has taken up work only after", state, isOver: true);
        }
    }

    private static string PoolState()
    {
#if NETSTANDARD2_0
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return $"{most - available} threads busy";
#else
        return $"{ThreadPool.PendingWorkItemCount} work items queued, {ThreadPool.ThreadCount} threads";
#endif
    }

    private void ReportPool(TimeSpan duration, string what, string state, bool isOver)
        => Report(
            new SlowCallbackInfo(SlowCallbackKind.ThreadPoolDelay, "thread pool", duration,
                $"The thread pool {what} {Seconds(duration)} seconds: {state}"),
            isMeasured: isOver);
}
