using Nakama;

class Uses
{
    static async Task Directly(IClient client, ISocket socket, CancellationToken token)
    {
        var session = await client.AuthenticateDeviceAsync("id"); //! AGD0301
        session = await client.AuthenticateDeviceAsync("id", canceller: token);
        var account = client.GetAccountAsync(session).Result; //! AGD0102 //! AGD0301
        await socket.ConnectAsync(session);
        await socket.CloseAsync();
    }

    static void Dropped(ISocket socket)
    {
        socket.CloseAsync(); //! AGD0201
    }

    static async Task Through(IClient client)
    {
        var session = Session(client); //! AGD0105
        await Task.Yield();
    }

    static ISession Session(IClient client) => client.AuthenticateDeviceAsync("id").GetAwaiter().GetResult(); //! AGD0108
}
