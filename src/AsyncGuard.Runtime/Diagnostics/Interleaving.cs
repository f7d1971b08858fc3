using System;
using System.Diagnostics;

namespace AsyncGuard;

/// <summary>Places where a test can hold a thread, to force an order of two of them. Calls vanish from release builds.</summary>
internal static class Interleaving
{
    public static Action<string>? Hook { get; set; }

    [Conditional("DEBUG")]
    public static void Point(string place) => Hook?.Invoke(place);
}
