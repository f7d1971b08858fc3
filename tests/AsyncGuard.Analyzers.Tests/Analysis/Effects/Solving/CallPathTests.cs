using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Effects.Solving;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Effects.Solving;

public sealed class CallPathTests
{
    private const string Circle =
        """
        static class C
        {
            static void A(int n) { if (n > 0) B(n - 1); }
            static void B(int n) { C1(n); A(n); }
            static void C1(int n) { A(n); D(n); }
            static void D(int n) { B(n); System.Threading.Thread.Sleep(1); }
            static void E(int n) { F(n); }
            static void F(int n) { E(n); Quiet(); }
            static void G(int n) { if (n > 0) G(n - 1); else A(n); }
            static void Quiet() { }
        }
        """;

    [Fact]
    public void Recursion_ToItself_DoesNotBlock() =>
    Assert.Null(WayOf(
    "static class C { static void A(int n) { if (n > 0) A(n - 1); } static void Other() => System.Threading.Thread.Sleep(1); }", "A"));

    [Fact]
    public void Recursion_WithABlockingCall_Blocks() =>
    Assert.Equal("A → Thread.Sleep", WayOf("static class C { static void A(int n) { A(n - 1); System.Threading.Thread.Sleep(1); } }", "A"));

    [Theory]
    [InlineData("A", "A → B → C1 → D → Thread.Sleep")]
    [InlineData("B", "B → C1 → D → Thread.Sleep")]
    [InlineData("C1", "C1 → D → Thread.Sleep")]
    [InlineData("D", "D → Thread.Sleep")]
    [InlineData("E", null)]
    [InlineData("F", null)]
    [InlineData("G", "G → A → B → C1 → D → Thread.Sleep")]
    [InlineData("Quiet", null)]
    public void MutualRecursion_BlocksWhereTheCircleDoes(string method, string? way) => Assert.Equal(way, WayOf(Circle, method));

    [Fact]
    public void Answers_DoNotDependOnTheOrderOfQuestions()
    {
        string[] methods = ["A", "B", "C1", "D", "E", "F", "G", "Quiet"];
        var expected = Answers(methods);
        foreach (var order in Permutations(methods.Take(5)).Select(first => first.Concat(methods.Skip(5))))
            Assert.Equal(expected, Answers(order));
        Assert.Equal(expected, Answers(methods.Reverse()));

        static SortedDictionary<string, string?> Answers(IEnumerable<string> order)
        {
            var compilation = Compile(Circle);
            var guard = GuardContext.For(compilation);
            return new SortedDictionary<string,
                string?>(order.ToDictionary(name => name,
                name => BlockingEffects.Of(guard).PathOf(Method(compilation, name))?.PathFrom(name)));
        }
    }

    // A call of Y.Go ends only by way of X.Go.
    [Fact]
    public void AllImplementations_InACircle_BlockByTheOneThatEnds()
    {
        const string source =
            """
            interface I { void Go(); }
            class X : I { public void Go() => System.Threading.Thread.Sleep(1); }
            class Y : I { public void Go() => C.A(this); }
            static class C { public static void A(I i) => i.Go(); }
            """;
        Assert.Equal("A → Go → Thread.Sleep", WayOf(source, "A"));
        Assert.Null(WayOf(source.Replace("System.Threading.Thread.Sleep(1)", "System.GC.KeepAlive(1)"), "A"));
        Assert.Null(WayOf(source + " class Z : I { public void Go() { } }", "A"));
    }

    [Fact]
    public void ShortestWay_IsTheOneShown() =>
        Assert.Equal("A → Thread.Sleep",
        WayOf(
            "static class C { static void A() { B(); System.Threading.Thread.Sleep(1); } static void B() { D(); } static void D() => System.Threading.Thread.Sleep(1); }",
                "A"));

    [Fact]
    public void LongWay_IsShortened()
    {
        var methods = string.Concat(Enumerable.Range(0, 20).Select(i => $"static void M{i}() => M{i + 1}(); "));
        Assert.Equal("M0 → M1 → M2 → M3 → … → M19 → M20 → Thread.Sleep",
            WayOf($"static class C {{ {methods} static void M20() => System.Threading.Thread.Sleep(1); }}", "M0"));
    }

    private static string? WayOf(string source, string method)
    {
        var compilation = Compile(source);
        return BlockingEffects.Of(GuardContext.For(compilation)).PathOf(Method(compilation, method))?.PathFrom(method);
    }

    private static IMethodSymbol Method(Compilation compilation, string name) =>
        compilation.GetTypeByMetadataName("C")!.GetMembers(name).OfType<IMethodSymbol>().Single();

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Test", [CSharpSyntaxTree.ParseText(source)], ReferenceAssemblies.Get(ReferenceSet.Net100),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static IEnumerable<IEnumerable<string>> Permutations(IEnumerable<string> names)
    {
        var list = names.ToList();
        return list.Count <= 1 ? [list]
            : list.SelectMany(first => Permutations(list.Where(name => name != first)).Select(rest => rest.Prepend(first)));
    }
}
