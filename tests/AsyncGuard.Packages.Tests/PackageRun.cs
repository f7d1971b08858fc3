using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Packages.Tests;

/// <summary>Runs every rule over labelled sources and compares what it reports with the labels.</summary>
internal static class PackageRun
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
        [.. typeof(GuardAnalyzer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    public static async Task<PackageResult> OfAsync(IReadOnlyList<string> assemblies, IReadOnlyList<LabelledSource> sources)
    {
        var compilation = PackageReferences.Compile(assemblies, sources.Select(source => (source.Path, source.Text)));
        var diagnostics = await AnalyzerRun.RunAsync(compilation, Analyzers, new AnalyzerOptions([])).ConfigureAwait(false);
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString()).ToList();
        var missing = new List<string>();
        var wrong = new List<string>();
        foreach (var source in sources)
        {
            var reported = new List<(int, string)>();
            foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Id.StartsWith("AGD", StringComparison.Ordinal)
                && diagnostic.Location.SourceTree?.FilePath == source.Path))
                reported.Add((diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Id));
            var (missed, unwanted) = source.Compare(reported);
            missing.AddRange(missed);
            wrong.AddRange(unwanted);
        }

        return new PackageResult(sources.Sum(source => source.Wanted), missing, wrong, errors);
    }
}
