using AsyncGuard.Analysis.Waiting;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Waiting;

public sealed class NothingToWaitForTests
{
    [Theory]
    [InlineData("void M(SemaphoreSlim s) { s.Wait(0); }", "s.Wait(0)", true)]
    [InlineData("void M(SemaphoreSlim s) { s.Wait(TimeSpan.Zero); }", "s.Wait(TimeSpan.Zero)", true)]
    [InlineData("void M(SemaphoreSlim s) { s.Wait(1); }", "s.Wait(1)", false)]
    [InlineData("struct TimeSpan { public static TimeSpan Zero; } static void W(TimeSpan t) { } void M() { W(TimeSpan.Zero); }",
        "W(TimeSpan.Zero)", false)]
    [InlineData("void M(BlockingCollection<int> q) { q.Add(1); }", "q.Add(1)", false)]
    [InlineData("readonly BlockingCollection<int> _q = new(); void M() { _q.Add(1); }", "_q.Add(1)", true)]
    [InlineData("readonly BlockingCollection<int> _q = new(5); void M() { _q.Add(1); }", "_q.Add(1)", false)]
    [InlineData("void M() { Directory.Delete(\"a\", true); }", "Directory.Delete(\"a\", true)", false)]
    [InlineData("void M() { Directory.Delete(\"a\", false); }", "Directory.Delete(\"a\", false)", true)]
    public void Call_HasNothingToWaitFor(string members, string text, bool expected)
    {
        var place = Place.At(members, text);
        Assert.Equal(expected, NothingToWaitFor.Is(place.As<IInvocationOperation>(), place.Guard));
    }
}
