using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Effects;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Effects;

public sealed class CalledMembersTests
{
    private const string Blocking = "static void N() => Thread.Sleep(1); ";

    [Theory]
    [InlineData(Blocking + "void M() { N(); }", "N()", "N")]
    [InlineData(Blocking + "int P { get { N(); return 1; } } void M() { _ = P; }", "P", "get_P")]
    [InlineData("interface I { void N(); } class D : I { public void N() => Thread.Sleep(1); } void M(I i) { i.N(); }", "i.N()", "N")]
    [InlineData("static void N() { } void M() { N(); }", "N()", "")]
    public void Members_ThatMayBlockAreCollected(string members, string text, string expected)
    {
        var place = Place.At(members, text);
        var called = CalledMembers.OfBlocking(place.Guard);
        var calls = new List<BodyCall>();
        if (called.IsWorthFollowing(place.Operation, place.Member)) called.Collect(place.Operation, place.Member, place.Graph, calls);
        Assert.Equal(expected, string.Join(' ', calls.SelectMany(call => call.Targets).Select(target => target.Name)));
    }
}
