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

        var projects = new Dictionary<ProjectId, EditedProject>();
        foreach (var pair in edits.Documents)
        {
            // Other projects see the change through the fix's own search for callers.
            if (pair.Key.ProjectId != fix.Document.Project.Id || solution.GetDocument(pair.Key) is not { } document) continue;
            if (await document.GetSyntaxRootAsync(fix.CancellationToken).ConfigureAwait(false) is not { } root) return false;
            var edited = pair.Value.ApplyTo(root);
            foreach (var id in LinkedText.Of(document))
            {
                if (!projects.TryGetValue(id.ProjectId, out var project))
                {
                    if (await EditedProject.OfAsync(solution.GetProject(id.ProjectId), fix.CancellationToken)
                        .ConfigureAwait(false) is not { } opened)
                        return false;
                    projects.Add(id.ProjectId, project = opened);
                }

                if (!await project.EditAsync(id, edited, fix.CancellationToken).ConfigureAwait(false)) return false;
            }
        }

        return projects.Count > 0 && projects.Values.All(project => !project.AddsComplaint(fix.CancellationToken))
            && !projects[fix.Document.Project.Id].DoesHarm(fix);
    }
}
