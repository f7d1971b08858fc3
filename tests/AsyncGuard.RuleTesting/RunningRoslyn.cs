using Microsoft.CodeAnalysis;

namespace AsyncGuard.RuleTesting;

/// <summary>The Roslyn that the tests run on.</summary>
internal static class RunningRoslyn
{
    /// <summary>Whether it is the oldest that loads the package.</summary>
    public static bool IsFloor { get; } = typeof(Compilation).Assembly.GetName().Version!.Major < 5;
}
