using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace AsyncGuard;

public sealed partial class EventLoop
{
    private void Invoke(LoopHandle handle)
    {
        if (handle.IsCanceled) return;
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
        if (SynchronizationContext.Current != this) SetSynchronizationContext(this);
        if (Debug) CheckDuration(handle, started);
    }

    private void Report(Exception exception, LoopHandle handle)
    {
        if (UnhandledException is not { } handlers)
        {
            (_errors ??= []).Add(exception);
            return;
        }

        var arguments = new EventLoopErrorEventArgs(exception, handle.ToString());
        foreach (var handler in handlers.GetInvocationList())
        {
            try
            {
                ((EventHandler<EventLoopErrorEventArgs>)handler)(this, arguments);
            }
            catch (Exception handlerError)
            {
                (_errors ??= []).Add(handlerError);
            }
        }
    }

    /// <summary>After the end of the loop, on the thread pool. Without a handler the exception ends the process, as any there.</summary>
    private void InvokeLate(LoopHandle handle)
    {
        try
        {
            handle.Invoke();
        }
        catch (Exception exception) when (UnhandledException is { } handlers)
        {
            Handlers.Raise(handlers, new EventLoopErrorEventArgs(exception, handle.ToString()));
        }
    }

    private void CheckDuration(LoopHandle handle, long started)
    {
        var seconds = (double)(Stopwatch.GetTimestamp() - started) / Stopwatch.Frequency;
        if (seconds < SlowCallbackDuration.TotalSeconds) return;
        var message = $"Executing {handle} took {seconds.ToString("0.000", CultureInfo.InvariantCulture)} seconds";
        RuntimeEventSource.Log.SlowCallback(message);
        try
        {
            if (_options.OnSlowCallback is { } report) report(message);
            else Console.Error.WriteLine(message);
        }
        catch (Exception exception)
        {
            Report(exception, handle);
        }
    }
}
