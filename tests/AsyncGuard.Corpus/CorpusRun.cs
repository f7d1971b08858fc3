using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Corpus;

/// <summary>The findings of every rule in one project, and what finding them cost.</summary>
internal sealed class CorpusRun
{
    private readonly TimeSpan _binding;
    private readonly IReadOnlyList<(string Analyzer, TimeSpan Time)> _costs;
    private readonly IReadOnlyList<Diagnostic> _exceptions;
    private readonly int _compilerErrors;
    private readonly int _lines;

    private CorpusRun(ImmutableArray<Diagnostic> findings, IReadOnlyList<Diagnostic> exceptions, int compilerErrors, int lines, TimeSpan binding, IReadOnlyList<(string, TimeSpan)> costs)
    {
        Findings = findings;
        _exceptions = exceptions;
        _compilerErrors = compilerErrors;
        _lines = lines;
        _binding = binding;
        _costs = costs;
    }

    public ImmutableArray<Diagnostic> Findings { get; }

    public bool HasFailed => _exceptions.Count > 0;

    public static async Task<CorpusRun> AnalyzeAsync(Project project, CorpusOptions options)
    {
        var compilation = await project.GetCompilationAsync() ?? throw new InvalidOperationException("The project has no compilation.");
        var watch = Stopwatch.StartNew();
        var errors = compilation.GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var binding = watch.Elapsed;

        var analyzers = Rules.Analyzers();
        var analysis = new CompilationWithAnalyzers(compilation, analyzers, new CompilationWithAnalyzersOptions(project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        var result = await analysis.GetAnalysisResultAsync(CancellationToken.None);
        var all = result.GetAllDiagnostics();
        var costs = result.AnalyzerTelemetryInfo.Select(pair => (pair.Key.GetType().Name, pair.Value.ExecutionTime)).OrderByDescending(cost => cost.ExecutionTime).ToList();
        var findings = all.Where(diagnostic => diagnostic.Id.StartsWith("AGD", StringComparison.Ordinal) && (options.Rule is null || diagnostic.Id.StartsWith(options.Rule, StringComparison.Ordinal)))
            .OrderBy(diagnostic => diagnostic.Id).ThenBy(diagnostic => diagnostic.Location.SourceTree?.FilePath).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToImmutableArray();
        var lines = compilation.SyntaxTrees.Sum(tree => tree.GetText().Lines.Count);
        return new CorpusRun(findings, [.. all.Where(diagnostic => diagnostic.Id == "AD0001")], errors, lines, binding, costs);
    }

    public void Print(TextWriter output)
    {
        foreach (var finding in Findings)
        {
            var line = finding.Location.GetLineSpan();
            var text = finding.Location.SourceTree!.GetText().Lines[line.StartLinePosition.Line].ToString().Trim();
            output.WriteLine($"{finding.Id} {line.Path}({line.StartLinePosition.Line + 1}) | {text} | {finding.GetMessage()}");
        }

        foreach (var exception in _exceptions) output.WriteLine("AD0001 " + exception.GetMessage());
        output.WriteLine();
        foreach (var rule in Findings.GroupBy(finding => finding.Id)) output.WriteLine($"{rule.Key}: {rule.Count()}");
        output.WriteLine($"{_lines} lines, {_compilerErrors} compiler errors, binding {_binding.TotalMilliseconds:F0} ms, analyzers {_costs.Sum(cost => cost.Time.TotalMilliseconds):F0} ms");
        foreach (var (analyzer, time) in _costs) output.WriteLine($"  {analyzer} {time.TotalMilliseconds:F0} ms");
    }
}
