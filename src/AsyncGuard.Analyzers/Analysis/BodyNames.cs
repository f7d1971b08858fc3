using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis;

/// <summary>The simple names that a body can be reached by, and those that it mentions.</summary>
internal sealed class BodyNames(TextSpan span, string[] declared, string[] mentioned)
{
    /// <summary>Where the member stands, its attributes included; empty for what a type runs when it is made.</summary>
    public TextSpan Span { get; } = span;

    public string[] Declared { get; } = declared;

    public string[] Mentioned { get; } = mentioned;
}
