using DiffEngine;

class Uses
{
    static async Task Directly()
    {
        var result = DiffRunner.Launch("a.received.txt", "a.verified.txt"); //! AGD0103
        result = DiffRunner.Launch(DiffTool.Rider, "a.received.txt", "a.verified.txt"); //! AGD0103
        result = DiffRunner.LaunchForText("a.received.txt", "a.verified.txt"); //! AGD0103
        result = DiffRunner.LaunchAsync("a.received.txt", "a.verified.txt").Result; //! AGD0102
        result = await DiffRunner.LaunchAsync("a.received.txt", "a.verified.txt");
        DiffRunner.MaxInstancesToLaunch(3);
    }

    static void Dropped()
    {
        DiffRunner.LaunchAsync("a.received.txt", "a.verified.txt"); //! AGD0201
    }

    static async Task Through()
    {
        Show(); //! AGD0105
        await Task.Yield();
    }

    static LaunchResult Show() => DiffRunner.Launch("a.received.txt", "a.verified.txt");
}
