#!/usr/bin/env bash
# System.Linq.AsyncEnumerable of .NET 10: "DistinctBy(async item => await KeyAsync(item))" compiles without a warning and compares tasks; "async (item, token) => …" compares the keys.
# The guess: an operator over IAsyncEnumerable that takes an async lambda awaits it, or there is no such overload and the compiler says so.
# Seen: of four items with two keys DistinctBy, GroupBy, CountBy, ToLookupAsync and UnionBy find four keys (eight for the union), Join finds no pair, and OrderBy throws when it compares. With a second parameter, the token, each awaits the key and is right.
# Why the guess misses it: one parameter is the overload with a synchronous selector, whose result happens to be a task, and no two tasks are equal. In System.Linq.Async the same was another name, with Await in it; on the move to .NET 10 the shorter lambda still compiles.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
Console.WriteLine($".NET {Environment.Version}");
var items = new[] { 1, 1, 2, 2 }.ToAsyncEnumerable();
Console.WriteLine($"DistinctBy: {await items.DistinctBy(async item => await KeyAsync(item)).CountAsync()}, "
    + $"with a token {await items.DistinctBy(async (item, token) => await KeyAsync(item)).CountAsync()}");
Console.WriteLine($"GroupBy: {await items.GroupBy(async item => await KeyAsync(item)).CountAsync()}, "
    + $"with a token {await items.GroupBy(async (item, token) => await KeyAsync(item)).CountAsync()}");
Console.WriteLine($"CountBy: {await items.CountBy(async item => await KeyAsync(item)).CountAsync()}, "
    + $"with a token {await items.CountBy(async (item, token) => await KeyAsync(item)).CountAsync()}");
Console.WriteLine($"ToLookupAsync: {(await items.ToLookupAsync(async item => await KeyAsync(item))).Count}, "
    + $"with a token {(await items.ToLookupAsync(async (item, token) => await KeyAsync(item))).Count}");
Console.WriteLine($"UnionBy: {await items.UnionBy(items, async item => await KeyAsync(item)).CountAsync()}, "
    + $"with a token {await items.UnionBy(items, async (item, token) => await KeyAsync(item)).CountAsync()}");
Console.WriteLine($"Join: {await items.Join(items, async item => await KeyAsync(item), async item => await KeyAsync(item), (left, _) => left).CountAsync()}, "
    + $"with a token {await items.Join(items, async (item, token) => await KeyAsync(item), async (item, token) => await KeyAsync(item), async (left, _, token) => left).CountAsync()}");
try
{
    await items.OrderBy(async item => await KeyAsync(item)).CountAsync();
    Console.WriteLine("OrderBy: ordered");
}
catch (InvalidOperationException exception)
{
    Console.WriteLine($"OrderBy: {exception.GetType().Name}");
}

static async Task<int> KeyAsync(int item)
{
    await Task.Yield();
    return item;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^DistinctBy: 4, with a token 2' <<< "$output" || { echo "Changed: no line matches '^DistinctBy: 4, with a token 2'"; exit 1; }
grep -qE '^GroupBy: 4, with a token 2' <<< "$output" || { echo "Changed: no line matches '^GroupBy: 4, with a token 2'"; exit 1; }
grep -qE '^CountBy: 4, with a token 2' <<< "$output" || { echo "Changed: no line matches '^CountBy: 4, with a token 2'"; exit 1; }
grep -qE '^ToLookupAsync: 4, with a token 2' <<< "$output" || { echo "Changed: no line matches '^ToLookupAsync: 4, with a token 2'"; exit 1; }
grep -qE '^UnionBy: 8, with a token 2' <<< "$output" || { echo "Changed: no line matches '^UnionBy: 8, with a token 2'"; exit 1; }
grep -qE '^Join: 0, with a token 8' <<< "$output" || { echo "Changed: no line matches '^Join: 0, with a token 8'"; exit 1; }
grep -qE '^OrderBy: InvalidOperationException' <<< "$output" || { echo "Changed: no line matches '^OrderBy: InvalidOperationException'"; exit 1; }
echo "As described."
