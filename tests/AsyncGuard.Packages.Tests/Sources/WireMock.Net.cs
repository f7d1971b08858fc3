using WireMock.Server;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

class Uses
{
    static async Task Directly()
    {
        using var server = WireMockServer.Start(); //! AGD0104
        server.Given(Request.Create().WithPath("/a").UsingGet()).RespondWith(Response.Create().WithStatusCode(200));
        server.Stop(); //! AGD0104
        var url = server.Url;
        var entries = server.LogEntries;
        await Task.Yield();
    }

    static async Task Through()
    {
        Start(); //! AGD0105
        await Task.Yield();
    }

    static WireMockServer Start() => WireMockServer.Start();
}
