using NLua;

class Uses
{
    static async Task Directly(Lua lua, string path)
    {
        lua.DoFile(path); //! AGD0104
        var results = lua.DoString("return 1");
        var function = lua.LoadFile(path); //! AGD0104
        var value = lua["a"];
        await Task.Yield();
    }
}
