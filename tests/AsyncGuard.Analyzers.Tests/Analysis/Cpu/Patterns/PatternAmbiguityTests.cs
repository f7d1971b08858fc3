using System.Text.RegularExpressions;
using AsyncGuard.Analysis.Cpu.Patterns;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Cpu.Patterns;

public sealed class PatternAmbiguityTests
{
    [Theory]
    [InlineData("(a+)+$", true)]
    [InlineData(@"(\w+\s?)*$", true)]
    [InlineData("(a|aa)*b", true)]
    [InlineData("(a+b)+$", false)]
    [InlineData("a+$", false)]
    public void Pattern_MayBacktrackExponentially(string pattern, bool expected) =>
    Assert.Equal(expected, PatternAmbiguity.IsExponential(pattern, RegexOptions.None));
}
