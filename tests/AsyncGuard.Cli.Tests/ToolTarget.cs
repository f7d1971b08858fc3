using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Package.Tests;

namespace AsyncGuard.Cli.Tests;

/// <summary>A folder on which the tool is run.</summary>
internal sealed class ToolTarget(string folder, string tool)
{
    public string PathOf(string path) => Path.Combine(folder, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public void WriteBytes(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllBytes(PathOf(path), bytes);
    }

    public string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Every file outside <c>obj</c> and <c>bin</c> with its bytes.</summary>
    public IReadOnlyDictionary<string, string> Snapshot() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/"))
        .ToDictionary(path => Path.GetRelativePath(folder, path), path => System.Convert.ToHexString(File.ReadAllBytes(path)));

    public Task<CommandResult> ToolAsync(params string[] arguments) => DotNet.RunProgramAsync(tool, folder, arguments);

    public Task<CommandResult> DotNetAsync(params string[] arguments) => DotNet.RunAsync(folder, arguments);
}
