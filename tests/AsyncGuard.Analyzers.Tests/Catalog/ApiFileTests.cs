using System.IO;
using System.Linq;
using AsyncGuard.Catalog;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Catalog;

public sealed class ApiFileTests
{
    [Fact]
    public void Line_WithTraitsAndAnswer_IsRead()
    {
        var entry = Single("M:System.Threading.Thread.Sleep(System.Int32); sleeps blocks; Delay");

        Assert.Equal("System.Threading.Thread", entry.Type);
        Assert.Equal("Sleep", entry.Member);
        Assert.Equal("System.Int32", entry.Parameters);
        Assert.Equal(ApiTraits.Sleeps | ApiTraits.Blocks, entry.Traits);
        Assert.Equal("Delay", entry.Answer);
    }

    [Theory]
    [InlineData("M:A.B.C(*); blocks", null)]
    [InlineData("M:A.B.C; blocks", "")]
    [InlineData("M:A.B.C(System.String,System.Int32); blocks", "System.String,System.Int32")]
    [InlineData("M:A.B.C``1(``0); blocks", "``0")]
    public void Parameters_AreKeptAsWritten(string line, string? expected)
    {
        var entry = Single(line);

        Assert.Equal("C", entry.Member);
        Assert.Equal(expected, entry.Parameters);
    }

    [Theory]
    [InlineData("T:System.IO.MemoryStream; in-memory", 'T', "System.IO.MemoryStream", "")]
    [InlineData("P:System.Threading.Tasks.Task`1.Result; waits", 'P', "System.Threading.Tasks.Task`1", "Result")]
    [InlineData("M:System.Threading.Timer.#ctor(*); offloads", 'M', "System.Threading.Timer", "#ctor")]
    [InlineData("M:System.Console.Write*(*); completes", 'M', "System.Console", "Write*")]
    [InlineData("F:System.IO.Stream.Null; completes", 'F', "System.IO.Stream", "Null")]
    public void Id_IsSplitIntoTypeAndMember(string line, char kind, string type, string member)
    {
        var entry = Single(line);

        Assert.Equal(kind, entry.Kind);
        Assert.Equal(type, entry.Type);
        Assert.Equal(member, entry.Member);
    }

    [Fact]
    public void CommentsAndBlankLines_AreSkipped()
    {
        var file = Parse("# heading\n\n  \nT:A.B; blocks # why\n");

        Assert.Empty(file.Errors);
        Assert.Equal(4, Assert.Single(file.Entries).Line);
    }

    [Theory]
    [InlineData("T:A.B", "expected 'documentation id; traits; answer'")]
    [InlineData("T:A.B; blocks; x; y", "expected 'documentation id; traits; answer'")]
    [InlineData("T:A.B; sleepy", "'sleepy' is not a trait")]
    [InlineData("T:A.B; ", "expected at least one trait")]
    [InlineData("A.B; blocks", "expected a documentation id such as 'M:System.Threading.Thread.Sleep(System.Int32)'")]
    [InlineData("M:C; blocks", "expected a documentation id such as 'M:System.Threading.Thread.Sleep(System.Int32)'")]
    [InlineData("M:A.B(int; blocks", "expected a documentation id such as 'M:System.Threading.Thread.Sleep(System.Int32)'")]
    [InlineData("X:A.B; blocks", "expected a documentation id such as 'M:System.Threading.Thread.Sleep(System.Int32)'")]
    public void MalformedLine_IsAnError_AndTheRestCounts(string line, string problem)
    {
        var file = Parse("T:Before; blocks\n" + line + "\nT:After; blocks");

        var error = Assert.Single(file.Errors);
        Assert.Equal(2, error.Line);
        Assert.Equal(problem, error.Problem);
        Assert.Equal(["Before", "After"], file.Entries.Select(entry => entry.Type));
    }

    [Fact]
    public void BuiltInFiles_HaveNoErrors() =>
        Assert.Empty(ApiTable.BuiltInFiles()
        .SelectMany(file => file.Content.Errors.Select(error => $"{file.File}({error.Line}): {error.Problem}")));

    private static ApiEntry Single(string line) => Assert.Single(Parse(line).Entries);

    private static ApiFile Parse(string text) => ApiFile.Parse(new StringReader(text));
}
