using Microsoft.Azure.Amqp;

class Uses
{
    static async Task Directly(AmqpConnection connection, ReceivingAmqpLink link, CancellationToken token)
    {
        connection.Open(); //! AGD0103
        connection.Close(TimeSpan.FromSeconds(5)); //! AGD0103
        connection.CloseAsync(token).Wait(); //! AGD0102
        var message = await link.ReceiveMessageAsync(TimeSpan.FromSeconds(1)); //! AGD0301
        message = await link.ReceiveMessageAsync(token);
        var messages = await link.ReceiveMessagesAsync(10, TimeSpan.FromSeconds(1)); //! AGD0301
        link.SafeClose();
        connection.Abort();
    }

    static void Send(SendingAmqpLink link, AmqpMessage message)
    {
        link.SendMessageNoWait(message, default, default);
        link.SendMessageAsync(message, default, default, TimeSpan.FromSeconds(1)); //! AGD0201
    }

    static async Task Through(AmqpConnection connection)
    {
        Open(connection); //! AGD0105
        await Task.Yield();
    }

    static void Open(AmqpConnection connection) => connection.Open(TimeSpan.FromSeconds(5));
}
