using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

class Uses
{
    static async Task Directly(CancellationToken token)
    {
        var container = new ContainerBuilder("redis:7").Build();
        await container.StartAsync(); //! AGD0301
        var logs = container.GetLogsAsync(ct: token).Result; //! AGD0102
        container.StopAsync(token).Wait(token); //! AGD0102
        await container.DisposeAsync();
    }

    static void Start(IContainer container)
    {
        container.StartAsync(); //! AGD0201
    }
}
