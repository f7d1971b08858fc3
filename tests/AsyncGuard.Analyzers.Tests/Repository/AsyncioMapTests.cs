using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>docs/asyncio-map.md names only what exists, in .NET, in the runtime library and in the rule table.</summary>
public sealed partial class AsyncioMapTests
{
    private static readonly string[] Receivers = ["group", "loop", "task", "timeout"];

    public static TheoryData<string> Rows =>
        [.. Checkout.Read("docs/asyncio-map.md").Split('\n')
        .Where(line => line.StartsWith("| ", System.StringComparison.Ordinal) && line.Contains('`')).Select(line => line)];

    [Fact]
    public void Map_HasRows() => Assert.True(Rows.Count > 15);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_NamesOnlyWhatExists(string row)
    {
        var cells = row.Trim('|', ' ').Split(" | ");
        Assert.Equal(4, cells.Length);
        Assert.All(NamesIn(cells[1]), name => Assert.True(Framework.Contains(name), $"{name} is nothing of .NET: {row}"));
        Assert.All(NamesIn(cells[2]),
            name => Assert.True(Library.Contains(name) || Framework.Contains(name), $"{name} is nothing of the runtime library: {row}"));
        Assert.All(Rule().Matches(cells[3]).Select(match => match.Value), id => Assert.Contains(RuleRow.All, rule => rule.Id == id));
    }

    private static HashSet<string> Library { get; } =
        [.. Word().Matches(Checkout.Read("src/AsyncGuard.Runtime/PublicAPI.Unshipped.txt") +
        Checkout.Read("src/AsyncGuard.Runtime/PublicAPI.Shipped.txt")).Select(match => match.Value)];

    private static HashSet<string> Framework { get; } = [.. NamesOf(AnalyzerRun.Compile("", RuleTestOptions.Default).GlobalNamespace)];

    private static IEnumerable<string> NamesIn(string cell) =>
        Code().Matches(cell).SelectMany(match => Word().Matches(match.Groups[1].Value)).Select(match => match.Value)
            .Where(name => !Receivers.Contains(name) && name is not ("await" or "using" or "token" or "T"));

    private static IEnumerable<string> NamesOf(INamespaceOrTypeSymbol symbol) => symbol.GetMembers().SelectMany(member =>
        member is INamespaceOrTypeSymbol inner ? NamesOf(inner).Prepend(member.Name) : member.DeclaredAccessibility == Accessibility.Public
        ? [member.Name] : []);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"AGD\d{4}")]
    private static partial Regex Rule();
}
