using StreamJsonRpc;

class Uses
{
    static async Task Directly(JsonRpc rpc, CancellationToken token)
    {
        rpc.InvokeAsync("close").Wait(); //! AGD0102
        rpc.Completion.Wait(); //! AGD0102
        rpc.DispatchCompletion.GetAwaiter().GetResult(); //! AGD0102
        var sum = await rpc.InvokeWithCancellationAsync<int>("add", [1, 2]); //! AGD0301
        sum = await rpc.InvokeWithCancellationAsync<int>("add", [1, 2], token);
        await rpc.InvokeWithParameterObjectAsync("close"); //! AGD0301
        rpc.StartListening();
        await rpc.NotifyAsync("changed");
    }

    static void Dropped(Stream stream)
    {
        var rpc = JsonRpc.Attach(stream);
        rpc.NotifyAsync("changed"); //! AGD0201
    }

    static async Task Through(JsonRpc rpc)
    {
        var sum = Sum(rpc); //! AGD0105
        await Task.Yield();
    }

    static int Sum(JsonRpc rpc) => rpc.InvokeAsync<int>("add", 1, 2).Result; //! AGD0108
}
