#!/usr/bin/env bash
# System.Threading.Channels of .NET 10: ReadAllAsync(token) goes on yielding what is buffered after the token is cancelled.
# The guess: once the token is cancelled, the next step of 'await foreach' throws OperationCanceledException.
# Seen: with 1,000 items buffered and the token cancelled at the first, all 1,000 are yielded before the exception comes.
# Why the guess misses it: ReadAllAsync looks at the token only where it waits for more items; taking buffered ones does not.
# A worker that has to stop at once checks the token in the body of the loop.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Threading.Channels;

var channel = Channel.CreateUnbounded<int>();
for (var i = 0; i < 1000; i++) channel.Writer.TryWrite(i);
using var stop = new CancellationTokenSource();
var seen = 0;
var end = "ended";
try
{
    await foreach (var item in channel.Reader.ReadAllAsync(stop.Token))
    {
        if (++seen == 1) stop.Cancel();
    }
}
catch (OperationCanceledException)
{
    end = "cancelled";
}

Console.WriteLine($".NET {Environment.Version}: {end} after {seen} items");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'cancelled after 1000 items' <<< "$output" || { echo "Changed: no line matches 'cancelled after 1000 items'"; exit 1; }
echo "As described."
