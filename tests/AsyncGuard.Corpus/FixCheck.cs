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

namespace AsyncGuard.Corpus;

/// <summary>
/// Applies each offered fix to the original solution, one at a time, and prints what it writes. The results are emitted in every project
/// and target framework
/// that they change: those whose files differ together, and one by one where the compiler says anything new.
/// </summary>
internal sealed class FixCheck(Solution original, FixTable table, TextWriter output)
{
    private const int MostTogether = 40;

    private readonly EmitCheck _emit = new(original);
    private readonly HashSet<(string Path, int Start, int Length, string Rule)> _seen = [];
    private readonly List<Fixed> _open = [];

    public async Task ApplyEachAsync(ProjectId project, ImmutableArray<Diagnostic> findings)
    {
        foreach (var finding in findings)
        {
            // A file of several target frameworks is fixed once.
            if (original.GetDocument(finding.Location.SourceTree) is not { } document || document.Project.Id != project) continue;
            if (!_seen.Add((document.FilePath ?? document.Name, finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length,
                finding.Id)))
                continue;
            var row = table[finding.Id];
            row.Findings++;
            var actions = await ActionsAsync(document, finding);
            if (actions.Count > 0) row.Fixable++;
            else output.WriteLine($"none {finding.Id} {Place(finding)}");
            row.Offered += actions.Count;
            foreach (var action in actions) await ApplyAsync(finding, action, row);
        }
    }

    /// <summary>Emits what has been applied and not yet been emitted.</summary>
    public async Task FlushAsync()
    {
        while (_open.Count > 0)
        {
            var together = new List<Fixed>();
            var files = new HashSet<DocumentId>();
            foreach (var one in _open)
            {
                if (together.Count < MostTogether && !one.Texts.Keys.Any(files.Contains)) together.Add(one);
                files.UnionWith(one.Texts.Keys);
            }

            _open.RemoveAll(together.Contains);
            await EmitAsync(together);
        }
    }

    public static async Task<IReadOnlyList<CodeAction>> ActionsAsync(Document document, Diagnostic finding)
    {
        var actions = new List<CodeAction>();
        foreach (var fix in Rules.FixesOf(finding.Id))
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action),
                CancellationToken.None));
        return actions;
    }

    private async Task ApplyAsync(Diagnostic finding, CodeAction action, FixTable.Row row)
    {
        Solution changed;
        try
        {
            var operations = await action.GetOperationsAsync(CancellationToken.None);
            changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        }
        catch (Exception exception)
        {
            row.Failed++;
            output.WriteLine($"FAILED {finding.Id} '{action.Title}' {Place(finding)}: {exception}");
            return;
        }

        var texts = await ChangedTexts.OfAsync(original, changed);
        output.WriteLine(
            $"fix {finding.Id} {action.EquivalenceKey} '{action.Title}' {Place(finding)}{(texts.Count == 0 ? ": NOTHING CHANGED" : "")}");
        if (texts.Count == 0) return;
        row.Applied++;
        await ChangedTexts.PrintAsync(original, texts, output);
        _open.Add(new Fixed(finding, action, texts));
    }

    private async Task EmitAsync(List<Fixed> together)
    {
        if (!await SaysAnythingAsync(together)) return;
        foreach (var one in together)
        {
            var added = await _emit.AddedAsync(one.In(original), one.ChangesSignatures);
            if (added.Count == 0) continue;
            var row = table[one.Finding.Id];
            if (added.Any(message => message.IsError)) row.EmitErrors++;
            else row.WarningsAdded++;
            output.WriteLine(
                $"{(added.Any(message => message.IsError) ? "BROKEN" : "WARNS")} {one.Finding.Id} '{one.Action.Title}' {Place(one.Finding)}");
            foreach (var message in added) output.WriteLine($"       {message.Project}: {message.Text}");
        }
    }

    private async Task<bool> SaysAnythingAsync(List<Fixed> together)
    {
        var solution = together.Aggregate(original, (solution, one) => one.In(solution));
        return (await _emit.AddedAsync(solution, together.Exists(one => one.ChangesSignatures))).Count > 0;
    }

    private static string Place(Diagnostic finding)
    {
        var line = finding.Location.GetLineSpan();
        return $"{line.Path}({line.StartLinePosition.Line + 1})";
    }

    private sealed record Fixed(Diagnostic Finding, CodeAction Action,
        IReadOnlyDictionary<DocumentId, Microsoft.CodeAnalysis.Text.SourceText> Texts)
    {
        public bool ChangesSignatures => Finding.Id is "AGD0108" or "AGD0203" or "AGD0105" or "AGD0103" or "AGD0102" or "AGD0601";

        public Solution In(Solution solution) => ChangedTexts.Apply(solution, Texts);
    }
}
