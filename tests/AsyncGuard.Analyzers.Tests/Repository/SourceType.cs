using System.Collections.Generic;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>A type of the sources: where it stands, and which others of its project it names.</summary>
internal sealed class SourceType(string name, string folder)
{
    public string Name { get; } = name;

    /// <summary>Below the project, with <c>/</c>.</summary>
    public string Folder { get; } = folder;

    public HashSet<SourceType> Names { get; } = [];

    public override string ToString() => $"{Folder}/{Name}";
}
