using NetMQ;
using NetMQ.Sockets;

class Uses
{
    static async Task Directly(SubscriberSocket socket, NetMQPoller poller)
    {
        var text = socket.ReceiveFrameString(); //! AGD0104
        var message = socket.ReceiveMultipartMessage(); //! AGD0104
        var bytes = socket.ReceiveFrameBytes(); //! AGD0104
        if (socket.TryReceiveFrameString(out var other)) Console.WriteLine(other);
        poller.RunAsync();
        await Task.Yield();
    }
}
