using System.Diagnostics;
using AsyncGuard;
using Reporting;

namespace BlockedEndpoint;

/// <summary>One endpoint in one form under load.</summary>
public sealed record Measured(string Endpoint, string Form, int Clients, int Answers, double PerSecond, double P50, double P99,
    double PingP99, int Threads);

/// <summary>What the monitor said about one call.</summary>
public sealed record Named(string Endpoint, string Form, IReadOnlyList<string> Reports);

public sealed record Outcome(IReadOnlyList<Measured> Load, IReadOnlyList<Named> Monitor);

/// <summary>Clients that ask again as soon as they have an answer, and one that pings now and then.</summary>
internal sealed class Load(HttpClient client)
{
    public static readonly string[] Endpoints = ["sleep", "result", "synchronous", "helper", "semaphore", "hash"];

    public async Task<Outcome> RunAsync(IReadOnlyList<string> endpoints, int clients, TimeSpan duration,
        CancellationToken cancellationToken = default)
    {
        var load = new List<Measured>();
        foreach (var endpoint in endpoints)
        {
            foreach (var form in new[] { "before", "after" })
                load.Add(await MeasureAsync(endpoint, form, clients, duration, cancellationToken));
        }

        return new Outcome(load, await MonitorAsync(cancellationToken));
    }

    // Each in a new process: threads that one run has made the pool create would help the next.
    private async Task<Measured> MeasureAsync(string endpoint, string form, int clients, TimeSpan duration,
        CancellationToken cancellationToken)
    {
        await using var service = ChildProcess.Start("service");
        var url = await service.ReadLineAsync(cancellationToken);
        await client.GetStringAsync($"{url}/{form}/{endpoint}", cancellationToken);
        await client.GetStringAsync($"{url}/ping", cancellationToken);

        var answers = new List<double>[clients];
        var pings = new List<double>();
        var threads = 0;
        var clock = Stopwatch.StartNew();
        await TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < clients; i++)
                {
                    var mine = answers[i] = [];
                    _ = group.Start(ct => AskAsync($"{form}/{endpoint}", TimeSpan.Zero, mine, ct));
                }

                _ = group.Start(ct => AskAsync("ping", TimeSpan.FromMilliseconds(20), pings, ct));
                _ = group.Start(CountThreadsAsync);
            },
            cancellationToken);
        var elapsed = clock.Elapsed;

        var all = answers.SelectMany(values => values).Order().ToList();
        return new Measured(endpoint, form, clients, all.Count, all.Count / elapsed.TotalSeconds, At(all, 0.5), At(all, 0.99),
            At([.. pings.Order()], 0.99), threads);

        async Task AskAsync(string path, TimeSpan pause, List<double> latencies, CancellationToken token)
        {
            while (clock.Elapsed < duration)
            {
                var start = Stopwatch.GetTimestamp();
                await client.GetStringAsync($"{url}/{path}", token);
                latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                await Task.Delay(pause, token);
            }
        }

        async Task CountThreadsAsync(CancellationToken token)
        {
            while (clock.Elapsed < duration)
            {
                threads = Math.Max(threads, service.ThreadCount);
                await Task.Delay(100, token);
            }
        }
    }

    // Under the monitor: each once beforehand, because compiling is slow as well. The semaphore blocks only where there are more callers
    // than it lets in.
    private async Task<List<Named>> MonitorAsync(CancellationToken cancellationToken)
    {
        await using var service = ChildProcess.Start("service", "--monitor");
        var url = await service.ReadLineAsync(cancellationToken);
        await client.GetStringAsync($"{url}/reports", cancellationToken);
        var named = new List<Named>();
        foreach (var endpoint in Endpoints)
        {
            foreach (var form in new[] { "before", "after" })
            {
                await client.GetStringAsync($"{url}/{form}/{endpoint}", cancellationToken);
                await client.GetStringAsync($"{url}/reports", cancellationToken);
                var (calls, atOnce) = endpoint == "semaphore" ? (24, 0) : (5, 1);
                await TaskGroup.ForEachAsync(Enumerable.Repeat($"{url}/{form}/{endpoint}", calls), client.GetStringAsync, atOnce,
                    cancellationToken);
                var reports = await client.GetFromJsonAsync<List<string>>($"{url}/reports", cancellationToken) ?? [];
                named.Add(new Named(endpoint, form, [.. reports.DistinctBy(report => Place(report))]));
            }
        }

        return named;
    }

    // What a report names, without the time.
    private static string Place(string report) => report.Split(" took ")[0].Split(" blocked ")[0];

    private static double At(List<double> sorted, double quantile) => sorted[(int)Math.Ceiling(quantile * sorted.Count) - 1];
}
