using AsyncGuard;
using MiniLoop.After;

namespace MiniLoop;

/// <summary>What happened on the loop, when by its clock, and on which thread.</summary>
public sealed record Step(double AtMs, string What, int Thread);

/// <summary>Everything that the loop does, once.</summary>
public static class Tour
{
    public static async Task<IReadOnlyList<Step>> RunAsync()
    {
        var loop = EventLoop.Current!;
        var start = loop.Time;
        var steps = new List<Step>();

        Log("main begins");
        loop.CallSoon(() => Log("CallSoon: first"));
        loop.CallSoon(() => Log("CallSoon: second"));
        loop.CallLater(TimeSpan.FromMilliseconds(20), () => Log("CallLater: 20 ms"));
        loop.CallLater(TimeSpan.FromMilliseconds(10), () => Log("never: cancelled")).Cancel();
        await new NextTurn(loop);
        Log("main is behind both");

        var future = new Future<int>(loop);
        future.AddDoneCallback(result => Log($"callback of the future: {result}"));
        loop.CallLater(TimeSpan.FromMilliseconds(30), () =>
        {
            future.SetResult(42);
            Log("the future has its result");
        });
        Log($"main has {await future}");

        await Sleep.ForAsync(TimeSpan.FromMilliseconds(50));
        Log("main ends");
        return steps;

        void Log(string what) => steps.Add(new Step((loop.Time - start).TotalMilliseconds, what, Environment.CurrentManagedThreadId));
    }
}
