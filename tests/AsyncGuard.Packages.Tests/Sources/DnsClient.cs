using DnsClient;

class Uses
{
    static async Task Directly(ILookupClient client, CancellationToken token)
    {
        var answer = client.Query("localhost", QueryType.A); //! AGD0103
        await client.QueryAsync("localhost", QueryType.A); //! AGD0301
        await client.QueryAsync("localhost", QueryType.A, cancellationToken: token);
    }

    static async Task Through(ILookupClient client)
    {
        Ask(client); //! AGD0105
        await Task.Yield();
    }

    static IDnsQueryResponse Ask(ILookupClient client) => client.Query("localhost", QueryType.A);

    static async Task PerCallAsync()
    {
        var client = new LookupClient(); //! AGD0501
        await client.QueryAsync("localhost", QueryType.A);
    }
}
