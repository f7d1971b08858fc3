using AsyncGuard.Analysis.Code;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Code;

public sealed class InitialValueTests
{
    [Theory]
    [InlineData("int M() { var x = 5; return x + 0; }", "x", "5")]
    [InlineData("int M() { var x = 5; x = 6; return x + 0; }", "x", null)]
    [InlineData("readonly int _x = 5; int M() => _x + 0;", "_x", "5")]
    [InlineData("readonly int _x; C() { _x = 7; } int M() => _x + 0;", "_x", "7")]
    [InlineData("int _x = 5; int M() => _x + 0;", "_x", null)]
    [InlineData("int X { get; } = 5; int M() => X + 0;", "X", "5")]
    public void Value_ThatIsAssignedOnce_IsKnown(string members, string text, string? expected)
    {
        var place = Place.At(members, text + " + 0");
        var reference = place.As<Microsoft.CodeAnalysis.Operations.IBinaryOperation>().LeftOperand;
        Assert.Equal(expected, InitialValue.Of(reference, place.Guard)?.Syntax.ToString());
    }
}
