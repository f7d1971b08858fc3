using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RuleTesting;

/// <summary>A source without its markup, and what the markup said.</summary>
public sealed record Markup(string Text, ImmutableArray<MarkupSpan> Spans, ImmutableDictionary<int, TextSpan> Locations)
{
    public bool IsEmpty => Spans.IsEmpty && Locations.IsEmpty;
}
