using System;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>Each row of the rule table has its five places, and its texts are in one style.</summary>
public sealed class RuleTableTests
{
    public static TheoryData<string> Ids => [.. RuleRow.All.Select(row => row.Id)];

    [Fact]
    public void Ids_AreUnique() => Assert.Equal(RuleRow.All.Select(row => row.Id).Distinct(), RuleRow.All.Select(row => row.Id));

    [Fact]
    public void Analyzers_ReportOnlyRulesOfTheTable_EachByOne()
    {
        var reported = RuleRow.AllAnalyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id)
            .Order(StringComparer.Ordinal);
        Assert.Equal(RuleRow.All.Select(row => row.Id), reported);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasAnalyzerFixTestsAndPage_ByTheNameOfItsSmell(string id)
    {
        var row = RuleRow.Of(id);

        Assert.True(row.Analyzer is not null, $"There is no Rules/{row.Family}/{row.Smell}Analyzer.cs");
        Assert.Equal(row.Descriptor, Assert.Single(row.Analyzer!.SupportedDiagnostics));
        Assert.True(
            row.Fix is not null || RulePage.Section(row.Page, "Known limitations").Contains("\n- No fix: ", StringComparison.Ordinal),
            $"{row.Smell} has neither a Fixes/{row.Family}/{row.Smell}Fix.cs nor a line 'No fix: …' under Known limitations of its page");
        Assert.True(row.Fix is null || row.Fix.FixableDiagnosticIds.Contains(id), $"{row.Smell}Fix does not fix {id}");
        Assert.True(Checkout.Has($"tests/AsyncGuard.Analyzers.Tests/Rules/{row.Family}/{row.Smell}Tests.cs"),
            $"There is no tests/…/Rules/{row.Family}/{row.Smell}Tests.cs");
        Assert.True(Checkout.Has(row.Page), $"There is no {row.Page}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_StandsInItsCategorysRange_AndLinksItsPage(string id)
    {
        var row = RuleRow.Of(id);
        var range = Checkout.Read("src/AsyncGuard.Analyzers/DiagnosticCategoryAndIdRanges.txt").Split('\n')
            .Single(line => line.StartsWith(row.Descriptor.Category + ":", StringComparison.Ordinal));
        var ends = Regex.Matches(range, @"AGD\d{4}").Select(match => match.Value).ToList();

        Assert.Matches(@"^AGD\d{4}$", id);
        Assert.True(string.CompareOrdinal(ends[0], id) <= 0 && string.CompareOrdinal(id, ends[1]) <= 0, $"{id} is not in {range}");
        Assert.EndsWith(row.Page, row.Descriptor.HelpLinkUri);
        Assert.True(row.Descriptor.IsEnabledByDefault);
        Assert.True(row.Descriptor.DefaultSeverity is DiagnosticSeverity.Warning or DiagnosticSeverity.Info or DiagnosticSeverity.Hidden);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Texts_AreOneSentence_WithoutFullStop(string id)
    {
        var row = RuleRow.Of(id);
        foreach (var text in new[] { row.Title, row.Message })
        {
            Assert.False(text.EndsWith('.'), text);
            Assert.DoesNotContain(". ", text);
            Assert.DoesNotContain('`', text);
            Assert.DoesNotContain('!', text);
            Assert.Equal(text.Trim(), text);
        }

        Assert.DoesNotContain('\'', row.Title);
        Assert.True(row.Title.Length <= 80, $"The title of {id} has {row.Title.Length} characters");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Description_SaysWhatIsReported_AndTagsNameTheFamily(string id)
    {
        var row = RuleRow.Of(id);
        Assert.Equal(RulePage.Summary(row.Page), row.Descriptor.Description.ToString());
        Assert.True(row.Descriptor.Description.ToString() is { Length: > 40 } text && text.EndsWith('.'),
            $"The page of {id} does not say what the rule does in its first paragraph");
        Assert.Contains(row.Family, row.Descriptor.CustomTags);
    }

    // 'Task.Run' or Task: names that are not words of prose stand in quotes.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Message_PutsApisInQuotes(string id)
    {
        var prose = Regex.Replace(RuleRow.Of(id).Message, "'[^']*'", "");
        Assert.DoesNotMatch(@"\b[A-Z][a-z]+([A-Z][a-z]+|\.[A-Z])", prose);
    }
}
