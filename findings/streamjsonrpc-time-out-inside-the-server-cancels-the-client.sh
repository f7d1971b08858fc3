#!/usr/bin/env bash
# StreamJsonRpc 2.26.150: a server method that ends with OperationCanceledException of its own makes the call of the client Canceled, although the client has cancelled nothing.
# The guess: what a server method throws arrives as RemoteInvocationException, and TaskCanceledException means that the token of the caller has fired.
# Seen: InvalidDataException arrives as RemoteInvocationException in a faulted task. The TaskCanceledException of a time-out inside the server arrives as TaskCanceledException in a task that is Canceled, without a word of the server; the client passed no token.
# Why the guess misses it: the protocol has one error code for a cancelled request, and the library sends it for every OperationCanceledException. A client that treats a cancellation as its own stop leaves its loop, or drops the request, when a database behind the server is slow.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package StreamJsonRpc@2.26.150
#:package Nerdbank.Streams@2.14.411
using Nerdbank.Streams;
using StreamJsonRpc;

Console.WriteLine($".NET {Environment.Version}, StreamJsonRpc {typeof(JsonRpc).Assembly.GetName().Version}");
var (near, far) = FullDuplexStream.CreatePair();
using var server = JsonRpc.Attach(near, new Orders());
using var client = JsonRpc.Attach(far);
await Show("failure", "Fail");
await Show("time-out in the server", "TimeOut");

async Task Show(string name, string method)
{
    var call = client.InvokeAsync<int>(method);
    try
    {
        await call;
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}, task {call.Status}");
    }
}

public sealed class Orders
{
    public async Task<int> Fail()
    {
        await Task.Yield();
        throw new InvalidDataException();
    }

    public async Task<int> TimeOut()
    {
        using var limit = new CancellationTokenSource(50);
        await Task.Delay(Timeout.Infinite, limit.Token);
        return 1;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^failure: RemoteInvocationException, task Faulted' <<< "$output" || { echo "Changed: no line matches '^failure: RemoteInvocationException, task Faulted'"; exit 1; }
grep -qE '^time-out in the server: TaskCanceledException, task Canceled' <<< "$output" || { echo "Changed: no line matches '^time-out in the server: TaskCanceledException, task Canceled'"; exit 1; }
echo "As described."
