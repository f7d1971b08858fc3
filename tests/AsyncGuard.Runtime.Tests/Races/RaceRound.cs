using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;

namespace AsyncGuard.Races;

/// <summary>One group with one child that the test can end, and all that a round can look at.</summary>
internal sealed class RaceRound
{
    public RaceRound(TaskGroupOptions? options = null, bool childHearsTheToken = true)
    {
        Run = TaskGroup.RunAsync(
            group =>
            {
                Group = group;
                Child = group.Start(token => childHearsTheToken ? Signal.Task.WaitAsync(token) : Signal.Task);
                return Task.CompletedTask;
            },
            options ?? new TaskGroupOptions(),
            Outer.Token);
    }

    public CancellationTokenSource Outer { get; } = new();

    public TaskCompletionSource Signal { get; } = new();

    public TaskGroup Group { get; private set; } = null!;

    public Task Child { get; private set; } = null!;

    public Task Run { get; }

    public int Called;

    public Exception? Refusal;

    /// <summary>The end of the group, with a limit: a hang is a failure that shows the group.</summary>
    public Task Ended()
    {
        if (!((IAsyncResult)Run).AsyncWaitHandle.WaitOne(HangGuard.Limit)) throw new InvalidOperationException($"Hangs: {Group}");
        return Run;
    }
}
