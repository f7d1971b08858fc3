using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Repository;

/// <summary>The library in an application that is trimmed or compiled to native code: no warning, and every helper works.</summary>
public sealed class PublishTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    // What a test runner leaves in the environment would change what the child builds with.
    private static readonly string[] Leaking = ["MSBUILD", "DOTNET_", "VSTEST", "NUGET_", "TESTINGPLATFORM_", "COREHOST_", "CORECLR_"];

    private readonly string _folder = Directory.CreateTempSubdirectory("asyncguard-publish-").FullName;

    [Theory]
    [InlineData("Trimmed")]
    [InlineData("Native")]
    public async Task PublishedApplication_HasNoWarning_AndWorks(string kind)
    {
        var project = Path.Combine(RepositoryFiles.Root, "tests", "AsyncGuard.Runtime.Native", "AsyncGuard.Runtime.Native.csproj");
        var published = Path.Combine(_folder, "published");
        var publish = await RunAsync(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            "publish", project, "-c", "Release", "--use-current-runtime", "--self-contained", $"-p:PublishKind={kind}", "-warnaserror",
            "-nologo",
            "--artifacts-path", Path.Combine(_folder, "artifacts"), "-o", published);
        output.WriteLine(publish.Output);
        Assert.SkipWhen(publish.Output.Contains("NU1101") && publish.Output.Contains("NativeAOT"),
            "This machine's package source has no runtime pack for native code.");
        Assert.True(publish.ExitCode == 0, publish.Output);
        Assert.DoesNotContain("warning", publish.Output, StringComparison.OrdinalIgnoreCase);

        var executable = Path.Combine(published, "AsyncGuard.Runtime.Native" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var run = await RunAsync(executable);
        Assert.Equal((0, "all helpers work"), (run.ExitCode, run.Output.Trim()));
        output.WriteLine(
            $"{kind}: {Directory.GetFiles(published, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length) / 1024 / 1024} MB");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var name in start.Environment.Keys.Where(
            key => Leaking.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) && key != "DOTNET_ROOT").ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // No compiler server or build node may outlive the test and hold its folder.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Limit);
        var text = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await text + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took longer than {Limit}.");
        }
    }
}
