using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace AsyncGuard.Samples.Tests;

/// <summary>One run of a sample, as <c>dotnet run</c> does it, with its results read back.</summary>
internal static class SampleProgram
{
    public static async Task<(T Results, string Output)> RunAsync<T>(string sample, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("AsyncGuard.Samples.");
        try
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, sample + ".dll"), "--quick", "--output",
                folder.FullName, .. arguments])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
            Assert.Contains("| --", await output);
            Assert.Equal("svg", XDocument.Load(Path.Combine(folder.FullName, sample + ".svg")).Root!.Name.LocalName);
            var results =
                JsonSerializer.Deserialize<T>(
                await File.ReadAllTextAsync(Path.Combine(folder.FullName, sample + ".json"), TestContext.Current.CancellationToken));
            return (results!, await output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A run that is expected to fail: its exit code, and what it writes to standard error.</summary>
    public static async Task<(int ExitCode, string Error)> FailAsync(string sample, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, sample + ".dll"));
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
