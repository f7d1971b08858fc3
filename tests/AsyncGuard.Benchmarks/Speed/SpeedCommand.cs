using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>Measures the rules beside the peers', over real projects.</summary>
internal static class SpeedCommand
{
    public static async Task RunAsync(string[] arguments)
    {
        var options = SpeedOptions.Parse(arguments);
        if (!SteadyProcess.IsThis)
        {
            Environment.ExitCode = await SteadyProcess.RunAsync(arguments);
            return;
        }

        var page = new SpeedPage();
        var all = await ProjectArguments.LoadAsync(options.Paths);
        foreach (var code in all)
        {
            if (options.Parts.Contains("warm")) await WarmAsync(code, options, page);
            if (options.Parts.Contains("edit")) await EditAsync(code, options, page);
        }

        if (options.Parts.Contains("growth") && all.Count > 0) await GrowthAsync(all[0], options, page);

        // It takes long: of the first alone.
        if (options.Parts.Contains("cold") && all.Count > 0)
        {
            var rows = await ColdRun.RunAsync(all[0], options.ColdRounds);
            foreach (var row in rows) Console.WriteLine(row);
            page.AddCold(all[0], rows);
        }

        if (options.Output is { } path) await page.WriteAsync(path);
    }

    private static async Task WarmAsync(CodeBase code, SpeedOptions options, SpeedPage page)
    {
        var sets = options.WithPeers ? [AnalyzerSet.Nothing, AnalyzerSet.Ours, .. AnalyzerSet.Peers] : new[] { AnalyzerSet.Ours };
        var run = new WarmRun(code, [.. sets]);
        await run.RunAsync(options.Rounds);
        var errors = Errors(code);
        page.AddWarm(code, run, sets, errors);
        Console.WriteLine(Text($"## {code.Name}: {code.Lines} lines, {code.References} references, {errors} compiler errors, {run.Bound} bodies bound by ours"));
        Console.WriteLine(Text($"bind {run.SecondBind.TotalMilliseconds:F0} ms, warm {run.WarmBind.TotalMilliseconds:F0} ms"));
        foreach (var set in sets)
            Console.WriteLine(Text($"{set.Name}: second {run.Second(set).OfAnalyzers / run.SecondBind:F3}, warm {run.Warm(set).OfAnalyzers / run.WarmBind:F3} of bind; {run.Warm(set).OfAnalyzers.TotalMilliseconds:F0} ms of {run.Warm(set).Processor.TotalMilliseconds:F0}"));
        foreach (var (rule, time) in run.Second(AnalyzerSet.Ours).InCallbacks.OrderByDescending(pair => pair.Value).Take(options.Top))
            Console.WriteLine(Text($"  {rule,-18} {time / run.SecondBind:F3}  warm {run.Warm(AnalyzerSet.Ours).InCallbacks[rule] / run.WarmBind:F3}"));
        if (options.Findings is { } folder) await WriteAsync(run.Findings[AnalyzerSet.Ours.Name], Path.Combine(folder, code.Name + ".txt"));
    }

    private static async Task EditAsync(CodeBase code, SpeedOptions options, SpeedPage page)
    {
        var run = new EditRun(code);
        await run.RunAsync(options.Rounds);
        page.AddEdit(code, run);
        Console.WriteLine(Text($"edit of {run.Document} ({run.Lines} lines): bind {run.Bind.TotalMilliseconds:F1} ms, rules {run.OfDocument.TotalMilliseconds:F1} ms, rest {run.OfRest.TotalMilliseconds:F1} ms, files read {run.FilesRead}"));
        foreach (var (rule, time) in run.OfRules.OrderByDescending(pair => pair.Value).Take(options.Top))
            Console.WriteLine(Text($"  {rule,-32} {time.TotalMilliseconds:F1} ms by the clock"));
    }

    private static async Task GrowthAsync(CodeBase code, SpeedOptions options, SpeedPage page)
    {
        var run = new GrowthRun(code);
        await run.RunAsync(options.Doublings);
        page.AddGrowth(code, run);
        foreach (var size in run.Sizes)
            Console.WriteLine(Text($"growth {size.Lines} lines, {size.Errors} errors: {size.MicrosecondsOfLine:F2} us and {size.BytesOfLine:F0} B of a line"));
    }

    private static int Errors(CodeBase code) =>
        code.Fresh(isConcurrent: true).GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    // By id, file, span and message, to compare before and after a change.
    private static Task WriteAsync(IEnumerable<Diagnostic> findings, string path) => File.WriteAllLinesAsync(path, findings
        .Select(found => $"{found.Id} {found.Location.SourceTree?.FilePath} {found.Location.SourceSpan} {found.GetMessage(CultureInfo.InvariantCulture)}")
        .Order(StringComparer.Ordinal));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
