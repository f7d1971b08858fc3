using Spectre.Console;

class Uses
{
    static async Task Directly(IAnsiConsole console, CancellationToken token)
    {
        var name = AnsiConsole.Ask<string>("Name?"); //! AGD0103
        if (AnsiConsole.Confirm("Sure?")) AnsiConsole.WriteLine("a"); //! AGD0103
        var choice = console.Prompt(new SelectionPrompt<string>().AddChoices("a", "b")); //! AGD0103
        AnsiConsole.MarkupLine("[red]a[/]");
        await AnsiConsole.AskAsync<string>("Name?"); //! AGD0301
        await AnsiConsole.Status().StartAsync("Working", async _ => await Task.Delay(10, token));
    }

    static async Task Through(IAnsiConsole console)
    {
        Name(); //! AGD0105
        Sure(console); //! AGD0105
        await Task.Yield();
    }

    static string Name() => AnsiConsole.Ask<string>("Name?");

    static bool Sure(IAnsiConsole console) => console.Confirm("Sure?");
}
