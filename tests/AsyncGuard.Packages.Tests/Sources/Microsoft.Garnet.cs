using Garnet.client;

class Uses
{
    static async Task Directly(GarnetClient client, CancellationToken token)
    {
        client.Connect(token); //! AGD0103
        await client.ConnectAsync(token);
        client.StringGet("key", (context, value) => { });
        client.Ping((context, value) => { });
        var answer = client.PingAsync().Result; //! AGD0102 //! AGD0301
        await client.PingAsync(); //! AGD0301
    }

    static async Task Through(GarnetClient client)
    {
        Open(client); //! AGD0105
        await Task.Yield();
    }

    static void Open(GarnetClient client) => client.Connect();
}
