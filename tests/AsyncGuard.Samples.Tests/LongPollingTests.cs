using System.Linq;
using System.Threading.Tasks;
using LongPolling;
using Xunit;

namespace AsyncGuard.Samples.Tests;

public sealed class LongPollingTests
{
    private const int Clients = 150;

    [Fact]
    public async Task Program_SeesEveryClientOff_OnlyAfter()
    {
        var (outcome, _) = await SampleProgram.RunAsync<Outcome>("LongPolling", "--clients", $"{Clients}");
        var (before, after) = (outcome.Forms[0], outcome.Forms[1]);

        // Three messages to all; after them everyone gets the last one, and every socket its handshake.
        Assert.Equal(new Tally(Messages: 4 * 2 * Clients, PollsEnded: Clients, ClosedByHandshake: Clients, BrokenOff: 0), after.Tally);
        Assert.Equal(new Tally(Messages: 3 * 2 * Clients, PollsEnded: 0, ClosedByHandshake: 0, BrokenOff: 2 * Clients), before.Tally);
        Assert.True(after.StopSeconds < before.StopSeconds, $"{before.StopSeconds}, then {after.StopSeconds} s");

        // Clients are no threads.
        Assert.Equal([0, 60, 120, 180, 240, 300], after.Steps.Select(step => step.Clients));
        Assert.InRange(after.Steps[^1].Threads, 1, 60);
        Assert.InRange(after.ClientThreads, 1, 60);
    }

    [Fact]
    public async Task Program_WithAConnectionForEachPoll_DoesTheSame()
    {
        var (outcome, _) = await SampleProgram.RunAsync<Outcome>("LongPolling", "--clients", "50", "--http", "1");

        Assert.Equal(new Tally(Messages: 400, PollsEnded: 50, ClosedByHandshake: 50, BrokenOff: 0), outcome.Forms[1].Tally);
    }
}
