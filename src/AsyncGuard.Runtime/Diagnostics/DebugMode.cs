using System;

namespace AsyncGuard;

/// <summary>
/// The switch <c>ASYNCGUARD_DEBUG=1</c>, read once per process: groups then remember their children's names and places, event loops
/// run in debug mode, and a <see cref="SlowCallbackMonitor"/> is started that writes to the standard error stream.
/// </summary>
public static class DebugMode
{
    /// <summary>The name of the environment variable: <c>ASYNCGUARD_DEBUG</c>.</summary>
    public const string VariableName = "ASYNCGUARD_DEBUG";

    /// <summary>True when the variable was <c>1</c> or <c>true</c> at the first use of the library.</summary>
    public static bool IsOn { get; } = Read();

    private static bool Read()
        => Environment.GetEnvironmentVariable(VariableName) is { } value
           && (value == "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));
}
