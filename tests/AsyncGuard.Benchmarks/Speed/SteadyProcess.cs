using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>
/// A process whose processor time says what the code costs: everything is compiled in full when it is first called, so that no round after
/// the first pays for it, and the thread that allocates collects.
/// </summary>
internal static class SteadyProcess
{
    private const string Mark = "ASYNCGUARD_SPEED_STEADY";

    public static bool IsThis => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Runs the same command once more, in such a process.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["speed", .. arguments]);
        start.Environment[Mark] = "1";
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
