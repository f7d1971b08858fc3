using System.Collections.Immutable;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// A second project of the solution, referenced by the project under test. Its files are whole files and may carry markup.
/// </summary>
public sealed record ReferencedProject(string AssemblyName, ImmutableArray<(string Path, string Source)> Files)
{
    /// <summary>The files that a fix changes, by path; the others must stay as they are.</summary>
    public ImmutableArray<(string Path, string Source)> FixedFiles { get; init; } = [];
}
