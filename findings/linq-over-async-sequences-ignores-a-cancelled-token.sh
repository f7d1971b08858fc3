#!/usr/bin/env bash
# System.Linq.AsyncEnumerable of .NET 10: ToListAsync(token), CountAsync(token) and their kin finish with a token that is cancelled from the start.
# The guess: an awaitable operator that takes a token throws OperationCanceledException for a cancelled one, as Stream and Channel members do.
# Seen: over Range, arrays, Where, OrderBy, Chunk and iterators without [EnumeratorCancellation], the operators run to completion.
# Only a delegate that looks at the token it is given stops.
# Why the guess misses it: the operators hand the token to GetAsyncEnumerator and never look at it themselves, so it means what the source makes of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using var stop = new CancellationTokenSource();
stop.Cancel();
Console.WriteLine($".NET {Environment.Version}, System.Linq.AsyncEnumerable {typeof(AsyncEnumerable).Assembly.GetName().Version}");
await Try("Range.CountAsync", async () => await AsyncEnumerable.Range(0, 10).CountAsync(stop.Token));
await Try("array.ToListAsync", async () => await new[] { 1, 2, 3 }.ToAsyncEnumerable().ToListAsync(stop.Token));
await Try("Where.OrderBy.Chunk.ToListAsync", async () => await AsyncEnumerable.Range(0, 10).Where(x => x > 1).OrderBy(x => x).Chunk(2).ToListAsync(stop.Token));
await Try("iterator.FirstAsync", async () => await Own().FirstAsync(stop.Token));
await Try("iterator.Where(token).ToListAsync", async () => await Own().Where(async (x, token) =>
{
    await Task.Yield();
    token.ThrowIfCancellationRequested();
    return true;
}).ToListAsync(stop.Token));

static async IAsyncEnumerable<int> Own()
{
    for (var i = 0; i < 5; i++)
    {
        await Task.Yield();
        yield return i;
    }
}

static async Task Try(string name, Func<Task> run)
{
    try
    {
        await run();
        Console.WriteLine(name + ": completed");
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine(name + ": cancelled");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Range.CountAsync: completed' <<< "$output" || { echo "Changed: no line matches '^Range.CountAsync: completed'"; exit 1; }
grep -qE '^array.ToListAsync: completed' <<< "$output" || { echo "Changed: no line matches '^array.ToListAsync: completed'"; exit 1; }
grep -qE 'Chunk.ToListAsync: completed' <<< "$output" || { echo "Changed: no line matches 'Chunk.ToListAsync: completed'"; exit 1; }
grep -qE '^iterator.FirstAsync: completed' <<< "$output" || { echo "Changed: no line matches '^iterator.FirstAsync: completed'"; exit 1; }
grep -qE '^iterator.Where.token.*: cancelled' <<< "$output" || { echo "Changed: no line matches '^iterator.Where.token.*: cancelled'"; exit 1; }
echo "As described."
