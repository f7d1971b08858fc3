#!/usr/bin/env bash
# System.Threading.Tasks.Dataflow of .NET 10: SendAsync to a block whose delegate has thrown returns false. It does not throw.
# The guess: a producer that awaits SendAsync learns of the failure, because the task of SendAsync fails as the block does.
# Seen: of ten items sent to a bounded block that fails at the third, the later ones are refused with false and no exception; the error is in Completion alone.
# Why the guess misses it: false is also what a completed block answers, so a loop that ignores the result of 'await SendAsync(x)' runs to its end and drops items.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Threading.Tasks.Dataflow;

var block = new ActionBlock<int>(
    async x =>
    {
        await Task.Delay(20);
        if (x == 2) throw new InvalidOperationException();
    },
    new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });
var (accepted, refused, thrown) = (0, 0, 0);
for (var i = 0; i < 10; i++)
{
    try
    {
        if (await block.SendAsync(i)) accepted++;
        else refused++;
    }
    catch (Exception)
    {
        thrown++;
    }
}

await block.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
Console.WriteLine($".NET {Environment.Version}: accepted {accepted}, refused {refused}, thrown {thrown}, completion {block.Completion.Status}");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'refused [5-9], thrown 0, completion Faulted' <<< "$output" || { echo "Changed: no line matches 'refused [5-9], thrown 0, completion Faulted'"; exit 1; }
echo "As described."
