using System.Linq;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Editing.Tokens;

/// <summary>Names and placeholders for tokens that a fix writes.</summary>
internal static class TokenNames
{
    private static readonly string[] Usual = ["ct", "token", "childToken", "childCancellation"];

    /// <summary>Stands for a token while a call is tried.</summary>
    public static string None(SyntaxNode place, FixContext fix) =>
        fix.Guard.Types.CancellationToken is { } type ? $"default({type.ToMinimalDisplayString(fix.Model, place.SpanStart)})" : "default";

    /// <summary>A name for a token that means nothing in the node yet.</summary>
    public static string Free(SyntaxNode node, FixContext fix) => Usual.First(name =>
        fix.Model.LookupSymbols(node.SpanStart, name: name).IsEmpty && !node.DescendantTokens().Any(token => token.ValueText == name));
}
