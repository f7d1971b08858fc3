using AsyncGuard.Analysis.Lifetimes.Sources;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Lifetimes.Sources;

public sealed class UnusedTimeLimitTests
{
    private const string Creation = "new CancellationTokenSource(1000)";

    [Theory]
    [InlineData("void M() { using var c = new CancellationTokenSource(1000); }", true)]
    [InlineData("void M() { using var c = new CancellationTokenSource(1000); c.Cancel(); }", true)]
    [InlineData("async Task M() { using var c = new CancellationTokenSource(1000); await Task.Delay(5, c.Token); }", false)]
    [InlineData("CancellationTokenSource M() { var c = new CancellationTokenSource(1000); return c; }", false)]
    public void Source_LimitsNothing(string members, bool expected) =>
        Assert.Equal(expected, UnusedTimeLimit.IsMade(Place.At(members, Creation).Operation));

    [Theory]
    [InlineData("void M() { var c = new CancellationTokenSource(); c.CancelAfter(1000); }", true)]
    [InlineData("void M(CancellationTokenSource c) { c.CancelAfter(1000); }", false)]
    [InlineData("async Task M() { var c = new CancellationTokenSource(); c.CancelAfter(1000); await Task.Delay(5, c.Token); }", false)]
    public void LimitThatIsSet_LimitsNothing(string members, bool expected)
    {
        var place = Place.At(members, "c.CancelAfter(1000)");
        Assert.Equal(expected, UnusedTimeLimit.IsSet(place.As<IInvocationOperation>(), place.Guard));
    }

    [Theory]
    [InlineData("async Task M() { using var c = new CancellationTokenSource(1000); await Task.Delay(5); }", true)]
    [InlineData("void M() { using var c = new CancellationTokenSource(1000); }", false)]
    public void Token_CouldBeGivenToACall(string members, bool expected)
    {
        var place = Place.At(members, Creation);
        Assert.Equal(expected, UnusedTimeLimit.IsOfferedToCall(place.Operation, place.Member, place.Guard));
    }
}
