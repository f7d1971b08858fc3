#!/usr/bin/env bash
# CommunityToolkit.Mvvm 8.4.2: AsyncRelayCommand.ExecuteAsync runs while the command is running, concurrent executions allowed or not, and cancels the execution before it.
# The guess: without AllowConcurrentExecutions a second call does nothing or throws; with it, both run beside each other.
# Seen: the second call starts the delegate again in both cases. Where the delegate takes a token, the first execution is cancelled by the second, even with AllowConcurrentExecutions.
# Why the guess misses it: the option only decides what CanExecute says, which a bound control asks and code that calls ExecuteAsync does not; and the command has one token source, which each execution replaces.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package CommunityToolkit.Mvvm@8.4.2
using CommunityToolkit.Mvvm.Input;

Console.WriteLine($".NET {Environment.Version}, CommunityToolkit.Mvvm {typeof(AsyncRelayCommand).Assembly.GetName().Version}");
foreach (var options in new[] { AsyncRelayCommandOptions.None, AsyncRelayCommandOptions.AllowConcurrentExecutions })
{
    var started = 0;
    var command = new AsyncRelayCommand(
        async token =>
        {
            started++;
            await Task.Delay(500, token);
        },
        options);
    var first = command.ExecuteAsync(null);
    var canExecute = command.CanExecute(null);
    var second = command.ExecuteAsync(null);
    await Task.WhenAll(first, second).ContinueWith(_ => { });
    Console.WriteLine($"{options}: CanExecute while running {canExecute}, started {started}, first {first.Status}, second {second.Status}");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'None: CanExecute while running False, started 2, first Canceled, second RanToCompletion' <<< "$output" || { echo "Changed: no line matches 'None: CanExecute while running False, started 2, first Canceled, second RanToCompletion'"; exit 1; }
grep -qE 'AllowConcurrentExecutions: CanExecute while running True, started 2, first Canceled, second RanToCompletion' <<< "$output" || { echo "Changed: no line matches 'AllowConcurrentExecutions: CanExecute while running True, started 2, first Canceled, second RanToCompletion'"; exit 1; }
echo "As described."
