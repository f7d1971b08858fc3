using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Cli.Loading;

/// <summary>
/// The C# projects of a solution, ready to be compiled, those that could not be loaded, and the folder to which paths are relative.
/// </summary>
internal sealed class LoadedSolution(Solution solution, IReadOnlyList<ProjectId> order, IReadOnlyList<ProjectId> projects,
    IReadOnlyList<LoadFailure> failures, string root, IDisposable workspace) : IDisposable
{
    private readonly Dictionary<ProjectId, PortableExecutableReference> _images = [];

    /// <summary>The projects that have not been released.</summary>
    public Solution Solution { get; private set; } = solution;

    /// <summary>All that were loaded, one per target framework, those that others reference first.</summary>
    public IReadOnlyList<ProjectId> Order { get; } = order;

    /// <summary>Those that were asked for, in the same order: not what a single project references.</summary>
    public IReadOnlyList<ProjectId> Projects { get; } = projects;

    /// <summary>The paths of their project files.</summary>
    public IReadOnlyList<string> ProjectFiles { get; } =
        [.. projects.Select(id => solution.GetProject(id)!.FilePath).OfType<string>().Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<LoadFailure> Failures { get; } = failures;

    public string Root { get; } = root;

    /// <summary>A project that has not been released, with the metadata of those that have been in the place of their source.</summary>
    public Project Get(ProjectId id)
    {
        var project = Solution.GetProject(id)!;
        foreach (var reference in project.AllProjectReferences.ToList())
        {
            if (!_images.TryGetValue(reference.ProjectId, out var image)) continue;
            project = project.RemoveProjectReference(reference).AddMetadataReference(image.WithProperties(
                new MetadataReferenceProperties(aliases: reference.Aliases, embedInteropTypes: reference.EmbedInteropTypes)));
        }

        return project;
    }

    /// <summary>Reads those files of a project again whose characters were lost: <see cref="SourceEncodings"/>.</summary>
    public async Task ReadEncodingsAsync(ProjectId id, CancellationToken cancellationToken) =>
        Solution = await SourceEncodings.ReadAgainAsync(Solution, id, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Lets go of a project's source; for those that reference it, what its declarations say is kept. A project whose declarations have
    /// errors keeps its source, as those that reference it are then compiled against what there is.
    /// </summary>
    public void Release(ProjectId id, Compilation compilation)
    {
        var project = Solution.GetProject(id)!;
        if (Solution.Projects.Any(other => other.AllProjectReferences.Any(reference => reference.ProjectId == id)))
        {
            if (MetadataImage.Of(compilation, project.OutputRefFilePath ?? project.OutputFilePath) is not { } image)
            {
                // With the metadata of what it references itself, the source of which may be gone.
                Solution = Get(id).Solution;
                return;
            }

            _images.Add(id, image);
        }

        Solution = Solution.RemoveProject(id);
    }

    public void Dispose() => workspace.Dispose();
}
