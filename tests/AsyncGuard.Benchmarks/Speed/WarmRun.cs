using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>
/// Each set of analyzers over a compilation of its own, in one process and in changing order, beside the compiler's binding of the same
/// sources. The driver measures by the clock; what it says is taken by the share of the processor that the process had meanwhile.
/// </summary>
internal sealed class WarmRun(CodeBase code, ImmutableArray<AnalyzerSet> sets)
{
    private readonly List<TimeSpan>[] _bind = [[], []];
    private readonly Dictionary<string, List<Cost>> _costs = sets.ToDictionary(set => set.Name, _ => new List<Cost>());

    /// <summary>The findings of the last run of each set.</summary>
    public Dictionary<string, ImmutableArray<Diagnostic>> Findings { get; } = [];

    /// <summary>How often ours asked for the operations of a body, beside the driver's.</summary>
    public int Bound { get; private set; }

    /// <summary>The second round.</summary>
    public TimeSpan SecondBind => _bind[0][1];

    /// <summary>The median of all rounds after the first.</summary>
    public TimeSpan WarmBind => Cost.Median(_bind[0].Skip(1));

    public Cost Second(AnalyzerSet set) => _costs[set.Name][1];

    public Cost Warm(AnalyzerSet set) => Cost.MedianOf([.. _costs[set.Name].Skip(1)]);

    public async Task RunAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            _bind[0].Add(Bind());
            foreach (var set in round % 2 == 0 ? sets : sets.Reverse()) _costs[set.Name].Add(await MeasureAsync(set));
        }
    }

    private TimeSpan Bind()
    {
        var compilation = code.Fresh();
        Collect();
        var start = Environment.CpuUsage.TotalTime;
        _ = compilation.GetDiagnostics();
        return Environment.CpuUsage.TotalTime - start;
    }

    private async Task<Cost> MeasureAsync(AnalyzerSet set)
    {
        var compilation = code.Fresh();
        _ = compilation.GetDeclarationDiagnostics();
        Collect();
        var options = new CompilationWithAnalyzersOptions(CodeBase.Options, onAnalyzerException: null, concurrentAnalysis: false,
            logAnalyzerExecutionTime: true);
        var clock = Stopwatch.StartNew();
        var start = Environment.CpuUsage.TotalTime;
        var empty = new EmptyAnalyzer();
        var result = await new CompilationWithAnalyzers(compilation, set.Analyzers.Add(empty), options)
            .GetAnalysisResultAsync(CancellationToken.None);
        var processor = Environment.CpuUsage.TotalTime - start;
        var share = Math.Min(1, processor / clock.Elapsed);
        Findings[set.Name] = result.GetAllDiagnostics();
        if (empty.Analyzed is { } analyzed && GuardContext.Known(analyzed) is { } guard) Bound = Bodies.Of(guard).Bound;
        return new Cost(processor, result.AnalyzerTelemetryInfo.Where(pair => pair.Key != empty)
            .ToDictionary(pair => RuleOf(pair.Key), pair => pair.Value.ExecutionTime * share));
    }

    private static string RuleOf(DiagnosticAnalyzer analyzer) =>
        string.Join('+', analyzer.SupportedDiagnostics.Select(rule => rule.Id).Distinct());

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
