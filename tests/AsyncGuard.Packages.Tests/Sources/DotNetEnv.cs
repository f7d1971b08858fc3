using DotNetEnv;

class Uses
{
    static async Task Directly(Stream stream)
    {
        Env.Load("a.env"); //! AGD0104
        Env.TraversePath().Load(); //! AGD0104
        Env.Load(stream); //! AGD0104
        var a = Env.GetString("A");
        var b = Env.GetInt("B");
        Env.LoadContents("A=1");
        await Task.Yield();
    }

    static async Task Through()
    {
        Load(); //! AGD0105
        await Task.Yield();
    }

    static void Load() => Env.Load("a.env");
}
