using System;
using AsyncGuard.Analysis.Code;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>"The task in this place is complete", or "every task in this collection is".</summary>
internal readonly struct CompletionFact(AccessPath path, bool ofElements) : IEquatable<CompletionFact>
{
    public AccessPath Path { get; } = path;

    public bool OfElements { get; } = ofElements;

    public bool Equals(CompletionFact other) => OfElements == other.OfElements && Path.Equals(other.Path);

    public override bool Equals(object? obj) => obj is CompletionFact other && Equals(other);

    public override int GetHashCode() => Path.GetHashCode() * 2 + (OfElements ? 1 : 0);
}
