using Microsoft.Management.Infrastructure;

class Uses
{
    static async Task Directly(CimSession session, CimInstance instance)
    {
        var opened = CimSession.Create("host"); //! AGD0104
        foreach (var each in session.QueryInstances("root/cimv2", "WQL", "select * from Win32_Process")) Console.Write(each.ToString()); //! AGD0104
        session.InvokeMethod(instance, "Terminate", new CimMethodParametersCollection()); //! AGD0104
        session.DeleteInstance(instance); //! AGD0104
        session.ModifyInstance(instance); //! AGD0104
        var value = instance.CimInstanceProperties["Name"].Value;
        var made = new CimInstance("Win32_Process");
        await Task.Yield();
    }

    static async Task Through(CimSession session, CimInstance instance)
    {
        Delete(session, instance); //! AGD0105
        await Task.Yield();
    }

    static void Delete(CimSession session, CimInstance instance) => session.DeleteInstance(instance);
}
