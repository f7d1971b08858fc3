using System.Diagnostics;

namespace Workers;

/// <summary>One form with one number of workers.</summary>
public sealed record Measured(string Form, int Workers, int Orders, double WorkMs, double ElapsedMs, int MostWaiting, int MostAtOnce,
    string HowWorkersEnded, IReadOnlyList<Sample> Waiting);

/// <summary>How many orders were waiting at a time.</summary>
public sealed record Sample(double AtMs, int Waiting);

/// <summary>What the caller sees when an order cannot be handled.</summary>
public sealed record Failed(string Form, string Outcome);

public sealed record Results(IReadOnlyList<Measured> Runs, IReadOnlyList<Failed> Failures);

/// <summary>Runs the same orders through both pipelines.</summary>
public static class Comparison
{
    public const int Capacity = 5;

    public static async Task<Results> RunAsync(int count, CancellationToken cancellationToken = default)
    {
        // Once without looking: the first run compiles the code.
        var orders = Order.Some(3);
        await BeforeAsync(orders, 3, cancellationToken);
        await AfterAsync(orders, 3, cancellationToken);

        orders = Order.Some(count);
        List<Measured> runs = [await BeforeAsync(orders, 3, cancellationToken)];
        foreach (var workers in new[] { 1, 2, 3, 6 }) runs.Add(await AfterAsync(orders, workers, cancellationToken));
        return new Results(runs, [await FailingBeforeAsync(orders, cancellationToken), await FailingAfterAsync(orders, cancellationToken)]);
    }

    private static async Task<Measured> BeforeAsync(IReadOnlyList<Order> orders, int workers, CancellationToken cancellationToken)
    {
        var load = new Load();
        var pipeline = new Before.Pipeline(order => load.HandleAsync(order, cancellationToken));
        return await MeasureAsync("before", orders, workers, load, () => pipeline.Waiting, async () =>
        {
            await pipeline.RunAsync(Order.ArriveAsync(orders), workers);
            return "not known";
        });
    }

    private static async Task<Measured> AfterAsync(IReadOnlyList<Order> orders, int workers, CancellationToken cancellationToken)
    {
        var load = new Load();
        var pipeline = new After.Pipeline(load.HandleAsync, Capacity);
        return await MeasureAsync("after", orders, workers, load, () => pipeline.Waiting, async () =>
            string.Join(", ", (await pipeline.RunAsync(Order.ArriveAsync(orders), workers, cancellationToken))
                .GroupBy(status => status).Select(group => $"{group.Count()} {group.Key}")));
    }

    private static async Task<Measured> MeasureAsync(string form, IReadOnlyList<Order> orders, int workers, Load load, Func<int> waiting,
        Func<Task<string>> run)
    {
        var samples = new List<Sample>();
        var clock = Stopwatch.StartNew();
        var running = TimedAsync();
        using var sampling = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!running.IsCompleted)
        {
            samples.Add(new Sample(clock.Elapsed.TotalMilliseconds, waiting()));
            await sampling.WaitForNextTickAsync(CancellationToken.None);
        }

        var (ended, elapsed) = await running;
        return new Measured(form, workers, orders.Count, orders.Sum(order => order.Duration.TotalMilliseconds), elapsed,
            samples.Max(sample => sample.Waiting), load.MostAtOnce, ended, samples);

        async Task<(string Ended, double Elapsed)> TimedAsync()
        {
            var ended = await run();
            return (ended, clock.Elapsed.TotalMilliseconds);
        }
    }

    // The worker that had the order is gone, its order is never counted as done, and the caller waits forever.
    private static async Task<Failed> FailingBeforeAsync(IReadOnlyList<Order> orders, CancellationToken cancellationToken)
    {
        var limit = TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(orders.Sum(order => order.Duration.Ticks));
        var running = new Before.Pipeline(order =>
            new Load().HandleOrFailAsync(order, cancellationToken)).RunAsync(Order.ArriveAsync(orders), workers: 3);
        try
        {
            await running.WaitAsync(limit, cancellationToken);
            return new Failed("before", "completed");
        }
        catch (TimeoutException)
        {
            return new Failed("before", "still waiting when all work could have been done one after the other");
        }
    }

    private static async Task<Failed> FailingAfterAsync(IReadOnlyList<Order> orders, CancellationToken cancellationToken)
    {
        try
        {
            await new After.Pipeline(new Load().HandleOrFailAsync, Capacity).RunAsync(Order.ArriveAsync(orders), workers: 3,
                cancellationToken);
            return new Failed("after", "completed");
        }
        catch (InvalidOperationException exception)
        {
            return new Failed("after", $"throws: {exception.Message}");
        }
    }
}
