using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace AsyncGuard.Corpus;

/// <summary>Asks the SDK what it would pass to the compiler, without compiling.</summary>
internal static class CompilerArguments
{
    public static async Task<IReadOnlyList<string>> OfAsync(string project, IReadOnlyDictionary<string, string> properties)
    {
        string[] settings = [.. properties.Select(pair => $"-p:{pair.Key}={pair.Value}")];
        await RunAsync(["restore", project, .. settings]);
        var answer = await RunAsync(
        [
            "msbuild", project, "-t:Compile", "-getItem:CscCommandLineArgs",
            "-p:DesignTimeBuild=false", "-p:SkipCompilerExecution=true", "-p:NonExistentFile=__none__/__none__", "-p:ProvideCommandLineArgs=true", "-p:BuildProjectReferences=true", .. settings,
        ]);
        using var json = JsonDocument.Parse(answer[answer.IndexOf('{')..]);
        return [.. json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
    }

    private static async Task<string> RunAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(output);
    }
}
