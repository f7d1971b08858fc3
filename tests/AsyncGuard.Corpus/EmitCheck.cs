using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Corpus;

/// <summary>
/// What the compiler says to a changed solution that it did not say before, when it emits every project with a changed file.
/// </summary>
internal sealed class EmitCheck(Solution original)
{
    private readonly Dictionary<ProjectId, Dictionary<Message, int>> _before = [];

    /// <summary>
    /// Errors and warnings that were added, in each of the projects; those whose signatures others may use are emitted with their
    /// dependents.
    /// </summary>
    public async Task<IReadOnlyList<Message>> AddedAsync(Solution changed, bool withDependents)
    {
        var added = new List<Message>();
        var projects = changed.GetChanges(original).GetProjectChanges().Select(change => change.ProjectId).ToHashSet();
        if (withDependents)
            projects.UnionWith(projects.ToList()
                .SelectMany(changed.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject));
        foreach (var id in projects)
        {
            if (!_before.TryGetValue(id, out var known)) _before.Add(id, known = await MessagesAsync(original.GetProject(id)!));
            foreach (var (message, count) in await MessagesAsync(changed.GetProject(id)!))
            {
                if (known.GetValueOrDefault(message) < count) added.Add(message);
            }
        }

        return added;
    }

    // Without places, which a fix moves.
    private static async Task<Dictionary<Message, int>> MessagesAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync() ?? throw new InvalidOperationException("The project has no compilation.");
        using var assembly = new MemoryStream();
        return compilation.Emit(assembly).Diagnostics
            .Where(diagnostic => diagnostic.DefaultSeverity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)
            .GroupBy(diagnostic => new Message(project.Name, diagnostic.DefaultSeverity == DiagnosticSeverity.Error,
            $"{diagnostic.Id} {diagnostic.GetMessage()}"))
            .ToDictionary(group => group.Key, group => group.Count());
    }

    internal sealed record Message(string Project, bool IsError, string Text);
}
