#!/usr/bin/env bash
# StreamJsonRpc 2.26.150: a call whose token has fired goes on waiting until the server answers, and returns the answer as a success.
# The guess: InvokeWithCancellationAsync throws OperationCanceledException as soon as the token fires, as HttpClient and gRPC do.
# Seen: a server method that ignores its token for 1.5 s keeps the cancelled caller for all of it and hands over its result; one that passes the token on ends the call at once.
# Why the guess misses it: the token only sends a message that asks the server to stop. A limit in time needs WaitAsync around the call as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package StreamJsonRpc@2.26.150
using System.Diagnostics;
using Nerdbank.Streams;
using StreamJsonRpc;

Console.WriteLine($".NET {Environment.Version}, StreamJsonRpc {typeof(JsonRpc).Assembly.GetName().Version}");
var (serverEnd, clientEnd) = FullDuplexStream.CreatePair();
using var server = JsonRpc.Attach(serverEnd, new Target());
using var client = JsonRpc.Attach(clientEnd);
await client.InvokeAsync<int>("Ready");
foreach (var method in new[] { "IgnoresToken", "PassesTokenOn" })
{
    using var stop = new CancellationTokenSource(200);
    var watch = Stopwatch.StartNew();
    string outcome;
    try
    {
        outcome = "returned " + await client.InvokeWithCancellationAsync<int>(method, null, stop.Token);
    }
    catch (OperationCanceledException)
    {
        outcome = "cancelled";
    }

    Console.WriteLine($"{method}: {outcome}, {(watch.ElapsedMilliseconds >= 1400 ? "after the whole time" : "early")} ({watch.ElapsedMilliseconds} ms)");
}

public class Target
{
    public int Ready() => 0;

    public async Task<int> IgnoresToken(CancellationToken cancellationToken)
    {
        await Task.Delay(1500);
        return 42;
    }

    public async Task<int> PassesTokenOn(CancellationToken cancellationToken)
    {
        await Task.Delay(10_000, cancellationToken);
        return 42;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'IgnoresToken: returned 42, after the whole time' <<< "$output" || { echo "Changed: no line matches 'IgnoresToken: returned 42, after the whole time'"; exit 1; }
grep -qE 'PassesTokenOn: cancelled' <<< "$output" || { echo "Changed: no line matches 'PassesTokenOn: cancelled'"; exit 1; }
echo "As described."
