using Jint;

class Uses
{
    static async Task Directly(Engine engine)
    {
        engine.Execute("var a = 1");
        var value = engine.Evaluate("a + 1");
        await Task.Yield();
    }
}
