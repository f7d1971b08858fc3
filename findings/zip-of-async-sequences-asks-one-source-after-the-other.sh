#!/usr/bin/env bash
# System.Linq.AsyncEnumerable of .NET 10: Zip waits for the next item of its first source before it asks the second one. Two sources that take 200 ms for an item give a pair each 400 ms, with two and with three sources the sum.
# The guess: both sources are asked at the same time, and a pair takes as long as the slower of the two.
# Seen: three pairs take more than a second, while two loops beside each other, joined by Task.WhenAll, take the time of one.
# Why the guess misses it: Zip is the operator that stands for two things side by side, and MoveNextAsync of both could be started before either is awaited. Pages of two services that are zipped are loaded one after the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
using System.Diagnostics;

Console.WriteLine($".NET {Environment.Version}");
var watch = Stopwatch.StartNew();
await foreach (var pair in Slow().Zip(Slow()))
{
}

Console.WriteLine($"Zip of two: {(watch.ElapsedMilliseconds >= 1100 ? "the sum" : "the slower one")}");
watch.Restart();
await foreach (var triple in Slow().Zip(Slow(), Slow()))
{
}

Console.WriteLine($"Zip of three: {(watch.ElapsedMilliseconds >= 1700 ? "the sum" : "the slower one")}");
watch.Restart();
var started = 0;
await foreach (var pair in Empty().Zip(Counted()))
{
}

Console.WriteLine($"Second source behind an empty first one: {(started == 0 ? "not started" : "started")}");

async IAsyncEnumerable<int> Slow()
{
    for (var i = 0; i < 3; i++)
    {
        await Task.Delay(200);
        yield return i;
    }
}

async IAsyncEnumerable<int> Empty()
{
    await Task.Yield();
    yield break;
}

async IAsyncEnumerable<int> Counted()
{
    started++;
    await Task.Yield();
    yield return 1;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Zip of two: the sum' <<< "$output" || { echo "Changed: no line matches '^Zip of two: the sum'"; exit 1; }
grep -qE '^Zip of three: the sum' <<< "$output" || { echo "Changed: no line matches '^Zip of three: the sum'"; exit 1; }
grep -qE '^Second source behind an empty first one: not started' <<< "$output" || { echo "Changed: no line matches '^Second source behind an empty first one: not started'"; exit 1; }
echo "As described."
