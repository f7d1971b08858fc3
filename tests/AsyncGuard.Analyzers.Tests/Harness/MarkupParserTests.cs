using System;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Harness;

public sealed class MarkupParserTests
{
    [Fact]
    public void Parse_NestedAndNamed_GivesSpansInOrderOfOpening()
    {
        var markup = MarkupParser.Parse("a[|b{|X1:c|}|]{|#0:d|}\r\n[||]");

        Assert.Equal("abcd\n", markup.Text);
        Assert.Equal([new(null, new TextSpan(1, 2)), new("X1", new TextSpan(2, 1)), new(null, new TextSpan(5, 0))], markup.Spans);
        Assert.Equal(new TextSpan(3, 1), markup.Locations[0]);
    }

    [Theory]
    [InlineData("int[] a = [1]; var b = x | y; if (a || b) { } { |x| }")]
    [InlineData("\"{0:x}\" {a|b:c}")]
    public void Parse_Code_IsNoMarkup(string source)
    {
        var markup = MarkupParser.Parse(source);

        Assert.True(markup.IsEmpty);
        Assert.Equal(source, markup.Text);
    }

    [Theory]
    [InlineData("[|a")]
    [InlineData("a|]")]
    [InlineData("[|a|}")]
    [InlineData("{|#0:a|}{|#0:b|}")]
    public void Parse_BrokenMarkup_Throws(string source) => Assert.Throws<FormatException>(() => MarkupParser.Parse(source));
}
