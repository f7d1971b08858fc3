using System;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>
/// "The task in this place is complete", or "every task in this collection is"; with a list, "the task, or every task in this collection,
/// is in that list".
/// </summary>
internal readonly struct CompletionFact(AccessPath path, bool ofElements, AccessPath? list = null) : IEquatable<CompletionFact>
{
    /// <summary>The task; of elements, the collection, followed by the members that lead from an element to its task.</summary>
    public AccessPath Path { get; } = path;

    public bool OfElements { get; } = ofElements;

    /// <summary>Where the task is kept; null where the fact says that it is complete.</summary>
    public AccessPath? List { get; } = list;

    /// <summary>Whether the fact says something of what is under the path.</summary>
    public bool Concerns(AccessPath path) => Path.StartsWith(path) || (List is not null && List.StartsWith(path));

    /// <summary>Whether the fact says something of an element that the variable picks.</summary>
    public bool IsPickedBy(ISymbol variable) => Path.IsPickedBy(variable) || (List is not null && List.IsPickedBy(variable));

    public bool Equals(CompletionFact other) => OfElements == other.OfElements && Path.Equals(other.Path) && Equals(List, other.List);

    public override bool Equals(object? obj) => obj is CompletionFact other && Equals(other);

    public override int GetHashCode() => Path.GetHashCode() * 2 + (OfElements ? 1 : 0);
}
