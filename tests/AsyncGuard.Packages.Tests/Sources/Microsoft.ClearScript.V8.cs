using Microsoft.ClearScript.V8;

class Uses
{
    static async Task Directly()
    {
        using var engine = new V8ScriptEngine();
        engine.Execute("1");
        var value = engine.Evaluate("1 + 1");
        engine.ExecuteDocument("a.js"); //! AGD0104
        await Task.Yield();
    }
}
