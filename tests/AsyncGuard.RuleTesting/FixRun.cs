using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// A project with analyzers and a fix, without expectations: lists and applies code actions, and shows what they write. Applying leads to a
/// new run; this one stays as it is.
/// </summary>
public sealed class FixRun
{
    private const int MostIterations = 30;

    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly CodeFixProvider _fix;
    private readonly RuleTestOptions _options;
    private readonly Project _project;

    private FixRun(ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, RuleTestOptions options, Project project)
    {
        _analyzers = analyzers;
        _fix = fix;
        _options = options;
        _project = project;
    }

    /// <summary>Takes the source as it is, without markup.</summary>
    public static FixRun Start(ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, string source, RuleTestOptions options) =>
        new(analyzers, fix, options, TestSolution.Create(TestSource.Of(source, options), options));

    /// <summary>
    /// The diagnostics of the analyzers, compiler errors, and the compiler warnings that the options list; in source order.
    /// </summary>
    public async Task<ImmutableArray<Diagnostic>> GetDiagnosticsAsync()
    {
        var compilation = (await _project.GetCompilationAsync().ConfigureAwait(false))!;
        return AnalyzerRun.InSourceOrder(
            (await AnalyzerRun.RunAsync(compilation, _analyzers, _project.AnalyzerOptions).ConfigureAwait(false)).Where(
            diagnostic => !diagnostic.IsSuppressed
                && (diagnostic.Severity == DiagnosticSeverity.Error || !AnalyzerRun.IsUnlistedCompilerDiagnostic(diagnostic, _options))));
    }

    /// <summary>What the fix offers for a diagnostic of this run, in order.</summary>
    public async Task<ImmutableArray<CodeAction>> GetActionsAsync(Diagnostic diagnostic)
    {
        if (!_fix.FixableDiagnosticIds.Contains(diagnostic.Id) || _project.GetDocument(diagnostic.Location.SourceTree) is not { } document)
            return [];

        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        await _fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action),
            CancellationToken.None)).ConfigureAwait(false);
        return actions.ToImmutable();
    }

    public async Task<FixRun> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None).ConfigureAwait(false);
        return new(_analyzers, _fix, _options,
            operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(_project.Id)!);
    }

    /// <summary>Fails where other rules report more after a fix than in this run.</summary>
    internal async Task RequireOthersSilentAsync(FixRun changed, string subject)
    {
        var before = (await _project.GetCompilationAsync().ConfigureAwait(false))!;
        var after = (await changed._project.GetCompilationAsync().ConfigureAwait(false))!;
        await OtherRules.RequireSilentAsync(_analyzers, [(before, after)], _project.AnalyzerOptions, subject).ConfigureAwait(false);
    }

    /// <summary>Applies the first action of the first diagnostic that offers any, until none does. Never to end fails the test.</summary>
    public async Task<FixRun> ApplyOneByOneAsync()
    {
        var run = this;
        for (var i = 0; i < MostIterations; i++)
        {
            if (await run.FindNextAsync().ConfigureAwait(false) is not { } action) return run;
            run = await run.ApplyAsync(action).ConfigureAwait(false);
        }

        Assert.Fail($"There is still something to fix after {MostIterations} fixes:\n{await run.GetSourceAsync().ConfigureAwait(false)}");
        throw new InvalidOperationException();
    }

    /// <summary>
    /// The text of the file under test, as a test would write it: for <see cref="SourceKind.Members"/>, only the members.
    /// </summary>
    public async Task<string> GetSourceAsync()
    {
        var text = await _project.Documents.Single(document => document.FilePath == TestSource.MainPath).GetTextAsync()
            .ConfigureAwait(false);
        return TestSource.Unwrap(text.ToString(), _options.Kind);
    }

    /// <summary>The text of all files.</summary>
    internal async Task<ProjectFiles> GetFilesAsync()
    {
        var sources = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var document in _project.Documents)
            sources.Add((document.FilePath ?? "/0/" + document.Name, (await document.GetTextAsync().ConfigureAwait(false)).ToString()));
        return TestSource.Of("", _options) with { Sources = sources.ToImmutable() };
    }

    private async Task<CodeAction?> FindNextAsync()
    {
        foreach (var diagnostic in await GetDiagnosticsAsync().ConfigureAwait(false))
        {
            if (await GetActionsAsync(diagnostic).ConfigureAwait(false) is [var first, ..]) return first;
        }

        return null;
    }
}
