using System.Net.WebSockets;
using Websocket.Client;

class Uses
{
    static async Task Directly(IWebsocketClient client)
    {
        client.Start().Wait(); //! AGD0102
        var isClosed = client.Stop(WebSocketCloseStatus.NormalClosure, "end").Result; //! AGD0102
        client.Reconnect().GetAwaiter().GetResult(); //! AGD0102
        client.Send("queued");
        await client.SendInstant("now");
        await client.StartOrFail();
    }

    static void Dropped(WebsocketClient client)
    {
        client.Start(); //! AGD0201
        client.SendInstant("now"); //! AGD0201
    }

    static async Task Through(IWebsocketClient client)
    {
        Stop(client); //! AGD0105
        await Task.Yield();
    }

    static bool Stop(IWebsocketClient client) => client.Stop(WebSocketCloseStatus.NormalClosure, "end").Result; //! AGD0108
}
