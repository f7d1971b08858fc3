using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace AsyncGuard.Package.Tests;

/// <summary>The SDK's command line, as if called from a fresh shell.</summary>
internal static class DotNet
{
    // What a test runner leaves in the environment would change what the child builds with.
    private static readonly string[] Leaking = ["MSBUILD", "DOTNET_", "VSTEST", "NUGET_", "TESTINGPLATFORM_", "COREHOST_", "CORECLR_"];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    public static Task<CommandResult> RunAsync(string folder, params string[] arguments) =>
        RunProgramAsync(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder, arguments);

    public static async Task<CommandResult> RunProgramAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(
            key => Leaking.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) && key != "DOTNET_ROOT").ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["UseSharedCompilation"] = "false";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        return new($"{Path.GetFileName(program)} {string.Join(' ', arguments)} (in {Path.GetFileName(folder)})",
            process.HasExited ? process.ExitCode : -1, await output + await errors);
    }
}
