using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;

namespace AsyncGuard;

internal static class Ensure
{
    public static void NotNull([NotNull] object? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
    {
        if (argument is null) throw new ArgumentNullException(name);
    }

    public static void NotNegative(int argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
    {
        if (argument < 0) throw new ArgumentOutOfRangeException(name, argument, "Must not be negative.");
    }

    /// <summary>Zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>, and not longer than a timer can wait.</summary>
    public static void Delay(TimeSpan argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
    {
        if (argument == Timeout.InfiniteTimeSpan) return;
        if (argument < TimeSpan.Zero || argument.TotalMilliseconds > 0xFFFFFFFE)
            throw new ArgumentOutOfRangeException(name, argument,
                "Must be zero or more and at most about 49 days, or Timeout.InfiniteTimeSpan.");
    }
}
