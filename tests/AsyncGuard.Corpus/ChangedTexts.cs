using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Corpus;

/// <summary>The new text of each document that a fix has changed.</summary>
internal static class ChangedTexts
{
    public static async Task<IReadOnlyDictionary<DocumentId, SourceText>> OfAsync(Solution before, Solution after)
    {
        var texts = new Dictionary<DocumentId, SourceText>();
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(change => change.GetChangedDocuments()))
        {
            var text = await after.GetDocument(id)!.GetTextAsync();
            if (!text.ContentEquals(await before.GetDocument(id)!.GetTextAsync())) texts.Add(id, text);
        }

        return texts;
    }

    public static Solution Apply(Solution solution, IReadOnlyDictionary<DocumentId, SourceText> texts) =>
        texts.Aggregate(solution, (changed, pair) => changed.WithDocumentText(pair.Key, pair.Value));

    /// <summary>The lines that were removed and added, each file once.</summary>
    public static async Task PrintAsync(Solution before, IReadOnlyDictionary<DocumentId, SourceText> texts, TextWriter output)
    {
        var printed = new HashSet<string?>();
        foreach (var (id, text) in texts)
        {
            var document = before.GetDocument(id)!;
            if (!printed.Add(document.FilePath)) continue;
            var old = (await document.GetTextAsync()).Lines.Select(line => line.ToString()).ToList();
            var lines = text.Lines.Select(line => line.ToString()).ToList();
            var head = 0;
            while (head < old.Count && head < lines.Count && old[head] == lines[head]) head++;
            var tail = 0;
            while (tail < old.Count - head && tail < lines.Count - head && old[^(tail + 1)] == lines[^(tail + 1)]) tail++;
            if (printed.Count > 1) output.WriteLine($"         {document.FilePath}({head + 1})");
            var kept = old[head..^tail].ToHashSet();
            var written = lines[head..^tail].ToHashSet();
            foreach (var line in old[head..^tail].Where(line => !written.Contains(line))) output.WriteLine("         - " + line.TrimEnd());
            foreach (var line in lines[head..^tail].Where(line => !kept.Contains(line))) output.WriteLine("         + " + line.TrimEnd());
        }
    }
}
