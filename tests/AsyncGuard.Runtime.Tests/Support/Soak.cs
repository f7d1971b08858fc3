using System;
using System.Globalization;

namespace AsyncGuard.Support;

/// <summary>
/// <c>ASYNCGUARD_SOAK=n</c> multiplies seeds, rounds and programs by n; 1 without it. <c>ASYNCGUARD_QUICK=1</c> is for mutation runs, which
/// repeat the tests hundreds of times: a twentieth of each, and a hang is called one sooner.
/// </summary>
internal static class Soak
{
    public static readonly bool IsQuick = Environment.GetEnvironmentVariable("ASYNCGUARD_QUICK") == "1";

    private static readonly int Factor =
        int.TryParse(Environment.GetEnvironmentVariable("ASYNCGUARD_SOAK"), NumberStyles.None, CultureInfo.InvariantCulture,
        out var factor) && factor > 0
            ? factor
            : 1;

    public static readonly int Seeds = Times(200);

    /// <summary>How often to do what is done <paramref name="count"/> times on an ordinary run.</summary>
    public static int Times(int count) => IsQuick ? count / 20 : count * Factor;
}
