using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Cli.Auditing;
using AsyncGuard.Cli.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Cli.Fixing;

/// <summary>
/// Fix All of every rule, project by project, until nothing is left to fix. A file that several target frameworks share gets the same text
/// in each,
/// and a change after which one of them has an error that it did not have before is dropped.
/// </summary>
internal sealed class FixRun(LoadedSolution loaded, IReadOnlySet<string>? rules, bool safeOnly, TextWriter progress)
{
    private const int MostPasses = 50;
    private const string ReviewMark = "(review)";

    private readonly HashSet<(ProjectId Project, string File, string Key, string Code)> _dropped = [];
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);
    private Solution _solution = null!;

    /// <summary>How many findings of each rule were fixed.</summary>
    public SortedDictionary<string, int> Applied { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Notes => _notes;

    public async Task<IReadOnlyList<FileChange>> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var id in loaded.Order) await loaded.ReadEncodingsAsync(id, cancellationToken).ConfigureAwait(false);
        _solution = loaded.Solution;
        foreach (var id in loaded.Projects)
        {
            var pass = 0;
            while (pass < MostPasses && await ApplyNextAsync(id, cancellationToken).ConfigureAwait(false)) pass++;
            if (pass == MostPasses) _notes.Add($"{_solution.GetProject(id)!.Name}: stopped after {MostPasses} passes.");
            await progress.WriteLineAsync($"{_solution.GetProject(id)!.Name}: {pass} passes").ConfigureAwait(false);
        }

        return await ChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Applies Fix All for the first action that is offered for any finding of the project. False where nothing was changed.
    /// </summary>
    private async Task<bool> ApplyNextAsync(ProjectId id, CancellationToken cancellationToken)
    {
        var project = _solution.GetProject(id)!;
        var result = await ProjectDiagnostics.OfAsync(project, rules, cancellationToken).ConfigureAwait(false);
        foreach (var crash in result.Crashes) _notes.Add($"{project.Name}: {crash}");
        var baseline = project.FilePath is { } file ? ProjectFiles.ReadBaseline(file) : null;
        var fixable = result.Diagnostics.Where(diagnostic => diagnostic.Location.SourceTree is not null);
        if (baseline is not null)
        {
            fixable = fixable.Where(
                diagnostic =>
                    AsyncGuard.Baselines.BaselineEntry.Of(diagnostic, result.Compilation.GetSemanticModel(diagnostic.Location.SourceTree!),
                    cancellationToken) is not { } entry || !baseline.Contains(entry));
        }

        var open = fixable.ToImmutableArray();
        foreach (var provider in RuleAssemblies.Of(project).Fixes)
        {
            var own = open.Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id)).ToImmutableArray();
            foreach (var key in await KeysAsync(project, provider, own, cancellationToken).ConfigureAwait(false))
            {
                if (await ApplyAsync(project, provider, key.Key, key.ToImmutableArray(), cancellationToken).ConfigureAwait(false))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The findings by the action that is offered first for them.</summary>
    private async Task<IEnumerable<IGrouping<string, Diagnostic>>> KeysAsync(Project project, CodeFixProvider provider,
        ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var keys = new List<(string Key, Diagnostic Diagnostic)>();
        foreach (var diagnostic in diagnostics)
        {
            if (project.GetDocument(diagnostic.Location.SourceTree) is not { } document) continue;
            CodeAction? first = null;
            var context = new CodeFixContext(document, diagnostic, (action, _) =>
            {
                if (!safeOnly || !action.Title.EndsWith(ReviewMark, StringComparison.Ordinal)) first ??= action;
            }, cancellationToken);
            await provider.RegisterCodeFixesAsync(context).ConfigureAwait(false);
            if (first?.EquivalenceKey is { } key && !_dropped.Contains(DroppedBy(project.Id, diagnostic, key))) keys.Add((key, diagnostic));
        }

        return keys.GroupBy(pair => pair.Key, pair => pair.Diagnostic);
    }

    private async Task<bool> ApplyAsync(Project project, CodeFixProvider provider, string key, ImmutableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken)
    {
        if (provider.GetFixAllProvider() is not { } all) return false;
        var ids = diagnostics.Select(diagnostic => diagnostic.Id).Distinct();
        var context =
            new FixAllContext(project, provider, FixAllScope.Project, key, ids, new ReportedDiagnostics(diagnostics), cancellationToken);
        if (await all.GetFixAsync(context).ConfigureAwait(false) is not { } action) return false;
        var operations = await action.GetOperationsAsync(cancellationToken).ConfigureAwait(false);
        if (operations.OfType<ApplyChangesOperation>().FirstOrDefault()?.ChangedSolution is not { } changed) return false;

        var shared = await ShareAsync(project.Solution, changed, cancellationToken).ConfigureAwait(false);
        if (shared is null) return false;
        if (await NewErrorAsync(project.Solution, shared, cancellationToken).ConfigureAwait(false) is { } error)
        {
            // One by one, so that the findings whose change compiles get it all the same.
            if (diagnostics.Length > 1)
            {
                foreach (var diagnostic in diagnostics)
                {
                    if (await ApplyAsync(project, provider, key, [diagnostic], cancellationToken).ConfigureAwait(false)) return true;
                }

                return false;
            }

            var place = diagnostics[0].Location.GetLineSpan();
            _dropped.Add(DroppedBy(project.Id, diagnostics[0], key));
            _notes.Add(
                $"{place.Path}({place.StartLinePosition.Line + 1}): '{action.Title}' was left out, because it does not compile in every target framework: {error}");
            return false;
        }

        _solution = shared;
        foreach (var group in diagnostics.GroupBy(diagnostic => diagnostic.Id))
            Applied[group.Key] = Applied.GetValueOrDefault(group.Key) + group.Count();
        return true;
    }

    // By its code and not by its line, which other fixes move. Another framework may offer a form that compiles in all.
    private static (ProjectId Project, string File, string Key, string Code) DroppedBy(ProjectId project, Diagnostic diagnostic, string key)
    {
        var text = diagnostic.Location.SourceTree!.GetText();
        return (project, diagnostic.Location.SourceTree.FilePath, key,
            text.Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start).ToString());
    }

    /// <summary>Gives every document of a changed file the same text; null where nothing has changed.</summary>
    private static async Task<Solution?> ShareAsync(Solution before, Solution after, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        foreach (var change in after.GetChanges(before).GetProjectChanges())
        {
            foreach (var id in change.GetChangedDocuments().Concat(change.GetAddedDocuments()))
            {
                var document = after.GetDocument(id)!;
                var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                if (document.FilePath is not { } path) continue;
                if (before.GetDocument(id) is { } old
                    && text.ContentEquals(await old.GetTextAsync(cancellationToken).ConfigureAwait(false)))
                    continue;
                texts.TryAdd(path, text);
            }
        }

        if (texts.Count == 0) return null;
        foreach (var (path, text) in texts)
        {
            foreach (var id in after.GetDocumentIdsWithFilePath(path)) after = after.WithDocumentText(id, text);
        }

        return after;
    }

    private static async Task<string?> NewErrorAsync(Solution before, Solution after, CancellationToken cancellationToken)
    {
        foreach (var change in after.GetChanges(before).GetProjectChanges())
        {
            var known = await ErrorsAsync(change.OldProject, cancellationToken).ConfigureAwait(false);
            foreach (var (error, count) in await ErrorsAsync(change.NewProject, cancellationToken).ConfigureAwait(false))
            {
                if (known.GetValueOrDefault(error) < count) return error;
            }
        }

        return null;
    }

    private static async Task<Dictionary<string, int>> ErrorsAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        return compilation!.GetDiagnostics(cancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .GroupBy(diagnostic => $"{diagnostic.Id} {diagnostic.GetMessage()}")
            .ToDictionary(group => group.Key, group => group.Count());
    }

    private async Task<IReadOnlyList<FileChange>> ChangesAsync(CancellationToken cancellationToken)
    {
        var changes = new SortedDictionary<string, FileChange>(StringComparer.Ordinal);
        foreach (var change in _solution.GetChanges(loaded.Solution).GetProjectChanges())
        {
            foreach (var id in change.GetChangedDocuments().Concat(change.GetAddedDocuments()))
            {
                var after = _solution.GetDocument(id)!;
                if (after.FilePath is not { } path || changes.ContainsKey(path)) continue;
                var text = (await after.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
                var old = loaded.Solution.GetDocument(id) is { } before
                    ? await before.GetTextAsync(cancellationToken).ConfigureAwait(false) : null;
                if (old?.ToString() != text)
                    changes.Add(path,
                        new FileChange(path, old?.ToString(), text,
                            await EncodingOfAsync(path, old, cancellationToken).ConfigureAwait(false)));
            }
        }

        return [.. changes.Values];
    }

    // With the byte order mark that the file has, or without one.
    private static async Task<Encoding> EncodingOfAsync(string path, SourceText? text, CancellationToken cancellationToken)
    {
        if (text?.Encoding is { } encoding and not UTF8Encoding) return encoding;
        if (!File.Exists(path)) return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var head = new byte[3];
        var stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            var read = await stream.ReadAtLeastAsync(head, 3, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: read == 3 && head.AsSpan().SequenceEqual(Encoding.UTF8.Preamble));
        }
    }
}
