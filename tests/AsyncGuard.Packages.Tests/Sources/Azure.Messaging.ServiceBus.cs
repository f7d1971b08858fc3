using Azure.Messaging.ServiceBus;

class Uses
{
    static async Task Created(CancellationToken token)
    {
        await using var client = new ServiceBusClient("Endpoint=sb://x"); //! AGD0501
        await using var sender = client.CreateSender("q");
        await sender.SendMessageAsync(new ServiceBusMessage("a")); //! AGD0301
        await sender.SendMessageAsync(new ServiceBusMessage("a"), token);
        using var batch = await sender.CreateMessageBatchAsync(token);
        batch.TryAddMessage(new ServiceBusMessage("b"));
    }

    private readonly ServiceBusClient _client = new("Endpoint=sb://x");
}
