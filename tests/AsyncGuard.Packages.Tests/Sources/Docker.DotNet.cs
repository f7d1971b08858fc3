using Docker.DotNet;
using Docker.DotNet.Models;

class Uses
{
    static async Task Directly(IDockerClient client)
    {
        client.Containers.StartContainerAsync("a", new ContainerStartParameters());
        var all = await client.Containers.ListContainersAsync(new ContainersListParameters());
        var version = client.System.GetVersionAsync().GetAwaiter().GetResult(); //! AGD0102
        var name = all[0].Names[0];
        var parameters = new ContainerStopParameters { WaitBeforeKillSeconds = 5 };
    }

    static async Task PerCall()
    {
        using var client = new DockerClientConfiguration().CreateClient(); //! AGD0501
        await client.System.PingAsync();
    }
    private static readonly DockerClient s_shared = new DockerClientConfiguration().CreateClient();
}
