#!/usr/bin/env bash
# Microsoft.Extensions.Caching.Hybrid 10.11.0: GetOrCreateAsync runs the factory on its caller's thread, unless it is given a token that can be cancelled.
# The guess: the factory of an awaitable cache member runs the same way with and without a token.
# Seen: without a token the call itself is held for as long as the factory's synchronous part runs; with a cancellable one the factory runs on another thread and the call returns at once.
# Why the guess misses it: a call that can be cancelled may leave while others still wait for the same value, so its work is detached from it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Caching.Hybrid@10.11.0
#:package Microsoft.Extensions.DependencyInjection@10.0.11
using System.Diagnostics;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

var services = new ServiceCollection();
services.AddHybridCache();
await using var provider = services.BuildServiceProvider();
var cache = provider.GetRequiredService<HybridCache>();
Console.WriteLine($".NET {Environment.Version}, HybridCache {typeof(HybridCacheServiceExtensions).Assembly.GetName().Version}");
await Try("without a token", CancellationToken.None);
using var source = new CancellationTokenSource();
await Try("with a token", source.Token);

async Task Try(string name, CancellationToken token)
{
    var (caller, factory) = (Environment.CurrentManagedThreadId, 0);
    var task = cache.GetOrCreateAsync(
        name,
        _ =>
        {
            factory = Environment.CurrentManagedThreadId;
            Thread.Sleep(200);
            return ValueTask.FromResult(1);
        },
        cancellationToken: token);
    var complete = task.IsCompleted;
    await task;
    Console.WriteLine($"{name}: factory on the caller's thread {factory == caller}, complete at return {complete}");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^without a token: factory on the caller.s thread True, complete at return True' <<< "$output" || { echo "Changed: no line matches '^without a token: factory on the caller.s thread True, complete at return True'"; exit 1; }
grep -qE '^with a token: factory on the caller.s thread False' <<< "$output" || { echo "Changed: no line matches '^with a token: factory on the caller.s thread False'"; exit 1; }
echo "As described."
