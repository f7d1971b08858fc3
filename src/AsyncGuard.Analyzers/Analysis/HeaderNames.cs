using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>The names that stand in the head of a declaration, outside of any body.</summary>
internal sealed class HeaderNames(SyntaxTree tree, HeaderKind kind, string? owner, string[] declared, string[] mentioned)
{
    public SyntaxTree Tree { get; } = tree;

    public HeaderKind Kind { get; } = kind;

    /// <summary>The type around the declaration.</summary>
    public string? Owner { get; } = owner;

    public string[] Declared { get; } = declared;

    public string[] Mentioned { get; } = mentioned;
}
