using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.RuleTesting;

/// <summary>Runs any analyzers over any sources: no markup, no expectations.</summary>
public static class AnalyzerRun
{
    /// <summary>
    /// What the analyzers report, in source order, and of the compiler's diagnostics those that the options list.
    /// Compiler errors are ignored; an analyzer that throws fails the test.
    /// </summary>
    public static async Task<ImmutableArray<Diagnostic>> GetDiagnosticsAsync(ImmutableArray<DiagnosticAnalyzer> analyzers, string source,
        RuleTestOptions options)
    {
        var diagnostics = new List<Diagnostic>();
        foreach (var project in TestSolution.Create(TestSource.Of(source, options), options).Solution.Projects)
        {
            var compilation = (await project.GetCompilationAsync().ConfigureAwait(false))!;
            diagnostics.AddRange(await RunAsync(compilation, analyzers, project.AnalyzerOptions).ConfigureAwait(false));
        }

        return InSourceOrder(
            diagnostics.Where(diagnostic => !diagnostic.IsSuppressed && !IsUnlistedCompilerDiagnostic(diagnostic, options)));
    }

    /// <summary>The errors of the compiler alone, in source order.</summary>
    public static ImmutableArray<Diagnostic> GetCompilerErrors(string source, RuleTestOptions options) =>
        [.. Compile(source, options).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    /// <summary>The compilation that a test with this source would analyse.</summary>
    public static CSharpCompilation Compile(string source, RuleTestOptions options) =>
        (CSharpCompilation)TestSolution.Create(TestSource.Of(source, options), options).GetCompilationAsync().GetAwaiter().GetResult()!;

    /// <summary>Everything that compiler and analyzers say about a compilation; an analyzer that throws fails the test.</summary>
    public static Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers,
        AnalyzerOptions options) =>
        analyzers.IsEmpty ? Task.FromResult(compilation.GetDiagnostics())
        : RunAsync(compilation, analyzers, options, run => run.GetAllDiagnosticsAsync());

    /// <summary>The same without the compiler, which need not look at what it has seen.</summary>
    public static Task<ImmutableArray<Diagnostic>> RunRulesAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers,
        AnalyzerOptions options) => RunAsync(compilation, analyzers, options, run => run.GetAnalyzerDiagnosticsAsync());

    private static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers,
        AnalyzerOptions options, Func<CompilationWithAnalyzers, Task<ImmutableArray<Diagnostic>>> ask)
    {
        // Rules that are off by default are tested all the same.
        var off = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Where(descriptor => !descriptor.IsEnabledByDefault)
            .Select(descriptor => KeyValuePair.Create(descriptor.Id, ReportDiagnostic.Default))
            .ToArray();
        if (off.Length > 0)
            compilation = compilation.WithOptions(
                compilation.Options.WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.SetItems(off)));

        // One thread: tests already run side by side, and the sources are small.
        var crashes = new ConcurrentQueue<string>();
        var run = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            options,
            (exception, analyzer, _) => crashes.Enqueue($"{analyzer.GetType().Name} threw {exception}"),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false));
        var diagnostics = await ask(run).ConfigureAwait(false);
        if (!crashes.IsEmpty) Assert.Fail(string.Join("\n\n", crashes));
        return diagnostics;
    }

    /// <summary>The additional files and config options of a test, as analyzers and generators get them.</summary>
    public static AnalyzerOptions OptionsOf(RuleTestOptions options) =>
        TestSolution.Create(TestSource.Of("", options), options).AnalyzerOptions;

    internal static ImmutableArray<Diagnostic> InSourceOrder(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
    ];

    internal static bool IsUnlistedCompilerDiagnostic(Diagnostic diagnostic, RuleTestOptions options) =>
        diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler)
        && !options.CompilerDiagnosticIds.Contains(diagnostic.Id);
}
