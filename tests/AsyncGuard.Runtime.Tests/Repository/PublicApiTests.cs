using System;
using System.IO;
using Xunit;

namespace AsyncGuard.Repository;

public sealed class PublicApiTests
{
    private static readonly string FilePath = Path.Combine(RepositoryFiles.Root, "src", "AsyncGuard.Runtime", "PublicApi.txt");

    /// <summary><c>ASYNCGUARD_BLESS=1</c> rewrites the file.</summary>
    [Fact]
    public void PublicApi_MatchesTheFile()
    {
        var actual = PublicApi.Describe(typeof(TaskGroup).Assembly);
        if (Environment.GetEnvironmentVariable("ASYNCGUARD_BLESS") == "1")
            File.WriteAllText(FilePath, actual);
        Assert.Equal(File.ReadAllText(FilePath).ReplaceLineEndings("\n"), actual);
    }
}
