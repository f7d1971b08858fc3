using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AsyncGuard.Cli.Fixing;
using Xunit;

namespace AsyncGuard.Cli.Tests;

/// <summary>All files are written or none.</summary>
public sealed class FileWriterTests : IDisposable
{
    private static readonly Encoding Plain = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly string _folder = Directory.CreateTempSubdirectory("asyncguard-writer-").FullName;

    [Fact]
    public async Task Write_FileThatHasChangedSinceItWasRead_WritesNothing()
    {
        var (first, second) = (Write("A.cs", "a"), Write("B.cs", "what the user has written meanwhile"));

        var error = await Assert.ThrowsAsync<IOException>(
            () => WriteAsync(new FileChange(first, "a", "fixed", Plain), new FileChange(second, "b", "fixed", Plain)));

        Assert.Contains("B.cs' has changed since it was read", error.Message);
        Assert.Equal(["a", "what the user has written meanwhile"], Texts());
    }

    [Fact]
    public async Task Write_ErrorAtTheLastFile_PutsTheOthersBack()
    {
        var (first, second) = (Write("A.cs", "a"), Path.Combine(_folder, "C.cs"));
        Directory.CreateDirectory(second);

        await Assert.ThrowsAnyAsync<Exception>(
            () => WriteAsync(new FileChange(first, "a", "fixed", Plain), new FileChange(second, null, "added", Plain)));

        Assert.Equal(["a"], Texts());
    }

    [Fact]
    public async Task Write_Changes_LeavesNoOtherFile()
    {
        var (first, second) = (Write("A.cs", "a"), Path.Combine(_folder, "B.cs"));

        await WriteAsync(new FileChange(first, "a", "fixed", Plain), new FileChange(second, null, "added", Plain));

        Assert.Equal(["fixed", "added"], Texts());
    }

    [Theory]
    [InlineData("one\ntwo\n", "one\n2\n")]
    [InlineData("one\r\ntwo\r\n", "one\r\n2\r\n")]
    public void Diff_EndsWithTheLastLine(string before, string after) => Assert.EndsWith(" one\n-two\n+2",
        new FileChange("/a/B.cs", before, after, Plain).Diff("/a").ReplaceLineEndings("\n").TrimEnd('\n'));

    [Theory]
    [InlineData("a\u001b[2Jb\u0007\u009b", "a\\u001b[2Jb\\u0007\\u009b")]
    [InlineData("\ta\r\n[red]b[/]", "\ta\r\n[red]b[/]")]
    public void Text_ForATerminal_IsObeyedInNothing(string text, string shown) => Assert.Equal(shown, Reports.TerminalText.Of(text));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task WriteAsync(params FileChange[] changes) =>
        FileWriter.WriteAsync(changes, TestContext.Current.CancellationToken);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string[] Texts() => [.. Directory.GetFiles(_folder).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
}
