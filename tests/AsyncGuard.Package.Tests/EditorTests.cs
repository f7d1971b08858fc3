using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>
/// In an editor, by way of a real language server: findings appear while a file is open, and follow an edit without a build.
/// </summary>
public sealed class EditorTests(PackageFeed feed)
{
    private const string Server = "csharp-ls";
    private const string ServerVersion = "0.28.0";

    private const string Orders =
        """
        public static class Orders
        {
            public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
            {
                await Task.Delay(1, cancellationToken);
                Thread.Sleep(100);
                return Load(path);
            }

            private static string Load(string path) => Read(path);
            private static string Read(string path) => File.ReadAllText(path);
        }
        """;

    [Fact]
    public async Task Findings_AppearInAnOpenFile_AndFollowAnEdit()
    {
        var project = feed.NewProject("Editor", ("Orders.cs", Orders));
        var program = await InstalledServerAsync(project);
        (await DotNet.RunAsync(project.Folder, "restore")).RequireSuccess();

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(10));
        await using var server = await LanguageServer.StartAsync(program, project.Folder, limit.Token);
        await server.OpenAsync("Orders.cs", Orders);
        await RequireAsync("AGD0101:6", "AGD0105:7");

        // Nothing is saved and nothing is built: one finding goes with its line, the other with the end of its path.
        await server.ChangeAsync("Orders.cs", 2,
            Orders.Replace("Thread.Sleep(100);", "await Task.Delay(100, cancellationToken);", StringComparison.Ordinal));
        await RequireAsync("AGD0105:7");
        await server.ChangeAsync("Orders.cs", 3, Orders.Replace("File.ReadAllText(path)", "path.Trim()", StringComparison.Ordinal));
        await RequireAsync("AGD0101:6");

        async Task RequireAsync(params string[] expected)
        {
            var seen = await server.WaitForAsync("Orders.cs", expected, limit.Token);
            Assert.True(string.Join(' ', seen) == string.Join(' ', expected),
                $"Expected {string.Join(' ', expected)}, but the server reported {string.Join(' ', seen)}\n{server.Messages}");
        }
    }

    // That of .ci/run, or one of the test's own.
    private async Task<string> InstalledServerAsync(UserProject project)
    {
        Assert.Contains($"{Server} --version {ServerVersion} ", await File.ReadAllTextAsync(Path.Combine(feed.Repository, ".ci", "run")));
        if (Environment.GetEnvironmentVariable("ASYNCGUARD_EDITOR_SERVER") is { Length: > 0 } installed) return installed;
        var tools = Path.Combine(project.Folder, ".tools");
        var install = await DotNet.RunAsync(project.Folder, "tool", "install", Server, "--version", ServerVersion, "--tool-path", tools);
        Assert.SkipWhen(install.ExitCode != 0,
            $"{Server} {ServerVersion} cannot be restored here, so no editor is tried: {install.Output}");
        return Path.Combine(tools, Server);
    }
}
