using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Plans;

/// <summary>
/// A file that several projects share, such as the targets of one project: what any of them wants to change in it is written once, and all
/// get the same text.
/// What one of them has switched off with <c>#if</c> is not in its tree, so that its edits do not touch it.
/// </summary>
internal static class LinkedText
{
    /// <summary>The document and those of other projects that are the same file.</summary>
    public static IEnumerable<DocumentId> Of(Document document) => document.GetLinkedDocumentIds().Prepend(document.Id);

    /// <summary>The text of the file after the edits of all the documents that are this file.</summary>
    public static SourceText Merge(SourceText original, IReadOnlyList<(SyntaxNode Before, SyntaxNode After)> edited)
    {
        var changes = new List<TextChange>();
        foreach (var (before, after) in edited)
        {
            var old = before.SyntaxTree;
            foreach (var change in old.WithRootAndOptions(after, old.Options).GetChanges(old))
            {
                if (!changes.Exists(known => known.Equals(change) || Overlap(known.Span, change.Span))) changes.Add(change);
            }
        }

        return original.WithChanges(changes.OrderBy(change => change.Span.Start));
    }

    // Two insertions at one place stand one behind the other.
    private static bool Overlap(TextSpan one, TextSpan other) =>
        one.OverlapsWith(other) || (one.Contains(other) && !one.IsEmpty && other.Start != one.Start)
        || (other.Contains(one) && !other.IsEmpty && one.Start != other.Start);
}
