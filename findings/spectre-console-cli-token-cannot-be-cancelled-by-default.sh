#!/usr/bin/env bash
# Spectre.Console.Cli 0.57.2: the CancellationToken that AsyncCommand.ExecuteAsync is given can never fire, unless RunAsync was given one.
# The guess: the framework made the parameter a part of every command, so it connects it to Ctrl+C.
# Seen: CanBeCanceled is false in a command that is run by RunAsync(args), and true in one that is run by RunAsync(args, token).
# Why the guess misses it: the parameter is not optional, and passing it on to every call, as each guide and analyzer asks, changes nothing until the program makes a source of its own for Console.CancelKeyPress.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Spectre.Console.Cli@0.57.2
using Spectre.Console.Cli;

Console.WriteLine($".NET {Environment.Version}, Spectre.Console.Cli {typeof(CommandApp).Assembly.GetName().Version}");
Console.Write("RunAsync(args): ");
await new CommandApp<Show>().RunAsync([]);
using var stop = new CancellationTokenSource();
Console.Write("RunAsync(args, token): ");
await new CommandApp<Show>().RunAsync([], stop.Token);

class Show : AsyncCommand
{
    public override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        Console.WriteLine($"CanBeCanceled {cancellationToken.CanBeCanceled}");
        return Task.FromResult(0);
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'RunAsync\(args\): CanBeCanceled False' <<< "$output" || { echo "Changed: no line matches 'RunAsync\(args\): CanBeCanceled False'"; exit 1; }
grep -qE 'RunAsync\(args, token\): CanBeCanceled True' <<< "$output" || { echo "Changed: no line matches 'RunAsync\(args, token\): CanBeCanceled True'"; exit 1; }
echo "As described."
