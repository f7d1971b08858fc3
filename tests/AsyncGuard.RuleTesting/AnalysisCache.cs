using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// The analyses of one test. The library analyses the original up to five times and what is fixed, which is the same text however the fix
/// was applied, as often.
/// Here one compilation is analysed once, and so is one text, unless there is something to report in it: that belongs to one compilation's
/// trees.
/// </summary>
internal sealed class AnalysisCache(ImmutableArray<DiagnosticAnalyzer> analyzers, Func<Diagnostic, bool> takesPart)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Analysis>>> _byText = new();
    private readonly ConcurrentDictionary<Compilation, Analysis> _byCompilation = new();

    /// <summary>The project's compilation, or another of the same text in which there is nothing to report.</summary>
    public async Task<Compilation> GetCompilationAsync(Project project, CancellationToken cancellationToken)
    {
        var text = project.Name + '\0' + string.Join('\0', await Task.WhenAll(
            project.Documents.Concat(
                project.ProjectReferences.SelectMany(reference => project.Solution.GetProject(reference.ProjectId)!.Documents))
                .Select(async document => document.FilePath + '\0' + await document.GetTextAsync(cancellationToken).ConfigureAwait(false)))
                .ConfigureAwait(false));
        var first = await _byText.GetOrAdd(text, _ => new(() => AnalyseAsync(project, cancellationToken))).Value.ConfigureAwait(false);
        if (first.IsClean) return first.Compilation;

        var compilation = (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
        if (compilation != first.Compilation && !_byCompilation.ContainsKey(compilation))
            await AnalyseAsync(project, cancellationToken).ConfigureAwait(false);
        return compilation;
    }

    /// <summary>An analysis that has run already, where it can be shown again.</summary>
    public CompilationWithAnalyzers Get(Compilation compilation, AnalyzerOptions options) =>
        _byCompilation.TryGetValue(compilation, out var known) && known.MayBeRead() ? known.Run : Start(compilation, options);

    private CompilationWithAnalyzers Start(Compilation compilation, AnalyzerOptions options) => compilation.WithAnalyzers(
        analyzers,
        new CompilationWithAnalyzersOptions(
            options, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false));

    private async Task<Analysis> AnalyseAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
        var run = Start(compilation, project.AnalyzerOptions);
        var result = await run.GetAnalysisResultAsync(cancellationToken).ConfigureAwait(false);
        var isClean = result.GetAllDiagnostics().IsEmpty && !compilation.GetDiagnostics(cancellationToken).Any(takesPart);
        return _byCompilation.GetOrAdd(compilation,
            new Analysis(compilation, run, isClean, HasNonLocal: result.CompilationDiagnostics.Any(pair => !pair.Value.IsEmpty)));
    }
}
