using System;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Analyzers.Tests.Repository;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Samples.Tests;

/// <summary>
/// Fix All of every rule, with the actions that need no review, over each sample: what comes out compiles, and what it still reports is
/// what no fix can write.
/// </summary>
public sealed class SampleFixesTests
{
    // AGD0107, AGD0109, AGD0214, AGD0218, AGD0314, AGD0315, AGD0405, AGD0406 and AGD0504 have no fix; what the others offer for these
    // places is for a review.
    [Theory]
    [InlineData("Workers", "AGD0502 AGD0202 AGD0109")]
    [InlineData("MiniLoop", "AGD0406 AGD0406 AGD0406 AGD0203")]
    [InlineData("UserProfile", "AGD0501")]
    [InlineData("Streaming", "AGD0501 AGD0503 AGD0502")]
    [InlineData("BlockedEndpoint", "")]
    [InlineData("LongPolling", "AGD0109 AGD0202 AGD0504")]
    [InlineData("Quickstart",
        "AGD0214 AGD0218 AGD0315 AGD0314 AGD0406 AGD0208 AGD0204 AGD0602 AGD0502 AGD0405 AGD0503 AGD0504 AGD0202 AGD0202 "
        + "AGD0211 AGD0501 AGD0207 AGD0107 AGD0108 AGD0109")]
    public async Task Before_AfterFixAll_Compiles_AndReportsWhatNoFixWrites(string sample, string left)
    {
        var folder = "samples/" + sample;
        using var result = await FixedSample.OfAsync(folder);
        var found = await result.DiagnosticsAsync();

        foreach (var document in result.Project.Documents)
        {
            if (!document.FilePath!.StartsWith(folder, StringComparison.Ordinal)) continue;
            var text = (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
            if (text == Checkout.Read(document.FilePath)) continue;
            Assert.StartsWith(folder + "/Before/", document.FilePath);
            TestContext.Current.TestOutputHelper?.WriteLine($"{document.FilePath}\n{text}");
        }

        Assert.Empty(found.Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => one.ToString()));
        var reported = string.Join(' ', found.Select(one => one.Id));
        Assert.True(left == reported, $"expected {left}\nfound    {reported}");
    }
}
