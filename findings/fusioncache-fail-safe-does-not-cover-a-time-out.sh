#!/usr/bin/env bash
# ZiggyCreatures.FusionCache 2.9.0: with fail-safe on, a factory that ends with TaskCanceledException throws it to the caller; the stale value is not used.
# The guess: fail-safe gives the expired value whenever the factory fails, and the time-out of an HttpClient is the very failure that it is for.
# Seen: for InvalidDataException the stale value comes back. For the TaskCanceledException of an HttpClient whose own time-out has passed, with no token of the caller involved, GetOrSetAsync throws.
# Why the guess misses it: every OperationCanceledException counts as the wish of the caller. When the service behind is slow instead of down, the protection is missing; a catch in the factory that turns the time-out into another exception brings it back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package ZiggyCreatures.FusionCache@2.9.0
using ZiggyCreatures.Caching.Fusion;

Console.WriteLine($".NET {Environment.Version}, FusionCache {typeof(FusionCache).Assembly.GetName().Version}");
using var client = new HttpClient(new Silent()) { Timeout = TimeSpan.FromMilliseconds(100) };
await Show("failure", () => throw new InvalidDataException());
await Show("time-out", () => client.GetStringAsync("http://localhost/"));
await Show("time-out, rethrown as TimeoutException", async () =>
{
    try
    {
        return await client.GetStringAsync("http://localhost/");
    }
    catch (OperationCanceledException exception)
    {
        throw new TimeoutException("too slow", exception);
    }
});

static async Task Show(string name, Func<Task<string>> load)
{
    using var cache = new FusionCache(new FusionCacheOptions());
    var options = new FusionCacheEntryOptions(TimeSpan.FromMilliseconds(50)).SetFailSafe(true, TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
    await cache.SetAsync("key", "stale", options);
    await Task.Delay(500);
    string outcome;
    try
    {
        outcome = await cache.GetOrSetAsync<string>("key", async (_, _) => await load(), options);
    }
    catch (Exception exception)
    {
        outcome = exception.GetType().Name;
    }

    Console.WriteLine($"{name}: {outcome}");
}

public sealed class Silent : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return new HttpResponseMessage();
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^failure: stale' <<< "$output" || { echo "Changed: no line matches '^failure: stale'"; exit 1; }
grep -qE '^time-out: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches '^time-out: TaskCanceledException'"; exit 1; }
grep -qE '^time-out, rethrown as TimeoutException: stale' <<< "$output" || { echo "Changed: no line matches '^time-out, rethrown as TimeoutException: stale'"; exit 1; }
echo "As described."
