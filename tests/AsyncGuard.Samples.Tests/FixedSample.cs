using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Samples.Tests;

/// <summary>
/// A sample, to which Fix All of every rule is applied, with the actions that need no review, until nothing is left to fix.
/// </summary>
internal sealed class FixedSample : IDisposable
{
    private const int MostRounds = 20;

    private static readonly ImmutableArray<CodeFixProvider> Fixes =
    [
        .. typeof(BlockingSleepFix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(CodeFixProvider)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);

    private FixedSample(string folder)
    {
        var id = ProjectId.CreateNewId();
        var solution = _workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            Path.GetFileName(folder),
            Path.GetFileName(folder),
            LanguageNames.CSharp,
            compilationOptions: SampleSources.Compiling,
            parseOptions: SampleSources.Parsing,
            metadataReferences: SampleSources.References(folder)));
        foreach (var (path, text) in SampleSources.Of(folder))
            solution = solution.AddDocument(DocumentId.CreateNewId(id), path, SourceText.From(text, Encoding.UTF8), [], path);
        Project = solution.GetProject(id)!;
    }

    public Project Project { get; private set; }

    public static async Task<FixedSample> OfAsync(string folder)
    {
        var sample = new FixedSample(folder);
        for (var round = 0; await sample.ApplyRoundAsync(); round++)
            Assert.True(round < MostRounds, $"{folder}: there is still something to fix after {MostRounds} rounds");
        return sample;
    }

    /// <summary>What the analyzers report, and what the compiler calls an error.</summary>
    public Task<ImmutableArray<Diagnostic>> DiagnosticsAsync() => DiagnosticsAsync(SampleSources.Analyzers);

    public void Dispose() => _workspace.Dispose();

    private async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var found = await AnalyzerRun.RunAsync((await Project.GetCompilationAsync())!, analyzers, new AnalyzerOptions([]));
        return [.. found.Where(one => one.Severity > DiagnosticSeverity.Hidden)
            .OrderBy(one => one.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(one => one.Location.SourceSpan.Start)];
    }

    // One round: each fix that could have something to do, once. Its rules look again at what the fixes before it wrote.
    private async Task<bool> ApplyRoundAsync()
    {
        var found = await DiagnosticsAsync();
        var hasChanged = false;
        foreach (var fix in Fixes.Where(fix => found.Any(one => fix.FixableDiagnosticIds.Contains(one.Id))))
        {
            ImmutableArray<DiagnosticAnalyzer> own = [.. SampleSources.Analyzers.Where(
                analyzer => analyzer.SupportedDiagnostics.Any(rule => fix.FixableDiagnosticIds.Contains(rule.Id)))];
            foreach (var (key, group) in await ActionsAsync(fix, hasChanged ? await DiagnosticsAsync(own) : found))
            {
                if (!await ApplyAsync(fix, key, group)) continue;
                hasChanged = true;
                break;
            }
        }

        return hasChanged;
    }

    // The findings by the first action that needs no review.
    private async Task<Dictionary<string, List<Diagnostic>>> ActionsAsync(CodeFixProvider fix, ImmutableArray<Diagnostic> found)
    {
        var groups = new Dictionary<string, List<Diagnostic>>();
        foreach (var diagnostic in found.Where(one => fix.FixableDiagnosticIds.Contains(one.Id)))
        {
            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(new CodeFixContext(Project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic,
                (action, _) => actions.Add(action), CancellationToken.None));
            if (actions.Find(action => !action.Title.EndsWith("(review)", StringComparison.Ordinal)) is not { EquivalenceKey: { } key })
                continue;
            if (!groups.TryGetValue(key, out var group)) groups.Add(key, group = []);
            group.Add(diagnostic);
        }

        return groups;
    }

    private async Task<bool> ApplyAsync(CodeFixProvider fix, string key, List<Diagnostic> diagnostics)
    {
        var context = new FixAllContext(Project, fix, FixAllScope.Project, key, diagnostics.Select(one => one.Id).Distinct(),
            new Known(diagnostics), CancellationToken.None);
        if (await fix.GetFixAllProvider()!.GetFixAsync(context) is not { } action) return false;
        var changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        if (!changed.GetChanges(Project.Solution).GetProjectChanges().Any()) return false;
        Project = changed.GetProject(Project.Id)!;
        var errors = (await Project.GetCompilationAsync())!.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error);
        Assert.True(!errors.Any(), $"{action.Title}: {string.Join('\n', errors)}");
        return true;
    }

    private sealed class Known(IReadOnlyCollection<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(diagnostics.Where(one => document.Project.GetDocument(one.Location.SourceTree)?.Id == document.Id));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
