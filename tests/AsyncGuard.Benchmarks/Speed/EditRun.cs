using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Names;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>
/// What an editor does after a keystroke: a compilation with one other tree, the diagnostics of the open document first, then those of the
/// rest. The document is the one of the middle length among those with async code.
/// </summary>
internal sealed class EditRun(CodeBase code)
{
    private static readonly CompilationWithAnalyzersOptions Options =
        new(CodeBase.Options, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);

    private readonly List<TimeSpan> _bind = [];
    private readonly List<TimeSpan> _document = [];
    private readonly List<TimeSpan> _rest = [];

    public string Document { get; private set; } = "";

    public int Lines { get; private set; }

    /// <summary>What binding the document takes alone, on a compilation that has just been made by an edit.</summary>
    public TimeSpan Bind => Cost.Median(_bind);

    /// <summary>What all rules add to that until the diagnostics of the document are there.</summary>
    public TimeSpan OfDocument => Cost.Median(_document);

    /// <summary>What all rules add to the run over the rest of the project.</summary>
    public TimeSpan OfRest => Cost.Median(_rest);

    /// <summary>How many files were read again for the index of names.</summary>
    public int FilesRead { get; private set; }

    /// <summary>What each rule had taken in the last round when the diagnostics of the document were there.</summary>
    public Dictionary<string, TimeSpan> OfRules { get; } = [];

    public async Task RunAsync(int rounds)
    {
        var compilation = code.Fresh();
        var tree = Choose(compilation);
        Document = Path.GetFileName(tree.FilePath);
        Lines = (await tree.GetTextAsync()).Lines.Count;

        // The editor has been open for a while: every file has been analyzed once.
        var witness = new EmptyAnalyzer();
        _ = await new CompilationWithAnalyzers(compilation, AnalyzerSet.Ours.Analyzers.Add(witness), Options)
            .GetAnalysisResultAsync(CancellationToken.None);
        for (var round = 0; round <= rounds; round++)
        {
            _bind.Add(MeasureBind(Edit(ref compilation, ref tree, round), tree));
            var (emptyDocument, emptyRest, _) = await MeasureAsync(Edit(ref compilation, ref tree, round), tree, []);
            var (document, rest, read) = await MeasureAsync(Edit(ref compilation, ref tree, round), tree, AnalyzerSet.Ours.Analyzers);
            _document.Add(document - emptyDocument);
            _rest.Add(rest - emptyRest);
            FilesRead = read;
        }

        // The first round compiles what only an edit calls.
        _bind.RemoveAt(0);
        _document.RemoveAt(0);
        _rest.RemoveAt(0);
    }

    private static SyntaxTree Choose(CSharpCompilation compilation)
    {
        var candidates = compilation.SyntaxTrees
            .Where(tree => tree.GetRoot().DescendantTokens().Any(token => token.IsKind(SyntaxKind.AwaitKeyword)))
            .OrderBy(tree => tree.Length).ToList();
        return candidates.Count > 0 ? candidates[candidates.Count / 2] : compilation.SyntaxTrees[0];
    }

    private static CSharpCompilation Edit(ref CSharpCompilation compilation, ref SyntaxTree tree, int round)
    {
        // Inside the first body, so that a member changes and not only what stands around it.
        var root = tree.GetRoot();
        var body = root.DescendantNodes().OfType<BlockSyntax>().FirstOrDefault();
        var place = body?.OpenBraceToken.Span.End ?? 0;
        var edited = tree.WithChangedText(tree.GetText().Replace(place, 0, FormattableString.Invariant($" /* {round} */ ;")));
        compilation = compilation.ReplaceSyntaxTree(tree, edited);
        tree = edited;
        return compilation;
    }

    private static TimeSpan MeasureBind(CSharpCompilation compilation, SyntaxTree tree)
    {
        _ = compilation.GetDeclarationDiagnostics();
        var start = Environment.CpuUsage.TotalTime;
        _ = compilation.GetSemanticModel(tree).GetDiagnostics();
        return Environment.CpuUsage.TotalTime - start;
    }

    private async Task<(TimeSpan OfDocument, TimeSpan OfOthers, int Read)> MeasureAsync(
        CSharpCompilation compilation, SyntaxTree tree, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        _ = compilation.GetDeclarationDiagnostics();
        GC.Collect();
        var witness = new EmptyAnalyzer();
        var driver = new CompilationWithAnalyzers(compilation, analyzers.Add(witness), Options);
        var start = Environment.CpuUsage.TotalTime;
        _ = await driver.GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None);
        _ = await driver.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, CancellationToken.None);
        var document = Environment.CpuUsage.TotalTime - start;
        foreach (var analyzer in analyzers)
        {
            OfRules[analyzer.GetType().Name] =
                (await driver.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None)).ExecutionTime;
        }

        start = Environment.CpuUsage.TotalTime;
        _ = await driver.GetAnalysisResultAsync(CancellationToken.None);
        var rest = Environment.CpuUsage.TotalTime - start;
        var read = witness.Seen.Sum(seen => GuardContext.Known(seen) is { } guard ? NameGraph.Of(guard).TreesRead : 0);
        return (document, rest, read);
    }
}
