using AsyncGuard.Analysis.Tasks.Awaits;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Tasks.Awaits;

public sealed class PureExpressionTests
{
    [Theory]
    [InlineData("1 + i", true)]
    [InlineData("(i, \"a\" + i)", true)]
    [InlineData("new System.Uri(\"http://a\")", true)]
    [InlineData("new Uri()", false)]
    [InlineData("N()", false)]
    [InlineData("i++", false)]
    public void Value_IsPure(string value, bool expected)
    {
        var place = Place.At($"class Uri {{ }} int N() => 1; void M(int i) {{ object o = {value}; }}", value);
        Assert.Equal(expected, PureExpression.Is(place.Operation, place.Guard));
    }
}
