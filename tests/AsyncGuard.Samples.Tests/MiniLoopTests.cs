using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Testing;
using MiniLoop;
using Xunit;

namespace AsyncGuard.Samples.Tests;

public sealed class MiniLoopTests
{
    [Fact]
    public void Tour_OnVirtualTime_HasThisOrderAndTheseInstants()
    {
        var steps = VirtualTime.Run(_ => Tour.RunAsync());

        Assert.Equal(
            [
                (0, "main begins"),
                (0, "CallSoon: first"),
                (0, "CallSoon: second"),
                (0, "main is behind both"),
                (20, "CallLater: 20 ms"),
                (30, "the future has its result"),
                (30, "callback of the future: 42"),
                (30, "main has 42"),
                (80, "main ends"),
            ],
            steps.Select(step => (step.AtMs, step.What)));
        Assert.Single(steps.Select(step => step.Thread).Distinct());
    }

    [Fact]
    public async Task Program_ShowsWhatWatchingAndBlockingCost()
    {
        var (results, _) = await SampleProgram.RunAsync<Results>("MiniLoop");

        Assert.Equal(VirtualTime.Run(_ => Tour.RunAsync()).Select(step => step.What), results.Tour.Select(step => step.What));
        Assert.Single(results.Tour.Select(step => step.Thread).Distinct());
        Assert.Equal(10, results.Sleeps[1].Turns);
        Assert.True(results.Sleeps[0].Turns > 100, $"{results.Sleeps[0].Turns} turns");

        Assert.Equal("hello, world, other work", results.Greetings[0].Order);
        Assert.Matches(@"^Executing .*SayAsync.* took 0\.\d+ seconds$", results.Greetings[0].Reported);
        Assert.Equal("hello, other work, world", results.Greetings[1].Order);
    }
}
