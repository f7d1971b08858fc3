using AsyncGuard.Analysis.Names.Loops;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Names.Loops;

public sealed class LoopSyntaxTests
{
    [Theory]
    [InlineData("for (var i = 0; i < 1000; i++) Work();", true)]
    [InlineData("for (var i = 0; i < 20; i++) for (var j = 0; j < 20; j++) Work();", true)]
    [InlineData("for (var i = 0; i < Limits.Rows; i++) Work();", true)]
    [InlineData("foreach (var a in x) foreach (var b in y) foreach (var c in z) Work();", true)]
    [InlineData("for (var i = 0; i < 20; i++) Work();", false)]
    [InlineData("foreach (var a in x) foreach (var b in y) Work();", false)]
    [InlineData("foreach (var a in x) foreach (var b in a) foreach (var c in b) Work();", false)]
    [InlineData("for (var i = 0; i < 1000; i++) { if (Found(i)) break; }", false)]
    [InlineData("for (var i = 0; i < 1000; i++) await Task.Yield();", false)]
    public void Code_MayLoopForLong(string body, bool expected) =>
        Assert.Equal(expected, LoopSyntax.MayBeLong(SyntaxFactory.ParseCompilationUnit($"async void M() {{ {body} }}")));
}
