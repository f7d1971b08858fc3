#!/usr/bin/env bash
# Stateless 5.20.1: inside an action of the machine, awaiting FireAsync does not await the transition.
# The guess: "await machine.FireAsync(trigger)" is complete when the transition is, wherever it stands.
# Seen: in OnEntryAsync the awaited FireAsync returns while the machine is still in the old state; the transition takes place after the action has ended. With FiringMode.Immediate it is awaited.
# Why the guess misses it: the default mode puts triggers that are fired while another is handled into a queue, and the task says that it is queued.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Stateless@5.20.1
using Stateless;

Console.WriteLine($".NET {Environment.Version}, Stateless {typeof(FiringMode).Assembly.GetName().Version}");
foreach (var mode in new[] { FiringMode.Queued, FiringMode.Immediate })
{
    var machine = new StateMachine<string, string>("idle", mode);
    var seen = "";
    machine.Configure("idle").Permit("start", "running");
    machine.Configure("running").Permit("finish", "done").OnEntryAsync(async () =>
    {
        await Task.Yield();
        await machine.FireAsync("finish");
        seen = machine.State;
    });
    machine.Configure("done");
    await machine.FireAsync("start");
    Console.WriteLine($"{mode}: after the inner await '{seen}', at the end '{machine.State}'");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'Queued: after the inner await .running., at the end .done.' <<< "$output" || { echo "Changed: no line matches 'Queued: after the inner await .running., at the end .done.'"; exit 1; }
grep -qE 'Immediate: after the inner await .done., at the end .done.' <<< "$output" || { echo "Changed: no line matches 'Immediate: after the inner await .done., at the end .done.'"; exit 1; }
echo "As described."
