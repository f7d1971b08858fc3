using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>The page on the speed of the rules, from what one run has measured.</summary>
internal sealed class SpeedPage
{
    private const double MostOfBinding = 0.30;

    private readonly List<string> _warm = [];
    private readonly List<string> _rules = [];
    private IReadOnlyList<string> _cold = [];
    private string _coldCode = "";

    public void AddWarm(CodeBase code, WarmRun run, IReadOnlyList<AnalyzerSet> sets, int errors)
    {
        foreach (var set in sets.Where(set => set != AnalyzerSet.Nothing))
        {
            var share = run.Second(set).OfAnalyzers / run.SecondBind;
            _warm.Add(FormattableString.Invariant(
                $"| {code.Name} | {code.Lines:N0} | {errors:N0} | {set.Name} | {share:F2} | {run.SecondBind.TotalMilliseconds:F0} ms | {(set == AnalyzerSet.Ours ? run.Bound : "")} | {(set != AnalyzerSet.Ours ? "" : share <= MostOfBinding ? "met" : "missed")} |"));
        }

        foreach (var (rule, time) in run.Second(AnalyzerSet.Ours).InCallbacks.OrderByDescending(pair => pair.Value).Take(6))
            _rules.Add(FormattableString.Invariant($"| {code.Name} | {rule} | {time / run.SecondBind:F2} |"));
    }

    public void AddCold(CodeBase code, IReadOnlyList<string> rows) => (_coldCode, _cold) = (code.Name, rows);

    public ImmutableArray<string> Lines() =>
    [
        "# Performance of the analyzers",
        "",
        "Written by the tool that measured it:",
        "",
        "```",
        "dotnet run -c Release --project tests/AsyncGuard.Benchmarks -- speed <projects> --output docs/performance.md",
        "```",
        "",
        FormattableString.Invariant(
            $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, Roslyn {typeof(CSharpCompilation).Assembly.GetName().Version}. Figures are processor time and depend on what else runs: compare those of one code base with each other, not with those of another machine."),
        "",
        "## Second round on a fresh compilation",
        "",
        "All rules at default severities and each peer over a compilation of its own, in one process, as parts of what the compiler takes to bind the same sources.",
        "Targets: at most 0.30 for all rules together, and half of VSTHRD103 alone.",
        "",
        "| Code base | Lines | Compiler errors | Analyzers | Of binding | Binding | Bodies bound again | Target |",
        "|---|---|---|---|---|---|---|---|",
        .. _warm,
        "",
        "The rules that take the most:",
        "",
        "| Code base | Rule | Of binding |",
        "|---|---|---|",
        .. _rules,
        "",
        .. Cold(),
        "## What is counted",
        "",
        "`WorkCountTests` counts bodies bound, files read and callbacks over a library with a synchronous and an asynchronous half, and fails when the rules begin to bind more; `SilentPathTests` counts what they allocate in code",
        "that they have nothing to say about. Neither measures time.",
        "",
        "The time from an edit to its diagnostics and the growth with the size of a project are not measured yet.",
    ];

    private IEnumerable<string> Cold() => _cold.Count == 0 ? [] :
    [
        $"## A compiler without its server: {_coldCode}",
        "",
        "`csc` of the SDK as a process of its own, whole packages; user time. Target: at most 15 % more, and less than AsyncFixer.",
        "",
        "| Analyzers | Time | More | |",
        "|---|---|---|---|",
        .. _cold,
        "",
    ];

    public Task WriteAsync(string path) => File.WriteAllTextAsync(path, string.Join('\n', Lines()) + "\n");
}
