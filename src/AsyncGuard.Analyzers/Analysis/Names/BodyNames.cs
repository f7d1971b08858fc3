using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis.Names;

/// <summary>The simple names that a body can be reached by, and those that it mentions.</summary>
internal sealed class BodyNames(SyntaxTree tree, TextSpan span, BodyKind kind, string? owner, string? held, string[] declared,
    string[] mentioned)
{
    public SyntaxTree Tree { get; } = tree;

    /// <summary>Where the member stands, its attributes included, or the type whose making runs the body.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>Whether it runs when the type, or an object of it, is made.</summary>
    public bool IsOfType { get; } = kind is BodyKind.OfType or BodyKind.OfStart;

    /// <summary>Whether it runs when the type is first touched.</summary>
    public bool IsOfStart { get; } = kind == BodyKind.OfStart;

    /// <summary>Whether it is async code, so that its caller does not run it to its end.</summary>
    public bool IsAsync { get; } = kind == BodyKind.Async;

    /// <summary>
    /// The type whose objects, or whose name, its callers have: the one around it, or the first parameter's of an extension method. Null
    /// where that is not known.
    /// </summary>
    public string? Owner { get; } = owner;

    /// <summary>The type of a field or property whose value is what the body makes; null for code.</summary>
    public string? Held { get; } = held;

    public string[] Declared { get; } = declared;

    public string[] Mentioned { get; } = mentioned;
}
