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

    [Theory]
    [InlineData("class D : IDisposable { public void Dispose() => Load(); } async Task M(D d) { using (d) await Task.Yield(); }", 1)]
    [InlineData("class D : IDisposable { public void Dispose() => Load(); } async Task M(D d) { await Task.Yield(); d.Dispose(); }", 1)]
    [InlineData("class D { public D() { Load(); } } async Task M() { D d = new(); await Task.Yield(); }", 1)]
    [InlineData("class D { public D() { Load(); } } async Task M() { await Task.Yield(); Take(new()); } void Take(D d) { }", 1)]
    [InlineData("class D { public D() { Load(); } } class E : D { } async Task M() { E e = new(); await Task.Yield(); }", 1)]
    [InlineData("class D { string _s = Load(); } async Task M(D d) { d ??= new(); await Task.Yield(); }", 1)]
    [InlineData("class D { } async Task M(D d) { d ??= new(); Load(); await Task.Yield(); }", 1)]
    [InlineData(
        "class D { public static D operator +(D a, D b) { Load(); return a; } } async Task M(D a) { await Task.Yield(); _ = a + a; }", 1)]
    [InlineData("class D { public bool MoveNext() { Load(); return false; } public int Current => 1; public D GetEnumerator() => this; } " +
        "async Task M(D d) { await Task.Yield(); foreach (var x in d) { } }", 1)]
    [InlineData("static Task<string> LoadAsync() => null; static string Get() => Load(); async Task M() { await LoadAsync(); Get(); }", 1)]
    public void Places_AreFoundByWhateverCallsTheMember(string callers, int expected)
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
