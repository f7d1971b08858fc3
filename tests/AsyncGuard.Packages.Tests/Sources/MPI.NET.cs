using MPI;

class Uses
{
    static async Task Directly(Intracommunicator world)
    {
        world.Send("text", 1, 0); //! AGD0104
        var text = world.Receive<string>(1, 0); //! AGD0104
        world.Barrier(); //! AGD0104
        var status = world.Probe(1, 0); //! AGD0104
        world.Broadcast(ref text, 0); //! AGD0104
        var request = world.ImmediateSend("text", 1, 0);
        if (request.Test() == null) request.Wait(); //! AGD0104
        var pending = world.ImmediateProbe(1, 0);
        await Task.Yield();
    }

    static async Task Through(Intracommunicator world)
    {
        Meet(world); //! AGD0105
        await Task.Yield();
    }

    static void Meet(Intracommunicator world) => world.Barrier();
}
