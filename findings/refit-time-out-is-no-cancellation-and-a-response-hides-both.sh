#!/usr/bin/env bash
# Refit 16.4.0: a time-out of the client is an ApiRequestException, no OperationCanceledException; with ApiResponse<T> it is no exception at all.
# The guess: a Refit method throws what HttpClient throws: TaskCanceledException for a cancelled token and for a time-out, HttpRequestException for a server that is not there.
# Seen: the cancelled token of the caller gives TaskCanceledException; the time-out and the refused connection give ApiRequestException. A method that returns ApiResponse<T> throws for the token alone; the other two come back as a response with an Error.
# Why the guess misses it: code that tells a time-out by its TaskCanceledException, as one learns it with HttpClient, or that retries on HttpRequestException, sees neither after a change to Refit of today.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Refit@16.4.0
using System.Net;
using System.Net.Sockets;
using Refit;

Console.WriteLine($".NET {Environment.Version}, Refit {typeof(RestService).Assembly.GetName().Version}");
var silent = new TcpListener(IPAddress.Loopback, 0);
silent.Start();
var address = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
var closed = new TcpListener(IPAddress.Loopback, 0);
closed.Start();
var nothing = new Uri($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}");
closed.Stop();

foreach (var (kind, call) in new (string, Func<IOrders, CancellationToken, Task<Exception?>>)[]
{
    ("Task<string>", async (api, token) => { await api.GetAsync(token); return null; }),
    ("ApiResponse<string>", async (api, token) => { using var response = await api.GetResponseAsync(token); return response.Error; }),
})
{
    using var source = new CancellationTokenSource(300);
    await Show($"{kind}, token cancelled", () => call(Client(address, Timeout.InfiniteTimeSpan), source.Token));
    await Show($"{kind}, time-out of the client", () => call(Client(address, TimeSpan.FromMilliseconds(300)), CancellationToken.None));
    await Show($"{kind}, connection refused", () => call(Client(nothing, TimeSpan.FromSeconds(30)), CancellationToken.None));
}

static IOrders Client(Uri address, TimeSpan timeout) =>
    RestService.For<IOrders>(new HttpClient { BaseAddress = address, Timeout = timeout });

static async Task Show(string kind, Func<Task<Exception?>> call)
{
    try
    {
        var error = await call();
        Console.WriteLine($"{kind}: no exception, Error {error?.GetType().Name}, inside {error?.InnerException?.GetType().Name}");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{kind}: {exception.GetType().Name}, inside {exception.InnerException?.GetType().Name}");
    }
}

public interface IOrders
{
    [Get("/orders")]
    Task<string> GetAsync(CancellationToken cancellationToken);

    [Get("/orders")]
    Task<ApiResponse<string>> GetResponseAsync(CancellationToken cancellationToken);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'Task<string>, token cancelled: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches 'Task<string>, token cancelled: TaskCanceledException'"; exit 1; }
grep -qE 'Task<string>, time-out of the client: ApiRequestException, inside TaskCanceledException' <<< "$output" || { echo "Changed: no line matches 'Task<string>, time-out of the client: ApiRequestException, inside TaskCanceledException'"; exit 1; }
grep -qE 'Task<string>, connection refused: ApiRequestException, inside HttpRequestException' <<< "$output" || { echo "Changed: no line matches 'Task<string>, connection refused: ApiRequestException, inside HttpRequestException'"; exit 1; }
grep -qE 'ApiResponse<string>, token cancelled: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches 'ApiResponse<string>, token cancelled: TaskCanceledException'"; exit 1; }
grep -qE 'ApiResponse<string>, time-out of the client: no exception, Error ApiRequestException' <<< "$output" || { echo "Changed: no line matches 'ApiResponse<string>, time-out of the client: no exception, Error ApiRequestException'"; exit 1; }
grep -qE 'ApiResponse<string>, connection refused: no exception, Error ApiRequestException' <<< "$output" || { echo "Changed: no line matches 'ApiResponse<string>, connection refused: no exception, Error ApiRequestException'"; exit 1; }
echo "As described."
