#!/usr/bin/env bash
# Grpc.AspNetCore 2.85.0 (Grpc.Net.Client): a client stream whose server answers after the first message, while the client goes on writing.
# The guess: WriteAsync succeeds until CompleteAsync, or fails with a status that says what is wrong, and the call as a whole is lost.
# Seen: WriteAsync throws an RpcException whose StatusCode is OK; awaiting the call gives the answer of the server.
# Why the guess misses it: a server may end a client stream with success before it has read all of it. 'catch (RpcException e) when (e.StatusCode != StatusCode.OK)' and a retry on any RpcException both do the wrong thing here.
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
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(58_218, options => options.Protocols = HttpProtocols.Http2));
builder.Services.AddGrpc();
var app = builder.Build();
app.MapGrpcService<Service>();
await app.StartAsync();
using var channel = GrpcChannel.ForAddress(app.Urls.First());
var invoker = channel.CreateCallInvoker();

using var call = invoker.AsyncClientStreamingCall(ServiceBase.Upload, null, new CallOptions());
var written = "all";
try
{
    for (var i = 0; i < 200; i++)
    {
        await call.RequestStream.WriteAsync("text");
        await Task.Delay(10);
    }

    await call.RequestStream.CompleteAsync();
}
catch (RpcException e)
{
    written = $"a part, then RpcException with the status {e.StatusCode}";
}

Console.WriteLine($"Grpc.Net.Client 2.85.0: wrote {written}; answer '{await call}'");
await app.StopAsync();

public sealed class Service : ServiceBase
{
    public override async Task<string> UploadCore(IAsyncStreamReader<string> stream, ServerCallContext context)
    {
        await stream.MoveNext();
        return "enough";
    }
}

[BindServiceMethod(typeof(ServiceBase), nameof(BindService))]
public abstract class ServiceBase
{
    private static readonly Marshaller<string> Text = Marshallers.Create(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    public static readonly Method<string, string> Upload = new(MethodType.ClientStreaming, "Service", nameof(UploadCore), Text, Text);

    public abstract Task<string> UploadCore(IAsyncStreamReader<string> stream, ServerCallContext context);

    public static void BindService(ServiceBinderBase binder, ServiceBase? service) =>
        binder.AddMethod(Upload, (ClientStreamingServerMethod<string, string>)null!);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'wrote a part, then RpcException with the status OK; answer .enough.' <<< "$output" || { echo "Changed: no line matches 'wrote a part, then RpcException with the status OK; answer .enough.'"; exit 1; }
echo "As described."
