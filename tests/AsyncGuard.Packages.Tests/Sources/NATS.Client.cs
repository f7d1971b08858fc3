using NATS.Client;

class Uses
{
    static async Task Directly(ISyncSubscription subscription, byte[] data, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        using var connection = new ConnectionFactory().CreateConnection(); //! AGD0104
        connection.Publish("a", data);
        var answer = connection.Request("a", data); //! AGD0103
        connection.Flush(); //! AGD0104
        var message = subscription.NextMessage(); //! AGD0104
        var soon = subscription.NextMessage(1000); //! AGD0104
        connection.Drain(); //! AGD0103
        await connection.RequestAsync("a", data); //! AGD0301
        using var handler = connection.SubscribeAsync("a");
    }

    static async Task Through(IConnection connection, ISyncSubscription subscription, byte[] data)
    {
        Ask(connection, data); //! AGD0105
        Next(subscription); //! AGD0105
        await Task.Yield();
    }

    static Msg Ask(IConnection connection, byte[] data) => connection.Request("a", data, 1000);

    static Msg Next(ISyncSubscription subscription) => subscription.NextMessage();
}
