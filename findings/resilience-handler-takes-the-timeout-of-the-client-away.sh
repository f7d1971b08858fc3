#!/usr/bin/env bash
# Microsoft.Extensions.Http.Resilience 10.11.0: AddStandardResilienceHandler sets HttpClient.Timeout to infinite, also where it was configured to five seconds in the same chain of calls.
# The guess: a time-out that AddHttpClient is given stays, and the limits of the handler come in addition; the shorter one wins.
# Seen: the client that was configured before the handler was added has no time-out; one that is configured after it keeps its five seconds. With a server that answers after eight seconds the first call succeeds and the second is cancelled.
# Why the guess misses it: the extension adds a configuration of its own, and the last one counts. Adding resilience to a client with a strict limit lets its calls take longer than it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Http.Resilience@10.11.0
using Microsoft.Extensions.DependencyInjection;

Console.WriteLine($".NET {Environment.Version}, Http.Resilience {typeof(ResilienceHttpClientBuilderExtensions).Assembly.GetName().Version}");
var services = new ServiceCollection();
services.AddHttpClient("before", client => client.Timeout = TimeSpan.FromSeconds(5)).ConfigurePrimaryHttpMessageHandler(() => new Slow()).AddStandardResilienceHandler();
var after = services.AddHttpClient("after");
after.ConfigurePrimaryHttpMessageHandler(() => new Slow()).AddStandardResilienceHandler();
after.ConfigureHttpClient(client => client.Timeout = TimeSpan.FromSeconds(5));
await using var provider = services.BuildServiceProvider();
foreach (var name in new[] { "before", "after" })
{
    var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
    string outcome;
    try
    {
        outcome = (await client.GetAsync("http://localhost/")).StatusCode.ToString();
    }
    catch (OperationCanceledException exception)
    {
        outcome = exception.GetType().Name;
    }

    Console.WriteLine($"time-out configured {name} the handler is added: {client.Timeout}, call: {outcome}");
}

public sealed class Slow : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(8), cancellationToken);
        return new HttpResponseMessage();
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'configured before .*: -00:00:00.0010000, call: OK' <<< "$output" || { echo "Changed: no line matches 'configured before .*: -00:00:00.0010000, call: OK'"; exit 1; }
grep -qE 'configured after .*: 00:00:05, call: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches 'configured after .*: 00:00:05, call: TaskCanceledException'"; exit 1; }
echo "As described."
