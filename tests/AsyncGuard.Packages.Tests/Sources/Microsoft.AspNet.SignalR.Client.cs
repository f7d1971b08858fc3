using Microsoft.AspNet.SignalR.Client;

class Uses
{
    static async Task Directly(HubConnection connection, IHubProxy proxy)
    {
        connection.Start().Wait(); //! AGD0102
        var answer = proxy.Invoke<string>("a").Result; //! AGD0102
        connection.Stop(); //! AGD0104
        await proxy.Invoke("b");
    }

    static void Say(IHubProxy proxy)
    {
        proxy.Invoke("a"); //! AGD0201
    }
}
