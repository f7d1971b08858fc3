using System.IO;
using System.Threading.Tasks;

namespace AsyncGuard.Package.Tests;

/// <summary>A project in a folder of its own.</summary>
internal sealed class UserProject(string folder)
{
    public string Folder => folder;

    public void Write(string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.ReplaceLineEndings("\n") + "\n");
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(folder, path)).ReplaceLineEndings("\n").TrimEnd('\n');

    public Task<CommandResult> BuildAsync(params string[] arguments) =>
        DotNet.RunAsync(folder, ["build", "--no-incremental", .. arguments]);

    /// <summary>A build that does again only what has to be done again.</summary>
    public Task<CommandResult> BuildAgainAsync(params string[] arguments) => DotNet.RunAsync(folder, ["build", .. arguments]);

    /// <summary>What an evaluation of the project holds, without building it.</summary>
    public Task<CommandResult> ReadItemsAsync(string item, params string[] arguments) =>
        DotNet.RunAsync(folder, ["msbuild", $"-getItem:{item}", .. arguments]);

    public Task<CommandResult> FormatAnalyzersAsync(params string[] diagnostics) =>
        DotNet.RunAsync(folder, ["format", "analyzers", "--diagnostics", .. diagnostics, "--severity", "info"]);
}
