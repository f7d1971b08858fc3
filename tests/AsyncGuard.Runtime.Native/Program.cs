using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard;
using AsyncGuard.Testing;

var sum = 0;
await TaskGroup.RunAsync(async group =>
{
    _ = group.Start(async token =>
    {
        await Task.Delay(1, token);
        Interlocked.Add(ref sum, 1);
    });
    Interlocked.Add(ref sum, await group.Start(static async token =>
    {
        await Task.Delay(1, token);
        return 2;
    }));
});
Require(sum == 3, "a group");
var squares = await TaskGroup.MapAsync(Enumerable.Range(0, 10), static (i, _) => Task.FromResult(i * i), maxConcurrency: 3);
Require(squares.Sum() == 285, "a map");
var (first, second) = await TaskGroup.WhenAllAsync(static _ => Task.FromResult(1), static _ => Task.FromResult("x"));
Require(first == 1 && second == "x", "a pair");
try
{
    await TaskGroup.RunAsync(static group => { _ = group.Start(static _ => throw new FormatException()); });
    Require(false, "an error");
}
catch (FormatException)
{
}

await using (var background = new BackgroundTaskGroup(static failure => throw failure.Exception))
{
    Require(background.TryStart(static token => Task.Delay(1, token)), "background work");
    Require((await background.DrainAsync(TimeSpan.FromMinutes(1))).Stuck.Count == 0, "a drain");
}

Require(await Shield.RunAsync(static _ => Task.FromResult(4), CancellationToken.None) == 4, "a shield");
Require((await TaskWait.WaitAsync([Task.CompletedTask])).Pending.Count == 0, "a wait");
Require(await Deadline.RunAsync(TimeSpan.FromMinutes(1), static _ => Task.FromResult(5)) == 5, "a deadline");
Require(await BlockingWork.RunAsync(static () => 6) == 6, "blocking work");

var queue = new AsyncWorkQueue<int>(1);
await queue.PutAsync(7);
Require(await queue.GetAsync() == 7, "a queue");
queue.TaskDone();
await queue.JoinAsync();

SlowCallbackInfo? seen = null;
using (var monitor = SlowCallbackMonitor.Start(new SlowCallbackOptions { Threshold = TimeSpan.FromMilliseconds(5) }))
{
    monitor.Slow += info => seen ??= info;
    await monitor.RunAsync(
        static () =>
        {
            Thread.Sleep(20); // What the monitor is to find.
            return Task.CompletedTask;
        },
        "sleeper");
}

Require(seen?.Method == "sleeper", "the monitor");

Require(EventLoop.Run(static async () =>
{
    await Task.Yield();
    return 8;
}) == 8, "the loop");
Require(VirtualTime.Run(static async time =>
{
    await time.Delay(TimeSpan.FromDays(1));
    return time.Elapsed.TotalDays;
}) == 1, "virtual time");
Console.WriteLine("all helpers work");

static void Require(bool holds, string what)
{
    if (!holds) throw new InvalidOperationException($"{what} does not work.");
}
