#!/usr/bin/env bash
# Npgsql 10.0.3, MySqlConnector 2.6.2, Microsoft.Data.SqlClient 7.1.1 and the Firebird client 10.3.4: OpenAsync(token) while a server that accepts the connection says nothing yet.
# The guess: the token ends the wait in all four, as it does for every query of these drivers, with an OperationCanceledException.
# Seen: SqlClient and Firebird end at once. Npgsql and MySqlConnector wait for their own connection time-out (4 s here, 15 s by default).
# After it, MySqlConnector throws OperationCanceledException and Npgsql an NpgsqlException around a TimeoutException, although the token fired long before.
# Why the guess misses it: the token is used for the connect of the socket, which succeeds; the reads of the greeting after it have the time-out alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:package Microsoft.Data.SqlClient@7.1.1
#:package Npgsql@10.0.3
#:package MySqlConnector@2.6.2
#:package FirebirdSql.Data.FirebirdClient@10.3.4
#:property PublishAot=false
#:property NuGetAudit=false
using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();
var port = ((IPEndPoint)listener.LocalEndpoint).Port;
var accepted = new List<TcpClient>();
_ = Task.Run(async () =>
{
    while (true) accepted.Add(await listener.AcceptTcpClientAsync());
});
DbConnection[] connections =
[
    new Microsoft.Data.SqlClient.SqlConnection(
        $"Server=127.0.0.1,{port};User Id=a;Password=b;Encrypt=false;Connect Timeout=4;Pooling=false;ConnectRetryCount=0"),
    new FirebirdSql.Data.FirebirdClient.FbConnection($"DataSource=127.0.0.1;Port={port};Database=x;User=a;Password=b;Connection Timeout=4;Pooling=false"),
    new Npgsql.NpgsqlConnection($"Host=127.0.0.1;Port={port};Username=a;Password=b;Timeout=4;Pooling=false"),
    new MySqlConnector.MySqlConnection($"Server=127.0.0.1;Port={port};User Id=a;Password=b;Connection Timeout=4;Pooling=false"),
];
foreach (var connection in connections)
{
    using var token = new CancellationTokenSource(500);
    var watch = Stopwatch.StartNew();
    try
    {
        await connection.OpenAsync(token.Token);
    }
    catch (Exception e)
    {
        var when = watch.ElapsedMilliseconds < 2_500 ? "at the token" : "at the time-out of the connection";
        Console.WriteLine($"{connection.GetType().Name}: ended {when} with {e.GetType().Name}, inner {e.InnerException?.GetType().Name ?? "none"}");
    }
}

Environment.Exit(0);
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'SqlConnection: ended at the token with TaskCanceledException' <<< "$output" || { echo "Changed: no line matches 'SqlConnection: ended at the token with TaskCanceledException'"; exit 1; }
grep -qE 'FbConnection: ended at the token with OperationCanceledException' <<< "$output" || { echo "Changed: no line matches 'FbConnection: ended at the token with OperationCanceledException'"; exit 1; }
grep -qE 'NpgsqlConnection: ended at the time-out of the connection with NpgsqlException, inner TimeoutException' <<< "$output" || { echo "Changed: no line matches 'NpgsqlConnection: ended at the time-out of the connection with NpgsqlException, inner TimeoutException'"; exit 1; }
grep -qE 'MySqlConnection: ended at the time-out of the connection with OperationCanceledException' <<< "$output" || { echo "Changed: no line matches 'MySqlConnection: ended at the time-out of the connection with OperationCanceledException'"; exit 1; }
echo "As described."
