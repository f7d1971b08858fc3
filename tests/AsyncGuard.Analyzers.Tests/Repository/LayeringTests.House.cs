using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using AsyncGuard.Analysis.Precedence;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <content>The tables of docs/house.md are written from the lists of these tests.</content>
public sealed partial class LayeringTests
{
    private const string House = "docs/house.md";
    private const int FilesApart = 3;
    private const int LinesApart = 150;

    [Fact]
    public void House_ShowsRoomsKnotsAndPrecedence()
    {
        var shown = Checkout.Read(House);
        var expected = With("precedence", Precedence(), With("knots", Knots(), With("rooms", RoomTable(shown), shown)));
        if (Environment.GetEnvironmentVariable("ASYNCGUARD_BLESS") is not null) Checkout.Write(House, expected);
        else Assert.Equal(expected, shown);
    }

    private static string With(string part, string table, string text)
    {
        var start = text.IndexOf($"<!-- {part} -->", StringComparison.Ordinal);
        var end = text.IndexOf($"<!-- end of {part} -->", StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, $"{House} has no place for {part}");
        return text[..start] + $"<!-- {part} -->\n" + table + text[end..];
    }

    // The numbers that are shown stand as long as they are about right, so that not every edit of a source is one of this page.
    private static string RoomTable(string shown)
    {
        var before = RoomRow().Matches(shown).ToDictionary(row => row.Groups["room"].Value,
            row => (Files: Number(row.Groups["files"].Value), Lines: Number(row.Groups["lines"].Value)));
        var table = new StringBuilder("| Room | Files | Lines | Sees |\n|---|---|---|---|\n");
        foreach (var (room, seen) in Rooms.Where(room => IsIn(room.Key, "Analysis")).OrderBy(room => room.Key, StringComparer.Ordinal))
        {
            var files = FilesOf(room);
            var (count, lines) = (files.Count, files.Sum(path => Checkout.Read(path).Count(letter => letter == '\n')));
            if (before.TryGetValue(room, out var old) && Math.Abs(old.Files - count) <= FilesApart
                && Math.Abs(old.Lines - lines) <= Math.Max(LinesApart, lines / 4))
                (count, lines) = old;
            table.Append(CultureInfo.InvariantCulture, $"| `{room}` | {count} | {lines} | {Shortened(seen)} |\n");
        }

        return table.ToString();
    }

    private static string Shortened(IEnumerable<string> rooms) =>
        string.Join(", ", rooms.Select(room => room == "Analysis" ? "root" : room["Analysis/".Length..]));

    private static string Knots() => "| Where | Types that name each other |\n|---|---|\n" + string.Concat(
        KnownKnots.Select(knot => knot.Split(": ")).Select(knot => $"| `{knot[0]}` | {knot[1].Replace(" ", ", ")} |\n"));

    private static string Precedence()
    {
        var ids = FindingIds().Matches(Checkout.Read(Analyzers + "Analysis/Precedence/Finding.cs"))
            .ToDictionary(finding => finding.Groups["name"].Value, finding => finding.Groups["ids"].Value);
        var losers =
            from row in Verdict.Order
            group ids[row.Second.ToString()] by row.First into row
            orderby ids[row.Key.ToString()]
            select $"| {ids[row.Key.ToString()]} | {string.Join(", ", row.Distinct().Order(StringComparer.Ordinal))} |\n";
        return "| Goes before | these |\n|---|---|\n" + string.Concat(losers);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(?<room>[A-Za-z/]+)` \| (?<files>\d+) \| (?<lines>\d+) \| ", RegexOptions.Multiline)]
    private static partial Regex RoomRow();

    [GeneratedRegex(@"<summary>(?<ids>AGD[^<]*)\.</summary>\n    (?<name>\w+),")]
    private static partial Regex FindingIds();
}
