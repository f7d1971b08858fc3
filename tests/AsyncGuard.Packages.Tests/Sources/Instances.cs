using Instances;

class Uses
{
    static async Task Directly(IProcessInstance process, CancellationToken token)
    {
        var result = Instance.Finish("git", "status"); //! AGD0103
        process.SendInput("a"); //! AGD0103
        process.WaitForExit(); //! AGD0103
        await Instance.FinishAsync("git", "status"); //! AGD0301
        await process.WaitForExitAsync(token);
    }

    static async Task Through()
    {
        Status(); //! AGD0105
        await Task.Yield();
    }

    static int Status() => Instance.Finish("git", "status").ExitCode;
}
