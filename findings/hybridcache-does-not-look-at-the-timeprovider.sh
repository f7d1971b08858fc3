#!/usr/bin/env bash
# Microsoft.Extensions.Caching.Hybrid 10.11.0 with Microsoft.Extensions.TimeProvider.Testing 10.11.0: entries do not expire by the TimeProvider that is registered.
# The guess: with a FakeTimeProvider as the TimeProvider of the container, Advance(one hour) expires an entry of five minutes, and the factory runs again.
# Seen: the factory has run once. With an expiration of half a second and a real second of waiting it runs a second time, without any Advance.
# Why the guess misses it: what keeps the entries in the process is MemoryCache, whose clock is an option of its own. A test of code that caches waits in real time, or passes although the code never loads again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Caching.Hybrid@10.11.0
#:package Microsoft.Extensions.TimeProvider.Testing@10.11.0
#:package Microsoft.Extensions.DependencyInjection@10.0.15
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

Console.WriteLine($".NET {Environment.Version}, Caching.Hybrid {typeof(HybridCache).Assembly.GetName().Version}");
var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
var services = new ServiceCollection();
services.AddSingleton<TimeProvider>(time);
services.AddHybridCache();
await using var provider = services.BuildServiceProvider();
var cache = provider.GetRequiredService<HybridCache>();

Console.WriteLine($"five minutes, Advance of an hour: the factory ran {await Load("advanced", TimeSpan.FromMinutes(5), () =>
{
    time.Advance(TimeSpan.FromHours(1));
    return Task.CompletedTask;
})} time(s)");
Console.WriteLine($"half a second, a real wait: the factory ran {await Load("waited", TimeSpan.FromMilliseconds(500), () => Task.Delay(1500))} time(s)");

async Task<int> Load(string key, TimeSpan expiration, Func<Task> pass)
{
    var runs = 0;
    var options = new HybridCacheEntryOptions { Expiration = expiration, LocalCacheExpiration = expiration };
    await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(++runs), options);
    await pass();
    await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(++runs), options);
    return runs;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^five minutes, Advance of an hour: the factory ran 1 time' <<< "$output" || { echo "Changed: no line matches '^five minutes, Advance of an hour: the factory ran 1 time'"; exit 1; }
grep -qE '^half a second, a real wait: the factory ran 2 time' <<< "$output" || { echo "Changed: no line matches '^half a second, a real wait: the factory ran 2 time'"; exit 1; }
echo "As described."
