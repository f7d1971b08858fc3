using AsyncGuard.Analysis.Waiting.Completion;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Waiting.Completion;

public sealed class CompletionProofTests
{
    [Theory]
    [InlineData("await t; _ = t.Result;", true)]
    [InlineData("if (t.IsCompleted) _ = t.Result;", true)]
    [InlineData("try { } finally { await t; } _ = t.Result;", true)]
    [InlineData("await Task.WhenAll(t, u); _ = t.Result;", true)]
    [InlineData("foreach (var one in new[] { t, u }) await one; _ = t.Result;", false)]
    [InlineData("_ = t.Result;", false)]
    [InlineData("await t; t = u; _ = t.Result;", false)]
    [InlineData("await t; try { } finally { t = u; } _ = t.Result;", false)]
    [InlineData("try { await u; await t; } catch { } _ = t.Result;", false)]
    [InlineData("if (t.IsCompleted) await u; _ = t.Result;", false)]
    public void Task_IsCompleteOnEveryPath(string body, bool expected)
    {
        var place = Place.At($"async Task M(Task<int> t, Task<int> u) {{ {body} }}", "t.Result");
        Assert.Equal(expected,
            CompletionProof.IsComplete(place.As<IPropertyReferenceOperation>().Instance!, place.Graph, place.Guard));
    }
}
