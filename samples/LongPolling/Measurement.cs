using System.Diagnostics;
using AsyncGuard;
using Reporting;

namespace LongPolling;

/// <summary>The server with so many clients, half of them long-polling.</summary>
public sealed record Step(int Clients, double Megabytes, int Threads);

/// <summary>One form of the service from the first client to the last.</summary>
public sealed record Measured(
    string Form, int Polls, int Sockets, double ConnectSeconds, IReadOnlyList<Step> Steps, double IdleCpuPercent, int Messages,
    double SlowestMessageMs, double StopSeconds, int ClientThreads, Tally Tally);

public sealed record Outcome(IReadOnlyList<Measured> Forms);

internal static class Measurement
{
    private const int Messages = 3;

    public static async Task<Outcome> RunAsync(int polls, int sockets, int http, TimeSpan idle,
        CancellationToken cancellationToken = default) =>
        new([await MeasureAsync("before", polls, sockets, http, idle, cancellationToken),
            await MeasureAsync("after", polls, sockets, http, idle, cancellationToken)]);

    private static async Task<Measured> MeasureAsync(string form, int polls, int sockets, int http, TimeSpan idle,
        CancellationToken cancellationToken)
    {
        await using var server = ChildProcess.Start("server", form, $"{http}");
        var polling = new Uri(await server.ReadLineAsync(cancellationToken));
        var socketUrl = new Uri((await server.ReadLineAsync(cancellationToken)).Replace("http://", "ws://"));
        using var client = NewClient(http);
        using var control = new HttpClient { BaseAddress = new Uri($"http://{socketUrl.Authority}") };
        using var clients = new Clients(client, polling, socketUrl);

        var steps = new List<Step> { Look(server, 0) };
        var idleCpu = 0.0;
        var slowest = 0.0;
        var threads = 0;
        var clock = Stopwatch.StartNew();
        var connected = TimeSpan.Zero;
        var stopping = TimeSpan.Zero;
        await TaskGroup.RunAsync(
            async group =>
            {
                const int Rounds = 5;
                for (var round = 1; round <= Rounds; round++)
                {
                    for (var i = 0; i < polls / Rounds; i++) _ = group.Start(clients.PollAsync);
                    for (var i = 0; i < sockets / Rounds; i++) _ = group.Start(clients.ListenAsync);
                    var expected = round * (polls + sockets) / Rounds;
                    while (await control.GetFromJsonAsync<int>("clients", group.CancellationToken) < expected)
                        await Task.Delay(50, group.CancellationToken);
                    connected = clock.Elapsed;
                    steps.Add(Look(server, expected));
                }

                await Task.Delay(idle / 2, group.CancellationToken); // the server has things to compile and to tidy up first
                var cpu = server.ProcessorTime;
                await Task.Delay(idle, group.CancellationToken);
                idleCpu = 100 * (server.ProcessorTime - cpu) / idle;
                threads = ThreadPool.ThreadCount;

                for (var message = 1; message <= Messages; message++)
                {
                    var start = clock.Elapsed;
                    using var _ = await control.PostAsync($"messages/{message}", null, group.CancellationToken);
                    while (clients.Tally.Messages < message * (polls + sockets)) await Task.Delay(10, group.CancellationToken);
                    slowest = Math.Max(slowest, (clock.Elapsed - start).TotalMilliseconds);
                    while (await control.GetFromJsonAsync<int>("clients", group.CancellationToken) < polls + sockets)
                        await Task.Delay(10, group.CancellationToken);
                }

                // The group ends when the last client has: by a goodbye of the server, or because it is gone.
                stopping = clock.Elapsed;
                server.RequestStop();
            },
            cancellationToken);
        return new Measured(form, polls, sockets, connected.TotalSeconds, steps, idleCpu, Messages, slowest,
            (clock.Elapsed - stopping).TotalSeconds, threads, clients.Tally);
    }

    private static HttpClient NewClient(int http) => new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true })
    {
        DefaultRequestVersion = new Version(http, http == 1 ? 1 : 0),
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static Step Look(ChildProcess server, int clients) => new(clients, server.WorkingSet / 1048576.0, server.ThreadCount);
}
