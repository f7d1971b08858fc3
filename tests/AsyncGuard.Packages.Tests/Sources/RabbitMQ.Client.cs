using RabbitMQ.Client;

class Uses
{
    static async Task Directly(ConnectionFactory factory, CancellationToken token)
    {
        using var connection = await factory.CreateConnectionAsync(token); //! AGD0505
        await using var channel = await connection.CreateChannelAsync(); //! AGD0301
        await channel.BasicPublishAsync("", "q", new byte[1]); //! AGD0301
        channel.BasicPublishAsync("", "q", new byte[1], cancellationToken: token).GetAwaiter().GetResult(); //! AGD0102
    }
}
