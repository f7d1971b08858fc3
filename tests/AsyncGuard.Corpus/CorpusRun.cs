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

/// <summary>The findings of the rules in one project, for one target framework, and what finding them cost.</summary>
internal sealed class CorpusRun
{
    private readonly Project _project;
    private readonly TimeSpan _binding;
    private readonly IReadOnlyList<(string Analyzer, TimeSpan Time)> _costs;
    private readonly IReadOnlyList<Diagnostic> _exceptions;
    private readonly IReadOnlyList<Diagnostic> _compilerErrors;

    private CorpusRun(Project project, ImmutableArray<Diagnostic> findings, IReadOnlyList<Diagnostic> exceptions,
        IReadOnlyList<Diagnostic> compilerErrors, int lines, TimeSpan binding, IReadOnlyList<(string, TimeSpan)> costs)
    {
        _project = project;
        Findings = findings;
        Lines = lines;
        _exceptions = exceptions;
        _compilerErrors = compilerErrors;
        _binding = binding;
        _costs = costs;
    }

    public ImmutableArray<Diagnostic> Findings { get; }

    public int Lines { get; }

    public bool HasFailed => _exceptions.Count > 0;

    /// <summary>Runs the rules; the errors of the compiler, which take about as long, only where they are asked for.</summary>
    public static async Task<CorpusRun> AnalyzeAsync(Project project, CorpusOptions options, bool asksCompiler = true)
    {
        var compilation = await project.GetCompilationAsync() ?? throw new InvalidOperationException("The project has no compilation.");
        var watch = Stopwatch.StartNew();
        var said = asksCompiler ? compilation.GetDiagnostics() : [];
        var errors = said.Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error).ToList();
        var binding = watch.Elapsed;

        var analysis = new CompilationWithAnalyzers(
            compilation, Rules.AnalyzersOf(options),
            new CompilationWithAnalyzersOptions(project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: false,
                logAnalyzerExecutionTime: true));
        var result = await analysis.GetAnalysisResultAsync(CancellationToken.None);
        var all = result.GetAllDiagnostics();
        var costs = result.AnalyzerTelemetryInfo.Select(pair => (pair.Key.GetType().Name, pair.Value.ExecutionTime))
            .OrderByDescending(cost => cost.ExecutionTime).ToList();
        var findings = all.Where(diagnostic => options.Wants(diagnostic.Id) && !diagnostic.IsSuppressed)
            .OrderBy(diagnostic => diagnostic.Id).ThenBy(diagnostic => diagnostic.Location.SourceTree?.FilePath)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToImmutableArray();
        var lines = compilation.SyntaxTrees.Sum(tree => tree.GetText().Lines.Count);
        return new CorpusRun(project, findings, [.. all.Where(diagnostic => diagnostic.Id == "AD0001")], errors, lines, binding, costs);
    }

    public void Print(TextWriter output)
    {
        output.WriteLine($"# {_project.Name}: {Lines} lines, {_compilerErrors.Count} compiler errors");
        foreach (var error in _compilerErrors.GroupBy(error => error.Id).OrderByDescending(group => group.Count()).Take(3))
            output.WriteLine($"#   {error.Count()} {error.First()}");
        foreach (var finding in Findings)
        {
            var line = finding.Location.GetLineSpan();
            var text = finding.Location.SourceTree!.GetText().Lines[line.StartLinePosition.Line].ToString().Trim();
            output.WriteLine($"{finding.Id} {line.Path}({line.StartLinePosition.Line + 1}) | {text} | {finding.GetMessage()}");
        }

        foreach (var exception in _exceptions) output.WriteLine("AD0001 " + exception.GetMessage() + exception.Descriptor.Description);
        output.WriteLine($"binding {_binding.TotalMilliseconds:F0} ms, analyzers {_costs.Sum(cost => cost.Time.TotalMilliseconds):F0} ms");
        foreach (var (analyzer, time) in _costs.Where(
            cost => cost.Time.TotalMilliseconds >= 1)) output.WriteLine($"  {analyzer} {time.TotalMilliseconds:F0} ms");
    }
}
