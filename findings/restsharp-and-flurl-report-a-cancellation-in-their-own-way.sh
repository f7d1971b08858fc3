#!/usr/bin/env bash
# RestSharp 114.1.0 and Flurl.Http 4.0.2: a request that its token stops does not end with OperationCanceledException.
# The guess: whatever the HTTP client library, the token that is passed to it ends the awaited call with OperationCanceledException.
# Seen: RestSharp's ExecuteAsync returns a response with the status Aborted and throws nothing, its GetAsync throws HttpRequestException, Flurl throws FlurlHttpException; HttpClient alone cancels.
# Why the guess misses it: the libraries wrap every failure in their own form. "catch (OperationCanceledException)" does not run, a retry that excludes cancellations retries, and a loop goes on after its stop.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package RestSharp@114.1.0
#:package Flurl.Http@4.0.2
using System.Net;
using System.Net.Sockets;
using Flurl.Http;
using RestSharp;

// A server that accepts and never answers.
var server = new TcpListener(IPAddress.Loopback, 0);
server.Start();
var accepted = new List<TcpClient>();
_ = Task.Run(async () =>
{
    while (true) accepted.Add(await server.AcceptTcpClientAsync());
});
var url = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/";
Console.WriteLine($".NET {Environment.Version}, RestSharp {typeof(RestClient).Assembly.GetName().Version}, Flurl.Http {typeof(FlurlRequest).Assembly.GetName().Version}");

using var http = new HttpClient();
using var rest = new RestClient(url);
await Try("HttpClient.GetStringAsync", async token => await http.GetStringAsync(url, token));
await Try("RestClient.ExecuteAsync", async token => (await rest.ExecuteAsync(new RestRequest("/"), token)).ResponseStatus);
await Try("RestClient.GetAsync", async token => (await rest.GetAsync(new RestRequest("/"), token)).ResponseStatus);
await Try("Flurl GetStringAsync", async token => await url.GetStringAsync(cancellationToken: token));

static async Task Try(string name, Func<CancellationToken, Task<object>> call)
{
    using var stop = new CancellationTokenSource(300);
    try
    {
        Console.WriteLine($"{name}: returned {await call(stop.Token)}");
    }
    catch (Exception error)
    {
        Console.WriteLine($"{name}: {error.GetType().Name}, {(error is OperationCanceledException ? "a cancellation" : "not a cancellation")}");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'HttpClient.GetStringAsync: TaskCanceledException, a cancellation' <<< "$output" || { echo "Changed: no line matches 'HttpClient.GetStringAsync: TaskCanceledException, a cancellation'"; exit 1; }
grep -qE 'RestClient.ExecuteAsync: returned Aborted' <<< "$output" || { echo "Changed: no line matches 'RestClient.ExecuteAsync: returned Aborted'"; exit 1; }
grep -qE 'RestClient.GetAsync: HttpRequestException, not a cancellation' <<< "$output" || { echo "Changed: no line matches 'RestClient.GetAsync: HttpRequestException, not a cancellation'"; exit 1; }
grep -qE 'Flurl GetStringAsync: FlurlHttpException, not a cancellation' <<< "$output" || { echo "Changed: no line matches 'Flurl GetStringAsync: FlurlHttpException, not a cancellation'"; exit 1; }
echo "As described."
