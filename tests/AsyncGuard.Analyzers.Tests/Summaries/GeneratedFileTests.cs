using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Summaries;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Summaries;

public sealed class GeneratedFileTests
{
    [Fact]
    public Task File_HoldsTheAttributeAndOneLineForEachMember() => GeneratorRuleTest<BlockingSummaryGenerator>.VerifyAsync(
        "public class Db { public string Load() => System.IO.File.ReadAllText(\"x\"); public void Peek() { } }",
        Library.FileName,
        Library.Of("TestProject", "public class Db { public string Load() => System.IO.File.ReadAllText(\"x\"); public void Peek() { } }").Text!,
        Library.Asked with { Kind = SourceKind.File });

    [Fact]
    public Task File_IsNotThere_WhereTheProjectSaysNo() => GeneratorRuleTest<BlockingSummaryGenerator>.VerifyNothingAsync(
        "public class Db { public string Load() => System.IO.File.ReadAllText(\"x\"); }", Library.Said("false") with { Kind = SourceKind.File });
}
