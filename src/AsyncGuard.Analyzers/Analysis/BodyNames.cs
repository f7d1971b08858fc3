using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis;

/// <summary>The simple names that a body can be reached by, and those that it mentions.</summary>
internal sealed class BodyNames(SyntaxTree tree, TextSpan span, BodyKind kind, string? owner, string[] declared, string[] mentioned)
{
    public SyntaxTree Tree { get; } = tree;

    /// <summary>Where the member stands, its attributes included, or the type whose making runs the body.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>Whether it runs when the type, or an object of it, is made.</summary>
    public bool IsOfType { get; } = kind == BodyKind.OfType;

    /// <summary>Whether it is async code, so that whoever calls it does not run it to its end.</summary>
    public bool IsAsync { get; } = kind == BodyKind.Async;

    /// <summary>
    /// The type whose objects, or whose name, its callers have: the one around it, or the first parameter's of an extension method. Null where that is not known.
    /// </summary>
    public string? Owner { get; } = owner;

    public string[] Declared { get; } = declared;

    public string[] Mentioned { get; } = mentioned;
}
