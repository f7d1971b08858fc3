using System;
using System.Linq;
using System.Text.RegularExpressions;
using AsyncGuard.Plans;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The table of actions is whole, and titles say what has to be looked at.</summary>
public sealed partial class FixActionsTests
{
    [Fact]
    public void Table_HasEveryKeyOfTheFixes_AndNoOther()
    {
        var written = Checkout.SourcesBelow("src/AsyncGuard.CodeFixes/Fixes").SelectMany(path => Key().Matches(Checkout.Read(path)))
            .Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(written.Order(StringComparer.Ordinal), FixActions.All.Select(action => action.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Title_OfAnActionToReview_SaysSo()
    {
        Assert.All(FixActions.All,
            action => Assert.Equal(!action.IsSafe,
                new FixPlan("Write it", action.Key, _ => { }).Title.EndsWith(" (review)", StringComparison.Ordinal)));
        Assert.Contains(FixActions.All, action => !action.IsSafe);
    }

    [GeneratedRegex("\"(AGD\\d{4}\\.\\w+)\"")]
    private static partial Regex Key();
}
