using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RuleTesting;

/// <summary>The markup of Microsoft.CodeAnalysis.Testing: <c>[|…|]</c>, <c>{|AGD0101:…|}</c> and <c>{|#0:…|}</c>, nested at will.</summary>
public static class MarkupParser
{
    private static readonly Regex Mark = new(@"\[\||\|\]|\{\|(?<name>[-_.#A-Za-z0-9]+):|\|\}", RegexOptions.CultureInvariant);

    /// <summary>Parses; line endings become <c>\n</c>.</summary>
    public static Markup Parse(string source)
    {
        source = source.ReplaceLineEndings("\n");
        var text = new StringBuilder(source.Length);
        var open = new Stack<(Match Mark, int Start, int Order)>();
        var spans = new SortedDictionary<int, MarkupSpan>();
        var locations = ImmutableDictionary.CreateBuilder<int, TextSpan>();
        var copied = 0;
        var order = 0;

        foreach (Match mark in Mark.Matches(source))
        {
            // `[||]` is an empty span: the search has taken `[|` first, as it should. `|}` and `|]` close only what they opened.
            text.Append(source, copied, mark.Index - copied);
            copied = mark.Index + mark.Length;
            if (mark.Value[0] != '|')
            {
                open.Push((mark, text.Length, order++));
                continue;
            }

            if (!open.TryPop(out var start) || start.Mark.Value[0] != (mark.Value == "|]" ? '[' : '{'))
                throw new FormatException($"`{mark.Value}` closes nothing: {LineAt(source, mark.Index)}");

            var span = TextSpan.FromBounds(start.Start, text.Length);
            var name = start.Mark.Groups["name"];
            if (!name.Success)
                spans.Add(start.Order, new(null, span));
            else if (name.Value[0] != '#')
                spans.Add(start.Order, new(name.Value, span));
            else if (!locations.TryAdd(int.Parse(name.ValueSpan[1..], CultureInfo.InvariantCulture), span))
                throw new FormatException($"Location {name.Value} is marked twice");
        }

        if (open.TryPop(out var unclosed))
            throw new FormatException($"`{unclosed.Mark.Value}` is never closed: {LineAt(source, unclosed.Mark.Index)}");

        text.Append(source, copied, source.Length - copied);
        return new(text.ToString(), [.. spans.Values], locations.ToImmutable());
    }

    private static string LineAt(string source, int position) => SourceText.From(source).Lines.GetLineFromPosition(position).ToString();
}
