using MassTransit;

record Sent(int Id);

class Consumer : IConsumer<Sent>
{
    public async Task Consume(ConsumeContext<Sent> context)
    {
        File.ReadAllText("a"); //! AGD0103
        await context.Publish(new Sent(1));
        context.Publish(new Sent(2)).Wait(); //! AGD0102
        await Task.Delay(1, context.CancellationToken);
    }
}

class Uses
{
    static async Task Directly(IBus bus, CancellationToken token)
    {
        await bus.Publish(new Sent(1)); //! AGD0301
        await bus.Publish(new Sent(1), token);
    }

    static void Dropped(IPublishEndpoint endpoint)
    {
        endpoint.Publish(new Sent(1)); //! AGD0201
    }
}
