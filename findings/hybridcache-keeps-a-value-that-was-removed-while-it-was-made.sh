#!/usr/bin/env bash
# Microsoft.Extensions.Caching.Hybrid 10.11.0: a value whose factory runs while RemoveAsync or RemoveByTagAsync is called is kept when the factory ends, and is handed to later callers until it expires.
# The guess: what was removed while it was made is handed to those who wait for it, and not kept; at least the removal by a tag, which notes its time, holds for it.
# Seen: the factory reads "old", the key or the tag is removed, the factory ends, and the next call gets "old" without running its own factory.
# Why the guess misses it: the entry is written, with the time of its end, after the factory; a removal looks at what is there. The common order, first write to the database and then remove, leaves the old value in the cache whenever a reader has just asked for it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Caching.Hybrid@10.11.0
#:package Microsoft.Extensions.DependencyInjection@10.0.0
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

Console.WriteLine($".NET {Environment.Version}");
var services = new ServiceCollection();
services.AddHybridCache();
await using var provider = services.BuildServiceProvider();
var cache = provider.GetRequiredService<HybridCache>();
await Show("RemoveAsync", "a", () => cache.RemoveAsync("a"));
await Show("RemoveByTagAsync", "b", () => cache.RemoveByTagAsync("tag"));

async Task Show(string name, string key, Func<ValueTask> removeAsync)
{
    var value = "old";
    var waiting = cache.GetOrCreateAsync(key, ReadAsync, tags: ["tag"]).AsTask();
    await Task.Delay(150);
    value = "new";
    await removeAsync();
    await waiting;
    await Task.Delay(50);
    Console.WriteLine($"{name}: the next call gets {await cache.GetOrCreateAsync(key, ReadAsync, tags: ["tag"])}");

    async ValueTask<string> ReadAsync(CancellationToken token)
    {
        var read = value;
        await Task.Delay(400, token);
        return read;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^RemoveAsync: the next call gets old' <<< "$output" || { echo "Changed: no line matches '^RemoveAsync: the next call gets old'"; exit 1; }
grep -qE '^RemoveByTagAsync: the next call gets old' <<< "$output" || { echo "Changed: no line matches '^RemoveByTagAsync: the next call gets old'"; exit 1; }
echo "As described."
