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

    // The compiler of this process, which no other build asks: it has compiled itself and the analyzers when the second build begins.
    private static readonly string Compiler = $"asyncguard-tests-{Guid.NewGuid():N}";

    public static Task<CommandResult> RunAsync(string folder, params string[] arguments) =>
        RunProgramAsync(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder, arguments);

    /// <summary>Ends the compiler that the builds of this process have shared.</summary>
    /// <param name="folder">Where a project can be written that asks for the path of the compiler.</param>
    public static async Task EndCompilerAsync(string folder)
    {
        var project = Path.Combine(folder, "compiler.proj");
        await File.WriteAllTextAsync(project, "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        var compilers = (await RunAsync(folder, "msbuild", project, "-getProperty:RoslynTargetsPath")).RequireSuccess().Output.Trim();
        (await RunAsync(folder, "exec", Path.Combine(compilers, "bincore", "VBCSCompiler.dll"), $"-pipename:{Compiler}", "-shutdown"))
            .RequireSuccess();
    }

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
        start.Environment["UseSharedCompilation"] = "true";
        start.Environment["SharedCompilationId"] = Compiler;

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
