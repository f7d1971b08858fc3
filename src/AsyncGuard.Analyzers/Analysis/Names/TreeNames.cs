using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis.Names;

/// <summary>What the bodies of one file mention.</summary>
internal sealed class TreeNames(SyntaxTree tree)
{
    private readonly List<BodyNames> _members = new();

    public SyntaxTree Tree { get; } = tree;

    /// <summary>In the order of the source, types after their members.</summary>
    public List<BodyNames> Bodies { get; } = new();

    /// <summary>What is mentioned outside of bodies: bases, the types of members and parameters, static imports.</summary>
    public List<HeaderNames> Headers { get; } = new();

    public void Add(BodyNames body)
    {
        Bodies.Add(body);
        if (!body.IsOfType) _members.Add(body);
    }

    /// <summary>What the type that is declared there runs when an object of it is made, or when it is first touched; or null.</summary>
    public BodyNames? OfType(TextSpan declaration, string declared)
    {
        foreach (var body in Bodies)
        {
            if (body.IsOfType && body.Span == declaration && body.Declared[0] == declared) return body;
        }

        return null;
    }

    /// <summary>The member around a place, or null where it mentions nothing.</summary>
    public BodyNames? Around(TextSpan place)
    {
        var (low, high) = (0, _members.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var span = _members[middle].Span;
            if (span.Contains(place)) return _members[middle];
            if (span.Start > place.Start) high = middle - 1;
            else low = middle + 1;
        }

        return null;
    }
}
