#!/usr/bin/env bash
# ZiggyCreatures.FusionCache 2.9.0 and Microsoft.Extensions.Caching.Hybrid 10.11.0: what becomes of the shared factory when the caller that started it is cancelled.
# The guess: a cache with stampede protection goes on with the factory for those who wait, and it runs once.
# Seen: HybridCache does; the second caller gets the value of the first run. FusionCache cancels the factory with its first caller, and the second runs it again from the beginning.
# Why the guess misses it: FusionCache runs the factory under the token of the caller that holds the lock.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package ZiggyCreatures.FusionCache@2.9.0
#:package Microsoft.Extensions.Caching.Hybrid@10.11.0
#:package Microsoft.Extensions.DependencyInjection@10.0.15
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

Console.WriteLine($".NET {Environment.Version}, FusionCache {typeof(FusionCache).Assembly.GetName().Version}, HybridCache {typeof(HybridCacheServiceExtensions).Assembly.GetName().Version}");
var started = 0;
using var fusion = new FusionCache(new FusionCacheOptions());
await Try("FusionCache", async token => await fusion.GetOrSetAsync<int>("key", async (_, cancel) => await Load(cancel), token: token));
var services = new ServiceCollection();
services.AddHybridCache();
await using var provider = services.BuildServiceProvider();
var hybrid = provider.GetRequiredService<HybridCache>();
await Try("HybridCache", async token => await hybrid.GetOrCreateAsync<int>("key", async cancel => await Load(cancel), cancellationToken: token));

async Task<int> Load(CancellationToken cancellationToken)
{
    var run = Interlocked.Increment(ref started);
    await Task.Delay(1000, cancellationToken);
    return run;
}

async Task Try(string name, Func<CancellationToken, Task<int>> get)
{
    started = 0;
    using var stop = new CancellationTokenSource(300);
    using var never = new CancellationTokenSource();
    var first = get(stop.Token);
    await Task.Delay(50);
    var second = get(never.Token);
    var outcome = "completed";
    try
    {
        await first;
    }
    catch (OperationCanceledException)
    {
        outcome = "cancelled";
    }

    Console.WriteLine($"{name}: first {outcome}, second got the value of run {await second}, factory started {started} times");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'FusionCache: first cancelled, second got the value of run 2, factory started 2 times' <<< "$output" || { echo "Changed: no line matches 'FusionCache: first cancelled, second got the value of run 2, factory started 2 times'"; exit 1; }
grep -qE 'HybridCache: first cancelled, second got the value of run 1, factory started 1 times' <<< "$output" || { echo "Changed: no line matches 'HybridCache: first cancelled, second got the value of run 1, factory started 1 times'"; exit 1; }
echo "As described."
