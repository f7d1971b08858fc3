#!/usr/bin/env bash
# .NET 10: Dispose of an HttpClient, and of its handler with it, does not touch a response whose headers are there: the body is read to its end. CancelPendingRequests does not end it either.
# The guess: a client that is disposed, or told to cancel what is pending, ends every request of its own, so that the read of the body fails.
# Seen: with HttpCompletionOption.ResponseHeadersRead, the rest of the body, which the server sends a second after Dispose or CancelPendingRequests, is read without an exception. A request that still waits for its headers ends with TaskCanceledException in both cases.
# Why the guess misses it: for the client a request has ended with what GetAsync returns, and a connection in use is closed only when it comes back to its pool. A download or a stream of events goes on behind a service that has stopped its client: only the token of each read, or Dispose of the response, ends it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Net;
using System.Net.Sockets;

Console.WriteLine($".NET {Environment.Version}");
await Show("Dispose, body", client => client.Dispose(), HttpCompletionOption.ResponseHeadersRead);
await Show("Dispose, headers", client => client.Dispose(), null);
await Show("CancelPendingRequests, body", client => client.CancelPendingRequests(), HttpCompletionOption.ResponseHeadersRead);
await Show("CancelPendingRequests, headers", client => client.CancelPendingRequests(), null);

static async Task Show(string name, Action<HttpClient> end, HttpCompletionOption? option)
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    var serving = ServeAsync(listener, option is null);
    var client = new HttpClient();
    var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
    try
    {
        if (option is not { } completion)
        {
            var request = client.GetAsync(address);
            await Task.Delay(300);
            end(client);
            using var _ = await request;
            Console.WriteLine($"{name}: ended normally");
        }
        else
        {
            using var response = await client.GetAsync(address, completion);
            var reading = response.Content.ReadAsStringAsync();
            end(client);
            Console.WriteLine($"{name}: read {await reading}");
        }
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}");
    }

    await serving;
}

static async Task ServeAsync(TcpListener listener, bool isLate)
{
    try
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        if (isLate) await Task.Delay(1000);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234"u8.ToArray());
        await Task.Delay(1000);
        await stream.WriteAsync("56789"u8.ToArray());
    }
    catch (IOException)
    {
        // The client has gone.
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Dispose, body: read 0123456789' <<< "$output" || { echo "Changed: no line matches '^Dispose, body: read 0123456789'"; exit 1; }
grep -qE '^Dispose, headers: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches '^Dispose, headers: TaskCanceledException'"; exit 1; }
grep -qE '^CancelPendingRequests, body: read 0123456789' <<< "$output" || { echo "Changed: no line matches '^CancelPendingRequests, body: read 0123456789'"; exit 1; }
grep -qE '^CancelPendingRequests, headers: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches '^CancelPendingRequests, headers: TaskCanceledException'"; exit 1; }
echo "As described."
