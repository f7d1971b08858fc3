using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed class IndirectBlockingPlaceTests : RuleTest<IndirectBlockingPlaceAnalyzer, IndirectBlockingPlaceFix>
{
    private const string Block = " static void Block() => Thread.Sleep(1);";

    // At most once: for each object, or in all
    [Theory]
    [InlineData(
        "readonly Lazy<int> _l = new Lazy<int>(() => { Block(); return 1; }); async Task M() { var x = [|_l.Value|]; await Task.Yield(); }")]
    [InlineData(
        "readonly Lazy<int> _l; C() { _l = new Lazy<int>(Get); } int Get() { Block(); return 1; } async Task M() { var x = [|_l.Value|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M() { var x = [|Settings.Size|]; await Task.Yield(); } static class Settings { public static readonly int Size = More.Size; } static class More { public static readonly int Size = Read(); static int Read() { Block(); return 1; } }")]
    [InlineData(
        "async Task M() { var x = [|Settings.Name|]; await Task.Yield(); } static class Settings { public static readonly string Name = Read(); static string Read() { Block(); return \"\"; } }")]
    [InlineData(
        "async Task M() { [|Settings.Touch()|]; await Task.Yield(); } static class Settings { static Settings() => Block(); public static void Touch() { } }")]
    [InlineData(
        "async Task M() { var x = [|Settings.Name|]; var y = Settings.Name + Settings.Other; await Task.Yield(); } static class Settings { public static readonly string Name = Read(), Other = \"\"; static string Read() { Block(); return \"\"; } }")]
    [InlineData(
        "async Task M() { var x = [|Settings.Name|]; await Task.Yield(); } async Task N() { await Task.Yield(); var x = [|Settings.Name|]; } static class Settings { public static string Name { get; } = Read(); static string Read() { Block(); return \"\"; } }")]
    [InlineData(
        "async Task M() { Func<Task<string>> f = async () => { await Task.Yield(); return [|Settings.Name|]; }; var x = [|Settings.Name|]; await Task.Yield(); } static class Settings { public static string Name { get; } = Read(); static string Read() { Block(); return \"\"; } }")]
    [InlineData(
        "async Task M() { var x = [|Store.Instance|]; await Task.Yield(); } class Store { static readonly Store One = Open(); public static Store Instance => One; static Store Open() { Block(); return new Store(); } }")]
    [InlineData(
        "async Task M() { var x = [|Store.Get()|]; await Task.Yield(); } class Store { static readonly Store One = Open(); public static Store Get() { return One; } static Store Open() { Block(); return new Store(); } }")]
    [InlineData("async Task M() { var x = [|new Store()|]; await Task.Yield(); } class Store { static Store() => Block(); }")]
    [InlineData(
        "async Task M() { var x = nameof(Settings.Name) + [|Settings.Name|]; await Task.Yield(); } static class Settings { public static string Name { get; } = Read(); static string Read() { Block(); return \"\"; } }")]
    [InlineData(
        "C() { } C(int x) { var n = Settings.Name; } async Task M() { var x = [|Settings.Name|]; await Task.Yield(); } static class Settings { public static string Name { get; } = Read(); static string Read() { Block(); return \"\"; } }")]
    [InlineData(
        "static class Lazy { } static readonly Lazy<int> L = new(() => { Block(); return 1; }); static int Get() => L.Value; async Task M() { var x = [|Get()|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M() { var x = [|Derived.Y|]; await Task.Yield(); } class Base { protected static readonly string Text = Read(); static string Read() { Block(); return \"\"; } } class Derived : Base { public static readonly string Y = Text.Trim(); }")]
    [InlineData(
        "object _p; object Get() => _p ??= Load(); object Load() { Block(); return 1; } async Task M() { var x = [|Get()|]; await Task.Yield(); }")]
    [InlineData(
        "bool _open; void Ensure() { if (_open) return; Block(); _open = true; } async Task M() { [|Ensure()|]; await Task.Yield(); }")]
    [InlineData(
        "object _p; object P => _p ??= Load(); object Load() { Block(); return 1; } async Task M() { var x = [|P|]; await Task.Yield(); }")]
    [InlineData(
        "object _p; object P { get { if (_p == null) { _p = Load(); } return _p; } } object Load() { Block(); return 1; } async Task M() { var x = [|P|]; await Task.Yield(); }")]
    [InlineData(
        "object _p; object Get() { if (_p is not null) return _p; return _p = Load(); } object Load() { Block(); return 1; } async Task M() { var x = [|Get()|]; await Task.Yield(); }")]
    [InlineData(
        "static bool s_done; static void Init() { if (s_done) return; Block(); s_done = true; } async Task M() { [|Init()|]; await Task.Yield(); }")]
    [InlineData("object _p; object Load() { Block(); return 1; } async Task M() { _p ??= [|Load()|]; await Task.Yield(); }")]
    [InlineData("object _p; object Load() { Block(); return 1; } async Task M() { if (_p == null) _p = [|Load()|]; await Task.Yield(); }")]
    // The straight code of a program
    [InlineData("static async Task Main() { [|Load()|]; await Task.Yield(); if (DateTime.Now.Ticks > 0) [|Load()|]; } static void Load() => Block();")]
    public Task CallThatBlocksAtMostOnce_IsReported(string source) => Reports(source + Block);

    [Theory]
    [InlineData("object _p; object Get() { Block(); return _p ??= new object(); } async Task M() { var x = Get(); await Task.Yield(); }")]
    [InlineData(
        "object _p; object Get() => _p ??= Load(); object Load() { Block(); return 1; } void Reload() => Get(); async Task M() { Block(); await Task.Yield(); }")]
    [InlineData("object _p; object Get() => _p ??= Load(); object Load() => 1; async Task M() { var x = Get(); await Task.Yield(); }")]
    [InlineData(
        "object _p; object Get() => _p ??= Load(); object Load() { Block(); return 1; } object Twice() { Load(); return Get(); } async Task M() { var x = Twice(); await Task.Yield(); }")]
    [InlineData(
        "static async Task Main() { while (true) { Load(); await Task.Yield(); } } static void Load() => Block();")]
    [InlineData(
        "static async Task Main() { Func<Task> f = async () => { Load(); await Task.Yield(); }; await f(); } static void Load() => Block();")]
    [InlineData(
        "async Task A() { Load(); await Task.Yield(); } async Task B() { Load(); await Task.Yield(); } async Task D() { Load(); await Task.Yield(); } void Load() => Block();")]
    public Task CallThatIsReportedItself_OrDoesNotBlock_IsSilent(string source) => Silent(source + Block);

    // One cause
    [Theory]
    [InlineData(
        "async Task A() { [|Load()|]; [|Load()|]; await Task.Yield(); } async Task B() { [|Load()|]; await Task.Yield(); } Task D() { [|Load()|]; return Task.CompletedTask; } void Load() => Thread.Sleep(1);")]
    [InlineData(
        "async Task A() { [|One()|]; [|Two()|]; [|Three()|]; [|Load()|]; await Task.Yield(); } void One() => Load(); void Two() => One(); void Three() { if (DateTime.Now.Ticks > 0) Two(); } void Load() => Thread.Sleep(1);")]
    [InlineData(
        "async Task A() { [|Load()|]; [|Load()|]; [|Load()|]; Func<Task> f = async () => { [|Load()|]; await Task.Yield(); }; await f(); } void Load() => Thread.Sleep(1);")]
    [InlineData("string P => File.ReadAllText(\"a\"); async Task A() { var a = [|P|] + [|P|] + [|P|] + [|P|]; await Task.Yield(); }")]
    public Task FourPlacesOfOneCause_AreReported(string source) => Reports(source);

    [Theory]
    [InlineData(
        "async Task A() { Load(1); Load(2); Load(3); await Task.Yield(); } async Task B() { Other(); await Task.Yield(); } void Load(int i) => Thread.Sleep(1); void Other() => Thread.Sleep(2);")]
    [InlineData(
        "async Task A() { Load(); Load(); Load(); await Task.Yield(); } void B() { Load(); Load(); } void Load() => Thread.Sleep(1);")]
    public Task FourPlacesOfSeveralCauses_AreSilent(string source) => Silent(source);

    [Fact]
    public Task PlacesOfOtherFiles_Count_GeneratedOnesDoNot() => Reports(
        "async Task A() { [|Load()|]; [|Load()|]; await Task.Yield(); } async Task B() { Other(); await Task.Yield(); } void Load() => Thread.Sleep(1); void Other() => Thread.Sleep(1);",
        RuleTestOptions.Default with
        {
            OtherFiles =
            [
                ("One.cs", "partial class C { async System.Threading.Tasks.Task D() { {|AGD0112:Load()|}; {|AGD0112:Load()|}; } }"),
                ("Two.g.cs", "partial class C { async System.Threading.Tasks.Task E() { Other(); Other(); Other(); Other(); } }"),
            ],
        });

    [Fact]
    public Task Message_ShowsTheWay() => Reports(
        """
        object _p;
        async Task M() { var x = {|#0:Get()|}; await Task.Yield(); }
        object Get() => _p ??= {|#1:Load()|};
        object Load() { {|#2:Thread.Sleep(1)|}; return 1; }
        """,
        RuleTestOptions.Default with
        {
            Expected =
            [
                new DiagnosticResult("AGD0112", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
                    .WithLocation(2)
                    .WithMessage(
                    "'Get' blocks the thread in async code: Get → Load → Thread.Sleep; it does so at most once; move it to another thread with 'Task.Run', or make it async"),
            ],
        });

    [Fact]
    public Task Call_IsMovedToTheThreadPool() => Fixes(
        "object _p; object Get() => _p ??= Load(); object Load() { Block(); return 1; } async Task M(CancellationToken token) { var x = [|Get()|]; await Task.Yield(); }" +
            Block,
        "object _p; object Get() => _p ??= Load(); object Load() { Block(); return 1; } async Task M(CancellationToken token) { var x = await Task.Run(() => Get(), token); await Task.Yield(); }" +
            Block);
}
