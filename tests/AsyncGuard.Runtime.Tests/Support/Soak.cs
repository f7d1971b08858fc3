using System;
using System.Globalization;

namespace AsyncGuard.Support;

/// <summary><c>ASYNCGUARD_SOAK=n</c> multiplies seeds, rounds and programs by n; 1 without it.</summary>
internal static class Soak
{
    public static readonly int Factor =
        int.TryParse(Environment.GetEnvironmentVariable("ASYNCGUARD_SOAK"), NumberStyles.None, CultureInfo.InvariantCulture, out var factor) && factor > 0
            ? factor
            : 1;
}
