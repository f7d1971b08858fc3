using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>Something that a body calls: members that are visible, or something that blocks by itself.</summary>
internal sealed class BodyCall(string name, SyntaxNode place, ImmutableArray<ISymbol> targets, bool isOnce = false)
{
    /// <summary>How a message calls it.</summary>
    public string Name { get; } = name;

    public SyntaxNode Place { get; } = place;

    /// <summary>
    /// The members that run, by whichever of them the call is answered; a type stands for its static initializers. Empty where the call
    /// itself blocks.
    /// </summary>
    public ImmutableArray<ISymbol> Targets { get; } = targets;

    /// <summary>
    /// Whether it is made at most once for each object, or once in all: <c>_rows ??= Load()</c>, <c>Lazy</c>, static initializers.
    /// </summary>
    public bool IsOnce { get; } = isOnce || (targets.Length == 1 && targets[0] is INamedTypeSymbol);

    /// <summary>The type whose static initializers the call runs, where it does nothing else.</summary>
    public INamedTypeSymbol? InitializedType => Targets.Length == 1 ? Targets[0] as INamedTypeSymbol : null;

    public bool IsLeaf => Targets.IsEmpty;

    /// <summary>The same call where it is made at most once.</summary>
    public BodyCall AsOnce() => IsOnce ? this : new BodyCall(Name, Place, Targets, isOnce: true);
}
