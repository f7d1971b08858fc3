using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.RuleTesting;

/// <summary>References that are equal where each of them is the same.</summary>
internal readonly struct ReferenceList(ImmutableArray<MetadataReference> references) : IEquatable<ReferenceList>
{
    public ImmutableArray<MetadataReference> References { get; } = references;

    public bool Equals(ReferenceList other) => References.SequenceEqual(other.References);

    public override bool Equals(object? obj) => obj is ReferenceList other && Equals(other);

    public override int GetHashCode() => References.Length;
}
