using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Testing.Model;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// A test of the library, on the solutions that our tests share. Beyond what it verifies, the fixed program is compiled to code, and has no
/// warning that the original had not.
/// </summary>
internal sealed class CodeFixRuleTest : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    private const int MostIterations = 30;

    // These report outside of the operation that they look at, such as the second use of what is declared there, which editors learn only
    // from an analysis of the whole file.
    private static readonly ImmutableArray<string> NotLocal = ["AGD0212", "AGD0213"];

    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly CodeFixProvider _fix;
    private readonly RuleTestOptions _options;
    private readonly AnalysisCache _analyses;
    private readonly List<(string Text, Project Project)> _projects = [];

    public CodeFixRuleTest(ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, RuleTestOptions options, bool isRepetition)
    {
        _analyzers = analyzers;
        _fix = fix;
        _options = options;
        _analyses = new(analyzers, diagnostic => IsCompilerDiagnosticIncluded(diagnostic, CompilerDiagnostics.Errors));

        // Severities are not marked; "$$" is code; suppression by pragma is the compiler's and tested there.
        MarkupOptions = MarkupOptions.UseFirstDescriptor | MarkupOptions.TreatPositionIndicatorsAsCode;
        TestBehaviors = TestBehaviors.SkipSuppressionCheck | TestBehaviors.SkipGeneratedCodeCheck;
        CodeActionEquivalenceKey = options.ActionKey;
        CodeActionIndex = options.ActionKey is null ? options.ActionIndex : null;
        NumberOfIncrementalIterations = options.FixIterations ?? -MostIterations;
        NumberOfFixAllIterations = options.FixAllIterations;
        CodeFixTestBehaviors = (options.SkipFixAll ? CodeFixTestBehaviors.SkipFixAllCheck : 0)
            | (isRepetition ? CodeFixTestBehaviors.SkipFixAllInDocumentCheck | CodeFixTestBehaviors.SkipFixAllInProjectCheck : 0)
            | (options.FixIterations == 1 ? CodeFixTestBehaviors.FixOne : 0)
            | (fix.FixableDiagnosticIds.Any(NotLocal.Contains) ? CodeFixTestBehaviors.SkipLocalDiagnosticCheck : 0);
    }

    /// <summary>Where set, actions are collected, one list for each diagnostic that the fix knows, instead of applied.</summary>
    public List<ImmutableArray<CodeAction>>? Offered { get; set; }

    public static void Fill(SolutionState state, ProjectFiles files, ImmutableArray<DiagnosticResult> expected)
    {
        files.Fill(state);

        // Additional locations are compared only where a test names any.
        state.ExpectedDiagnostics.AddRange(expected.Select(
            result => result.Spans.Length <= 1 ? result.WithOptions(result.Options | DiagnosticOptions.IgnoreAdditionalLocations)
                : result));
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => _analyzers;

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [_fix];

    protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) =>
        analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).DistinctBy(descriptor => descriptor.Id).ToList() is [var only]
        ? only : null;

    protected override bool IsCompilerDiagnosticIncluded(Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        diagnostic.Severity == DiagnosticSeverity.Error || _options.CompilerDiagnosticIds.Contains(diagnostic.Id);

    protected override ImmutableArray<CodeAction> FilterCodeActions(ImmutableArray<CodeAction> actions)
    {
        if (Offered is null) return base.FilterCodeActions(actions);
        Offered.Add(actions);
        return [];
    }

    // The library asks for the project of one state up to five times.
    protected override Task<Project> CreateProjectImplAsync(
        EvaluatedProjectState primaryProject, ImmutableArray<EvaluatedProjectState> additionalProjects, CancellationToken cancellationToken)
    {
        var files = ProjectFiles.Of(primaryProject, additionalProjects);
        var text = string.Join('\0',
            files.Sources.Concat(files.Referenced.SelectMany(project => project.Sources))
                .SelectMany(file => new[] { file.Path, file.Text }));
        lock (_projects)
        {
            if (_projects.FirstOrDefault(known => known.Text == text).Project is not { } project)
                _projects.Add((text, project = base.ApplyCompilationOptions(TestSolution.Create(files, _options))));
            return Task.FromResult(project);
        }
    }

    protected override Project ApplyCompilationOptions(Project project) => project;

    protected override async Task<(Compilation compilation, ImmutableArray<Diagnostic> generatorDiagnostics)> GetProjectCompilationAsync(
        Project project, IVerifier verifier, CancellationToken cancellationToken) =>
        ((await _analyses.GetAsync(project, cancellationToken).ConfigureAwait(false)).Shown, []);

    protected override CompilationWithAnalyzers CreateCompilationWithAnalyzers(
        Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, AnalyzerOptions options,
        CancellationToken cancellationToken) => _analyses.Get(compilation, options);

    protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        await base.RunImplAsync(cancellationToken).ConfigureAwait(false);
        if (FixedState.Sources.Count > 0 && Offered is null)
            await VerifyCompilesAsync(_projects[0].Project.Solution, _projects[^1].Project.Solution, cancellationToken)
                .ConfigureAwait(false);
    }

    private async Task VerifyCompilesAsync(Solution original, Solution changed, CancellationToken cancellationToken)
    {
        var before = new List<Diagnostic>();
        foreach (var project in original.Projects)
            before.AddRange((await _analyses.GetAsync(project, cancellationToken).ConfigureAwait(false)).CompilerDiagnostics);

        var projects = new List<(Compilation Before, Compilation After)>();

        // Some errors only generating code finds, such as a span that lives across an await.
        var after = new List<Diagnostic>();
        foreach (var project in changed.Projects)
        {
            var compilation = (await _analyses.GetAsync(project, cancellationToken).ConfigureAwait(false)).Compilation;
            after.AddRange(compilation.Emit(Stream.Null, cancellationToken: cancellationToken).Diagnostics);
            if (original.Projects.FirstOrDefault(known => known.Name == project.Name) is { } same)
                projects.Add(((await _analyses.GetAsync(same, cancellationToken).ConfigureAwait(false)).Compilation, compilation));
        }

        var marked = FixedState.Sources.Concat(FixedState.AdditionalProjects.Values.SelectMany(project => project.Sources))
            .Select(file => file.content.ToString()).ToList();
        var errors =
            after.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
            && !marked.Any(text => text.Contains($"{{|{diagnostic.Id}:", StringComparison.Ordinal)));
        var warnings = after.Where(IsWarning).GroupBy(diagnostic => diagnostic.Id)
            .Where(added => added.Count() > before.Count(diagnostic => IsWarning(diagnostic) && diagnostic.Id == added.Key))
            .SelectMany(added => added);
        RequireNone("Errors of the fixed code", errors);
        RequireNone("Warnings that the fix adds", warnings);
        await OtherRules.RequireSilentAsync(_analyzers, projects, changed.Projects.First().AnalyzerOptions, "").ConfigureAwait(false);
    }

    private static void RequireNone(string what, IEnumerable<Diagnostic> diagnostics) =>
        Verify.True(!diagnostics.Any(), $"{what}:\n{string.Join('\n', diagnostics)}");

    // Those that are listed take part in the markup.
    private bool IsWarning(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Warning && !diagnostic.IsSuppressed
        && !_options.CompilerDiagnosticIds.Contains(diagnostic.Id);
}
