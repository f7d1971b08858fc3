using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Corpus;

/// <summary>
/// What the blocking rules cost beside the compiler's binding and beside the peers' rules for blocking calls, in one run: single-threaded, every round over
/// newly parsed trees, so that nothing is remembered from the round before. The first round pays for the JIT and is shown by itself.
/// </summary>
internal static class SpeedRun
{
    private const string Ours = "AGD01";
    private static readonly string[] Peers = ["VSTHRD103", "CA1849", "MA0042"];

    // CA1849 is off unless it is asked for.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> Enabled = Peers.ToImmutableDictionary(peer => peer, _ => ReportDiagnostic.Warn);

    public static async Task<bool> RunAsync(Project project, CorpusOptions options, TextWriter output)
    {
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync() ?? throw new InvalidOperationException("The project has no compilation."));
        var peers = PeersIn(AppContext.BaseDirectory);
        var ours = Rules.Analyzers().Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id.StartsWith(Ours, StringComparison.Ordinal))).ToImmutableArray();
        output.WriteLine($"{compilation.SyntaxTrees.Sum(tree => tree.GetText().Lines.Count)} lines, {compilation.GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)} compiler errors");
        output.WriteLine($"peers: {string.Join(", ", peers.Select(peer => peer.GetType().Name + " " + peer.GetType().Assembly.GetName().Version))}");

        var rounds = new List<Round>();
        for (var i = 0; i < options.Rounds; i++)
        {
            var round = await MeasureAsync(compilation, project.AnalyzerOptions, ours, peers);
            output.WriteLine($"round {i + 1}: {round.Summary}");
            rounds.Add(round);
        }

        var warm = rounds.Skip(1).OrderBy(round => round.OfOurs).ToList();
        var median = warm[warm.Count / 2];
        output.WriteLine();
        output.WriteLine($"median of the warm rounds: {median.Summary}");
        foreach (var (name, time) in median.Costs.OrderByDescending(cost => cost.Time)) output.WriteLine($"  {name} {time.TotalMilliseconds:F0} ms");
        return median.OfOurs <= median.Binding * 0.25 && (peers.IsEmpty || median.OfOurs < median.OfPeers);
    }

    private static async Task<Round> MeasureAsync(CSharpCompilation compilation, AnalyzerOptions options, ImmutableArray<DiagnosticAnalyzer> ours, ImmutableArray<DiagnosticAnalyzer> peers)
    {
        var alone = Parsed(compilation);
        Collect();
        var watch = Stopwatch.StartNew();
        _ = alone.GetDiagnostics();
        var binding = watch.Elapsed;

        var analyzed = Parsed(compilation);
        Collect();
        var run = new CompilationWithAnalyzersOptions(options, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
        var result = await new CompilationWithAnalyzers(analyzed, ours.AddRange(peers), run).GetAnalysisResultAsync(CancellationToken.None);
        var costs = result.AnalyzerTelemetryInfo.Select(pair => (pair.Key, pair.Value.ExecutionTime)).ToList();
        return new Round(
            binding,
            Sum(costs.Where(cost => ours.Contains(cost.Key))),
            Sum(costs.Where(cost => peers.Contains(cost.Key))),
            [.. costs.Select(cost => (cost.Key.GetType().Name, cost.ExecutionTime))]);
    }

    private static CSharpCompilation Parsed(CSharpCompilation compilation)
    {
        var trees = compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath)).ToList();
        foreach (var tree in trees) _ = tree.GetRoot();
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees).WithOptions(compilation.Options.WithConcurrentBuild(false).WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.SetItems(Enabled)));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static TimeSpan Sum(IEnumerable<(DiagnosticAnalyzer Analyzer, TimeSpan Time)> costs) => costs.Aggregate(TimeSpan.Zero, (sum, cost) => sum + cost.Time);

    private static ImmutableArray<DiagnosticAnalyzer> PeersIn(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "peers"), "*.dll").SelectMany(path => Load(Assembly.LoadFrom(path))).OrderBy(analyzer => analyzer.GetType().Name, StringComparer.Ordinal)];

    private static IEnumerable<DiagnosticAnalyzer> Load(Assembly assembly)
    {
        foreach (var type in TypesOf(assembly))
        {
            if (type.IsAbstract || !typeof(DiagnosticAnalyzer).IsAssignableFrom(type) || type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) != true) continue;
            if (type.GetConstructor(Type.EmptyTypes) is null) continue;
            var analyzer = (DiagnosticAnalyzer)Activator.CreateInstance(type)!;
            if (analyzer.SupportedDiagnostics.Any(rule => Peers.Contains(rule.Id))) yield return analyzer;
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }

    private sealed record Round(TimeSpan Binding, TimeSpan OfOurs, TimeSpan OfPeers, IReadOnlyList<(string Name, TimeSpan Time)> Costs)
    {
        public string Summary => $"binding {Binding.TotalMilliseconds:F0} ms, AGD01xx {OfOurs.TotalMilliseconds:F0} ms ({OfOurs / Binding:P0} of binding), {string.Join(" + ", Peers)} {OfPeers.TotalMilliseconds:F0} ms";
    }
}
