using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Cli.Tests;

public sealed class BaselineTests(InstalledTool tool)
{
    [Fact]
    public async Task Baseline_HoldsInTheBuild_ReportsWhatIsNew_AndNamesWhatIsNoLongerNeeded()
    {
        var target = tool.NewTarget("baseline", Solutions.OneProjectWithPackage);
        var written = await target.ToolAsync("baseline", "write", "App");
        Assert.True(written.ExitCode == 0, written.ToString());
        Assert.Contains("AGD0101 | M:Worker.RunAsync(System.Threading.CancellationToken) | Thread.Sleep(100)",
            target.Read("App/AsyncGuardBaseline.txt"));

        // The compiler's own suppressor: nothing of the rules is left in the build, although warnings are errors.
        (await target.DotNetAsync("build", "App", "--no-incremental", "-warnaserror")).RequireSuccess().RequireFindings();
        Assert.Equal(0, (await target.ToolAsync("audit", "App")).ExitCode);
        Assert.Equal(0, (await target.ToolAsync("baseline", "check", "App")).ExitCode);

        // Lines move, spaces change: the same finding. Another argument: a new one.
        var moved = Solutions.Program.Replace("Thread.Sleep(100);", "\n\n        Thread . Sleep( 100 );")
            .Replace("Task.Delay(10)", "Task.Delay(10, token)");
        target.Write("App/Program.cs", moved.Replace("Console.WriteLine(text);", "Thread.Sleep(7);"));
        (await target.DotNetAsync("build", "App", "--no-incremental")).RequireSuccess().RequireFindings("warning AGD0101 Program.cs");
        var check = await target.ToolAsync("baseline", "check", "App");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("no longer needed: AGD0301", check.Output);
        Assert.DoesNotContain("no longer needed: AGD0101", check.Output);
    }

    [Fact]
    public async Task Baseline_NothingToAccept_LeavesNoFile()
    {
        var target =
            tool.NewTarget("baseline-empty", [.. Solutions.OneProjectWithPackage, ("App/Program.cs", "System.Console.WriteLine();")]);
        target.Write("App/AsyncGuardBaseline.txt", "AGD0101 | M:Worker.Run | Thread.Sleep(1)\n");

        var result = await target.ToolAsync("baseline", "write", "App");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.False(File.Exists(target.PathOf("App/AsyncGuardBaseline.txt")));
    }

    // One project of many that the tool cannot load does not keep the others from being adopted.
    [Fact]
    public async Task Baseline_BesideAProjectThatCannotBeLoaded_IsWrittenOnRequest()
    {
        var target = tool.NewTarget("baseline-unloaded",
            ("Demo.slnx", "<Solution><Project Path=\"App/App.csproj\" /><Project Path=\"Broken/Broken.csproj\" /></Solution>"),
            ("App/App.csproj", Solutions.Library), ("App/App.cs", Solutions.Sleeper("App")),
            ("Broken/Broken.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">"),
            ("Broken/AsyncGuardBaseline.txt", "AGD0101 | M:Broken.Run | Thread.Sleep(1)\n"));
        (await target.DotNetAsync("restore", "App")).RequireSuccess();

        var refused = await target.ToolAsync("baseline", "write", "Demo.slnx");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("'--allow-unloaded' writes", refused.Output);
        Assert.False(File.Exists(target.PathOf("App/AsyncGuardBaseline.txt")));

        (await target.ToolAsync("baseline", "write", "Demo.slnx", "--allow-unloaded")).RequireSuccess();
        Assert.Contains("AGD0101 | M:App.RunAsync(", target.Read("App/AsyncGuardBaseline.txt"));
        Assert.Equal("AGD0101 | M:Broken.Run | Thread.Sleep(1)\n", target.Read("Broken/AsyncGuardBaseline.txt"));
        (await target.ToolAsync("baseline", "check", "Demo.slnx", "--allow-unloaded")).RequireSuccess();
    }
}
