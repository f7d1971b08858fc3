using dotnet_etcd;

class Uses
{
    static async Task Directly(EtcdClient client, CancellationToken token)
    {
        var value = client.GetVal("a"); //! AGD0103
        client.Put("a", "b"); //! AGD0103
        await client.GetValAsync("a"); //! AGD0301
        await client.GetValAsync("a", cancellationToken: token);
    }

    static async Task Through(EtcdClient client)
    {
        Get(client); //! AGD0105
        await Task.Yield();
    }

    static string Get(EtcdClient client) => client.GetVal("a");
}
