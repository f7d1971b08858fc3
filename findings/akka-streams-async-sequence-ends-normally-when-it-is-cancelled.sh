#!/usr/bin/env bash
# Akka.Streams 1.5.74: "await foreach" over RunAsAsyncEnumerable ends without an exception when its token fires while it waits for an item.
# The guess: the token of WithCancellation ends the loop with OperationCanceledException, as for an async iterator or a channel.
# Seen: where the token fires during a wait, the loop ends as if the source were over. Where it fires in the body of the loop, the next step throws OperationCanceledException. An iterator throws in both.
# Why the guess misses it: the token shuts the stream down, and a stream that has been shut down is complete to the one who waits for it; the token itself is looked at only at the beginning of a step. What stands behind the loop, such as "all rows were imported", runs after a stop as well, and a test that cancels in the body does not show it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Akka.Streams@1.5.74
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

Console.WriteLine($".NET {Environment.Version}, Akka.Streams {typeof(Source).Assembly.GetName().Version}");
using var system = ActorSystem.Create("system", "akka.loglevel = OFF");
using var materializer = system.Materializer();
await Show("Akka.Streams", () => Source.From(Enumerable.Range(0, 2)).SelectAsync(1, NextAsync).RunAsAsyncEnumerable(materializer));
await Show("an iterator", () => Items());

static async Task Show(string name, Func<IAsyncEnumerable<int>> items)
{
    foreach (var inBody in new[] { false, true })
    {
        using var source = new CancellationTokenSource();
        var when = inBody ? "in the body" : "during a wait";
        try
        {
            await foreach (var _ in items().WithCancellation(source.Token))
            {
                if (inBody) source.Cancel();
                else source.CancelAfter(500);
            }

            Console.WriteLine($"{name}, {when}: ended normally");
        }
        catch (OperationCanceledException exception)
        {
            Console.WriteLine($"{name}, {when}: {exception.GetType().Name}");
        }
    }
}

static async Task<int> NextAsync(int item)
{
    if (item > 0) await Task.Delay(10_000);
    return item;
}

static async IAsyncEnumerable<int> Items([EnumeratorCancellation] CancellationToken token = default)
{
    yield return 0;
    await Task.Delay(10_000, token);
    yield return 1;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Akka.Streams, during a wait: ended normally' <<< "$output" || { echo "Changed: no line matches '^Akka.Streams, during a wait: ended normally'"; exit 1; }
grep -qE '^Akka.Streams, in the body: OperationCanceledException' <<< "$output" || { echo "Changed: no line matches '^Akka.Streams, in the body: OperationCanceledException'"; exit 1; }
grep -qE '^an iterator, during a wait: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches '^an iterator, during a wait: TaskCanceledException'"; exit 1; }
grep -qE '^an iterator, in the body: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches '^an iterator, in the body: TaskCanceledException'"; exit 1; }
echo "As described."
