#!/usr/bin/env bash
# Grpc.Net.Client 2.85.0: with ThrowOperationCanceledOnCancellation a deadline that has passed is an OperationCanceledException too, without a status.
# The guess: the option changes what the caller's token gives, and a deadline stays an RpcException with the status DeadlineExceeded.
# Seen: without the option the token gives RpcException with Cancelled and the deadline RpcException with DeadlineExceeded. With it both are OperationCanceledException, although no token of the caller has fired; the exception of the deadline names no time-out. A server that answers with Cancelled gives RpcException in both.
# Why the guess misses it: the name speaks of cancellations, and a deadline is the limit of the call, for which a retry or another server is the answer. A handler "catch (OperationCanceledException)", meant for the caller that has left, takes the slow server as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
#:package Grpc.AspNetCore.Server@2.85.0
#:package Grpc.Net.Client@2.85.0
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;

Console.WriteLine($".NET {Environment.Version}, Grpc.Net.Client {typeof(GrpcChannel).Assembly.GetName().Version}");
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
builder.Services.AddGrpc();
await using var app = builder.Build();
app.MapGrpcService<Service>();
await app.StartAsync();
foreach (var option in new[] { false, true })
{
    using var channel = GrpcChannel.ForAddress(app.Urls.First(), new GrpcChannelOptions { ThrowOperationCanceledOnCancellation = option });
    var invoker = channel.CreateCallInvoker();
    using (await Call("warm up")) { }
    using (var source = new CancellationTokenSource(500)) await Show("token", "wait", new CallOptions(cancellationToken: source.Token));
    await Show("deadline", "wait", new CallOptions(deadline: DateTime.UtcNow.AddMilliseconds(500)));
    await Show("Cancelled by the server", "cancel", default);

    async Task<IDisposable> Call(string text, CallOptions options = default)
    {
        var call = invoker.AsyncUnaryCall(ServiceBase.Method, null, options, text);
        await call;
        return call;
    }

    async Task Show(string name, string text, CallOptions options)
    {
        try
        {
            using (await Call(text, options)) { }
            Console.WriteLine($"option {option}, {name}: ended normally");
        }
        catch (RpcException exception)
        {
            Console.WriteLine($"option {option}, {name}: RpcException, {exception.StatusCode}");
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"option {option}, {name}: OperationCanceledException, token fired: {options.CancellationToken.IsCancellationRequested}");
        }
    }
}

[BindServiceMethod(typeof(ServiceBase), nameof(Bind))]
public abstract class ServiceBase
{
    private static readonly Marshaller<string> Text = Marshallers.Create(System.Text.Encoding.UTF8.GetBytes, bytes => System.Text.Encoding.UTF8.GetString(bytes));

    public static Method<string, string> Method { get; } = new(MethodType.Unary, "service", "Call", Text, Text);

    public static void Bind(ServiceBinderBase binder, ServiceBase service) => binder.AddMethod(Method, service is null ? null! : service.Call);

    public abstract Task<string> Call(string text, ServerCallContext context);
}

public sealed class Service : ServiceBase
{
    public override async Task<string> Call(string text, ServerCallContext context)
    {
        if (text == "cancel") throw new RpcException(new Status(StatusCode.Cancelled, "cancelled"));
        if (text == "wait") await Task.Delay(10_000, context.CancellationToken);
        return text;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^option False, token: RpcException, Cancelled' <<< "$output" || { echo "Changed: no line matches '^option False, token: RpcException, Cancelled'"; exit 1; }
grep -qE '^option False, deadline: RpcException, DeadlineExceeded' <<< "$output" || { echo "Changed: no line matches '^option False, deadline: RpcException, DeadlineExceeded'"; exit 1; }
grep -qE '^option False, Cancelled by the server: RpcException, Cancelled' <<< "$output" || { echo "Changed: no line matches '^option False, Cancelled by the server: RpcException, Cancelled'"; exit 1; }
grep -qE '^option True, token: OperationCanceledException, token fired: True' <<< "$output" || { echo "Changed: no line matches '^option True, token: OperationCanceledException, token fired: True'"; exit 1; }
grep -qE '^option True, deadline: OperationCanceledException, token fired: False' <<< "$output" || { echo "Changed: no line matches '^option True, deadline: OperationCanceledException, token fired: False'"; exit 1; }
grep -qE '^option True, Cancelled by the server: RpcException, Cancelled' <<< "$output" || { echo "Changed: no line matches '^option True, Cancelled by the server: RpcException, Cancelled'"; exit 1; }
echo "As described."
