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

/// <summary>Runs any analyzers over any sources, on plain compilations: no workspace, no markup, no expectations.</summary>
public static class AnalyzerRun
{
    /// <summary>
    /// What the analyzers report, in source order, and of the compiler's diagnostics those that the options list.
    /// Compiler errors are ignored; an analyzer that throws fails the test.
    /// </summary>
    public static async Task<ImmutableArray<Diagnostic>> GetDiagnosticsAsync(ImmutableArray<DiagnosticAnalyzer> analyzers, string source, RuleTestOptions options) =>
        [.. (await GetAllAsync(analyzers, TestCase.CreateWithoutMarkup(source, options))).Where(diagnostic => TakesPart(diagnostic, options) && !IsUnlistedCompilerDiagnostic(diagnostic, options))];

    /// <summary>The errors of the compiler alone, in source order.</summary>
    public static ImmutableArray<Diagnostic> GetCompilerErrors(string source, RuleTestOptions options) =>
        [.. Compile(source, options).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    /// <summary>The compilation that a test with this source would analyse.</summary>
    public static CSharpCompilation Compile(string source, RuleTestOptions options) => Compile(TestCase.CreateWithoutMarkup(source, options))[^1];

    /// <summary>Everything that compiler and analyzers say about a compilation; an analyzer that throws fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, AnalyzerOptions options)
    {
        if (analyzers.IsEmpty)
            return compilation.GetDiagnostics();

        // Rules that are off by default are tested all the same.
        var off = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Where(descriptor => !descriptor.IsEnabledByDefault)
            .Select(descriptor => KeyValuePair.Create(descriptor.Id, ReportDiagnostic.Default))
            .ToArray();
        if (off.Length > 0)
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.SetItems(off)));

        // One thread: tests already run side by side, and the sources are small.
        var crashes = new ConcurrentQueue<string>();
        var run = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            options,
            (exception, analyzer, _) => crashes.Enqueue($"{analyzer.GetType().Name} threw {exception}"),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false));
        var diagnostics = await run.GetAllDiagnosticsAsync().ConfigureAwait(false);
        if (!crashes.IsEmpty)
            Assert.Fail(string.Join("\n\n", crashes));
        return diagnostics;
    }

    /// <summary>The additional files and config options of a test, as analyzers and generators get them.</summary>
    public static AnalyzerOptions OptionsOf(RuleTestOptions options)
    {
        var configs = AnalyzerConfigFiles.SetOf(options);
        ImmutableArray<AdditionalText> additionalFiles = [.. options.AdditionalFiles.Select(file => new MemoryText("/0/" + file.Path, file.Text))];
        return configs is null ? new AnalyzerOptions(additionalFiles) : new AnalyzerOptions(additionalFiles, new ConfigOptionsProvider(configs));
    }

    internal static async Task<ImmutableArray<Diagnostic>> GetDiagnosticsAsync(ImmutableArray<DiagnosticAnalyzer> analyzers, TestCase test) =>
        [.. (await GetAllAsync(analyzers, test)).Where(diagnostic => TakesPart(diagnostic, test.Options))];

    /// <summary>Whether a test has to expect the diagnostic: from an analyzer, an error, or listed.</summary>
    internal static bool TakesPart(Diagnostic diagnostic, RuleTestOptions options) =>
        !diagnostic.IsSuppressed
        && (diagnostic.Severity == DiagnosticSeverity.Error || !IsUnlistedCompilerDiagnostic(diagnostic, options));

    internal static IEnumerable<Diagnostic> InSourceOrder(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
        .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal);

    private static bool IsUnlistedCompilerDiagnostic(Diagnostic diagnostic, RuleTestOptions options) =>
        diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler) && !options.CompilerDiagnosticIds.Contains(diagnostic.Id);

    private static async Task<IEnumerable<Diagnostic>> GetAllAsync(ImmutableArray<DiagnosticAnalyzer> analyzers, TestCase test)
    {
        var options = OptionsOf(test.Options);
        var diagnostics = new List<Diagnostic>();
        foreach (var compilation in Compile(test))
            diagnostics.AddRange(await RunAsync(compilation, analyzers, options).ConfigureAwait(false));
        return InSourceOrder(diagnostics);
    }

    private static ImmutableArray<CSharpCompilation> Compile(TestCase test)
    {
        var configs = AnalyzerConfigFiles.SetOf(test.Options);
        var severities = configs is null ? null : new ConfigSeverities(configs);
        var compilations = ImmutableArray.CreateBuilder<CSharpCompilation>(test.Projects.Length);
        foreach (var project in test.Projects)
        {
            compilations.Add(CSharpCompilation.Create(
                project.AssemblyName,
                project.Files.Select(file => CSharpSyntaxTree.ParseText(file.Text, project.ParseOptions, file.Path)),
                [.. project.References, .. compilations.Select(other => other.ToMetadataReference())],
                project.CompilationOptions.WithSyntaxTreeOptionsProvider(severities)));
        }

        return compilations.ToImmutable();
    }
}
