#!/usr/bin/env bash
# Polly.Core 8.9.1: with their default options neither the retry nor the circuit breaker takes the time-out of an HttpClient for a failure.
# The guess: AddRetry without a filter tries again after every exception, and the time-out of a slow server is the first that one means.
# Seen: a refused connection is tried three times and opens the breaker. The TaskCanceledException of HttpClient.Timeout leaves the retry after the first try, and ten of them leave the breaker closed; no token of the caller is involved. With a time-out strategy inside, which throws TimeoutRejectedException, both do what is expected.
# Why the guess misses it: the default handles every exception but OperationCanceledException, and the client's time-out is one. The policy works in each test with a server that is down, and does nothing against one that is slow.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Polly.Core@8.9.1
using System.Net;
using System.Net.Sockets;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

Console.WriteLine($".NET {Environment.Version}, Polly.Core {typeof(ResiliencePipeline).Assembly.GetName().Version}");
using var silent = new TcpListener(IPAddress.Loopback, 0);
silent.Start();
var waiting = ((IPEndPoint)silent.LocalEndpoint).Port;
int refused;
using (var closed = new TcpListener(IPAddress.Loopback, 0))
{
    closed.Start();
    refused = ((IPEndPoint)closed.LocalEndpoint).Port;
}

await Show("refused", refused, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
await Show("time-out of the client", waiting, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
await Show("time-out strategy", waiting, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100));

static async Task Show(string name, int port, TimeSpan ofClient, TimeSpan ofStrategy)
{
    using var client = new HttpClient { Timeout = ofClient };
    var retry = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.FromMilliseconds(1) })
        .AddTimeout(ofStrategy)
        .Build();
    var tries = 0;
    var thrown = await RunAsync(retry, async token =>
    {
        tries++;
        await client.GetAsync($"http://127.0.0.1:{port}/", token);
    });
    var breaker = new ResiliencePipelineBuilder()
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions { MinimumThroughput = 2, FailureRatio = 0.5 })
        .AddTimeout(ofStrategy)
        .Build();
    var opened = false;
    for (var call = 0; call < 10 && !opened; call++)
    {
        opened = await RunAsync(breaker, async token => await client.GetAsync($"http://127.0.0.1:{port}/", token)) is BrokenCircuitException;
    }

    Console.WriteLine($"{name}: {thrown?.GetType().Name} after {tries} tries, breaker {(opened ? "open" : "closed")}");
}

static async Task<Exception?> RunAsync(ResiliencePipeline pipeline, Func<CancellationToken, ValueTask> work)
{
    try
    {
        await pipeline.ExecuteAsync(work);
        return null;
    }
    catch (Exception exception)
    {
        return exception;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^refused: HttpRequestException after 3 tries, breaker open' <<< "$output" || { echo "Changed: no line matches '^refused: HttpRequestException after 3 tries, breaker open'"; exit 1; }
grep -qE '^time-out of the client: TaskCanceledException after 1 tries, breaker closed' <<< "$output" || { echo "Changed: no line matches '^time-out of the client: TaskCanceledException after 1 tries, breaker closed'"; exit 1; }
grep -qE '^time-out strategy: TimeoutRejectedException after 3 tries, breaker open' <<< "$output" || { echo "Changed: no line matches '^time-out strategy: TimeoutRejectedException after 3 tries, breaker open'"; exit 1; }
echo "As described."
