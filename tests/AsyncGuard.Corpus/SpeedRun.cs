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
/// What the blocking rules cost beside the compiler's binding and beside the peers' rules for blocking calls, in one run: single-threaded,
/// every round over
/// newly parsed trees, so that nothing is remembered from the round before. The first round pays for the JIT and is left out of the
/// medians.
/// </summary>
internal static class SpeedRun
{
    private const string Ours = "AGD01";
    private static readonly string[] Peers = ["VSTHRD103", "CA1849", "MA0042"];

    // CA1849 is off unless it is asked for.
    private static readonly ImmutableDictionary<string,
        ReportDiagnostic> Enabled = Peers.ToImmutableDictionary(peer => peer, _ => ReportDiagnostic.Warn);

    public static async Task<bool> RunAsync(Project project, CorpusOptions options, TextWriter output)
    {
        var compilation =
            (CSharpCompilation)(await project.GetCompilationAsync()
            ?? throw new InvalidOperationException("The project has no compilation."));
        var peers = PeersIn(AppContext.BaseDirectory);
        var ours = Rules.Analyzers()
            .Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id.StartsWith(Ours, StringComparison.Ordinal)))
            .ToImmutableArray();
        output.WriteLine(
            $"{compilation.SyntaxTrees.Sum(tree => tree.GetText().Lines.Count)} lines, {compilation.GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)} compiler errors");
        output.WriteLine(
            $"peers: {string.Join(", ", peers.Select(peer => peer.GetType().Name + " " + peer.GetType().Assembly.GetName().Version))}");

        // The first does not count.
        var rounds = new List<Round>();
        for (var i = 0; i < Math.Max(2, options.Rounds); i++)
        {
            var round = await MeasureAsync(compilation, project.AnalyzerOptions, ours, peers);
            output.WriteLine($"round {i + 1}: {round.Summary}");
            rounds.Add(round);
        }

        var typical = Round.Typical([.. rounds.Skip(1)]);
        output.WriteLine();
        output.WriteLine($"medians of the warm rounds: {typical.Summary}");
        foreach (var (name, isOurs, time) in typical.Costs.OrderByDescending(
            cost => cost.Time)) output.WriteLine($"  {(isOurs ? "" : "(peer) ")}{name} {time.TotalMilliseconds:F0} ms");
        return typical.OfOurs <= typical.Binding * 0.25 && (peers.IsEmpty || typical.OfOurs < typical.OfPeers);
    }

    private static async Task<Round> MeasureAsync(CSharpCompilation compilation, AnalyzerOptions options,
        ImmutableArray<DiagnosticAnalyzer> ours, ImmutableArray<DiagnosticAnalyzer> peers)
    {
        var alone = Parsed(compilation);
        Collect();
        var watch = Stopwatch.StartNew();
        _ = alone.GetDiagnostics();
        var binding = watch.Elapsed;

        // The compiler has declared everything before it asks the first analyzer, so that none of them pays for it.
        var analyzed = Parsed(compilation);
        _ = analyzed.GetDeclarationDiagnostics();
        Collect();
        var run = new CompilationWithAnalyzersOptions(options, onAnalyzerException: null, concurrentAnalysis: false,
            logAnalyzerExecutionTime: true);
        var result = await new CompilationWithAnalyzers(analyzed, ours.AddRange(peers), run).GetAnalysisResultAsync(CancellationToken.None);
        return new Round(binding,
            [.. result.AnalyzerTelemetryInfo.Select(pair => (pair.Key.GetType().Name, ours.Contains(pair.Key), pair.Value.ExecutionTime))]);
    }

    private static CSharpCompilation Parsed(CSharpCompilation compilation)
    {
        var trees = compilation.SyntaxTrees.Select(
            tree => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath)).ToList();
        foreach (var tree in trees) _ = tree.GetRoot();
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees)
            .WithOptions(compilation.Options.WithConcurrentBuild(false)
            .WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.SetItems(Enabled)));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static ImmutableArray<DiagnosticAnalyzer> PeersIn(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "peers"), "*.dll").SelectMany(path => Load(Assembly.LoadFrom(path)))
        .OrderBy(analyzer => analyzer.GetType().Name, StringComparer.Ordinal)];

    private static IEnumerable<DiagnosticAnalyzer> Load(Assembly assembly)
    {
        foreach (var type in TypesOf(assembly))
        {
            if (type.IsAbstract || !typeof(DiagnosticAnalyzer).IsAssignableFrom(type)
                || type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) != true)
                continue;
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

    private sealed record Round(TimeSpan Binding, IReadOnlyList<(string Name, bool IsOurs, TimeSpan Time)> Costs)
    {
        public TimeSpan OfOurs => Sum(isOurs: true);

        public TimeSpan OfPeers => Sum(isOurs: false);

        public string Summary =>
            $"binding {Binding.TotalMilliseconds:F0} ms, AGD01xx {OfOurs.TotalMilliseconds:F0} ms ({OfOurs / Binding:P0} of binding), {string.Join(" + ", Peers)} {OfPeers.TotalMilliseconds:F0} ms";

        /// <summary>
        /// The median of each figure by itself: a collection of garbage strikes whichever analyzer happens to run, which says nothing about
        /// it.
        /// </summary>
        public static Round Typical(IReadOnlyList<Round> rounds) => new(
            Median(rounds.Select(round => round.Binding)),
            [.. rounds.SelectMany(round => round.Costs).GroupBy(cost => (cost.Name, cost.IsOurs))
                .Select(costs => (costs.Key.Name, costs.Key.IsOurs, Median(costs.Select(cost => cost.Time))))]);

        private static TimeSpan Median(IEnumerable<TimeSpan> times)
        {
            var sorted = times.Order().ToList();
            return sorted[sorted.Count / 2];
        }

        private TimeSpan Sum(bool isOurs) =>
            Costs.Where(cost => cost.IsOurs == isOurs).Aggregate(TimeSpan.Zero, (sum, cost) => sum + cost.Time);
    }
}
