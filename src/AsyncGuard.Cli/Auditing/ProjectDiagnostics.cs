using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Cli.Auditing;

/// <summary>What the rules report in one project, with the project's own configuration.</summary>
/// <param name="Compilation">The compilation that was analyzed.</param>
/// <param name="Diagnostics">The reports that nothing in the source suppresses, in order of place.</param>
/// <param name="Crashes">Messages of analyzers that failed, or that could not be loaded.</param>
internal sealed record ProjectDiagnostics(Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<string> Crashes)
{
    public static async Task<ProjectDiagnostics> OfAsync(Project project, IReadOnlySet<string>? rules, CancellationToken cancellationToken)
    {
        project = ProjectFiles.WithCatalogs(project);
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"'{project.Name}' has no compilation.");
        var assemblies = RuleAssemblies.Of(project);
        var analyzers = assemblies.Analyzers;
        if (rules is not null)
            analyzers = [.. analyzers.Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rules.Contains(rule.Id)))];
        if (analyzers.IsEmpty) return new(compilation, [], []);

        var crashes = new List<string>();
        if (assemblies.Problem is { } problem) crashes.Add(problem);
        var options = new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions,
            (exception, analyzer, _) =>
            {
                lock (crashes) crashes.Add($"{analyzer.GetType().Name}: {exception.Message}");
            },
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);
        var reported =
            await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync(cancellationToken).ConfigureAwait(false);
        var wanted =
            reported.Where(diagnostic => !diagnostic.IsSuppressed && diagnostic.Severity != DiagnosticSeverity.Hidden
            && (rules is null || rules.Contains(diagnostic.Id)));
        return new(compilation, [.. wanted.OrderBy(Place)], [.. crashes.Order(StringComparer.Ordinal)]);
    }

    private static (string Path, int Start, string Id) Place(Diagnostic diagnostic) =>
        (diagnostic.Location.SourceTree?.FilePath ?? "", diagnostic.Location.SourceSpan.Start, diagnostic.Id);
}
