using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.RuleTesting;

/// <summary>A solution with analyzers and a fix: lists and applies code actions. Applying leads to a new run; this one stays as it is.</summary>
public sealed class FixRun
{
    private static readonly Lazy<MefHostServices> Host = new(() => MefHostServices.DefaultHost);

    private const int MaxIterations = 30;

    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly CodeFixProvider _fix;
    private readonly RuleTestOptions _options;
    private ImmutableArray<Diagnostic> _diagnostics;

    private FixRun(ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, RuleTestOptions options, Solution solution)
    {
        _analyzers = analyzers;
        _fix = fix;
        _options = options;
        Solution = solution;
    }

    public Solution Solution { get; }

    /// <summary>Takes the sources as they are, without markup.</summary>
    public static FixRun Start(ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, string source, RuleTestOptions options) =>
        Start(analyzers, fix, TestCase.CreateWithoutMarkup(source, options));

    /// <summary>The diagnostics of the analyzers, compiler errors, and the compiler warnings that the options list; in source order.</summary>
    public async Task<ImmutableArray<Diagnostic>> GetDiagnosticsAsync()
    {
        if (!_diagnostics.IsDefault)
            return _diagnostics;

        var all = new List<Diagnostic>();
        foreach (var project in Solution.Projects)
        {
            var compilation = await project.GetCompilationAsync().ConfigureAwait(false);
            all.AddRange(await AnalyzerRun.RunAsync(compilation!, _analyzers, project.AnalyzerOptions).ConfigureAwait(false));
        }

        return _diagnostics = [.. AnalyzerRun.InSourceOrder(all.Where(diagnostic => AnalyzerRun.TakesPart(diagnostic, _options)))];
    }

    /// <summary>What the fix offers for a diagnostic of this run, in order.</summary>
    public async Task<ImmutableArray<CodeAction>> GetActionsAsync(Diagnostic diagnostic)
    {
        if (!_fix.FixableDiagnosticIds.Contains(diagnostic.Id) || DocumentOf(diagnostic) is not { } document)
            return [];

        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        await _fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None)).ConfigureAwait(false);
        return actions.ToImmutable();
    }

    public async Task<FixRun> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None).ConfigureAwait(false);
        if (operations.OfType<ApplyChangesOperation>().ToList() is not [var operation])
        {
            Assert.Fail($"\"{action.Title}\" does not change the solution exactly once, but has {operations.Length} operations");
            throw new InvalidOperationException();
        }

        return new(_analyzers, _fix, _options, operation.ChangedSolution);
    }

    /// <summary>Applies the action that the options choose to the first diagnostic that offers it; null when none does.</summary>
    public async Task<FixRun?> ApplyNextAsync() => await FindNextAsync(static _ => true).ConfigureAwait(false) is { } next ? await ApplyAsync(next.Action).ConfigureAwait(false) : null;

    /// <summary>Applies one fix after the other until nothing is left to fix, or as often as the options say. Never to come to an end fails the test.</summary>
    public async Task<FixRun> ApplyOneByOneAsync()
    {
        var run = this;
        var iterations = 0;
        while (iterations != _options.FixIterations && await run.ApplyNextAsync().ConfigureAwait(false) is { } next)
        {
            if (++iterations > MaxIterations)
                Assert.Fail($"There is still something to fix after {MaxIterations} fixes:\n{await next.GetSourceAsync().ConfigureAwait(false)}");
            if ((await next.GetTextsAsync().ConfigureAwait(false)).SequenceEqual(await run.GetTextsAsync().ConfigureAwait(false)))
                Assert.Fail("The fix changes nothing");
            run = next;
        }

        if (_options.FixIterations is { } wanted && wanted != iterations)
            Assert.Fail($"Expected {wanted} fixes, but after {iterations} nothing is left to fix");
        return run;
    }

    /// <summary>
    /// One round of Fix All: for document and project scope, in every document or project in turn. Null when nothing is left to fix.
    /// </summary>
    public async Task<FixRun?> FixAllAsync(FixAllScope scope)
    {
        var run = this;
        foreach (var group in await GroupsAsync(scope).ConfigureAwait(false))
        {
            // Fixing one document may have fixed the next.
            if (await run.FindNextAsync(diagnostic => group.Equals(run.GroupOf(diagnostic, scope))).ConfigureAwait(false) is { } next)
                run = await run.FixAllAsync(scope, next.Diagnostic, next.Action).ConfigureAwait(false);
        }

        return run == this ? null : run;
    }

    /// <summary>The text of every document by path, with <c>\n</c> at the ends of lines.</summary>
    public async Task<ImmutableSortedDictionary<string, string>> GetTextsAsync()
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var document in Solution.Projects.SelectMany(project => project.Documents))
        {
            var text = await document.GetTextAsync().ConfigureAwait(false);
            texts.Add(document.FilePath ?? PathOfAdded(document), text.ToString().ReplaceLineEndings("\n"));
        }

        return texts.ToImmutable();
    }

    /// <summary>The text of the file under test, including what the harness wrote around its members.</summary>
    public async Task<string> GetTextAsync() => (await GetTextsAsync().ConfigureAwait(false))[TestCase.MainPath];

    /// <summary>The same as a test would write it: for <see cref="SourceKind.Members"/>, only the members.</summary>
    public async Task<string> GetSourceAsync() => TestCase.Unwrap(await GetTextAsync().ConfigureAwait(false), _options.Kind);

    internal static FixRun Start(ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, TestCase test)
    {
        var configs = AnalyzerConfigFiles.Of(test.Options);
        var solution = new AdhocWorkspace(Host.Value).CurrentSolution;
        foreach (var project in test.Projects)
        {
            var id = ProjectId.CreateNewId();
            DocumentInfo Document(string path, SourceText text) => DocumentInfo.Create(
                DocumentId.CreateNewId(id),
                path[(path.LastIndexOf('/') + 1)..],
                path.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..^1],
                loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Default, path)),
                filePath: path);

            var references = solution.ProjectIds.Select(other => new ProjectReference(other)).ToList();
            solution = solution.AddProject(ProjectInfo.Create(
                id,
                VersionStamp.Default,
                project.AssemblyName,
                project.AssemblyName,
                LanguageNames.CSharp,
                compilationOptions: project.CompilationOptions,
                parseOptions: project.ParseOptions,
                documents: project.Files.Select(file => Document(file.Path, file.Text)),
                projectReferences: references,
                metadataReferences: project.References,
                additionalDocuments: test.Options.AdditionalFiles.Select(file => Document("/0/" + file.Path, SourceText.From(file.Text)))));

            foreach (var (path, text) in configs)
                solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), path[1..], SourceText.From(text), filePath: path);
        }

        return new(analyzers, fix, test.Options, solution);
    }

    internal bool HasFixAll => _fix.GetFixAllProvider() is not null;

    /// <summary>Errors that only generating code finds, such as a span that lives across an await.</summary>
    internal async Task<ImmutableArray<Diagnostic>> GetEmitErrorsAsync()
    {
        var errors = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var project in Solution.Projects)
        {
            var compilation = await project.GetCompilationAsync().ConfigureAwait(false);
            errors.AddRange(compilation!.Emit(System.IO.Stream.Null).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }

        return errors.ToImmutable();
    }

    private async Task<FixRun> FixAllAsync(FixAllScope scope, Diagnostic diagnostic, CodeAction chosen)
    {
        var provider = _fix.GetFixAllProvider();
        if (provider is null || !provider.GetSupportedFixAllScopes().Contains(scope))
            Assert.Fail($"{_fix.GetType().Name} does not offer Fix All in {scope}");

        var action = await provider.GetFixAsync(new FixAllContext(
            DocumentOf(diagnostic)!,
            _fix,
            scope,
            chosen.EquivalenceKey!,
            _fix.FixableDiagnosticIds,
            new FixAllDiagnostics(await GetDiagnosticsAsync().ConfigureAwait(false)),
            CancellationToken.None)).ConfigureAwait(false);
        if (action is null)
            Assert.Fail($"Fix All in {scope} finds nothing to do for \"{chosen.Title}\" (equivalence key {chosen.EquivalenceKey ?? "null"})");
        return await ApplyAsync(action).ConfigureAwait(false);
    }

    private async Task<(Diagnostic Diagnostic, CodeAction Action)?> FindNextAsync(Func<Diagnostic, bool> isWanted)
    {
        foreach (var diagnostic in (await GetDiagnosticsAsync().ConfigureAwait(false)).Where(isWanted))
        {
            var actions = await GetActionsAsync(diagnostic).ConfigureAwait(false);
            var action = _options.ActionKey is { } key ? actions.FirstOrDefault(offered => offered.EquivalenceKey == key) : actions.ElementAtOrDefault(_options.ActionIndex);
            if (action is not null)
                return (diagnostic, action);
        }

        return null;
    }

    private async Task<ImmutableArray<object>> GroupsAsync(FixAllScope scope) =>
        [.. (await GetDiagnosticsAsync().ConfigureAwait(false)).Where(diagnostic => diagnostic.Location.IsInSource).Select(diagnostic => GroupOf(diagnostic, scope)).Distinct()];

    private object GroupOf(Diagnostic diagnostic, FixAllScope scope) => (scope, DocumentOf(diagnostic)) switch
    {
        (FixAllScope.Document, { } document) => document.Id,
        (FixAllScope.Project, { } document) => document.Project.Id,
        _ => Solution.Id,
    };

    // As if it had been among the files of the test.
    private string PathOfAdded(Document document) =>
        string.Join('/', [document.Project.AssemblyName == _options.AssemblyName ? "/0" : "/" + document.Project.AssemblyName, .. document.Folders, document.Name]);

    private Document? DocumentOf(Diagnostic diagnostic) => Solution.GetDocument(diagnostic.Location.SourceTree);
}
