using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Plans;

/// <summary>
/// Writes the plans of all findings down together and carries them out once, so that nested and neighbouring edits do not disturb each
/// other.
/// </summary>
internal sealed class GuardFixAll : FixAllProvider
{
    public static GuardFixAll Instance { get; } = new();

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        if (fixAllContext.CodeFixProvider is not GuardFix fix) return null;

        var edits = new FixEdits(fixAllContext.Solution);
        var title = "Fix all";
        var done = new HashSet<(DocumentId, TextSpan, string)>();
        foreach (var document in DocumentsIn(fixAllContext))
        {
            var diagnostics = await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                if (!fix.FixableDiagnosticIds.Contains(diagnostic.Id)
                    || done.Contains((document.Id, diagnostic.Location.SourceSpan, diagnostic.Id)))
                    continue;
                var plans = await fix.VerifiedPlansAsync(document, diagnostic, fixAllContext.CodeActionEquivalenceKey,
                    fixAllContext.CancellationToken).ConfigureAwait(false);
                if (plans.Count == 0) continue;
                title = plans[0].Title;
                plans[0].Record(edits);
                // The other targets of a project find the same in the same file.
                foreach (var same in LinkedText.Of(document)) done.Add((same, diagnostic.Location.SourceSpan, diagnostic.Id));
            }
        }

        // Where nothing is left to do there is still an action: without one, tools report a failure.
        return CodeAction.Create(title, edits.ApplyAsync, fixAllContext.CodeActionEquivalenceKey);
    }

    private static IEnumerable<Document> DocumentsIn(FixAllContext context) => context.Scope switch
    {
        FixAllScope.Document => context.Document is { } document ? [document] : [],
        FixAllScope.Project => context.Project.Documents,
        FixAllScope.Solution =>
            context.Solution.Projects.Where(project => project.Language == LanguageNames.CSharp).SelectMany(project => project.Documents),
        _ => ImmutableArray<Document>.Empty,
    };
}
