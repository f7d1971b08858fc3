using CliWrap;
using CliWrap.Buffered;
using CliWrap.EventStream;

class Uses
{
    static async Task Directly(Command command)
    {
        command.ExecuteAsync();
        var other = Cli.Wrap("git").WithArguments(["status"]).WithWorkingDirectory("/");
        var result = await command.ExecuteBufferedAsync();
        var text = result.StandardOutput;
        await foreach (var each in command.ListenAsync()) Console.Write(each);
    }

    static void Waiting(Command command)
    {
        command.ExecuteAsync().Task.Wait(); //? AGD0102 AGD0108
    }

    static async Task Blocked(Command command)
    {
        command.ExecuteAsync().Task.Wait(); //! AGD0102
        command.ExecuteBufferedAsync().GetAwaiter().GetResult(); //! AGD0102
        foreach (var each in command.ListenAsync().ToBlockingEnumerable()) Console.Write(each); //! AGD0102|AGD0103|AGD0104
        await Task.Yield();
    }
}
