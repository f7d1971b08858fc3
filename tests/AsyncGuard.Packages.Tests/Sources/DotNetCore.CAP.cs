using DotNetCore.CAP;

class Subscriber : ICapSubscribe
{
    [CapSubscribe("name")]
    public async Task Handle(string message, CancellationToken token)
    {
        Thread.Sleep(10); //! AGD0101
        await Task.Delay(1, token);
    }
}

class Uses
{
    static async Task Directly(ICapPublisher publisher)
    {
        publisher.Publish("name", 1); //! AGD0103
        publisher.PublishDelay(TimeSpan.FromSeconds(1), "name", 1); //! AGD0103
        await publisher.PublishAsync("name", 1);
    }
}
