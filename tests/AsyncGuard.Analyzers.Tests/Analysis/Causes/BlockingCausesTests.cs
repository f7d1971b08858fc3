using System.Linq;
using AsyncGuard.Analysis.Causes;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Causes;

public sealed class BlockingCausesTests
{
    private const string Load = "static string Load() => File.ReadAllText(\"a\"); ";
    private const string Cause = "File.ReadAllText(\"a\")";

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 1, false)]
    [InlineData(3, 3, false)]
    [InlineData(4, 4, true)]
    [InlineData(9, 5, true)]
    public void Cause_IsSharedFromFourPlacesOn(int callers, int places, bool isShared)
    {
        var calls = Enumerable.Range(0, callers).Select(static i => $"async Task M{i}() {{ await Task.Yield(); Load(); }} ");
        var place = Place.At(Load + string.Concat(calls), Cause);

        var causes = BlockingCauses.Of(place.Guard);

        Assert.Equal(places, causes.PlacesOf(place.Operation.Syntax).Length);
        Assert.Equal(isShared, causes.IsShared(place.Operation.Syntax));
    }

    [Theory]
    [InlineData("void M() { Load(); }", 0)]
    [InlineData("async Task M() { await Task.Yield(); Load(); Load(); }", 2)]
    [InlineData("async Task M() { await Task.Yield(); Between(); } static void Between() { Load(); }", 1)]
    [InlineData("async Task M() { await Task.Run(() => Load()); }", 0)]
    [InlineData("async Task M() { await Task.Yield(); void Local() => Load(); Local(); }", 1)]
    [InlineData("async Task M() { await Task.Yield(); Around(0); } void Around(int n) { if (n > 5) Load(); else Around(n + 1); }", 1)]
    public void Places_AreThoseInAsyncCode(string callers, int expected)
    {
        var place = Place.At(Load + callers, Cause);
        Assert.Equal(expected, BlockingCauses.Of(place.Guard).PlacesOf(place.Operation.Syntax).Length);
    }

    [Fact]
    public void Places_AreInTheOrderOfTheText()
    {
        var place = Place.At(
            "async Task B() { await Task.Yield(); Load(); } async Task A() { await Task.Yield(); Load(); } " + Load, Cause);

        var places = BlockingCauses.Of(place.Guard).PlacesOf(place.Operation.Syntax);

        Assert.Equal(places.OrderBy(static found => found.SourceSpan.Start), places);
        Assert.Equal(2, places.Length);
    }
}
