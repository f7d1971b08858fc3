#!/usr/bin/env bash
# Grpc.AspNetCore 2.85.0 (Grpc.Net.Client): a server stream read with MoveNext(token), where the token limits the wait for one message (250 ms); the third message takes 800 ms.
# The guess: the token ends that one MoveNext, and the next one waits for the same message again, as a read of a channel or of a socket does.
# Seen: the token cancels the call. Each later MoveNext throws RpcException with StatusCode.Cancelled, at the server the token of the call fires, and the messages that were still to be sent are lost.
# Why the guess misses it: the parameter stands on the reader and not on the call, and reads as the token of one wait. A pause in a stream can be limited only by a timer beside a MoveNext that goes on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:package Grpc.AspNetCore@2.85.0
#:property PublishAot=false
#:property NuGetAudit=false
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(58_217, options => options.Protocols = HttpProtocols.Http2));
builder.Services.AddGrpc();
var app = builder.Build();
app.MapGrpcService<Service>();
await app.StartAsync();
using var channel = GrpcChannel.ForAddress(app.Urls.First());
var invoker = channel.CreateCallInvoker();

using var call = invoker.AsyncServerStreamingCall(ServiceBase.Items, null, new CallOptions(), "5");
var seen = new List<string>();
for (var i = 0; i < 5; i++)
{
    using var limit = new CancellationTokenSource(i == 0 ? 10_000 : 250);
    try
    {
        seen.Add(await call.ResponseStream.MoveNext(limit.Token) ? call.ResponseStream.Current : "end");
    }
    catch (RpcException e)
    {
        seen.Add(e.StatusCode.ToString());
        await Task.Delay(300);
    }
}

await Task.Delay(1000);
Console.WriteLine($"Grpc.Net.Client 2.85.0: read {string.Join(" ", seen)}; token of the call at the server fired: {Service.Fired}");
await app.StopAsync();

public sealed class Service : ServiceBase
{
    public static bool Fired;

    public override async Task ItemsCore(string count, IServerStreamWriter<string> stream, ServerCallContext context)
    {
        using var registration = context.CancellationToken.Register(() => Fired = true);
        for (var i = 0; i < int.Parse(count); i++)
        {
            if (i == 2) await Task.Delay(800);
            await stream.WriteAsync(i.ToString());
        }
    }
}

[BindServiceMethod(typeof(ServiceBase), nameof(BindService))]
public abstract class ServiceBase
{
    private static readonly Marshaller<string> Text = Marshallers.Create(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    public static readonly Method<string, string> Items = new(MethodType.ServerStreaming, "Service", nameof(ItemsCore), Text, Text);

    public abstract Task ItemsCore(string count, IServerStreamWriter<string> stream, ServerCallContext context);

    public static void BindService(ServiceBinderBase binder, ServiceBase? service) =>
        binder.AddMethod(Items, (ServerStreamingServerMethod<string, string>)null!);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'read 0 1 Cancelled Cancelled Cancelled; token of the call at the server fired: True' <<< "$output" || { echo "Changed: no line matches 'read 0 1 Cancelled Cancelled Cancelled; token of the call at the server fired: True'"; exit 1; }
echo "As described."
