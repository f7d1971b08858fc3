using AsyncGuard.Analysis.Blocking;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Blocking;

public sealed class PollingLoopTests
{
    [Theory]
    [InlineData("while (!_done) await Task.Delay(10);", true)]
    [InlineData("while (true) await Task.Delay(10);", false)]
    [InlineData("while (!_done) Log();", false)]
    public void Loop_OnlyWaitsForOtherCode(string loop, bool expected)
    {
        var place = Place.At($"volatile bool _done; void Log() {{ }} async Task M() {{ await Task.Yield(); {loop} }}", loop);
        Assert.Equal(expected, PollingLoop.DelayOf(place.As<ILoopOperation>(), place.Guard) is not null);
    }
}
