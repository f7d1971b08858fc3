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
    private readonly List<string> _edits = [];
    private readonly List<string> _growth = [];
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

    public void AddEdit(CodeBase code, EditRun run)
    {
        var most = (0.5 * run.Bind) + TimeSpan.FromMilliseconds(20);
        _edits.Add(FormattableString.Invariant(
            $"| {code.Name} | {code.Lines:N0} | {run.Document} | {run.Lines:N0} | {run.Bind.TotalMilliseconds:F0} ms | {run.OfDocument.TotalMilliseconds:F0} ms | {most.TotalMilliseconds:F0} ms | {run.OfRest.TotalMilliseconds:F0} ms | {run.FilesRead} | {(run.OfDocument <= most && run.FilesRead == 1 ? "met" : "missed")} |"));
    }

    public void AddGrowth(CodeBase code, GrowthRun run)
    {
        foreach (var size in run.Sizes)
            _growth.Add(FormattableString.Invariant(
                $"| {code.Name} | {size.Lines:N0} | {size.Errors:N0} | {size.OfAnalyzers.TotalMilliseconds:F0} ms | {size.MicrosecondsOfLine:F2} µs | {size.BytesOfLine:F0} B |"));
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
        .. Edits(),
        .. Growth(),
        "## What is counted",
        "",
        "`WorkCountTests` counts bodies bound, files read and callbacks over a library with a synchronous and an asynchronous half, and fails when the rules begin to bind more; `SilentPathTests` counts what they allocate in code",
        "that they have nothing to say about. Neither measures time.",
        "",
        "## What was tried",
        "",
        "Analyzers compiled ahead of time (ReadyToRun, for Linux on x64, by Crossgen2 10.0.12) over NATS.Client.Core, a compiler of its own: the methods of AsyncGuard that are compiled while it runs went from 1,945 to 106, but the",
        "user time of four rounds in turns on one processor was 12.3 s against 12.1 s (without analyzers 9.7 s, with AsyncFixer 10.7 s). Dropped. In a profile of such a run, AsyncGuard's code and what it calls took 11 %,",
        "half of it the runtime compiling and loading; the compiler's own analyzer driver and the operations that it makes took 12 % more, which any rule on operations pays.",
        "",
        "Regular expressions looked at by their syntax first (30 November 2026, beside commit 40ecff4): a body that names `Regex` is bound for AGD0106 only where a literal repeats a group or something may be a constant. FluentFTP: 497 bodies",
        "bound before, 477 after; Cleanuparr.Infrastructure (2,750 compiler errors) 155 and 141; Yarp.ReverseProxy (226) and AsyncGuard.Analyzers (318) as before. The findings are the same by id,",
        "file, span and message. Kept for what is counted: the machine was too busy for times, and counts no instructions. The tables above are older than that.",
        "",
        "Where the rest goes, by samples of warm rounds over FluentFTP before that change, as parts of what is AsyncGuard's: AGD0105's causes 20 % (95 bodies of async code, read for 34 of 51 blocking calls; 43 of the 51 no place in async code",
        "reaches), bodies weighed for AGD0106 15 %, ways to blocking calls 14 %, reading names 8 %; binding that these ask for is 28 %. After an edit, with the change, most of what the rules take for the document is AGD0106's index (45 of 58 ms",
        "by the clock in one run), which binds its bodies anew for each compilation, whatever the document names.",
    ];

    private IEnumerable<string> Edits() => _edits.Count == 0 ? [] :
    [
        "## From an edit to its diagnostics",
        "",
        "Every file has been analyzed once; then one document is edited inside a body, as an editor does it: the diagnostics of that document first, then those of the rest. What the rules add is the processor time of the run",
        "less that of a run that analyzes nothing. Target: for the document at most half of what binding it takes alone, and 20 ms; one file read again.",
        "",
        "| Code base | Lines | Document | Lines of it | Binding it | Rules | At most | Rules over the rest | Files read again | Target |",
        "|---|---|---|---|---|---|---|---|---|---|",
        .. _edits,
        "",
    ];

    private IEnumerable<string> Growth() => _growth.Count == 0 ? [] :
    [
        "## Growth with the lines",
        "",
        "The same code once, twice, four times and so on in one compilation, each copy under a root namespace of its own. Memory is what is alive after the run, less that after a run that analyzes nothing.",
        "Targets: per line constant within 15 %, at most 60 B.",
        "",
        "| Code base | Lines | Compiler errors | Rules | Of a line | Memory of a line |",
        "|---|---|---|---|---|---|",
        .. _growth,
        "",
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
