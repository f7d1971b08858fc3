using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// Only bodies at whose hand a type is are read for its members: every way by which source gets an object without naming its type.
public sealed partial class IndirectBlockingTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Threading; ";
    private const string Store =
        "public class Store { public void Load() => Thread.Sleep(1); public static void Start() => Thread.Sleep(1); public static Store operator +(Store a, Store b) { Thread.Sleep(1); return a; } public int this[int i] { get { Thread.Sleep(i); return i; } } } ";

    [Theory]
    [InlineData("Box _b = new(); void H() => _b.Item.Load();", "class Box { public Store Item => null!; }")]
    [InlineData("Box _b = new(); void H() => _b[0].Load();", "class Box { public Store this[int i] => null!; }")]
    [InlineData("Box _b = new(); void H() { var s = _b[0] + _b[1]; }", "class Box { public Store this[int i] => null!; }")]
    [InlineData("Box _b = new(); void H() { var n = _b.Item[3]; }", "class Box { public Store Item => null!; }")]
    [InlineData("Box _b = new(); void H() => (_b + _b).Load();", "class Box { public static Store operator +(Box a, Box b) => null!; }")]
    [InlineData("Box _b = new(); void H() { if (_b.TryGet(out var s)) s.Load(); }",
        "class Box { public bool TryGet(out Store s) { s = null!; return true; } }")]
    [InlineData("Box _b = new(); void H() { var (s, n) = _b; s.Load(); }",
        "class Box { public void Deconstruct(out Store s, out int n) { s = null!; n = 1; } }")]
    [InlineData("Box _b = new(); void H() { var (s, n) = _b.Get(); s.Load(); }", "class Box { public (Store, int) Get() => default; }")]
    [InlineData("Box _b = new(null!); void H() => _b.Item.Load();", "record Box(Store Item);")]
    [InlineData("Box _b = new(); void H() { foreach (var s in _b) s.Load(); }", "class Box : List<Store> { }")]
    [InlineData("Box _b = new(); void H() => _b.Get().Load();",
        "class Base<T> { public T Get() => default!; } class Box : Base<Store> { }")]
    [InlineData("Box _b = new(); void H() => _b.Get().Load();",
        "interface IBase<T> { T Get() => default!; } class Mid : Base<Store> { } class Base<T> { public T Get() => default!; } class Box : Mid { }")]
    [InlineData("Box _b = new(); void H() => _b.Stores.ForEach(s => s.Load());", "class Box { public List<Store> Stores = new(); }")]
    [InlineData("Box _b = new(); void H() { switch (_b) { case { Item: var s }: s.Load(); break; } }",
        "class Box { public Store Item => null!; }")]
    [InlineData("Box _b = new(); void H() { for (var i = 0; i < 2; i++) _b.All[i].Load(); }",
        "class Box { public Store[] All = new Store[2]; }")]
    [InlineData("void H() => Box.First(Box.All).Load();",
        "static class Box { public static IEnumerable<Store> All = new Store[2]; public static T First<T>(IEnumerable<T> all) => default!; }")]
    [InlineData("void H() => Big.Make().Load();", "class Big : Store { public static Big Make() => new(); }")]
    [InlineData("Wide _w = new(); void H() => _w.Get().Load();", "class Big : Store { } class Wide { public Big Get() => new(); }")]
    [InlineData("Box _b = new(); void H() => _b.Get().Load();", "class Box { public S Get() => null!; } ", "using S = Store; ")]
    [InlineData("Runner<Store> _r = new(); void H() => _r.Run();",
        "class Runner<T> where T : Store { T _t = null!; public void Run() => _t.Load(); }")]
    [InlineData("void H() => Runner.Run(Runner.One);",
        "static class Runner { public static Store One = new(); public static void Run<T>(T t) where T : Store => t.Load(); }")]
    [InlineData("Box _b = new(); void H() => _b.LoadAll();",
        "class Box : Store { } static class E { public static void LoadAll(this Store s) => s.Load(); }")]
    [InlineData("List<string> _b = new(); void H() => _b.LoadAll();",
        "static class E { public static void LoadAll(this IEnumerable<string> s) => Store.Start(); }")]
    [InlineData("Box _b = new(); void H() => _b.LoadAll();",
        "class Box { } static class E { public static void LoadAll<T>(this T s) => Store.Start(); }")]
    [InlineData("IBox _b = new Box(); void H() => _b.Save();",
        "interface IBox { void Save(); } class Box : IBox { void IBox.Save() => Store.Start(); }")]
    [InlineData("Box _b = new Inner(); void H() => _b.Save();",
        "abstract class Box { public abstract void Save(); } class Mid : Box { public override void Save() { } } class Inner : Mid { public override void Save() => Store.Start(); }",
            "", false)]
    [InlineData("Box _b = new Inner(); void H() => _b.Save();",
        "abstract class Box { public abstract void Save(); } abstract class Mid : Box { } class Inner : Mid { public override void Save() => Store.Start(); }")]
    [InlineData("Box _b = new(); void H() { using (_b.Open()) { } }",
        "class Box { public Scope Open() => new(); } class Scope : IDisposable { public void Dispose() => Store.Start(); }")]
    [InlineData("Box _b = new(); void H() { foreach (var x in _b.Open()) { } }",
        "class Box { public Scope Open() => new(); } class Scope { public Walker GetEnumerator() => new(); } class Walker { public int Current => 1; public bool MoveNext() { Store.Start(); return false; } }")]
    [InlineData("Box _b = new(); void H() { int n = _b.Open(); }",
        "class Box { public Scope Open() => new(); } class Scope { public static implicit operator int(Scope s) { Store.Start(); return 1; } }")]
    [InlineData("Box _b = new(); void H() { var same = _b.Open() == _b.Open(); }",
        "class Box { public Scope Open() => new(); } class Scope { public static bool operator ==(Scope a, Scope b) { Store.Start(); return true; } public static bool operator !=(Scope a, Scope b) => false; public override bool Equals(object? o) => true; public override int GetHashCode() => 1; }")]
    [InlineData("void H() { Box.Scope s = new(); }", "class Box { public class Scope { public Scope() => Store.Start(); } }")]
    [InlineData("Lazy<Store> _s = null!; void H() => _s.Value.Load();", "")]
    public Task ObjectThatIsComeToWithoutItsTypesName_IsReported(string source, string other, string imports = "",
    bool isReported = true) =>
        (isReported ? Reports($"async Task M() {{ [|H()|]; await Task.Yield(); }} {source}", Others(other, imports))
        : Silent($"async Task M() {{ H(); await Task.Yield(); }} {source}", Others(other, imports)));

    [Theory]
    [InlineData("class D : Base { async Task N() { [|Fill()|]; await Task.Yield(); } }",
        "class Base { protected void Fill() => Store.Start(); }")]
    [InlineData("class D : Mid { void H() => Fill(); async Task N() { [|H()|]; await Task.Yield(); } }",
        "class Base { protected void Fill() => Store.Start(); } class Mid : Base { }")]
    [InlineData(
        "class D { static void Fill() => Store.Start(); class E { void H() => Fill(); async Task N() { [|H()|]; await Task.Yield(); } } }",
            "")]
    [InlineData("partial class P { void H() => Fill(); async Task N() { [|H()|]; await Task.Yield(); } }",
        "partial class P { void Fill() => Store.Start(); }")]
    [InlineData("partial class P { void H() => _s.Load(); async Task N() { [|H()|]; await Task.Yield(); } }",
        "partial class P { Store _s = new(); }")]
    [InlineData("class D : Base { void H() => base.Fill(); async Task N() { [|H()|]; await Task.Yield(); } }",
        "class Base { public void Fill() => Store.Start(); }")]
    [InlineData(
        "class D { void H(OnStore f) { } void G() => H(s => { }); public void Go() => Box.Each(Run); void Run(Store s) => s.Load(); async Task N() { [|Run(null!)|]; await Task.Yield(); } }",
            "delegate void OnStore(Store s); static class Box { public static void Each(OnStore f) { } }")]
    public Task MemberThatIsCalledFromInside_IsReported(string source, string other) =>
    Reports("} " + source + " partial class C {", Others(other, ""));

    [Fact]
    public Task MemberOfAStaticImport_IsReported() => Reports(
        "async Task M() { [|H()|]; await Task.Yield(); } void H() => Imported.Run();",
        RuleTestOptions.Default with
        {
            OtherFiles = [("Other.cs", Usings + Store),
            ("Imported.cs", "using static Store; static class Imported { public static void Run() => Start(); }")]
        });

    private static RuleTestOptions Others(string other, string imports) =>
        RuleTestOptions.Default with { OtherFiles = [("Other.cs", imports + Usings + Store + other)] };
}
