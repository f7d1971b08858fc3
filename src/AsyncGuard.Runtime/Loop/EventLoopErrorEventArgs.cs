using System;

namespace AsyncGuard;

/// <summary>An exception from a callback or an async void method on an <see cref="EventLoop"/>.</summary>
public sealed class EventLoopErrorEventArgs : EventArgs
{
    internal EventLoopErrorEventArgs(Exception exception, string callback)
    {
        Exception = exception;
        Callback = callback;
    }

    /// <summary>The exception.</summary>
    public Exception Exception { get; }

    /// <summary>The callback's method.</summary>
    public string Callback { get; }
}
