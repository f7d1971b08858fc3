using System;
using System.Linq;
using System.Text.RegularExpressions;
using AsyncGuard.Catalog;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>
/// Docs, presets and release notes say what the rule table says. <c>ASYNCGUARD_BLESS=1 dotnet test --filter DocsTests</c> rewrites them.
/// </summary>
public sealed class DocsTests
{
    private static readonly string[] Headings =
        ["What it does", "Why is this bad", "Violation", "Fixed", "When to suppress", "Known limitations", "Options", "Related"];

    public static TheoryData<string> Generated => [.. GeneratedDocs.Paths];

    public static TheoryData<string> Pages => [.. RuleRow.All.Select(row => row.Page)];

    [Theory]
    [MemberData(nameof(Generated))]
    public void Generated_File_IsUpToDate(string path)
    {
        var expected = GeneratedDocs.Expected(path);
        if (Environment.GetEnvironmentVariable("ASYNCGUARD_BLESS") == "1")
        {
            Checkout.Write(path, expected);
            return;
        }

        if (Checkout.Read(path) is var actual && actual != expected)
            Assert.Fail(
                $"{path} is out of date (- expected, + actual); run ASYNCGUARD_BLESS=1 dotnet test --filter DocsTests\n{LineDiff.Between(expected, actual)}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_OfRule_HasTheHeadingsInOrder(string path)
    {
        var headings = Checkout.Read(path).Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..]);
        Assert.Equal(Headings, headings);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_OfRule_SaysWhereItApplies(string path) => Assert.Contains("\nApplies to: ", Checkout.Read(path));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_OfRule_ListsItsLimitations(string path)
    {
        var lines = RulePage.Section(path, "Known limitations").Split('\n').Skip(2).Where(line => line.Length > 0).ToArray();
        Assert.NotEmpty(lines);
        Assert.All(
            lines,
            line => Assert.True(
                line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("  ", StringComparison.Ordinal) || line.EndsWith(':'),
                $"{path}: '{line}' is neither an item of a list nor the line above one"));
    }

    [Fact]
    public void Options_AreAllDocumented()
    {
        var read = Checkout.SourcesBelow("src/AsyncGuard.Analyzers")
            .SelectMany(path => Regex.Matches(Checkout.Read(path), "\"(asyncguard_\\w+)\"")).Select(match => match.Groups[1].Value)
            .Distinct();
        Assert.All(read, option => Assert.Contains($"`{option}`", Checkout.Read("docs/configuration.md")));
    }

    [Fact]
    public void Traits_AreAllDocumented() => Assert.All(
        ApiTraits.All.Select(one => Regex.Replace(one.Name, "(?<!^)[A-Z]", "-$0").ToLowerInvariant()),
        trait => Assert.Contains($"`{trait}`", Checkout.Read("docs/catalog.md")));

    [Fact]
    public void Links_BetweenPages_LeadSomewhere()
    {
        var broken = RepositoryLinks.Broken().ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }
}
