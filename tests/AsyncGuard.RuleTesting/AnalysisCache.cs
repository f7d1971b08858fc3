using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
    private static readonly CSharpCompilationOptions Library = new(OutputKind.DynamicallyLinkedLibrary);

    private readonly ConcurrentDictionary<string, Lazy<Task<Analysis>>> _byText = new();
    private readonly ConcurrentDictionary<Compilation, Analysis> _byCompilation = new();
    private readonly ConcurrentDictionary<Compilation, Analysis> _byShown = new();

    /// <summary>The analysis of the project's compilation, or of another of the same text in which there is nothing to report.</summary>
    public async Task<Analysis> GetAsync(Project project, CancellationToken cancellationToken)
    {
        var text = project.Name + '\0' + string.Join('\0', await Task.WhenAll(
            project.Documents.Concat(
                project.ProjectReferences.SelectMany(reference => project.Solution.GetProject(reference.ProjectId)!.Documents))
                .Select(async document => document.FilePath + '\0' + await document.GetTextAsync(cancellationToken).ConfigureAwait(false)))
                .ConfigureAwait(false));
        var first = await _byText.GetOrAdd(text, _ => new(() => AnalyseAsync(project, cancellationToken))).Value.ConfigureAwait(false);
        if (first.IsClean) return first;

        var compilation = (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
        return compilation == first.Compilation ? first
            : _byCompilation.GetValueOrDefault(compilation) ?? await AnalyseAsync(project, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An analysis that has run already, where it can be shown again.</summary>
    /// <param name="shown">A compilation that the library was shown.</param>
    /// <param name="options">The options of its project.</param>
    public CompilationWithAnalyzers Get(Compilation shown, AnalyzerOptions options) =>
        !_byShown.TryGetValue(shown, out var known) ? Start(shown, options)
        : known.MayBeRead() ? known.Run : Start(known.Compilation, options);

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

        // The library compiles all bodies each time that it asks: where that says nothing, it is shown a compilation without any.
        var compilerDiagnostics = compilation.GetDiagnostics(cancellationToken);
        var isQuiet = !compilerDiagnostics.Any(takesPart);
        var analysis = _byCompilation.GetOrAdd(compilation, new Analysis(
            compilation,
            isQuiet ? CSharpCompilation.Create("Quiet", options: Library) : compilation,
            run,
            compilerDiagnostics,
            IsClean: isQuiet && result.GetAllDiagnostics().IsEmpty,
            HasNonLocal: result.CompilationDiagnostics.Any(pair => !pair.Value.IsEmpty)));
        _byShown[analysis.Shown] = analysis;
        return analysis;
    }
}
