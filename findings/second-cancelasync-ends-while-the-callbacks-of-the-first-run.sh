#!/usr/bin/env bash
# .NET 10: CancelAsync (and Cancel) on a source that is being cancelled ends at once, while callbacks that are registered on its token still run.
# The guess: after 'await source.CancelAsync()' every registered callback has run, whoever cancelled first, so that what the callbacks use can be disposed.
# Seen: only the call that cancels first waits. A second one is complete when it returns; so is Cancel. Unregister by DisposeAsync waits for the callback, Unregister and IsCancellationRequested do not.
# Why the guess misses it: the task looks like that of the cancellation; it is that of the callbacks that this call has started, which are none. Two paths into a shutdown (a signal and a failure) are enough.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
Console.WriteLine($".NET {Environment.Version}");
var source = new CancellationTokenSource();
using var begun = new ManualResetEventSlim();
using var mayEnd = new ManualResetEventSlim();
var isOver = false;
var registration = source.Token.Register(() =>
{
    begun.Set();
    mayEnd.Wait();
    isOver = true;
});

var first = source.CancelAsync();
begun.Wait();
var second = source.CancelAsync();
Console.WriteLine($"second CancelAsync: {State(second)}, the callback {Callback()}");
var again = Task.Run(source.Cancel);
await Task.WhenAny(again, Task.Delay(5000));
Console.WriteLine($"second Cancel: {State(again)}, the callback {Callback()}");
Console.WriteLine($"Unregister: {registration.Unregister()}, the callback {Callback()}");
var removal = registration.DisposeAsync().AsTask();
await Task.Delay(300);
Console.WriteLine($"DisposeAsync of the registration: {State(removal)}, the callback {Callback()}");
Console.WriteLine($"first CancelAsync: {State(first)}, the callback {Callback()}");
mayEnd.Set();
await removal;
await first;
Console.WriteLine($"at the end: the callback {Callback()}");

string Callback() => isOver ? "has ended" : "runs";
string State(Task task) => task.IsCompletedSuccessfully ? "complete" : "waits";
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
expect() { grep -qF -- "$1" <<< "$output" || { echo "Changed: no line is '$1'"; exit 1; }; }
expect 'second CancelAsync: complete, the callback runs'
expect 'second Cancel: complete, the callback runs'
expect 'Unregister: False, the callback runs'
expect 'DisposeAsync of the registration: waits, the callback runs'
expect 'first CancelAsync: waits, the callback runs'
expect 'at the end: the callback has ended'
echo "As described."
