using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class IndirectBlockingTests
{
    [Theory]
    [InlineData("async Task M() { [|Load()|]; } void Load() => Block();",
        "async Task M() { await Task.Run(() => Load()); } void Load() => Block();")]
    [InlineData("async Task M(CancellationToken token) { [|Load()|]; } void Load() => Block();",
        "async Task M(CancellationToken token) { await Task.Run(() => Load(), token); } void Load() => Block();")]
    [InlineData("async Task<int> M(string p) { return [|Load(p)|] + 1; } int Load(string p) { Block(); return 1; }",
        "async Task<int> M(string p) { return await Task.Run(() => Load(p)) + 1; } int Load(string p) { Block(); return 1; }")]
    [InlineData("async Task<int> M() { return [|Load()|].Length; } string Load() { Block(); return \"\"; }",
        "async Task<int> M() { return (await Task.Run(() => Load())).Length; } string Load() { Block(); return \"\"; }")]
    [InlineData("Task<int> M() => Task.FromResult([|Load()|]); int Load() { Block(); return 1; }",
        "async Task<int> M() => await Task.Run(() => Load()); int Load() { Block(); return 1; }")]
    [InlineData("async Task M() { var x = [|P|]; await Task.Yield(); } int P { get { Block(); return 1; } }",
        "async Task M() { var x = await Task.Run(() => P); await Task.Yield(); } int P { get { Block(); return 1; } }")]
    [InlineData("async Task M() { [|P|] = 1; await Task.Yield(); } int P { get => 1; set => Block(); }",
        "async Task M() { await Task.Run(() => P = 1); await Task.Yield(); } int P { get => 1; set => Block(); }")]
    [InlineData("async Task M() { var x = [|new X()|]; await Task.Yield(); } class X { public X() => Block(); }",
        "async Task M() { var x = await Task.Run(() => new X()); await Task.Yield(); } class X { public X() => Block(); }")]
    [InlineData("async Task M() { X x = [|new()|]; await Task.Yield(); } class X { public X() => Block(); }",
        "async Task M() { X x = await Task.Run(() => new X()); await Task.Yield(); } class X { public X() => Block(); }")]
    [InlineData(
        "async Task M(X a) { var b = [|a + a|]; await Task.Yield(); } class X { public static X operator +(X a, X b) { Block(); return a; } }",
            "async Task M(X a) { var b = await Task.Run(() => a + a); await Task.Yield(); } class X { public static X operator +(X a, X b) { Block(); return a; } }")]
    [InlineData(
        "async Task M() { var all = [|Rows().ToList()|]; await Task.Yield(); } IEnumerable<int> Rows() { Block(); yield return 1; }",
            "async Task M() { var all = await Task.Run(() => Rows().ToList()); await Task.Yield(); } IEnumerable<int> Rows() { Block(); yield return 1; }")]
    [InlineData("async Task M(Task t) { await t.ConfigureAwait(false); [|Load()|]; } void Load() => Block();",
        "async Task M(Task t) { await t.ConfigureAwait(false); await Task.Run(() => Load()).ConfigureAwait(false); } void Load() => Block();")]
    [InlineData("Task StopAsync(CancellationToken c) { [|Load()|]; return Task.CompletedTask; } void Load() => Block();",
        "async Task StopAsync(CancellationToken c) { await Task.Run(() => Load(), c); } void Load() => Block();")]
    [InlineData("Task StopAsync(X x, CancellationToken c) { [|x.Dispose()|]; return Task.CompletedTask; } class X { public void Dispose() => Block(); }",
        "async Task StopAsync(X x, CancellationToken c) { await Task.Run(() => x.Dispose()); } class X { public void Dispose() => Block(); }")]
    [InlineData(
        "async Task<X> M() { await Task.Yield(); return [|Name()|]; } string Name() { Block(); return \"\"; } class X { public static implicit operator X(string a) => new(); }",
        "async Task<X> M() { await Task.Yield(); return await Task.Run(() => Name()); } string Name() { Block(); return \"\"; } class X { public static implicit operator X(string a) => new(); }")]
    [InlineData("async Task M() { [|A()|]; [|B()|]; } void A() => Block(); void B() => Block();",
        "async Task M() { await Task.Run(() => A()); await Task.Run(() => B()); } void A() => Block(); void B() => Block();")]
    public Task Call_IsMovedToTheThreadPool(string source, string fixedSource) => Fixes(source + Block, fixedSource + Block);

    [Theory]
    [InlineData("async Task M() { [|Load(out var x)|]; await Task.Yield(); } void Load(out int x) { x = 1; Block(); }")]
    [InlineData("async Task M() { lock (this) { [|Load()|]; } await Task.Yield(); } void Load() => Block();")]
    [InlineData(
        "async Task M(int[] a) { foreach (var x in [|Rows()|]) { } await Task.Yield(); } IEnumerable<int> Rows() { Block(); yield return 1; }")]
    [InlineData("async Task M(Task<int> t) { [|Load(await t)|]; } void Load(int x) => Block();")]
    [InlineData(
        "async Task M(List<int> l) { l.ForEach([|Each|]); l.ForEach(x => [|Block()|]); await Task.Yield(); } void Each(int x) => Block();")]
    [InlineData("async Task M(C c) { [|c.E += () => { }|]; await Task.Yield(); } event Action E { add => Block(); remove { } }")]
    [InlineData(
        "async Task M(X a) { int b = [|a|]; await Task.Yield(); } class X { public static implicit operator int(X a) { Block(); return 1; } }")]
    [InlineData(
        "async Task M() { X x = [|\"a\"|]; Use([|_name|]); await Task.Yield(); } string _name = \"\"; void Use(X x) { } class X { public static implicit operator X(string a) { Block(); return new(); } }")]
    [InlineData(
        "async Task<X> M() { await Task.Yield(); return [|Name()|]; } string Name() => \"\"; class X { public static implicit operator X(string a) { Block(); return new(); } }")]
    [InlineData(
        "async Task M() { [|using|] var x = new X(); await Task.Yield(); } class X : IDisposable { public void Dispose() => Block(); }")]
    [InlineData("Task M(ref int x) { [|Block()|]; return Task.CompletedTask; }")]
    public Task Call_ThatCannotMove_HasNoFix(string source) => NoFix(source + Block);

    [Fact]
    public Task TopLevelProgram_IsFixed() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        await Task.Yield();
        while (true) [|Load()|];
        void Load() => Thread.Sleep(1);
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        await Task.Yield();
        while (true) await Task.Run(() => Load());
        void Load() => Thread.Sleep(1);
        """,
        RuleTestOptions.TopLevel);

    // What is set on a thread of the pool is not seen here.
    [Fact]
    public Task Fix_OfACallThatSetsWhatFlows_IsNotOffered() => NoFix(
        """
        static readonly AsyncLocal<string> Name = new();
        static void Enter(string path) { Name.Value = path; File.ReadAllText(path); }
        async Task M(string path) { [|Enter(path)|]; await Task.Yield(); }
        """);

    // On another thread they would be others.
    [Theory]
    [InlineData("[ThreadStatic] static int[]? t_rows; int Load(int[]? rows) => File.ReadAllText(\"a\").Length; async Task M() { await Task.Yield(); t_rows = new int[3]; Console.WriteLine([|Load(t_rows)|]); }")]
    [InlineData("[ThreadStatic] static int t_row; int Load() { t_row++; return File.ReadAllText(\"a\").Length; } async Task M() { await Task.Yield(); Console.WriteLine([|Load()|]); }")]
    [InlineData("int Load(object? context) => File.ReadAllText(\"a\").Length; async Task M() { await Task.Yield(); Console.WriteLine([|Load(SynchronizationContext.Current)|]); }")]
    [InlineData("int Load(TaskScheduler scheduler) => File.ReadAllText(\"a\").Length; async Task M() { await Task.Yield(); Console.WriteLine([|Load(TaskScheduler.FromCurrentSynchronizationContext())|]); }")]
    [InlineData("int Load(int id) => File.ReadAllText(\"a\").Length; async Task M() { await Task.Yield(); Console.WriteLine([|Load(Environment.CurrentManagedThreadId)|]); }")]
    public Task Call_WithWhatBelongsToItsThread_HasNoFix(string source) => NoFix(source);

    [Fact]
    public Task Call_OfACmdletsOwn_HasNoFix() => NoFix(
        """
        namespace System.Management.Automation { public abstract class Cmdlet { } }
        class GetRows : System.Management.Automation.Cmdlet
        {
            void WriteRow() => System.IO.File.WriteAllText("a", "b");
            async System.Threading.Tasks.Task LoadAsync() { await System.Threading.Tasks.Task.Yield(); [|WriteRow()|]; }
        }
        """,
        RuleTestOptions.File);

    // What is moved takes what stands in it along.
    [Theory]
    [InlineData("Console.WriteLine([|Load([|Load(\"a\")|])|]);", "Console.WriteLine(await Task.Run(() => Load(Load(\"a\"))));")]
    [InlineData("[|Parse([|Load(\"a\")|]).Next()|];", "await Task.Run(() => Parse(Load(\"a\")).Next());")]
    public Task Calls_InEachOther_MoveTogether(string body, string expected) => Fixes(
        $"string Load(string p) => File.ReadAllText(p); C Parse(string p) => this; void Next() => File.ReadAllText(\"b\"); async Task M() {{ await Task.Yield(); {body} }}",
        $"string Load(string p) => File.ReadAllText(p); C Parse(string p) => this; void Next() => File.ReadAllText(\"b\"); async Task M() {{ await Task.Yield(); {expected} }}");
}
