#!/usr/bin/env bash
# .NET 10: the sequence of Task.WhenEach can be enumerated once; the second loop over it is empty, without an exception.
# The guess: an IAsyncEnumerable over a fixed set of tasks gives all of them to each loop, or throws in the second.
# Seen: the first loop gets every task, the second none, also where all tasks had been complete before the first. A first loop that is left early leaves nothing for the second.
# Why the guess misses it: the method looks like a query and its result like a collection, but the state that the tasks report to is one object, which the first enumerator takes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
Console.WriteLine($".NET {Environment.Version}");
Task<int>[] tasks = [Task.FromResult(1), Task.FromResult(2), Slow()];
var finished = Task.WhenEach(tasks);
Console.WriteLine($"first loop {await Count(finished, int.MaxValue)}, second loop {await Count(finished, int.MaxValue)}");

var left = Task.WhenEach(tasks);
Console.WriteLine($"first loop left after {await Count(left, 1)}, second loop {await Count(left, int.MaxValue)}");

static async Task<int> Slow()
{
    await Task.Delay(100);
    return 3;
}

static async Task<int> Count(IAsyncEnumerable<Task<int>> sequence, int most)
{
    var count = 0;
    await foreach (var task in sequence)
    {
        count++;
        if (count == most) break;
    }

    return count;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'first loop 3, second loop 0' <<< "$output" || { echo "Changed: no line matches 'first loop 3, second loop 0'"; exit 1; }
grep -qE 'first loop left after 1, second loop 0' <<< "$output" || { echo "Changed: no line matches 'first loop left after 1, second loop 0'"; exit 1; }
echo "As described."
