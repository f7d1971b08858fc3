#!/usr/bin/env bash
# .NET 10, HttpClient: HttpClient.Timeout and the token of the call do not end a call while a handler in its chain does not look at its token.
# The guess: after the limit the caller gets TaskCanceledException, whatever the handlers do; the handler that is too slow is left behind.
# Seen: with a limit of 300 ms and a DelegatingHandler that spends two seconds without the token before it sends, GetAsync throws TaskCanceledException only after the two seconds; with ResponseHeadersRead it returns 200 after them, as a success.
# Why the guess misses it: the limit cancels a token, and HttpClient then awaits the chain. A handler that fetches an access token, waits for a lock or retries after a delay is such a one, and a request that should fail within a second holds its caller for as long as that takes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Diagnostics;

Console.WriteLine($".NET {Environment.Version}");
using var client = new HttpClient(new Ignoring { InnerHandler = new Answer() }) { Timeout = TimeSpan.FromMilliseconds(300) };
await Show("GetAsync", () => client.GetAsync("http://localhost/"));
await Show("GetAsync with ResponseHeadersRead", () => client.GetAsync("http://localhost/", HttpCompletionOption.ResponseHeadersRead));

static async Task Show(string name, Func<Task<HttpResponseMessage>> send)
{
    var watch = Stopwatch.StartNew();
    string outcome;
    try
    {
        outcome = (await send()).StatusCode.ToString();
    }
    catch (OperationCanceledException exception)
    {
        outcome = exception.GetType().Name;
    }

    Console.WriteLine($"{name}: {outcome}, not before the two seconds of the handler: {watch.Elapsed > TimeSpan.FromSeconds(1.9)}");
}

public sealed class Ignoring : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
        return await base.SendAsync(request, cancellationToken);
    }
}

public sealed class Answer : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(10, CancellationToken.None);
        return new HttpResponseMessage();
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^GetAsync: TaskCanceledException, not before the two seconds of the handler: True' <<< "$output" || { echo "Changed: no line matches '^GetAsync: TaskCanceledException, not before the two seconds of the handler: True'"; exit 1; }
grep -qE '^GetAsync with ResponseHeadersRead: OK, not before the two seconds of the handler: True' <<< "$output" || { echo "Changed: no line matches '^GetAsync with ResponseHeadersRead: OK, not before the two seconds of the handler: True'"; exit 1; }
echo "As described."
