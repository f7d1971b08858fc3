using System.Net;
using System.Threading.Tasks;
using LiteNetLib;

class Uses
{
    static async Task Directly(NetManager manager, IPEndPoint address)
    {
        manager.Start();
        manager.Connect("game.example", 9050, "key"); //! AGD0104
        manager.Connect(address, "key");
        await Task.Delay(15);
        manager.PollEvents();
        manager.Stop(); //! AGD0104
    }

    static async Task Through(NetManager manager)
    {
        await Task.Yield();
        End(manager); //! AGD0105
    }

    static void End(NetManager manager) => manager.Stop(true);
}
