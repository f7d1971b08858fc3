#!/usr/bin/env bash
# FreeRedis 1.5.5 and CSRedisCore 3.8.807: SetAsync and GetAsync send, wait and read inside the call; what they return is complete.
# The guess: a client with a synchronous and an asynchronous form of each command waits for the server without a thread in the second.
# Seen: with a server that takes 300 ms for each answer, both members hold their caller for all of it, on a connection that is open already. StackExchange.Redis 3.4.35 returns its task at once.
# Why the guess misses it: the tasks are real, and so are the results; only the clock shows that nothing was awaited. A hundred such calls under Task.WhenAll run one after the other, and the thread of a request is held by each.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package FreeRedis@1.5.5
#:package CSRedisCore@3.8.807
#:package StackExchange.Redis@3.4.35
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CSRedis;
using StackExchange.Redis;

// A server that answers each command 300 ms later, with the same word.
using var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();
var port = ((IPEndPoint)listener.LocalEndpoint).Port;
_ = Task.Run(async () =>
{
    while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync());
});
Console.WriteLine($".NET {Environment.Version}");
using (var client = new FreeRedis.RedisClient($"127.0.0.1:{port},protocol=RESP2,min poolsize=1"))
{
    await Show("FreeRedis, SetAsync", () => client.SetAsync("key", "value"));
    await Show("FreeRedis, GetAsync", () => client.GetAsync("key"));
}

using (var client = new CSRedisClient($"127.0.0.1:{port},preheat=0,testcluster=false"))
{
    await Show("CSRedisCore, SetAsync", () => client.SetAsync("key", "value"));
    await Show("CSRedisCore, GetAsync", () => client.GetAsync("key"));
}

var multiplexer = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},abortConnect=false,protocol=resp2");
var database = multiplexer.GetDatabase();
await Show("StackExchange.Redis, StringGetAsync", () => database.StringGetAsync("key"));
Environment.Exit(0);

// The second of two calls, so that the connection is open.
static async Task Show(string name, Func<Task> call)
{
    await call();
    var watch = Stopwatch.StartNew();
    var task = call();
    var (held, complete) = (watch.ElapsedMilliseconds, task.IsCompleted);
    await task;
    Console.WriteLine($"{name}: {(held > watch.ElapsedMilliseconds * 9 / 10 ? "held its caller all the time" : "returned before")}, complete {complete} ({held} of {watch.ElapsedMilliseconds} ms)");
}

static async Task ServeAsync(TcpClient client)
{
    using var reader = new StreamReader(client.GetStream(), System.Text.Encoding.Latin1);
    while (await reader.ReadLineAsync() is { } line)
    {
        if (!line.StartsWith('*')) continue;
        var words = new List<string>();
        for (var word = int.Parse(line[1..]); word > 0; word--)
        {
            await reader.ReadLineAsync();
            words.Add((await reader.ReadLineAsync())!);
        }

        if (words[0].ToUpperInvariant() is "GET" or "SET") await Task.Delay(300);
        var answer = words[0].ToUpperInvariant() switch
        {
            "GET" => Bulk("value"),
            "PING" => "+PONG\r\n",
            "ECHO" => Bulk(words[1]),
            "CLIENT" when words[1].Equals("ID", StringComparison.OrdinalIgnoreCase) => ":1\r\n",
            "CONFIG" or "HELLO" => "-ERR unknown command\r\n",
            "CLUSTER" or "SENTINEL" => "-ERR not enabled\r\n",
            "INFO" => Bulk("redis_version:7.0.0\r\nredis_mode:standalone\r\n"),
            _ => "+OK\r\n",
        };
        await client.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer));
    }
}

static string Bulk(string text) => $"${text.Length}\r\n{text}\r\n";
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^FreeRedis, SetAsync: held its caller all the time, complete True' <<< "$output" || { echo "Changed: no line matches '^FreeRedis, SetAsync: held its caller all the time, complete True'"; exit 1; }
grep -qE '^FreeRedis, GetAsync: held its caller all the time, complete True' <<< "$output" || { echo "Changed: no line matches '^FreeRedis, GetAsync: held its caller all the time, complete True'"; exit 1; }
grep -qE '^CSRedisCore, SetAsync: held its caller all the time, complete True' <<< "$output" || { echo "Changed: no line matches '^CSRedisCore, SetAsync: held its caller all the time, complete True'"; exit 1; }
grep -qE '^CSRedisCore, GetAsync: held its caller all the time, complete True' <<< "$output" || { echo "Changed: no line matches '^CSRedisCore, GetAsync: held its caller all the time, complete True'"; exit 1; }
grep -qE '^StackExchange.Redis, StringGetAsync: returned before, complete False' <<< "$output" || { echo "Changed: no line matches '^StackExchange.Redis, StringGetAsync: returned before, complete False'"; exit 1; }
echo "As described."
