using System;

namespace AsyncGuard;

/// <summary>Handed to a child of <c>TaskGroup.StartAndWaitReadyAsync</c>, to say that it is ready.</summary>
/// <typeparam name="TReady">What the child has to tell.</typeparam>
public sealed class ReadySignal<TReady>
{
    private readonly ReadyStart<TReady> _start;

    internal ReadySignal(ReadyStart<TReady> start) => _start = start;

    /// <summary>
    /// Says that the child is ready: the wait for it ends, and the token of that wait no longer matters to the child. Never blocks.
    /// </summary>
    /// <param name="value">What the waiter gets.</param>
    /// <exception cref="InvalidOperationException">Called twice.</exception>
    public void Started(TReady value) => _start.Started(value);
}
