using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Names;

/// <summary>The names that stand in the head of a declaration, outside of any body.</summary>
internal sealed class HeaderNames(SyntaxTree tree, HeaderKind kind, string? owner, string[] declared, string[] mentioned,
    bool isAlias = false)
{
    public SyntaxTree Tree { get; } = tree;

    public HeaderKind Kind { get; } = kind;

    /// <summary>Whether it gives another name to a type that is declared elsewhere.</summary>
    public bool IsAlias { get; } = isAlias;

    /// <summary>The type around the declaration.</summary>
    public string? Owner { get; } = owner;

    public string[] Declared { get; } = declared;

    public string[] Mentioned { get; } = mentioned;
}
