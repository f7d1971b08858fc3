using AsyncGuard.Analysis.Blocking.Twins;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Blocking.Twins;

public sealed class AwaitableCounterpartsTests
{
    [Theory]
    [InlineData("void N() { } Task NAsync() => Task.CompletedTask; void M() { N(); }", "NAsync")]
    [InlineData("void N() { } Task NAsync(CancellationToken t = default) => Task.CompletedTask; void M() { N(); }", "NAsync")]
    [InlineData("void N() { } Task NAsync(int i) => Task.CompletedTask; void M() { N(); }", null)]
    [InlineData("void N() { } void NAsync() { } void M() { N(); }", null)]
    public void Counterpart_IsWhatBindsInTheSamePlace(string members, string? expected)
    {
        var place = Place.At(members, "N()");
        Assert.Equal(expected, AwaitableCounterparts.Of(place.Guard).Find(place.As<IInvocationOperation>())?.Name);
    }
}
