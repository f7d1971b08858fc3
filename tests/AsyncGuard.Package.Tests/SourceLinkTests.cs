using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>What a debugger finds in the symbols of a clone that has a remote.</summary>
public sealed class SourceLinkTests(PackageFeed feed)
{
    private const string Remote = "https://github.com/example/project";

    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact]
    public async Task Symbols_OfARelease_LinkEachFileToItsCommit()
    {
        var clone = feed.NewEmptyFolder("source-link");
        CopySources(feed.Repository, clone);
        await GitAsync(clone, "init", "--quiet");
        Assert.Equal(Path.GetFileName(clone), Path.GetFileName((await GitAsync(clone, "rev-parse", "--show-toplevel")).Output.Trim()));
        await GitAsync(clone, "add", "--all");
        await GitAsync(clone, "-c", "user.name=Author", "-c", "user.email=author@example.com", "commit", "--quiet", "--message", "Release");
        await GitAsync(clone, "remote", "add", "origin", Remote);
        var commit = (await GitAsync(clone, "rev-parse", "HEAD")).Output.Trim();

        var project = Path.Combine(clone, "src", "AsyncGuard.Runtime");
        var build = await DotNet.RunAsync(project, "build", "-c", "Release", "-f", "net8.0", "-p:CI=true", "-p:RunAnalyzers=false");
        build.RequireSuccess();

        var symbols = Directory.GetFiles(Path.Combine(project, "bin"), "AsyncGuard.Runtime.pdb", SearchOption.AllDirectories).Single();
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols));
        var reader = provider.GetMetadataReader();
        var links = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition)
            .Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == SourceLinkKind);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(reader.GetBlobBytes(links.Value)));

        var link = Assert.Single(json.RootElement.GetProperty("documents").EnumerateObject());
        Assert.Equal("/_/*", link.Name);
        Assert.Equal($"https://raw.githubusercontent.com/example/project/{commit}/*", link.Value.GetString());
        var files = reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).ToList();
        Assert.Contains("/_/src/AsyncGuard.Runtime/Groups/TaskGroup.cs", files);
        Assert.All(files, file => Assert.StartsWith("/_/", file));
    }

    private static async Task<CommandResult> GitAsync(string folder, params string[] arguments)
    {
        var result = await DotNet.RunProgramAsync("git", folder, arguments);
        result.RequireSuccess();
        return result;
    }

    // The files beside 'src' that a build reads, and the sources without what was built of them. In a linked work tree '.git' is a file,
    // too.
    private static void CopySources(string repository, string clone)
    {
        foreach (var file in Directory.GetFiles(repository).Where(file => Path.GetFileName(file) != ".git"))
            File.Copy(file, Path.Combine(clone, Path.GetFileName(file)));
        var source = Path.Combine(repository, "src");
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var parts = Path.GetRelativePath(source, file).Split(Path.DirectorySeparatorChar);
            if (parts.Contains("bin") || parts.Contains("obj")) continue;
            var target = Path.Combine([clone, "src", .. parts]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
