using dotenv.net;
using dotenv.net.Utilities;

class Uses
{
    static async Task Directly()
    {
        DotEnv.Load(); //! AGD0104
        var values = DotEnv.Read(new DotEnvOptions(ignoreExceptions: false)); //! AGD0104
        DotEnv.Fluent().WithEnvFiles("a.env").Load(); //! AGD0104
        var read = DotEnv.Fluent().WithTrimValues().Read(); //! AGD0104
        var value = EnvReader.GetStringValue("KEY");
        await Task.Yield();
    }

    static async Task Through()
    {
        Values(); //! AGD0105
        await Task.Yield();
    }

    static IDictionary<string, string> Values() => DotEnv.Read();
}
