using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Summaries;

/// <summary>AGD0105 in a compilation that references others which tell what their members do.</summary>
public sealed class AcrossAssembliesTests : RuleTest<IndirectBlockingAnalyzer, IndirectBlockingFix>
{
    private const string Block = " static class Slow { public static int Block() { System.Threading.Thread.Sleep(1); return 1; } }";

    [Theory]
    [InlineData("public static class Db { public static void Load() => Slow.Block(); }", "[|Db.Load()|];")]
    [InlineData("public static class Db { public static void Load<T>(T t) => Slow.Block(); }", "[|Db.Load(1)|];")]
    [InlineData("public static class Db { public static void Load(this string s) => Slow.Block(); }",
        "[|\"\".Load()|]; [|Db.Load(\"\")|];")]
    [InlineData("public static class Db { public static int Size { get { Slow.Block(); return 1; } set { } } }",
        "var x = [|Db.Size|]; Db.Size = 1;")]
    [InlineData("public class Db { public int this[int i] => Slow.Block(); }", "var x = [|new Db()[1]|];")]
    [InlineData("public class Db { public event System.Action E { add => Slow.Block(); remove { } } }",
        "var db = new Db(); [|db.E += () => { }|]; db.E -= null;")]
    [InlineData("public class Db { public Db(string s) => Slow.Block(); public Db() { } }",
        "var a = [|new Db(\"\")|]; Db b = [|new(\"\")|]; var c = new Db();")]
    [InlineData("public class Db { readonly int _x = Slow.Block(); }", "var a = [|new Db()|]; Db b = [|new()|];")]
    [InlineData("public class Db { public static Db operator -(Db x) { Slow.Block(); return x; } }", "var x = [|-new Db()|];")]
    [InlineData("public class Db { public static explicit operator int(Db x) => Slow.Block(); }", "var x = [|(int)new Db()|];")]
    [InlineData("public sealed class Db : System.IDisposable { public void Dispose() => Slow.Block(); }", "[|using|] var db = new Db();")]
    [InlineData(
        "public class Db { public class Table<T> { public void Load<U>(T t, System.Collections.Generic.List<U> u) => Slow.Block(); } }",
            "[|new Db.Table<int>().Load(1, new List<string>())|];")]
    [InlineData(
        "public static class Db { public static System.Collections.Generic.IEnumerable<int> Rows() { Slow.Block(); yield return 1; } }",
            "foreach (var x in [|Db.Rows()|]) { } var list = [|Db.Rows().ToList()|]; var rows = Db.Rows();")]
    public Task Member_OfAReferencedAssembly_IsReported(string library, string use) =>
    Reports($"async Task M() {{ {use} await Task.Yield(); }}", With(Library.Of("Data", library + Block).Reference));

    [Theory]
    [InlineData("public interface IStore { void Save(); } public class Store : IStore { public void Save() => Slow.Block(); }")]
    [InlineData("public interface IStore { void Save(); } class Store : IStore { public void Save() => Slow.Block(); }")]
    [InlineData("public interface IStore { void Save(); } class Store : IStore { void IStore.Save() => Slow.Block(); }")]
    [InlineData(
        "public interface IStore { void Save(); } class Store : IStore { public void Save() => Slow.Block(); } class Other : IStore { public void Save() => Slow.Block(); }")]
    [InlineData(
        "public abstract class IStore { public abstract void Save(); } class Store : IStore { public override void Save() => Slow.Block(); }")]
    [InlineData("public class IStore { public virtual void Save() => Slow.Block(); }")]
    public Task Dispatch_ToImplementationsThatAllBlock_IsReported(string library) =>
        Reports("async Task M(IStore s) { [|s.Save()|]; await Task.Yield(); }", With(Library.Of("Data", library + Block).Reference));

    [Theory]
    [InlineData(
        "public interface IStore { void Save(); } public class Store : IStore { public void Save() => Slow.Block(); } class Other : IStore { public void Save() { } }")]
    [InlineData("public interface IStore { void Save(); }")]
    [InlineData(
        "public class IStore { public virtual void Save() => Slow.Block(); } class Other : IStore { public override void Save() { } }")]
    [InlineData(
        "public interface IStore { [NonBlocking] void Save(); } public class Store : IStore { public void Save() => Slow.Block(); } public class NonBlockingAttribute : System.Attribute { }")]
    [InlineData(
        "public interface IStore { System.Collections.Generic.IEnumerable<int> Save(); } public class Store : IStore { public System.Collections.Generic.IEnumerable<int> Save() { Slow.Block(); yield return 1; } }")]
    public Task Dispatch_ToOneThatDoesNotBlock_IsSilent(string library) =>
        Silent("async Task M(IStore s) { s.Save(); await Task.Yield(); }", With(Library.Of("Data", library + Block).Reference));

    [Fact]
    public async Task Dispatch_CountsImplementationsOfAllAssemblies()
    {
        var contract = Library.Of("Contract", "public interface IStore { void Save(); }").Reference;
        var slow = Library.Of("Slow", "class Store : IStore { public void Save() => Slow.Block(); }" + Block, contract).Reference;
        var fast = Library.Of("Fast", "class Cache : IStore { public void Save() { } }", contract).Reference;
        var unknown =
            Library.Of("Unknown", "class Cache : IStore { public void Save() { System.Threading.Thread.Sleep(1); } }",
            Library.Said("false"), contract).Reference;

        await Reports("async Task M(IStore s) { [|s.Save()|]; await Task.Yield(); }", With(contract, slow));
        await Silent("async Task M(IStore s) { s.Save(); await Task.Yield(); }", With(contract, slow, fast));
        await Silent("async Task M(IStore s) { s.Save(); await Task.Yield(); }", With(contract, slow, unknown));
        await Silent("async Task M(IStore s) { s.Save(); await Task.Yield(); } class Own : IStore { public void Save() { } }",
            With(contract, slow));
        await Reports(
            "async Task M(IStore s) { [|s.Save()|]; await Task.Yield(); } class Own : IStore { public void Save() => Thread.Sleep(1); }",
                With(contract, slow));
    }

    [Fact]
    public Task OwnCode_ThatLeadsIntoAnotherAssembly_IsReported() => Reports(
        """
        async Task M(Local local) { [|Own()|]; [|local.Run()|]; var x = [|new Local()|]; await Task.Yield(); }
        void Own() => new Db().Load();
        class Local : Base { }
        """,
        With(Library.Of("Data",
            "public class Db { public void Load() => Slow.Block(); } public class Base { protected Base() => Slow.Block(); public void Run() => Slow.Block(); }" +
                Block).Reference));

    [Theory]
    [InlineData("public static class Db { public static void Load() { } public static void Other() => Slow.Block(); }", "Db.Load();")]
    [InlineData("public class Db { public static readonly int Size = Slow.Block(); public static void Load() { } }",
        "Db.Load(); var db = new Db();")]
    [InlineData("public static class Db { public static void Load(int i) { } public static void Load(string s) => Slow.Block(); }",
        "Db.Load(1);")]
    // Once in the life of the process
    [InlineData("public static class Db { public static readonly int Size = Slow.Block(); }", "var x = Db.Size;")]
    [InlineData("public static class Db { public static int Size { get; } = Slow.Block(); }", "var x = Db.Size;")]
    [InlineData("public static class Db { public static void Load() => Slow.Block(); }", "await Task.Run(() => Db.Load());")]
    [InlineData(
        "public static class Db { public static void Load() => Slow.Block(); public static System.Threading.Tasks.Task LoadAsync() => System.Threading.Tasks.Task.CompletedTask; }",
            "Db.Load();")]
    [InlineData(
        "public static class Db { public static System.Threading.Tasks.Task Load() { Slow.Block(); return System.Threading.Tasks.Task.CompletedTask; } }",
            "await Db.Load();")]
    [InlineData("public static class Db { public static void Read(System.IO.Stream s) => s.ReadByte(); }", "Db.Read(new MemoryStream());")]
    [InlineData("public class Db : System.IO.MemoryStream { public override int Read(byte[] b, int o, int c) => 0; }",
        "Run(new Db()); void Run(Db db) => db.Read(new byte[1], 0, 1);")]
    public Task WhatDoesNotBlockThere_OrIsReportedElsewhere_IsSilent(string library, string use) =>
    Silent($"async Task M() {{ {use} await Task.Yield(); }}", With(Library.Of("Data", library + Block).Reference));

    [Fact]
    public Task MarkOfTheReader_GoesBeforeWhatTheAssemblySays() => Silent(
        """
        [assembly: NonBlocking("M:Db.Load")]
        class NonBlockingAttribute : System.Attribute { public NonBlockingAttribute(string id) { } }
        class C
        {
            async System.Threading.Tasks.Task M() { Db.Load(); Own(); await System.Threading.Tasks.Task.Yield(); }
            void Own() => Db.Load();
        }
        """,
        With(Library.Of("Data",
            "public static class Db { public static void Load() => Slow.Block(); }" + Block).Reference) with
        { Kind = SourceKind.File });

    [Fact]
    public Task AssemblyThatDoesNotTell_IsSilent() => Silent(
        "async Task M() { Db.Load(); await Task.Yield(); }",
        With(Library.Of("Data", "public static class Db { public static void Load() => Slow.Block(); }" + Block,
            Library.Said("false")).Reference));

    [Fact]
    public async Task ThreeCompilations_InAChain_ShowTheWholeWay()
    {
        var files = Library.Of("Files",
            "public static class Files { public static string Read(string path) => System.IO.File.ReadAllText(path); }");
        var prices =
            Library.Of("Prices", "public class Prices { public string Load() => Parse(); string Parse() => Files.Read(\"prices\"); }",
            files.Reference);

        Assert.Equal(["M:Files.Read(System.String) | File.ReadAllText"], files.Summaries);
        Assert.Equal(["M:Prices.Load | Parse → Read → File.ReadAllText"], prices.Summaries);
        await Reports(
            "async Task M(Prices p) { {|#0:p.Load()|}; {|#1:Own(p)|}; await Task.Yield(); } void Own(Prices p) => p.Load();",
            With(files.Reference, prices.Reference) with
            {
                Expected =
                [
                    new DiagnosticResult("AGD0105", DiagnosticSeverity.Warning).WithLocation(0)
                        .WithMessage(
                        "'Load' blocks the thread in async code: Load → Parse → Read → File.ReadAllText; move it to another thread with 'Task.Run', or make it async"),
                    new DiagnosticResult("AGD0105", DiagnosticSeverity.Warning).WithLocation(1)
                        .WithMessage(
                        "'Own' blocks the thread in async code: Own → Load → Parse → Read → File.ReadAllText; move it to another thread with 'Task.Run', or make it async"),
                ],
            });
    }

    [Fact]
    public Task Fix_MovesTheCallOfAnotherAssembly_ToAnotherThread() => Fixes(
        "async Task M() { await Task.Yield(); [|Db.Load()|]; }",
        "async Task M() { await Task.Yield(); await Task.Run(() => Db.Load()); }",
        With(Library.Of("Data", "public static class Db { public static void Load() => Slow.Block(); }" + Block).Reference));

    private static RuleTestOptions With(params MetadataReference[] references) =>
        RuleTestOptions.Default with { ExtraReferences = [.. references] };
}
