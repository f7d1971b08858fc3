using Amqp;

class Uses
{
    static async Task Directly(Address address)
    {
        var connection = new Connection(address); //! AGD0104
        var session = new Session(connection);
        var sender = new SenderLink(session, "s", "queue");
        sender.Send(new Message("a")); //! AGD0103
        var receiver = new ReceiverLink(session, "r", "queue");
        var message = receiver.Receive(); //! AGD0103
        receiver.Accept(message);
        connection.Close(); //! AGD0103
        await sender.SendAsync(new Message("a"));
    }

    static async Task Through(SenderLink sender, ReceiverLink receiver)
    {
        Say(sender); //! AGD0105
        Hear(receiver); //! AGD0105
        await Task.Yield();
    }

    static void Say(SenderLink sender) => sender.Send(new Message("a"));

    static Message Hear(ReceiverLink receiver) => receiver.Receive(TimeSpan.FromSeconds(5));
}
