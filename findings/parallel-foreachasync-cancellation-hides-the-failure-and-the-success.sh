#!/usr/bin/env bash
# .NET 10: once its token has fired, Parallel.ForEachAsync ends as Canceled, whether an item has failed before or all items have succeeded.
# The guess: an exception of an item comes out of the await, as it does without the token; and a loop whose items have all been handled has succeeded.
# Seen: one item throws InvalidDataException; the token fires while the others end; what comes out is TaskCanceledException, and Task.Exception is null. Where the token fires in the last of four items, which all run to their end, the task is Canceled, too.
# A cancellation of an item's own, such as a time-out, makes the task Faulted instead, with TaskCanceledException as its error.
# Why the guess misses it: at its end the loop looks at the token first and takes every failure for a consequence of it. The first bad record of a run that is then stopped is in no log, and "cancelled" does not mean that something was left undone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
Console.WriteLine($".NET {Environment.Version}");
using (var source = new CancellationTokenSource())
{
    await Show("a failed item, then the token", Parallel.ForEachAsync(Enumerable.Range(0, 4), Options(source), async (item, token) =>
    {
        if (item == 0)
        {
            await Task.Delay(100, CancellationToken.None);
            throw new InvalidDataException("item 0");
        }

        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        finally
        {
            source.Cancel();
        }
    }));
}

await Show("a failed item, no token", Parallel.ForEachAsync(Enumerable.Range(0, 4), async (item, token) =>
{
    await Task.Delay(50, CancellationToken.None);
    if (item == 0) throw new InvalidDataException("item 0");
}));

var handled = 0;
using (var source = new CancellationTokenSource())
{
    await Show("the token in the last item", Parallel.ForEachAsync(Enumerable.Range(0, 4), Options(source), async (_, _) =>
    {
        await Task.Delay(50, CancellationToken.None);
        if (Interlocked.Increment(ref handled) == 4) source.Cancel();
    }));
    Console.WriteLine($"handled: {handled} of 4");
}

await Show("a time-out of an item's own", Parallel.ForEachAsync(Enumerable.Range(0, 4), async (item, _) =>
{
    await Task.Delay(50, CancellationToken.None);
    if (item == 2) throw new TaskCanceledException("a time-out");
}));

static ParallelOptions Options(CancellationTokenSource source) => new() { MaxDegreeOfParallelism = 4, CancellationToken = source.Token };

static async Task Show(string name, Task task)
{
    await Task.WhenAny(task);
    Console.WriteLine($"{name}: {task.Status}, {task.Exception?.InnerException?.GetType().Name ?? "no exception"}");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^a failed item, then the token: Canceled, no exception' <<< "$output" || { echo "Changed: no line matches '^a failed item, then the token: Canceled, no exception'"; exit 1; }
grep -qE '^a failed item, no token: Faulted, InvalidDataException' <<< "$output" || { echo "Changed: no line matches '^a failed item, no token: Faulted, InvalidDataException'"; exit 1; }
grep -qE '^the token in the last item: Canceled, no exception' <<< "$output" || { echo "Changed: no line matches '^the token in the last item: Canceled, no exception'"; exit 1; }
grep -qE '^handled: 4 of 4' <<< "$output" || { echo "Changed: no line matches '^handled: 4 of 4'"; exit 1; }
grep -qE '^a time-out of an item.s own: Faulted, TaskCanceledException' <<< "$output" || { echo "Changed: no line matches '^a time-out of an item.s own: Faulted, TaskCanceledException'"; exit 1; }
echo "As described."
