using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Diagnostics;

/// <summary>
/// The switch is read once per process, so its other position needs a process of its own: these tests once more, with the variable set.
/// </summary>
public sealed class DebugModeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Switch_EachPosition_IsObeyed()
    {
        if (DebugMode.IsOn)
        {
            await AllIsOnAsync();
            return;
        }

        AllIsOff();
        var child = await RunAgainAsync();
        output.WriteLine(child.Output);
        Assert.True(child.ExitCode == 0, child.Output);
        // What the monitor of the debug mode says, on the standard error stream.
        Assert.Contains("Executing the culprit took 0.", child.Errors);
    }

    private static void AllIsOff()
    {
        Assert.Equal("ASYNCGUARD_DEBUG", DebugMode.VariableName);
        Assert.Null(SlowCallbackMonitor.Default);
        Assert.False(new EventLoopOptions().Debug);
    }

    private static async Task AllIsOnAsync()
    {
        Assert.True(new EventLoopOptions().Debug);
        string? shown = null;
        await TaskGroup.RunAsync(async group =>
        {
            _ = group.Start(Support.Child.Forever, "poll", "/src/Foo.cs", 42);
            shown = group.ToString();
            await Task.Yield();
            group.Cancel();
        });
        Assert.Equal("group: Running, 1 running, 0 waiting, body running: poll (Foo.cs:42)", shown);
        Assert.NotNull(SlowCallbackMonitor.Default);
        await SlowCallbackMonitor.Default.RunAsync(
            static () =>
            {
                Thread.Sleep(150); // What the monitor is to find.
                return Task.CompletedTask;
            },
            "the culprit");
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet",
            ["exec", typeof(DebugModeTests).Assembly.Location, "-class", typeof(DebugModeTests).FullName!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[DebugMode.VariableName] = "1";
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
