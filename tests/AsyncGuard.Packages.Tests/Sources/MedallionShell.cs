using Medallion.Shell;

class Uses
{
    static async Task Directly(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var command = Command.Run("git", "status");
        command.Wait(); //! AGD0102|AGD0103|AGD0104
        var output = command.StandardOutput.ReadToEnd(); //! AGD0103
        var result = command.Result; //! AGD0102|AGD0104
        foreach (var line in command.GetOutputAndErrorLines()) Console.WriteLine(line); //! AGD0104 AGD0303
        var done = await Command.Run("git", "status").Task;
    }

    static async Task Through()
    {
        Status(); //! AGD0105
        await Task.Yield();
    }

    static string Status()
    {
        var command = Command.Run("git", "status");
        command.Wait();
        return command.Result.StandardOutput;
    }
}
