#!/usr/bin/env bash
# .NET 10: the token that SocketsHttpHandler gives its ConnectCallback does not fire with the token of the request, nor with HttpClient.Timeout; it fires five seconds after the request has ended.
# The guess: the token of the callback is the token of the request that has asked for the connection.
# Seen: the request is cancelled after half a second and ends with TaskCanceledException at once. The callback, which opens the connection, goes on; its token fires about five seconds later. With HttpClient.Timeout it is the same.
# Why the guess misses it: a connection belongs to the pool and may serve the next request, so that the attempt is not given up with the one that began it. A callback that retries, or asks a proxy or a tunnel, still works for a request that has long ended, and a limit for the connection alone is the property ConnectTimeout.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Diagnostics;

Console.WriteLine($".NET {Environment.Version}");
await Show("token", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, 500);
await Show("HttpClient.Timeout", TimeSpan.FromMilliseconds(500), Timeout.InfiniteTimeSpan, -1);
await Show("ConnectTimeout", Timeout.InfiniteTimeSpan, TimeSpan.FromMilliseconds(500), -1);

static async Task Show(string name, TimeSpan timeout, TimeSpan connectTimeout, int milliseconds)
{
    var watch = new Stopwatch();
    var fired = new TaskCompletionSource<long>();
    using var client = new HttpClient(new SocketsHttpHandler
    {
        ConnectTimeout = connectTimeout,
        ConnectCallback = async (_, token) =>
        {
            using var registration = token.Register(() => fired.TrySetResult(watch.ElapsedMilliseconds));
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        },
    }) { Timeout = timeout };
    using var source = new CancellationTokenSource(milliseconds);
    watch.Start();
    try
    {
        await client.GetAsync("http://localhost/", source.Token);
    }
    catch (OperationCanceledException exception)
    {
        var ended = watch.ElapsedMilliseconds;
        var after = await fired.Task.WaitAsync(TimeSpan.FromSeconds(30)) - ended;
        Console.WriteLine($"{name}: {exception.GetType().Name}; the token of the callback fires {(after > 3000 ? "seconds later" : "at the same time")} ({after} ms)");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^token: TaskCanceledException; the token of the callback fires seconds later' <<< "$output" || { echo "Changed: no line matches '^token: TaskCanceledException; the token of the callback fires seconds later'"; exit 1; }
grep -qE '^HttpClient.Timeout: TaskCanceledException; the token of the callback fires seconds later' <<< "$output" || { echo "Changed: no line matches '^HttpClient.Timeout: TaskCanceledException; the token of the callback fires seconds later'"; exit 1; }
grep -qE '^ConnectTimeout: TaskCanceledException; the token of the callback fires at the same time' <<< "$output" || { echo "Changed: no line matches '^ConnectTimeout: TaskCanceledException; the token of the callback fires at the same time'"; exit 1; }
echo "As described."
