using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>
/// The code bases of a command line: projects, response files of the compiler, and lists of both, one a line, the project's name before a
/// colon, properties of MSBuild behind it. Projects have to be built, as their compiler is not called here.
/// </summary>
internal static class ProjectArguments
{
    public static async Task<IReadOnlyList<CodeBase>> LoadAsync(IEnumerable<string> paths)
    {
        var all = new List<CodeBase>();
        foreach (var path in paths.Select(Path.GetFullPath))
        {
            if (path.EndsWith("proj", StringComparison.Ordinal)) all.Add(await ProjectAsync(path, []));
            else if (path.EndsWith(".rsp", StringComparison.Ordinal)) all.Add(await ResponseAsync(path));
            else all.AddRange(await ListAsync(path));
        }

        return all;
    }

    private static async Task<IReadOnlyList<CodeBase>> ListAsync(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var all = new List<CodeBase>();
        foreach (var line in (await File.ReadAllLinesAsync(path)).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var project = Path.GetFullPath(Path.Combine(folder, words[0]));
            all.Add(project.EndsWith(".rsp", StringComparison.Ordinal) ? await ResponseAsync(project)
                : await ProjectAsync(project, words[1..]));
        }

        return all;
    }

    // A folder in the first line, one argument in each of the others.
    private static async Task<CodeBase> ResponseAsync(string path)
    {
        var lines = await File.ReadAllLinesAsync(path);
        return CodeBase.Load(Path.GetFileNameWithoutExtension(path), lines[1..], lines[0]);
    }

    private static async Task<CodeBase> ProjectAsync(string path, IEnumerable<string> properties)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])
            ["msbuild", path, "-t:Compile", "-nologo", "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true",
            "-p:DesignTimeBuild=true", "-getItem:CscCommandLineArgs", .. properties])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(output);
        using var json = JsonDocument.Parse(output);
        var arguments = json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!).ToList();
        return CodeBase.Load(Path.GetFileNameWithoutExtension(path), arguments, Path.GetDirectoryName(path)!);
    }
}
