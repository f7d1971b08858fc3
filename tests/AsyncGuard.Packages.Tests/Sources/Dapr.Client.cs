using Dapr.Client;

class Uses
{
    static async Task Directly(DaprClient client, CancellationToken token)
    {
        var state = await client.GetStateAsync<string>("store", "key"); //! AGD0301
        var secret = client.GetSecretAsync("store", "key", cancellationToken: token).Result; //! AGD0102
        await client.PublishEventAsync("bus", "topic", state, token);
        using var own = new DaprClientBuilder().Build();
        await client.WaitForSidecarAsync(token);
    }

    static void Dropped(DaprClient client)
    {
        client.PublishEventAsync("bus", "topic"); //! AGD0201
    }
}
