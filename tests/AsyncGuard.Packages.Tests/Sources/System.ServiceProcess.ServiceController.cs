using System.ServiceProcess;

class Uses
{
    static async Task Directly(ServiceController service)
    {
        service.Start(); //? AGD0104
        service.WaitForStatus(ServiceControllerStatus.Running); //! AGD0104
        service.WaitForStatus(ServiceControllerStatus.Running, TimeSpan.FromSeconds(30)); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(ServiceController service)
    {
        Restart(service); //! AGD0105
        await Task.Yield();
    }

    static void Restart(ServiceController service)
    {
        service.Stop();
        service.WaitForStatus(ServiceControllerStatus.Stopped);
        service.Start();
    }
}
