using AsyncGuard.Analysis.Cancellation;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Cancellation;

public sealed class EndlessWaitRoomTests
{
    [Theory]
    [InlineData("async Task M(SemaphoreSlim s) { await s.WaitAsync(); }", "s.WaitAsync()", true)]
    [InlineData("async Task M(SemaphoreSlim s) { await s.WaitAsync(100); }", "s.WaitAsync(100)", false)]
    [InlineData("async Task M() { await Task.Delay(-1); }", "Task.Delay(-1)", true)]
    [InlineData("async Task M() { await Task.Delay(5); }", "Task.Delay(5)", false)]
    [InlineData("async Task M(SemaphoreSlim s) { var t = s.WaitAsync(); await t; }", "s.WaitAsync()", false)]
    public void Wait_HasNoEndOfItsOwn(string members, string text, bool expected)
    {
        var place = Place.At(members, text);
        Assert.Equal(expected, EndlessWait.Is(place.As<IInvocationOperation>(), place.Guard));
    }
}
