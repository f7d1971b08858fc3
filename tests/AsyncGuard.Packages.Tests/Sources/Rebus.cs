using Rebus.Bus;

class Uses
{
    static async Task Directly(IBus bus, object message)
    {
        bus.Send(message);
        bus.Advanced.SyncBus.Send(message); //! AGD0104
        bus.Advanced.SyncBus.Publish(message); //! AGD0104
        var workers = bus.Advanced.Workers.Count;
        await bus.Publish(message);
    }

    static async Task Through(IBus bus, object message)
    {
        Send(bus, message); //! AGD0105
        await Task.Yield();
    }

    static void Send(IBus bus, object message) => bus.Advanced.SyncBus.Send(message);
}
