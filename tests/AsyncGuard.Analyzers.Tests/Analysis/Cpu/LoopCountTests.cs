using AsyncGuard.Analysis.Cpu;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Cpu;

public sealed class LoopCountTests
{
    [Theory]
    [InlineData("void M() { for (var i = 0; i < 100; i++) { } }", "for (var i = 0; i < 100; i++) { }", 100.0)]
    [InlineData("const int N = 50; void M() { for (var i = 0; i < N; i += 2) { } }", "for (var i = 0; i < N; i += 2) { }", 25.0)]
    [InlineData("void M(int n) { for (var i = 0; i < n; i++) { } }", "for (var i = 0; i < n; i++) { }", null)]
    public void Passes_AreCountedWhereTheyAreConstant(string members, string text, double? expected)
    {
        var place = Place.At(members, text);
        Assert.Equal(expected, LoopCount.Of(place.As<ILoopOperation>(), place.Guard));
    }
}
