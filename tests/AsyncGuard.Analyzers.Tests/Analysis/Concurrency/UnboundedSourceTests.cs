using AsyncGuard.Analysis.Concurrency;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Concurrency;

public sealed class UnboundedSourceTests
{
    [Theory]
    [InlineData("void M() { foreach (var l in File.ReadLines(\"a\")) { } }", "foreach (var l in File.ReadLines(\"a\")) { }", true)]
    [InlineData("void M(List<int> all) { foreach (var l in all) { } }", "foreach (var l in all) { }", false)]
    [InlineData("void M() { foreach (var l in new[] { 1, 2 }) { } }", "foreach (var l in new[] { 1, 2 }) { }", false)]
    public void Loop_RunsThroughAnUnboundedSource(string members, string text, bool expected)
    {
        var place = Place.At(members, text);
        Assert.Equal(expected, UnboundedSource.IsReadBy(place.As<ILoopOperation>(), place.Guard));
    }
}
