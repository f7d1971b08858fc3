using AsyncGuard.Analysis.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Awaitables;

public sealed class PossibleFailureTests
{
    [Theory]
    [InlineData("int M(string s) => int.Parse(s);", "int.Parse(s)", true)]
    [InlineData("int M(string s) => Own(s); static int Own(string s) => int.Parse(s);", "Own(s)", true)]
    [InlineData("int M(int n) => Own(n); static int Own(int n) => n + 1;", "Own(n)", false)]
    [InlineData("int M(Func<int> f) => f();", "f()", true)]
    [InlineData("string M(object o) => (string)o;", "(string)o", true)]
    [InlineData("string? M(object o) => o as string;", "o as string", false)]
    [InlineData("string M(string path) => File.ReadAllText(path);", "File.ReadAllText(path)", true)]
    [InlineData("async Task M(Task t) { await t; }", "await t", true)]
    [InlineData("int M(int a, int b) => Math.Max(a, b);", "Math.Max(a, b)", false)]
    [InlineData("int M(int n) => A(n); static int A(int n) => n > 0 ? B(n) : 0; static int B(int n) => A(n - 1);", "A(n)", false)]
    public void Operation_MayFail(string members, string text, bool expected)
    {
        var place = Place.At(members, text);
        Assert.Equal(expected, PossibleFailure.Is(place.Operation, place.Guard));
    }
}
