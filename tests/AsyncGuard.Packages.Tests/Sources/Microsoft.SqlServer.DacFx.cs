using Microsoft.SqlServer.Dac;

class Uses
{
    static async Task Directly(DacServices services, string path)
    {
        using var package = DacPackage.Load(path); //! AGD0104
        services.Deploy(package, "database", upgradeExisting: true); //! AGD0104
        services.Extract(path, "database", "application", new Version(1, 0)); //! AGD0104
        var script = services.GenerateDeployScript(package, "database"); //! AGD0104
        services.ExportBacpac(path, "database"); //! AGD0104
        await Task.Yield();
    }
}
