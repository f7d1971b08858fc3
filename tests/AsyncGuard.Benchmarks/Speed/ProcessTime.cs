using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>The processor time that a program takes in user mode.</summary>
internal static class ProcessTime
{
    private const int Children = -1;

    public static async Task<TimeSpan> OfAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };

        // As any other process, not as this one.
        start.Environment.Remove("DOTNET_TieredCompilation");
        start.Environment.Remove("DOTNET_gcServer");
        start.Environment.Remove("DOTNET_gcConcurrent");
        var before = OfChildren();
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return OperatingSystem.IsWindows() ? process.UserProcessorTime : OfChildren() - before;
    }

    // Elsewhere the process takes what it knows with it.
    private static TimeSpan OfChildren()
    {
        if (OperatingSystem.IsWindows()) return default;
        var usage = new long[18];
        return GetUsage(Children, usage) == 0 ? TimeSpan.FromSeconds(usage[0]) + TimeSpan.FromMicroseconds(usage[1])
            : throw new InvalidOperationException("The system does not tell the time of its processes.");
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetUsage(int who, long[] usage);
}
