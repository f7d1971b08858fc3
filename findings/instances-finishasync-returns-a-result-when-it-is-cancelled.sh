#!/usr/bin/env bash
# Instances 3.1.0 (which FFMpegCore runs its programs with): a cancelled FinishAsync returns a result, as if the program had ended by itself.
# The guess: the token that fires ends the call with OperationCanceledException, as in CliWrap or Process.WaitForExitAsync.
# Seen: the call ends soon after the token fires, the program is gone, no exception is thrown, and only the exit code, which is that of a killed program, says that something happened.
# Why the guess misses it: the token is registered to kill the process, and the call awaits nothing but its exit; who does not look at the exit code takes half an output for the whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Instances@3.1.0
using System.Diagnostics;
using Instances;

using var limit = new CancellationTokenSource(500);
var clock = Stopwatch.StartNew();
var result = await Instance.FinishAsync("sleep", "20", limit.Token);
Console.WriteLine($"Returned without an exception: {clock.Elapsed.TotalSeconds < 15}");
Console.WriteLine($"Exit code {result.ExitCode}");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'Returned without an exception: True' <<< "$output" || { echo "Changed: no line matches 'Returned without an exception: True'"; exit 1; }
grep -qE 'Exit code 137' <<< "$output" || { echo "Changed: no line matches 'Exit code 137'"; exit 1; }
echo "As described."
