using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>
/// Whether time and memory grow with the lines: the same code once, twice, four times and so on in one compilation. Each copy has root
/// namespaces of its own, so that no copy knows another.
/// </summary>
internal sealed class GrowthRun(CodeBase code)
{
    private static readonly CompilationWithAnalyzersOptions Options =
        new(CodeBase.Options, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);

    public List<Size> Sizes { get; } = [];

    /// <summary>What was measured of so many copies.</summary>
    /// <param name="Lines">Lines of all copies.</param>
    /// <param name="Errors">Errors of the compiler, which the renaming of namespaces may add to.</param>
    /// <param name="OfAnalyzers">Time in callbacks of all rules.</param>
    /// <param name="Memory">Bytes that are alive after the run, beside those after a run that analyzes nothing.</param>
    public sealed record Size(int Lines, int Errors, TimeSpan OfAnalyzers, long Memory)
    {
        public double MicrosecondsOfLine => OfAnalyzers.TotalMicroseconds / Lines;

        public double BytesOfLine => (double)Memory / Lines;
    }

    public async Task RunAsync(int doublings)
    {
        // What only the first run compiles.
        _ = await MeasureAsync(Copies(1));
        for (var i = 0; i <= doublings; i++) Sizes.Add(await MeasureAsync(Copies(1 << i)));
    }

    private static async Task<Size> MeasureAsync(CodeBase copies)
    {
        var errors = copies.Fresh(isConcurrent: true).GetDiagnostics().Count(found => found.Severity == DiagnosticSeverity.Error);
        var (_, without) = await MeasureAsync(copies, []);
        var (time, with) = await MeasureAsync(copies, AnalyzerSet.Ours.Analyzers);
        return new Size(copies.Lines, errors, time, with - without);
    }

    private static async Task<(TimeSpan OfAnalyzers, long Alive)> MeasureAsync(
        CodeBase copies, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var compilation = copies.Fresh();
        var empty = new EmptyAnalyzer();
        var driver = new CompilationWithAnalyzers(compilation, analyzers.Add(empty), Options);
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var result = await driver.GetAnalysisResultAsync(CancellationToken.None);
        var share = Math.Min(1, (Environment.CpuUsage.TotalTime - processor) / clock.Elapsed);
        var alive = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(driver);
        GC.KeepAlive(empty);
        return (result.AnalyzerTelemetryInfo.Where(pair => pair.Key != empty)
            .Aggregate(TimeSpan.Zero, (sum, pair) => sum + (pair.Value.ExecutionTime * share)), alive);
    }

    private CodeBase Copies(int count)
    {
        if (count == 1) return code;
        var roots = code.Sources.SelectMany(source => RootsOf(code.Parse(source))).Distinct().ToList();
        var pattern = roots.Count == 0 ? null : new Regex($@"(?<![\w.""])(?:{string.Join('|', roots.Select(Regex.Escape))})(?=[\s.;{{:])");
        return code.With(code.Name, [.. Enumerable.Range(0, count).SelectMany(copy => code.Sources
            .Where(source => copy == 0 || !source.IsGenerated)
            .Select(source => copy == 0 || pattern is null ? source : Renamed(source, pattern, copy)))]);
    }

    private static SourceFile Renamed(SourceFile source, Regex pattern, int copy)
    {
        var suffix = FormattableString.Invariant($"_{copy}");
        var text = pattern.Replace(source.Text.ToString(), found => found.Value + suffix);

        // Those of an assembly may be said once.
        text = Regex.Replace(text, @"^\s*\[assembly:.*\]\s*$", "", RegexOptions.Multiline);
        return source with { Path = source.Path + suffix + ".cs", Text = SourceText.From(text) };
    }

    private static IEnumerable<string> RootsOf(SyntaxTree tree) => tree.GetRoot().ChildNodes().OfType<BaseNamespaceDeclarationSyntax>()
        .Select(declared => declared.Name.ToString().Split('.')[0]).Where(static root => root is not ("System" or "Microsoft"));
}
