using Wasmtime;

class Uses
{
    static async Task Directly(Engine engine)
    {
        using var module = Module.FromFile(engine, "a.wasm"); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(Engine engine)
    {
        Load(engine); //! AGD0105
        await Task.Yield();
    }

    static Module Load(Engine engine) => Module.FromFile(engine, "a.wasm");
}
