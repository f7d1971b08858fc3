using AsyncGuard.Analysis.Tasks.Misuse;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Tasks.Misuse;

public sealed class DisposedTaskTests
{
    [Theory]
    [InlineData("", "using (Take()) { await Task.Yield(); }", true)]
    [InlineData("", "using (await Take()) { await Task.Yield(); }", false)]
    [InlineData("var t = Take(); ", "using (t) { await t; }", false)]
    public void Using_HoldsTheTask(string before, string statement, bool expected)
    {
        var place = Place.At($"static Task<IDisposable> Take() => null!; async Task M() {{ {before}{statement} }}", statement);
        Assert.Equal(expected, DisposedTask.Is(place.As<IUsingOperation>().Resources, place.Guard));
    }
}
