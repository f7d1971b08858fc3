using System;

namespace AsyncGuard;

/// <inheritdoc cref="ReadySignal{TReady}"/>
public sealed class ReadySignal
{
    private readonly ReadyStart<VoidResult> _start;

    internal ReadySignal(ReadyStart<VoidResult> start) => _start = start;

    /// <inheritdoc cref="ReadySignal{TReady}.Started"/>
    /// <exception cref="InvalidOperationException">Called twice.</exception>
    public void Started() => _start.Started(default);
}
