using McMaster.NETCore.Plugins;

class Uses
{
    static async Task Directly(PluginLoader given)
    {
        using var loader = PluginLoader.CreateFromAssemblyFile("a.dll"); //! AGD0104
        var assembly = given.LoadDefaultAssembly(); //! AGD0104
        var other = given.LoadAssemblyFromPath("b.dll"); //! AGD0104
        given.Reload(); //! AGD0104
        var config = new PluginConfig("a.dll");
        await Task.Yield();
    }

    static async Task Through(PluginLoader loader)
    {
        Load(loader); //! AGD0105
        await Task.Yield();
    }

    static System.Reflection.Assembly Load(PluginLoader loader) => loader.LoadDefaultAssembly();
}
