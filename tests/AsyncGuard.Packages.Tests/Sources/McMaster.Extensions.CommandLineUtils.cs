using McMaster.Extensions.CommandLineUtils;

class Uses
{
    static async Task Directly(CommandLineApplication app, string[] args)
    {
        app.Execute(args); //! AGD0104
        var name = Prompt.GetString("Name?"); //! AGD0104
        var sure = Prompt.GetYesNo("Sure?", true); //! AGD0104
        var password = Prompt.GetPassword("Password?"); //! AGD0104
        var option = app.Option("-a", "a", CommandOptionType.NoValue);
        app.ShowHint();
        await Task.Yield();
    }

    static async Task Through(CommandLineApplication app, string[] args)
    {
        Run(app, args); //! AGD0105
        await Task.Yield();
    }

    static int Run(CommandLineApplication app, string[] args) => app.Execute(args);
}
