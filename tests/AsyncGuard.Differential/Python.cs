using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace AsyncGuard.Differential;

/// <summary>CPython with the other interpreter.</summary>
internal static class Python
{
    /// <summary>Runs each program with its rules emulated, in one process.</summary>
    public static IReadOnlyList<Trace> Run(IEnumerable<(RandomProgram Program, string[] Rules)> requests)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, requests.Select(static request => JsonSerializer.Serialize(new { request.Program, request.Rules })));
            var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true };
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "interpreter.py"));
            start.ArgumentList.Add(file);
            using var process = Process.Start(start) ?? throw new InvalidOperationException("python3 does not start.");
            var traces = new List<Trace>();
            while (process.StandardOutput.ReadLine() is { } line) traces.Add(JsonSerializer.Deserialize<Trace>(line)!);
            process.WaitForExit();
            return process.ExitCode == 0 ? traces : throw new InvalidOperationException($"python3 has ended with {process.ExitCode}.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
