using System.Diagnostics;
using AsyncGuard;

namespace MiniLoop;

/// <summary>Many sleeps side by side on one loop.</summary>
public sealed record Measured(string Form, int Sleeps, double DelayMs, double ElapsedMs, int Turns, double CpuMs);

/// <summary>What the loop's debug mode says about a coroutine, and whether anything else ran during its pause.</summary>
public sealed record Watched(string Form, string Reported, string Order);

public sealed record Results(IReadOnlyList<Step> Tour, IReadOnlyList<Measured> Sleeps, IReadOnlyList<Watched> Greetings);

/// <summary>Runs the tour, both sleeps and both greetings.</summary>
public static class Comparison
{
    public static Results Run(int sleeps, TimeSpan delay)
    {
        EventLoop.Run(Tour.RunAsync); // once without looking: the first run compiles the code
        return new Results(
            EventLoop.Run(Tour.RunAsync),
            [
                Measure("before: watch the clock", sleeps, delay, Before.Sleep.ForAsync, () => Before.Sleep.Turns),
                Measure("after: CallLater", sleeps, delay, After.Sleep.ForAsync, () => After.Sleep.Turns),
            ],
            [Greet("before: Thread.Sleep", Before.Greeting.SayAsync), Greet("after: await", After.Greeting.SayAsync)]);
    }

    private static Measured Measure(string form, int sleeps, TimeSpan delay, Func<TimeSpan, Task> sleep, Func<int> turns)
    {
        using var process = Process.GetCurrentProcess();
        var turnsBefore = turns();
        var cpuBefore = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        EventLoop.Run(() => Task.WhenAll(Enumerable.Range(0, sleeps).Select(_ => sleep(delay))));
        var elapsed = clock.Elapsed;
        process.Refresh();
        return new Measured(form, sleeps, delay.TotalMilliseconds, elapsed.TotalMilliseconds, turns() - turnsBefore,
            (process.TotalProcessorTime - cpuBefore).TotalMilliseconds);
    }

    private static Watched Greet(string form, Func<Action<string>, TimeSpan, Task> sayAsync)
    {
        var reports = new List<string>();
        var order = new List<string>();
        var options = new EventLoopOptions
        {
            Debug = true,
            SlowCallbackDuration = TimeSpan.FromMilliseconds(100),
            OnSlowCallback = reports.Add,
        };
        EventLoop.Run(
            async () =>
            {
                EventLoop.Current!.CallLater(TimeSpan.FromMilliseconds(50), () => order.Add("other work"));
                await sayAsync(order.Add, TimeSpan.FromMilliseconds(200));
                await After.Sleep.ForAsync(TimeSpan.FromMilliseconds(60));
            },
            options);
        return new Watched(form, reports.Count == 0 ? "nothing" : string.Join("; ", reports), string.Join(", ", order));
    }
}
