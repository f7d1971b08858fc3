#!/usr/bin/env bash
# MassTransit 8.5.12, in-memory transport: StopAsync of the bus does not cancel ConsumeContext.CancellationToken; it waits for the consumer.
# The guess: a consumer that passes the token of its context on stops when the bus stops.
# Seen: StopAsync takes as long as the consumer, which runs to its end with a token that has not fired.
# Why the guess misses it: the host's own services are stopped by such a token. A consumer that should leave at once needs a token of its own, such as that of the host.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package MassTransit@8.5.12
#:package Microsoft.Extensions.Logging@10.0.15
using System.Diagnostics;
using Example;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

Console.WriteLine($".NET {Environment.Version}, MassTransit {typeof(MassTransit.IBusControl).Assembly.GetName().Version}");
var services = new ServiceCollection();
services.AddLogging();
services.AddMassTransit(bus =>
{
    bus.AddConsumer<Slow>();
    bus.UsingInMemory((context, transport) => transport.ConfigureEndpoints(context));
});
await using var provider = services.BuildServiceProvider();
var control = provider.GetRequiredService<IBusControl>();
await control.StartAsync();
await control.Publish(new Work());
await Slow.Started.Task;
var watch = Stopwatch.StartNew();
await control.StopAsync();
Console.WriteLine($"StopAsync: {(watch.ElapsedMilliseconds >= 1900 ? "as long as the consumer" : "early")} ({watch.ElapsedMilliseconds} ms); the consumer {Slow.Outcome}");

namespace Example
{
    public class Work;

    public class Slow : IConsumer<Work>
    {
        public static readonly TaskCompletionSource Started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static string Outcome { get; private set; } = "has not ended";

        public async Task Consume(ConsumeContext<Work> context)
        {
            Started.TrySetResult();
            try
            {
                await Task.Delay(2000, context.CancellationToken);
                Outcome = "ran to its end";
            }
            catch (OperationCanceledException)
            {
                Outcome = "was cancelled";
            }
        }
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'StopAsync: as long as the consumer .*; the consumer ran to its end' <<< "$output" || { echo "Changed: no line matches 'StopAsync: as long as the consumer .*; the consumer ran to its end'"; exit 1; }
echo "As described."
