#!/usr/bin/env bash
# .NET 10: a channel of CreateUnboundedPrioritized does not keep the order of items that have the same priority.
# The guess: items of one priority come out in the order in which they were written, as from any other channel.
# Seen: ten items of one priority are written as 0 to 9 and read as 0, 9, 8 and so on. With the number of the item as a second key the order is that of the writes.
# Why the guess misses it: behind it stands a heap, which knows no order among equals. A queue of orders in which most have the normal priority serves the newest ones first, and with a few items per run a test does not show it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Threading.Channels;

Console.WriteLine($".NET {Environment.Version}");
await Show("by priority", (left, right) => left.Priority.CompareTo(right.Priority));
await Show("by priority and number", (left, right) => (left.Priority, left.Number).CompareTo((right.Priority, right.Number)));

static async Task Show(string name, Comparison<Item> comparison)
{
    var channel = Channel.CreateUnboundedPrioritized(new UnboundedPrioritizedChannelOptions<Item> { Comparer = Comparer<Item>.Create(comparison) });
    for (var number = 0; number < 10; number++) await channel.Writer.WriteAsync(new Item(1, number));
    channel.Writer.Complete();
    var read = await channel.Reader.ReadAllAsync().Select(item => item.Number).ToListAsync();
    Console.WriteLine($"{name}: {(read.SequenceEqual(Enumerable.Range(0, 10)) ? "in order" : "mixed")}, {string.Join(' ', read)}");
}

public sealed record Item(int Priority, int Number);
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^by priority: mixed' <<< "$output" || { echo "Changed: no line matches '^by priority: mixed'"; exit 1; }
grep -qE '^by priority and number: in order' <<< "$output" || { echo "Changed: no line matches '^by priority and number: in order'"; exit 1; }
echo "As described."
