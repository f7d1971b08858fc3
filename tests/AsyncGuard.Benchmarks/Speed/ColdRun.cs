using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>
/// The compiler of the SDK as a process of its own, as a build without its server runs it: without analyzers, with ours, and with each of
/// the peers' packages, in turns; the medians of the processor time.
/// </summary>
internal static class ColdRun
{
    public static async Task<IReadOnlyList<string>> RunAsync(CodeBase code, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("speed");
        try
        {
            var sources = await WriteSourcesAsync(code, folder.FullName);
            AnalyzerSet[] sets = [new AnalyzerSet("without", [], []), AnalyzerSet.Ours, .. AnalyzerSet.Packages];
            var times = sets.ToDictionary(set => set.Name, _ => new List<TimeSpan>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var set in round % 2 == 0 ? sets : sets.Reverse())
                    times[set.Name].Add(await CompileAsync(code, sources, set, folder.FullName));
            }

            var without = Cost.Median(times["without"]);
            return [.. sets.Select(set => Row(set.Name, Cost.Median(times[set.Name]), without))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Row(string name, TimeSpan time, TimeSpan without) => FormattableString.Invariant(
        $"| {name} | {time.TotalSeconds:F2} s | {(time - without).TotalSeconds:F2} s | {(time - without) / without:P0} |");

    private static async Task<ImmutableArray<string>> WriteSourcesAsync(CodeBase code, string folder)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        foreach (var source in code.Sources)
        {
            var path = source.IsGenerated ? Path.Combine(folder, $"{paths.Count}.g.cs") : source.Path;
            if (source.IsGenerated) await File.WriteAllTextAsync(path, source.Text.ToString());
            paths.Add(path);
        }

        return paths.ToImmutable();
    }

    private static async Task<TimeSpan> CompileAsync(CodeBase code, IEnumerable<string> sources, AnalyzerSet set, string folder)
    {
        var response = Path.Combine(folder, "csc.rsp");
        await File.WriteAllLinesAsync(response,
        [
            .. code.CompilerArguments(),
            .. set.Files.Select(file => $"/analyzer:\"{file}\""),
            $"/out:\"{Path.Combine(folder, "out.dll")}\"",
            .. sources.Select(source => $"\"{source}\""),
        ]);
        return await ProcessTime.OfAsync("dotnet", ["exec", CompilerPath, "/nologo", "/noconfig", "@" + response]);
    }

    private static string CompilerPath => Path.Combine(Sdk.Value, "Roslyn", "bincore", "csc.dll");

    private static readonly Lazy<string> Sdk = new(() =>
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--list-sdks") { RedirectStandardOutput = true })!;
        var last = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        var open = last.IndexOf('[', StringComparison.Ordinal);
        return Path.Combine(last[(open + 1)..last.IndexOf(']', StringComparison.Ordinal)], last[..open].Trim());
    });
}
