using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Plans;

/// <summary>
/// Carries a plan out on the side and binds the members that it touched, in every project that has the file: a plan that brings a new error
/// or warning in one of them is not offered.
/// </summary>
internal static class SpeculativeBinding
{
    public static async Task<bool> CompilesAsync(FixContext fix, FixPlan plan)
    {
        var solution = fix.Document.Project.Solution;
        var edits = new FixEdits(solution);
        plan.Record(edits);

        var own = new Dictionary<ProjectId, EditedProject>();
        var ofOthers = new List<DocumentId>();
        foreach (var pair in edits.Documents)
        {
            if (solution.GetDocument(pair.Key) is not { } document) continue;
            if (pair.Key.ProjectId != fix.Document.Project.Id)
            {
                if (!LinkedText.Of(document).Any(id => id.ProjectId == fix.Document.Project.Id && edits.Documents.ContainsKey(id)))
                    ofOthers.Add(pair.Key);
                continue;
            }

            if (await document.GetSyntaxRootAsync(fix.CancellationToken).ConfigureAwait(false) is not { } root) return false;
            var edited = pair.Value.ApplyTo(root);
            foreach (var id in LinkedText.Of(document))
            {
                if (!own.TryGetValue(id.ProjectId, out var project))
                {
                    if (await EditedProject.OfAsync(solution.GetProject(id.ProjectId), fix.CancellationToken)
                        .ConfigureAwait(false) is not { } opened)
                        return false;
                    own.Add(id.ProjectId, project = opened);
                }

                if (!await project.EditAsync(id, edited, fix.CancellationToken).ConfigureAwait(false)) return false;
            }

            if (await CallersBefore.CountOnAsync(edited, document, fix).ConfigureAwait(false)) return false;
        }

        return own.Count > 0 && own.Values.All(project => !project.AddsComplaint(fix))
            && !own[fix.Document.Project.Id].DoesHarm(fix) && await CompilesInOthersAsync(edits, ofOthers, fix).ConfigureAwait(false);
    }

    // A project that references the edited one has callers in it: they are bound against what it becomes.
    private static async Task<bool> CompilesInOthersAsync(FixEdits edits, IReadOnlyCollection<DocumentId> documents, FixContext fix)
    {
        if (documents.Count == 0) return true;
        var solution = fix.Document.Project.Solution;
        var changed = await edits.ApplyAsync(fix.CancellationToken).ConfigureAwait(false);
        foreach (var group in documents.GroupBy(id => id.ProjectId))
        {
            if (await EditedProject.OfAsync(solution.GetProject(group.Key), fix.CancellationToken, changed.GetProject(group.Key))
                .ConfigureAwait(false) is not { } project)
                return false;
            foreach (var id in group)
            {
                if (await solution.GetDocument(id)!.GetSyntaxRootAsync(fix.CancellationToken).ConfigureAwait(false) is not { } root
                    || !await project.EditAsync(id, edits.Documents[id].ApplyTo(root), fix.CancellationToken).ConfigureAwait(false))
                    return false;
            }

            if (project.AddsComplaint(fix) || project.DoesHarm(fix)) return false;
        }

        return true;
    }
}
