using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

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

    /// <summary>Whether this is the first time that the solution is edited for the purpose: what a partial class gets once may be asked for in several files.</summary>
    public bool IsFirst(string purpose) => _once.Add(purpose);

    public DocumentEdits In(DocumentId document)
    {
        if (!_documents.TryGetValue(document, out var edits)) _documents.Add(document, edits = new DocumentEdits());
        return edits;
    }

    public async Task<Solution> ApplyAsync(CancellationToken cancellationToken)
    {
        var changed = solution;
        foreach (var pair in _documents)
        {
            if (changed.GetDocument(pair.Key) is not { } document) continue;
            if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root) continue;
            changed = changed.WithDocumentSyntaxRoot(pair.Key, pair.Value.ApplyTo(root));
        }

        return changed;
    }
}
