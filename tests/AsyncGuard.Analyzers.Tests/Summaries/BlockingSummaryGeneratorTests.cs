using System;
using System.Collections.Immutable;
using System.Linq;
using AsyncGuard.RuleTesting;
using AsyncGuard.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Summaries;

public sealed class BlockingSummaryGeneratorTests
{
    private const string Db =
        "public class Db { public string Load() => Parse(); string Parse() => System.IO.File.ReadAllText(\"x\"); public void Peek() { } }";

    [Fact]
    public void Member_ThatBlocks_IsWrittenWithItsWay() =>
    Assert.Equal(["M:Db.Load | Parse → File.ReadAllText"], Library.Of("A", Db).Summaries);

    [Theory]
    [InlineData("public class X { public string P { get { Block(); return \"\"; } set { Block(); } } BLOCK }", "M:X.get_P",
        "M:X.set_P(System.String)")]
    [InlineData("public class X { public int this[int i] { get { Block(); return i; } } BLOCK }", "M:X.get_Item(System.Int32)")]
    [InlineData("public class X { public event System.Action E { add => Block(); remove { } } BLOCK }", "M:X.add_E(System.Action)")]
    [InlineData("public class X { public X(int i) => Block(); public X() { } BLOCK }", "M:X.#ctor(System.Int32)")]
    [InlineData("public class X { int _f = Read(); static int Read() { Block(); return 1; } BLOCK }", "M:X.#ctor")]
    [InlineData("public class X { static readonly int F = Read(); static int Read() { Block(); return 1; } BLOCK }", "T:X")]
    [InlineData("public class X { public static X operator +(X a, X b) { Block(); return a; } BLOCK }", "M:X.op_Addition(X,X)")]
    [InlineData("public class X { public static implicit operator int(X a) { Block(); return 1; } BLOCK }",
        "M:X.op_Implicit(X)~System.Int32")]
    [InlineData("public class X { protected void F() => Block(); protected internal void G() => Block(); BLOCK }", "M:X.F", "M:X.G")]
    [InlineData("public class X { public class Y<T> { public void F<U>(T t, U u) => Block(); } BLOCK }", "M:X.Y`1.F``1(`0,``0)")]
    [InlineData("public class X { public virtual void F() => Block(); BLOCK }", "M:X.F")]
    [InlineData("public interface I { void F() => System.Threading.Thread.Sleep(1); }", "M:I.F")]
    [InlineData("public static class X { public static void F(this int i) => System.Threading.Thread.Sleep(i); }", "M:X.F(System.Int32)")]
    [InlineData("public class X { public void F() => System.Linq.Enumerable.Range(1, 2); }")]
    public void EachKindOfMember_HasItsId(string source, params string[] ids) =>
        Assert.Equal(ids,
        Library.Of("A",
            source.Replace("BLOCK", "static void Block() => System.Threading.Thread.Sleep(1);")).Summaries.Select(
                line => line.Split(" | ")[0]));

    [Fact]
    public void Iterator_IsWrittenAsBlockingItsLoop() => Assert.Equal(
        ["M:X.Rows | Thread.Sleep, WhenEnumerated = true"],
        Library.Of("A",
            "public class X { public System.Collections.Generic.IEnumerable<int> Rows() { System.Threading.Thread.Sleep(1); yield return 1; } }").Summaries);

    // What an assembly sees of another is not what it is called by, but what its own interfaces and base classes are answered with.
    [Theory]
    [InlineData("public interface I { void F(); } class X : I { public void F() => System.Threading.Thread.Sleep(1); }", "M:X.F")]
    [InlineData("public interface I { void F(); } class X : I { void I.F() => System.Threading.Thread.Sleep(1); }", "M:X.I#F")]
    [InlineData("public interface I { void F(); } class B { public void F() => System.Threading.Thread.Sleep(1); } class X : B, I { }",
        "M:B.F")]
    [InlineData(
        "public abstract class B { public abstract void F(); } class X : B { public override void F() => System.Threading.Thread.Sleep(1); }",
            "M:X.F")]
    public void HiddenImplementation_OfAVisibleMember_IsWritten(string source, string id) =>
        Assert.Equal([id], Library.Of("A", source).Summaries.Select(line => line.Split(" | ")[0]));

    [Theory]
    [InlineData("class X { public void F() => System.Threading.Thread.Sleep(1); }")]
    [InlineData(
        "public class X { internal void F() => System.Threading.Thread.Sleep(1); void G() => System.Threading.Thread.Sleep(1); private protected void H() => System.Threading.Thread.Sleep(1); }")]
    [InlineData("interface I { void F(); } class X : I { public void F() => System.Threading.Thread.Sleep(1); }")]
    [InlineData("public class X { public void F() { } }")]
    [InlineData(
        "public class X { public async System.Threading.Tasks.Task F() { System.Threading.Thread.Sleep(1); await System.Threading.Tasks.Task.Yield(); } }")]
    [InlineData(
        "public class X { public System.Threading.Tasks.Task F() { System.Threading.Thread.Sleep(1); return System.Threading.Tasks.Task.CompletedTask; } }")]
    [InlineData(
        "public class X { [NonBlocking] public void F() => System.Threading.Thread.Sleep(1); } class NonBlockingAttribute : System.Attribute { }")]
    [InlineData(
        "public class X { [Blocking] public void F() => System.Threading.Thread.Sleep(1); } public class BlockingAttribute : System.Attribute { }")]
    [InlineData("public class X { public void F() => System.Threading.Tasks.Task.Run(() => System.Threading.Thread.Sleep(1)); }")]
    [InlineData("public class X { ~X() => System.Threading.Thread.Sleep(1); }")]
    [InlineData("public delegate void D(); public enum E { A }")]
    public void WhatIsHidden_OrDoesNotBlock_IsNotWritten(string source) => Assert.Empty(Library.Of("A", source).Summaries);

    [Fact]
    public void InternalMember_WithFriends_IsWritten() => Assert.Equal(
        ["M:X.F | Thread.Sleep"],
        Library.Of("A",
            "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"B\")] class X { internal void F() => System.Threading.Thread.Sleep(1); void G() => F(); }").Summaries);

    [Fact]
    public void Catalog_OfTheProject_Counts() => Assert.Equal(
        ["M:X.F(Legacy) | Legacy.Native"],
        Library.Of(
            "A",
            "public class X { public void F(Legacy l) => l.Native(); } public abstract class Legacy { public abstract void Native(); }",
            Library.Asked with { AdditionalFiles = [("AsyncGuard.Apis.txt", "M:Legacy.Native; blocks")] }).Summaries);

    [Fact]
    public void Order_IsThatOfTheIds_WhateverTheOrderOfTheFiles()
    {
        const string first = "public partial class X { public void B() => A(); public void D() => System.Threading.Thread.Sleep(1); }";
        const string second =
            "public partial class X { public void C() => B(); public void A() => C1(); void C1() => System.Threading.Thread.Sleep(1); }";
        var one = Library.Of("A", first);
        var other = Library.Of("A", second);
        var oneText = one.TextOf(one.Compilation.AddSyntaxTrees(other.Compilation.SyntaxTrees))!;
        var otherText = one.TextOf(other.Compilation.AddSyntaxTrees(one.Compilation.SyntaxTrees))!;

        Assert.Equal(oneText, otherText);
        Assert.True(oneText.IndexOf("M:X.A", StringComparison.Ordinal) < oneText.IndexOf("M:X.B", StringComparison.Ordinal));
        Assert.DoesNotContain("\r", oneText);
    }

    [Fact]
    public void Nothing_IsWritten_WhenNotAskedFor()
    {
        Assert.Null(Library.Of("A", Db,
            RuleTestOptions.Default with
            {
                GlobalConfig = ImmutableDictionary<string, string>.Empty.Add("build_property.Other",
                "true")
            }).Text);
        Assert.Null(Library.Of("A", Db, Library.Said("false")).Text);
    }

    [Fact]
    public void Nothing_IsWritten_InAnEditor() =>
        Assert.Null(Library.Of("A", Db,
        Library.Asked with { GlobalConfig = Library.Asked.GlobalConfig.Add("build_property.AsyncGuardDesignTime", "true") }).Text);

    [Fact]
    public void ReferenceToTheRuntime_IsAsking_UnlessTheProjectSaysNo()
    {
        var runtime =
            CSharpCompilation.Create("AsyncGuard.Runtime", options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .ToMetadataReference();
        var unsaid = Library.Said("");

        Assert.NotEmpty(Library.Of("A", Db, unsaid, runtime).Summaries);
        Assert.Null(Library.Of("A", Db, unsaid).Text);
        Assert.Null(Library.Of("A", Db, Library.Said("false"), runtime).Text);
    }

    [Fact]
    public void Assembly_WithoutBlockingMembers_StillTells() =>
    Assert.Contains("class BlockingSummaryAttribute", Library.Of("A", "public class X { }").Text, StringComparison.Ordinal);

    // Every warning the compiler has, on an assembly that is compliant and documented, in the oldest language we meet.
    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.Latest)]
    public void GeneratedFile_CompilesWithoutWarnings(LanguageVersion version)
    {
        var library = Library.Of(
            "A",
            "[assembly: System.CLSCompliant(true)] /// <summary>Db</summary>\npublic class Db { /// <summary>Load</summary>\npublic void Load() { System.Threading.Thread.Sleep(1); } }",
            Library.Asked with { LanguageVersion = version });
        Assert.Empty(library.Diagnostics);
        Assert.Single(library.Summaries);
    }

    [Fact]
    public void FriendThatTellsToo_CompilesWithoutWarnings()
    {
        var first = Library.Of("A",
            "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"B\")] public class X { public void F() => System.Threading.Thread.Sleep(1); }");
        var second = Library.Of("B", "public class Y { public void G(X x) => x.F(); }", first.Reference);

        Assert.Empty(second.Diagnostics);
        Assert.Equal(["M:Y.G(X) | F → Thread.Sleep"], second.Summaries);
    }

    [Fact]
    public void TypeThatIsCalledAsOurNamespace_KeepsTheCompilationAsItIs() =>
    Assert.Null(Library.Of("A", "public class AsyncGuard { public void F() => System.Threading.Thread.Sleep(1); }").Text);

    [Fact]
    public void AttributeThatIsThereAlready_IsUsed()
    {
        var library =
            Library.Of("A",
            Db +
                " namespace AsyncGuard { [System.AttributeUsage(System.AttributeTargets.Assembly, AllowMultiple = true)] class BlockingSummaryAttribute : System.Attribute { public BlockingSummaryAttribute(string a, string b) { } } }");

        Assert.DoesNotContain("class BlockingSummaryAttribute", library.Text, StringComparison.Ordinal);
        Assert.Empty(library.Diagnostics);
    }

    [Fact]
    public void Edit_ThatChangesNoAnswer_WritesNothingAnew()
    {
        var library = Library.Of("A", Db);
        var driver = library.Run(library.Compilation);

        Assert.Equal(IncrementalStepRunReason.Unchanged, ReasonAfter(Db.Replace("{ }", "{ int x = 1; }")));
        Assert.Equal(IncrementalStepRunReason.Modified, ReasonAfter(Db.Replace("{ }", "{ System.Threading.Thread.Sleep(1); }")));

        IncrementalStepRunReason ReasonAfter(string source)
        {
            var tree = library.Compilation.SyntaxTrees[0];
            var result =
                driver.RunGenerators(library.Compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(source))),
                TestContext.Current.CancellationToken).GetRunResult();
            return result.Results[0].TrackedSteps[BlockingSummaryGenerator.StepName].Single().Outputs.Single().Reason;
        }
    }

    [Fact]
    public void Host_ThatWantsNoImplementation_DoesNotRunIt()
    {
        var library = Library.Of("A", Db);
        var driver = CSharpGeneratorDriver.Create(
            [new BlockingSummaryGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.Implementation, trackIncrementalGeneratorSteps: true));

        var result = driver.RunGenerators(library.Compilation, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.Empty(result.GeneratedSources);
        Assert.False(result.TrackedSteps.ContainsKey(BlockingSummaryGenerator.StepName));
    }
}
