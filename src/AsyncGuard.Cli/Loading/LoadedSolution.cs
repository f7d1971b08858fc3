using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.MSBuild;

namespace AsyncGuard.Cli.Loading;

/// <summary>
/// The C# projects of a solution, ready to be compiled, those that could not be loaded, and the folder to which paths are relative.
/// </summary>
internal sealed class LoadedSolution(MSBuildWorkspace workspace, IReadOnlyList<ProjectId> projects, IReadOnlyList<LoadFailure> failures,
    string root) : IDisposable
{
    public Solution Solution => workspace.CurrentSolution;

    /// <summary>One per target framework, those that others reference first.</summary>
    public IReadOnlyList<ProjectId> Projects { get; } = projects;

    public IReadOnlyList<LoadFailure> Failures { get; } = failures;

    public string Root { get; } = root;

    public void Dispose() => workspace.Dispose();
}
