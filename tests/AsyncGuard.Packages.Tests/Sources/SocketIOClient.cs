using SocketIOClient;

class Uses
{
    static async Task Directly(SocketIO client, CancellationToken token)
    {
        client.ConnectAsync(); //? AGD0201
        client.EmitAsync("a", token, "b").Wait(); //! AGD0102
        client.DisconnectAsync().GetAwaiter().GetResult(); //! AGD0102
        client.On("a", static response => { });
        await client.EmitAsync("a", "b"); //! AGD0301
    }

    static async Task Through(SocketIO client)
    {
        Send(client); //! AGD0105
        await Task.Yield();
    }

    static void Send(SocketIO client) => client.EmitAsync("a", "b").Wait(); //? AGD0108
}
