#!/usr/bin/env bash
# Jering.Javascript.NodeJS 6.3.1: the first Invoke…Async holds the thread that calls it until Node.js has started; needs Node.js.
# The guess: the process is started and waited for asynchronously, so that the first call of a server costs a wait and no thread.
# Seen: the call itself takes most of the time before it returns a task; the next one returns its task at once.
# Why the guess misses it: the process is started and its signal waited for before the first await of the call, and only what follows is awaited.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Jering.Javascript.NodeJS@6.3.1
using System.Diagnostics;
using Jering.Javascript.NodeJS;

const string Module = "module.exports = callback => callback(null, 'done');";
var first = await SeeAsync();
var second = await SeeAsync();
Console.WriteLine($"First: held for most of the time: {first.Held > first.Total / 2 && first.Held > 20}");
Console.WriteLine($"Second: held half as long: {second.Held > first.Held / 2}");

static async Task<(double Held, double Total)> SeeAsync()
{
    var clock = Stopwatch.StartNew();
    var task = StaticNodeJSService.InvokeFromStringAsync<string>(Module);
    var held = clock.Elapsed.TotalMilliseconds;
    await task;
    return (held, clock.Elapsed.TotalMilliseconds);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'First: held for most of the time: True' <<< "$output" || { echo "Changed: no line matches 'First: held for most of the time: True'"; exit 1; }
grep -qE 'Second: held half as long: False' <<< "$output" || { echo "Changed: no line matches 'Second: held for most of the time: False'"; exit 1; }
echo "As described."
