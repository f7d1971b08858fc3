using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Cli.Fixing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Corpus;

/// <summary>
/// Applies each action that a project offers to all its findings, looks at the result again, and applies it once more: the second run must
/// find nothing to do.
/// </summary>
internal sealed class FixAllCheck(Solution original, CorpusOptions options, FixTable table, TextWriter output)
{
    private const int MostRounds = 4;

    private readonly EmitCheck _emit = new(original);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public async Task ApplyAsync(ProjectId id, ImmutableArray<Diagnostic> findings)
    {
        foreach (var rule in findings.GroupBy(finding => finding.Id))
        {
            foreach (var fix in Rules.FixesOf(rule.Key))
            {
                foreach (var key in await KeysAsync(original.GetProject(id)!, fix, rule))
                    await ApplyAsync(id, fix, rule.Key, key, [.. rule]);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(Project project, CodeFixProvider fix, IEnumerable<Diagnostic> findings)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            if (project.GetDocument(finding.Location.SourceTree) is not { } document) continue;
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => keys.Add(action.EquivalenceKey!),
                CancellationToken.None));
        }

        return [.. keys];
    }

    private async Task ApplyAsync(ProjectId id, CodeFixProvider fix, string rule, string key, ImmutableArray<Diagnostic> findings)
    {
        if (fix.GetFixAllProvider() is not { } all || !IsNew(original.GetProject(id)!, key, findings)) return;
        var row = table[rule];
        row.FixAlls++;
        var solution = original;
        var rounds = 0;
        while (rounds < MostRounds)
        {
            var project = solution.GetProject(id)!;
            var context =
                new FixAllContext(project, fix, FixAllScope.Project, key, [rule], new ReportedDiagnostics(findings),
                CancellationToken.None);
            if (await all.GetFixAsync(context) is not { } action) break;
            var operations = await action.GetOperationsAsync(CancellationToken.None);
            var changed = operations.OfType<ApplyChangesOperation>().SingleOrDefault()?.ChangedSolution ?? solution;
            var texts = await ChangedTexts.OfAsync(solution, changed);
            if (texts.Count == 0) break;
            rounds++;
            if (rounds == 1) row.FixAllFiles += FilesOf(texts.Keys);
            if (rounds == 2) row.FixAllFilesAgain += FilesOf(texts.Keys);
            if (rounds > 1)
            {
                output.WriteLine($"AGAIN {rule} {key} {project.Name}: round {rounds} changes");
                await ChangedTexts.PrintAsync(solution, texts, output);
            }

            solution = changed;
            var run = await CorpusRun.AnalyzeAsync(solution.GetProject(id)!, options with { Rules = [rule] }, asksCompiler: false);
            findings = run.Findings;
        }

        row.FixAllRounds = Math.Max(row.FixAllRounds, rounds);
        var added = await _emit.AddedAsync(solution, withDependents: false);
        if (added.Count == 0) return;
        if (added.Any(message => message.IsError)) row.EmitErrors++;
        else row.WarningsAdded++;
        output.WriteLine($"BROKEN {rule} Fix All '{key}' {original.GetProject(id)!.Name}");
        foreach (var message in added) output.WriteLine($"       {message.Project}: {message.Text}");
    }

    private int FilesOf(IEnumerable<DocumentId> documents) =>
        documents.Select(document => original.GetDocument(document)!.FilePath).Distinct().Count();

    // A project with several target frameworks is changed as one: it is looked at again only where the findings are others.
    private bool IsNew(Project project, string key, ImmutableArray<Diagnostic> findings)
    {
        var places =
            findings.Select(finding => $"{finding.Id} {finding.Location.SourceTree!.FilePath} {finding.Location.SourceSpan}")
            .Order(StringComparer.Ordinal);
        return _seen.Add(string.Join("\n", places.Prepend(key).Prepend(project.FilePath)));
    }
}
