using System;

namespace AsyncGuard.Testing;

/// <summary>A test failed under <see cref="VirtualTime.RunSeeds"/>; its own exception is inside.</summary>
public sealed class VirtualTimeException : Exception
{
    internal VirtualTimeException(int? seed, Exception inner)
        : base(
        $"Failed {(seed is { } value ? $"with seed {value}: repeat it with VirtualTime.Run(test, seed: {value})" : "in order of acceptance")}. {inner.GetType().Name}: {inner.Message}",
            inner)
        => Seed = seed;

    /// <summary>The seed, or null for order of acceptance.</summary>
    public int? Seed { get; }
}
