using Mono.Cecil;

class Uses
{
    static async Task Directly(Stream stream)
    {
        using var assembly = AssemblyDefinition.ReadAssembly("a.dll"); //! AGD0104
        var count = assembly.MainModule.Types.Count;
        assembly.Write("b.dll"); //! AGD0104
        await Task.Yield();
    }

    static async Task Through()
    {
        Count(); //! AGD0105
        await Task.Yield();
    }

    static int Count()
    {
        using var module = ModuleDefinition.ReadModule("a.dll");
        return module.Types.Count;
    }

    static async Task<int> InMemory(byte[] data)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(data));
        await Task.Yield();
        return module.Types.Count;
    }
}
