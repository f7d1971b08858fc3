#!/usr/bin/env bash
# .NET 10: Console.In.ReadLineAsync(token) blocks the thread that calls it until a line is there, and does not look at its token meanwhile.
# The guess: the overload with a token, which came with .NET 7, waits without a thread and ends when the token fires.
# Seen: the call itself takes until the line arrives, the task is complete when it returns, and the token that fired long before changes nothing.
# Why the guess misses it: Console.In is a synchronized reader, whose awaitable members run the synchronous ones under a lock. OpenStandardInput().ReadAsync returns at once, but goes on past its token, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
using System.Diagnostics;

Console.WriteLine($".NET {Environment.Version}");
File.WriteAllText("first", "");
var watch = Stopwatch.StartNew();
using (var stop = new CancellationTokenSource(200))
{
    var line = Console.In.ReadLineAsync(stop.Token);
    Console.WriteLine($"ReadLineAsync: the call {(watch.ElapsedMilliseconds >= 900 ? "held its caller" : "returned")} ({watch.ElapsedMilliseconds} ms), complete {line.IsCompleted}, read '{await line}'");
}

File.WriteAllText("second", "");
watch.Restart();
using (var stop = new CancellationTokenSource(200))
{
    var read = Console.OpenStandardInput().ReadAsync(new byte[100], stop.Token);
    Console.Write($"ReadAsync of the stream: the call {(watch.ElapsedMilliseconds >= 900 ? "held its caller" : "returned")} ({watch.ElapsedMilliseconds} ms), ");
    try
    {
        Console.WriteLine($"read {await read} bytes after its token had fired {stop.IsCancellationRequested}");
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("cancelled");
    }
}
PROGRAM
dotnet build program.cs > build.log 2>&1 || { cat build.log; exit 1; }
type() { while [ ! -e "$1" ]; do sleep 0.1; done; sleep 1.5; echo "$2"; }
output=$( (type first line; type second more) | dotnet run --no-build program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
for expected in "ReadLineAsync: the call held its caller .*complete True, read 'line'" "ReadAsync of the stream: the call returned .*read 5 bytes after its token had fired True"; do
    grep -qE "$expected" <<< "$output" || { echo "Changed: no line matches '$expected'"; exit 1; }
done
echo "As described."
