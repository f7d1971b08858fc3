using Grpc.Core;
using Grpc.Net.Client;

class Uses
{
    private static readonly GrpcChannel Shared = GrpcChannel.ForAddress("https://localhost");

    static async Task Directly(CallInvoker invoker, Method<string, string> method)
    {
        var answer = invoker.BlockingUnaryCall(method, null, default, "a"); //! AGD0104
        await Task.Yield();
    }

    static async Task Created()
    {
        using var channel = GrpcChannel.ForAddress("https://localhost"); //! AGD0501
        await channel.ConnectAsync();
    }
}
