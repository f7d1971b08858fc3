using Jurassic;

class Uses
{
    static async Task Directly(ScriptEngine engine)
    {
        engine.Execute("1");
        var value = engine.Evaluate<int>("1 + 1");
        engine.ExecuteFile("a.js"); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(ScriptEngine engine)
    {
        Run(engine); //! AGD0105
        await Task.Yield();
    }

    static void Run(ScriptEngine engine) => engine.ExecuteFile("a.js");
}
