using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Plans;

/// <summary>Edits written down against the original trees of a solution, carried out together.</summary>
internal sealed class FixEdits(Solution solution)
{
    private readonly Dictionary<DocumentId, DocumentEdits> _documents = new();
    private readonly HashSet<string> _once = new();

    public bool IsEmpty => _documents.Count == 0;

    public IReadOnlyDictionary<DocumentId, DocumentEdits> Documents => _documents;

    public static Task<Solution> ApplyAsync(Solution solution, FixPlan plan, CancellationToken cancellationToken)
    {
        var edits = new FixEdits(solution);
        plan.Record(edits);
        return edits.ApplyAsync(cancellationToken);
    }

    /// <summary>
    /// Whether this is the first time that the solution is edited for the purpose: what a partial class gets once may be asked for in
    /// several files.
    /// </summary>
    public bool IsFirst(string purpose) => _once.Add(purpose);

    public DocumentEdits In(DocumentId document)
    {
        if (!_documents.TryGetValue(document, out var edits)) _documents.Add(document, edits = new DocumentEdits());
        return edits;
    }

    public async Task<Solution> ApplyAsync(CancellationToken cancellationToken)
    {
        var changed = solution;
        var written = new HashSet<DocumentId>();
        foreach (var id in _documents.Keys)
        {
            if (written.Contains(id) || solution.GetDocument(id) is not { } document) continue;
            var same = LinkedText.Of(document).ToList();
            written.UnionWith(same);
            if (same.Count == 1)
            {
                if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root)
                    changed = changed.WithDocumentSyntaxRoot(id,
                        _documents[id].ApplyTo(root, await document.GetOptionsAsync(cancellationToken).ConfigureAwait(false)));
                continue;
            }

            var text = await SharedTextAsync(document, same, cancellationToken).ConfigureAwait(false);
            foreach (var one in same) changed = changed.WithDocumentText(one, text);
        }

        return changed;
    }

    private async Task<SourceText> SharedTextAsync(Document document, IReadOnlyList<DocumentId> same, CancellationToken cancellationToken)
    {
        var edited = new List<(SyntaxNode, SyntaxNode)>();
        foreach (var id in same)
        {
            if (!_documents.TryGetValue(id, out var edits) || solution.GetDocument(id) is not { } one) continue;
            if (await one.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root)
                edited.Add((root, edits.ApplyTo(root, await one.GetOptionsAsync(cancellationToken).ConfigureAwait(false))));
        }

        return LinkedText.Merge(await document.GetTextAsync(cancellationToken).ConfigureAwait(false), edited);
    }
}
