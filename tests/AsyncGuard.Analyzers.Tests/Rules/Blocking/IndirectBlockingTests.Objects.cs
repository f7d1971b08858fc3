using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class IndirectBlockingTests
{
    private const string Link =
        " class Link : IDisposable { readonly bool _owns; readonly Stream? _s; public Link(Stream s) : this(s, false) { } public Link(string n) : this(File.OpenRead(n), owns: true) { } Link(Stream s, bool owns) { _s = s; _owns = owns; } public void Dispose() { if (_owns) Block(); } public void Close() => Dispose(); public int Length { get { if (!_owns) return 0; Block(); return 1; } } public void Each() { Inner(); void Inner() { if (_owns) Block(); } } }";
    private const string Rows =
        " class Store { readonly List<int>? _rows; readonly string? _path; public Store(List<int> rows) => _rows = rows ?? throw new ArgumentNullException(); public Store(string path) => (_path, _rows) = (path, null); public void Load() { if (_rows == null) Block(); } public List<int> Rows => _rows ?? Read(); public void Clear() { if (_rows is not null) return; Block(); } public void End() => _path?.CompareTo(Text()); static List<int> Read() { Block(); return new List<int>(); } static string Text() { Block(); return \"\"; } }";

    // What the constructor that made the object excludes
    [Theory]
    [InlineData("async Task M(Stream s) { var l = new Link(s); l.Dispose(); await Task.Yield(); }" + Link)]
    [InlineData("async Task M(Stream s) { using var l = new Link(s); await Task.Yield(); }" + Link)]
    [InlineData("async Task M(Stream s) { using (var l = new Link(s)) { await Task.Yield(); } }" + Link)]
    [InlineData("async Task M(Stream s) { using (new Link(s)) { await Task.Yield(); } }" + Link)]
    [InlineData("async Task M(Stream s) { var l = new Link(s); try { await Task.Yield(); } catch { l?.Dispose(); throw; } }" + Link)]
    [InlineData("async Task M(Stream s) { var l = new Link(s); l.Close(); l.Each(); await Task.Delay(l.Length); }" + Link)]
    [InlineData("async Task M(Stream s) { new Link(s).Close(); await Task.Yield(); }" + Link)]
    [InlineData("async Task M(Stream s) { Shut(s); await Task.Yield(); } void Shut(Stream s) { var l = new Link(s); l.Close(); }" + Link)]
    [InlineData("readonly Link _l = new Link(Stream.Null); async Task M() { _l.Dispose(); await Task.Yield(); }" + Link)]
    [InlineData("readonly Link _l; C(Stream s) { _l = new Link(s); } async Task M() { _l.Dispose(); await Task.Yield(); }" + Link)]
    [InlineData(
        "async Task M(List<int> r) { var s = new Store(r); s.Load(); s.Clear(); s.End(); await Task.Delay(s.Rows.Count); }" + Rows)]
    [InlineData(
        "async Task M() { var t = new Tool { Deep = false }; t.Run(); await Task.Yield(); } class Tool { public bool Deep { get; init; } = true; public void Run() { if (Deep) Block(); } }")]
    [InlineData(
        "async Task M() { var t = new Tool(); t.Run(); await Task.Yield(); } class Base { protected readonly bool _deep; protected Base(bool deep) => _deep = deep; } class Tool : Base { public Tool() : base(false) { } public void Run() { while (_deep) Block(); } }")]
    [InlineData(
        "async Task M() { var t = new Tool(null); t.Run(); await Task.Yield(); } class Tool { readonly object? _x; public Tool(object? x) => _x = x; public void Run() { if (_x is string) Block(); if (_x is { } y) Block(); _x?.Equals(Read()); } object Read() { Block(); return 1; } }")]
    // What all constructors exclude
    [InlineData("readonly bool _deep; async Task M() { Load(); await Task.Yield(); } void Load() { if (_deep) Block(); }")]
    [InlineData("readonly bool _deep = false; async Task M() { Load(); await Task.Yield(); } void Load() { if (_deep) Block(); }")]
    [InlineData("static readonly bool Deep = false; async Task M() { Load(); await Task.Yield(); } void Load() { if (Deep) Block(); }")]
    [InlineData(
        "static readonly bool Deep; static C() => Deep = false; async Task M() { Load(); await Task.Yield(); } void Load() { if (Deep) Block(); }")]
    [InlineData(
        "private bool _deep; C() { _deep = false; } async Task M() { Load(); await Task.Yield(); } void Load() { if (_deep) Block(); }")]
    [InlineData(
        "readonly object _x; C() { _x = new object(); } C(object x) { _x = x ?? new object(); } async Task M() { Load(); await Task.Yield(); } void Load() { if (_x is null) Block(); }")]
    [InlineData("bool Deep { get; } async Task M() { Load(); await Task.Yield(); } void Load() { if (Deep) Block(); }")]
    [InlineData(
        "async Task M(Tool t) { t.Run(); await Task.Yield(); } class Tool { readonly bool _deep; public Tool() : this(false) { } Tool(bool deep) => _deep = false; public void Run() { if (_deep) Block(); } }")]
    [InlineData(
        "async Task M(Tool t) { t.Run(); await Task.Yield(); } class Tool { readonly bool _deep; public Tool() : this(false) { } public Tool(int n) : this(n > 0, false) { } Tool(bool deep) : this(true, deep) { } Tool(bool a, bool deep) => _deep = deep; public void Run() { if (_deep) Block(); } }")]
    public Task BranchThatTheConstructorExcludes_IsNotReported(string source) => Silent(source + Block);

    [Theory]
    [InlineData("async Task M(string n) { var l = new Link(n); [|l.Dispose()|]; await Task.Yield(); }" + Link)]
    [InlineData("async Task M(string n) { [|using|] var l = new Link(n); await Task.Yield(); }" + Link)]
    [InlineData("async Task M(Link l) { [|l.Dispose()|]; [|l.Close()|]; [|l.Each()|]; await Task.Yield(); }" + Link)]
    [InlineData("async Task M(Stream s, string n) { var l = new Link(s); l = new Link(n); [|l.Dispose()|]; await Task.Yield(); }" + Link)]
    [InlineData(
        "async Task M(Stream s, string n) { var l = n == null ? new Link(s) : new Link(n); [|l.Close()|]; await Task.Yield(); }" + Link)]
    [InlineData(
        "Link _l = new Link(Stream.Null); async Task M(string n) { [|_l.Dispose()|]; _l = new Link(n); await Task.Yield(); }" + Link)]
    [InlineData("async Task M(string p) { var s = new Store(p); [|s.Load()|]; [|s.Clear()|]; [|s.End()|]; await Task.Yield(); }" + Rows)]
    [InlineData("async Task M(Store s) { [|s.Load()|]; [|s.Clear()|]; await Task.Delay([|s.Rows|].Count); }" + Rows)]
    [InlineData(
        "async Task M() { var t = new Tool { Deep = true }; [|t.Run()|]; await Task.Yield(); } class Tool { public bool Deep { get; init; } public void Run() { if (Deep) Block(); } }")]
    [InlineData(
        "async Task M() { var t = new Tool { Deep = false }; t.Deep = true; [|t.Run()|]; await Task.Yield(); } class Tool { public bool Deep { get; set; } public void Run() { if (Deep) Block(); } }")]
    [InlineData(
        "async Task M(Tool t) { [|t.Run()|]; await Task.Yield(); } class Tool { readonly bool _deep; public Tool() : this(false) { } Tool(bool deep) => _deep = deep; public static Tool Deep() => new Tool(true); public void Run() { if (_deep) Block(); } }")]
    [InlineData(
        "async Task M(Tool t) { [|t.Run()|]; await Task.Yield(); } class Tool { readonly bool _deep; public Tool() : this(false) { } Tool(bool deep) => _deep = deep; class Sub : Tool { public Sub() : base(true) { } } public void Run() { if (_deep) Block(); } }")]
    [InlineData("readonly bool _deep = true; async Task M() { [|Load()|]; await Task.Yield(); } void Load() { if (_deep) Block(); }")]
    [InlineData(
        "readonly bool _deep; public C(bool deep) { _deep = deep; } C() { } async Task M() { [|Load()|]; await Task.Yield(); } void Load() { if (_deep) Block(); }")]
    [InlineData(
        "private bool _deep; C() { _deep = false; } async Task M() { [|Load()|]; await Task.Yield(); _deep = true; } void Load() { if (_deep) Block(); }")]
    [InlineData(
        "private bool _deep; async Task M() { [|Load()|]; await Task.Yield(); Set(ref _deep); } void Set(ref bool b) => b = true; void Load() { if (_deep) Block(); }")]
    [InlineData(
        "[System.ComponentModel.Browsable(true)] private bool _deep = false; async Task M() { [|Load()|]; await Task.Yield(); } void Load() { if (_deep) Block(); }")]
    [InlineData(
        "readonly bool _deep; C(string p) { if (p == null) return; _deep = false; } async Task M() { [|Load()|]; await Task.Yield(); } void Load() { if (!_deep) Block(); }")]
    [InlineData(
        "readonly bool _deep; C(string p) { if (p == null) _deep = true; } async Task M() { [|Load()|]; await Task.Yield(); } void Load() { if (_deep) Block(); }")]
    [InlineData(
        "readonly object? _x; C(object? x) => _x = x as string; async Task M() { [|Load()|]; await Task.Yield(); } void Load() { if (_x is null) Block(); }")]
    [InlineData(
        "readonly bool _a, _b; C() : this(true) { } C(bool x) { _a = _b; _b = _a; } async Task M() { [|Load()|]; await Task.Yield(); } void Load() { if (_a) Block(); }")]
    [InlineData(
        "async Task M() { [|new Tool()|].ToString(); await Task.Yield(); } class Tool { readonly bool _ready; public Tool() { if (!_ready) Block(); _ready = true; } }")]
    public Task BranchThatTheConstructorLeaves_IsReported(string source) => Reports(source + Block);

    private const string Sinks =
        " interface ISink { void Save(); } class Disk : ISink { public void Save() => Block(); } class Net : ISink { public void Save() { if (GetHashCode() > 0) Block(); } }";

    // Wrappers that call the same member on another object
    [Theory]
    [InlineData("async Task M(ISink s) { [|s.Save()|]; await Task.Yield(); }" + Sinks
        + " class Timed : ISink { readonly ISink _inner; public Timed(ISink inner) => _inner = inner; public void Save() => _inner.Save(); }")]
    [InlineData("async Task M(ISink s) { [|s.Save()|]; await Task.Yield(); }" + Sinks
        + " class Both : ISink { readonly ISink[] _all = new ISink[0]; public void Save() { foreach (var one in _all) one.Save(); } }")]
    [InlineData("async Task M(Timed s) { [|s.Save()|]; await Task.Yield(); }" + Sinks
        + " class Timed : ISink { readonly ISink _inner; public Timed(ISink inner) => _inner = inner; public void Save() => Go(_inner); void Go(ISink s) => s?.Save(); }")]
    [InlineData("async Task M(ISink s) { [|s.Save()|]; await Task.Yield(); }" + Sinks
        + " class A : ISink { readonly ISink _i; public A(ISink i) => _i = i; public void Save() => _i.Save(); } class B : ISink { readonly ISink _i; public B(ISink i) => _i = i; public void Save() { lock (_i) _i.Save(); } }")]
    [InlineData(
        "async Task M(Log l) { [|l.Save()|]; await Task.Yield(); } abstract class Log { public abstract void Save(); } class Disk : Log { public override void Save() => Block(); } class Wrap : Log { Log _i; public Wrap(Log i) => _i = i; public override void Save() => _i.Save(); }")]
    [InlineData(
        "async Task M(Log l) { [|l.Save()|]; await Task.Yield(); } class Log { public virtual void Save() => Block(); } class Wrap : Log { Log _i = new Log(); public override void Save() { _i.Save(); } }")]
    [InlineData(
        "async Task M(Log l) { await Task.Delay([|l.Size|]); } abstract class Log { public abstract int Size { get; } } class Disk : Log { public override int Size { get { Block(); return 1; } } } class Wrap : Log { Log _i; public Wrap(Log i) => _i = i; public override int Size => _i.Size; }")]
    public Task Wrapper_ThatCallsTheSameMember_IsReported(string source) => Reports(source + Block);

    [Theory]
    [InlineData("async Task M(ISink s) { s.Save(); await Task.Yield(); }" + Sinks
        + " class Timed : ISink { readonly ISink _inner; public Timed(ISink inner) => _inner = inner; public void Save() => _inner.Save(); } class Memory : ISink { public void Save() { } }")]
    [InlineData(
        "async Task M(Log l) { l.Save(); await Task.Yield(); } abstract class Log { public abstract void Save(); } class A : Log { Log _i; public A(Log i) => _i = i; public override void Save() => _i.Save(); } class B : Log { Log _i; public B(Log i) => _i = i; public override void Save() => _i.Save(); }")]
    [InlineData(
        "async Task M(Log l) { l.Save(); await Task.Yield(); } abstract class Log { public abstract void Save(); } class A : Log { Log _i; public A(Log i) => _i = i; public override void Save() => _i.Save(); } class B : Log { public override void Save() { Next(); } void Next() { if (GetHashCode() == 0) Save(); } } class Disk : Log { public override void Save() => Block(); }")]
    [InlineData("async Task M(ISink s) { s.Save(); await Task.Yield(); }" + Sinks
        + " class Timed : ISink { readonly ISink _inner; public Timed(ISink inner) => _inner = inner; public void Save() => Task.Run(() => _inner.Save()); }")]
    public Task Wrapper_OfWhatDoesNotBlock_IsNotReported(string source) => Silent(source + Block);

#if !ROSLYN_FLOOR
    [Fact]
    public Task ParameterOfTheType_ThatExcludes_IsNotReported() => Silent(
        "async Task M(Stream s) { var l = new Tool(s, false); l.Dispose(); await Task.Yield(); } class Tool(Stream s, bool owns) { readonly bool _owns = owns; public void Dispose() { if (owns) Block(); if (_owns) Block(); if (owns && s == null) Block(); } }"
        + Block);
#endif
}
