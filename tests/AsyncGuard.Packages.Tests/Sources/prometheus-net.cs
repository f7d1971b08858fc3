using Prometheus;

class Uses
{
    static async Task Directly(IMetricServer server)
    {
        server.Start();
        server.Stop(); //! AGD0103
        await server.StopAsync();
    }

    static async Task Through(IMetricServer server)
    {
        Stop(server); //! AGD0105
        await Task.Yield();
    }

    static void Stop(IMetricServer server) => server.Stop();
}
