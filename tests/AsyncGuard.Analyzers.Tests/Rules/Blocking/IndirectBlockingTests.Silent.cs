using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class IndirectBlockingTests
{
    private const string Sums = """
         public abstract class Sum : Stream
        {
            public override bool CanRead => false; public override bool CanSeek => false; public override bool CanWrite => true; public override long Length => 0; public override long Position { get; set; }
            public override void Flush() { } public override int Read(byte[] b, int o, int c) => throw new NotSupportedException(); public override long Seek(long o, SeekOrigin s) => 0; public override void SetLength(long v) { }
        }
        public class Sum1 : Sum { int _sum; public override void Write(byte[] b, int o, int c) { _sum += c; Flush1(); } void Flush1() => Process(); void Process() { } sealed class Other { void Process() => Thread.Sleep(1); void Flush1() => Process(); } public override void WriteByte(byte b) => _sum += b; }
        public class Sum2 : Sum { readonly MemoryStream _all = new(); public override void Write(byte[] b, int o, int c) => _all.Write(b, o, c); }
        """;

    // Nothing that holds the thread
    [Theory]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() => Thread.Sleep(0);")]
    [InlineData(
        "async Task M(SemaphoreSlim s) { Load(s); await Task.Yield(); } bool Load(SemaphoreSlim s) => s.Wait(0) || s.Wait(TimeSpan.Zero);")]
    [InlineData("async Task M(Task<int> t) { Load(t); await Task.Yield(); } int Load(Task<int> t) => t.IsCompleted ? t.Result : 0;")]
    [InlineData(
        "async Task M(Task<int> t) { Load(t); await Task.Yield(); } int Load(Task<int> t) { if (!t.IsCompletedSuccessfully) return 0; return t.Result; }")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } int Load() => Task.FromResult(1).Result;")]
    [InlineData(
        "async Task M() { Load(); await Task.Yield(); } void Load() { using var r = new StreamReader(new MemoryStream()); while (!r.EndOfStream) r.Read(); }")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() { lock (this) { } }")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() { var n = nameof(Block); Action a = Block; a += Block; }")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() { Action a = () => Block(); }")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() { void Local() => Block(); }")]
    [InlineData(
        "async Task M(Own o) { o.Load(); await Task.Yield(); } class Own { public void Load() => Inner(); void Inner() { } Task InnerAsync() => Task.CompletedTask; }")]
    [InlineData("async Task M() { A(); await Task.Yield(); } void A() => B(); void B() => A();")]
    [InlineData(
        "async Task M() { Load(); await Task.Yield(); } void Load() { System.Linq.Expressions.Expression<Action> e = () => Block(); }")]
    [InlineData("async Task M(Task<int> t) { await t; Get(t); } int Get(Task<int> t) => t.Result;")]
    [InlineData(
        "async Task M(Task<int> t) { Load(t); await Task.Yield(); } int Load(Task<int> t) => t.IsCanceled ? 0 : t.IsCompleted ? Get(t) : 1; int Get(Task<int> t) => t.GetAwaiter().GetResult();")]
    [InlineData(
        "async Task M(System.Net.NetworkInformation.Ping p) { Load(new StringReader(\"x\"), p); await Task.Yield(); } void Load(TextReader r, System.Net.NetworkInformation.Ping p) => p.Send(r.ReadLine()!);")]
    [InlineData(
        "readonly System.Collections.Concurrent.BlockingCollection<int> _q; C() { _q = new System.Collections.Concurrent.BlockingCollection<int>(); } async Task M() { Put(1); _q.Add(2); _q.TryAdd(3, 100); await Task.Yield(); } void Put(int i) => _q.Add(i);")]
    [InlineData(
        "async Task M() { Put(1); await Task.Yield(); } void Put(int i) { var q = new System.Collections.Concurrent.BlockingCollection<int>(new System.Collections.Concurrent.ConcurrentQueue<int>()); q.Add(i); }")]
    // Memory, however it is wrapped
    [InlineData(
        "async Task M(byte[] d) { Load(d); await Task.Yield(); } int Load(byte[] d) { var m = new MemoryStream(); var p = new Packet(m); p.Read(); p = new Packet(d); return p.Read() + Open(d).Read() + Open(d).Read(); } Packet Open(byte[] d) { return new Packet(d); } class Packet { readonly Stream _inner; public Packet(Stream s) => _inner = s; public Packet(byte[] d) : this(new MemoryStream(d)) { } public int Read() => _inner.ReadByte(); }")]
    [InlineData(
        "async Task M(byte[] d) { Load(d); foreach (var i in Open(d).All()) { } await Task.Yield(); } int Load(byte[] d) { foreach (var i in Open(d).All()) return i; return Open(d).All().ToList().Count; } Packet Open(byte[] d) => new Packet(d); class Packet { readonly Stream _inner; public Packet(Stream s) => _inner = s; public Packet(byte[] d) : this(new MemoryStream(d)) { } public IEnumerable<int> All() { yield return _inner.ReadByte(); } }")]
    [InlineData(
        "async Task M(byte[] d) { Load(d); await Task.Yield(); } void Load(byte[] d) { var p = Open(d); p.Inner.WriteByte(1); p.Inner.Write(d, 0, 1); } Packet Open(byte[] d) { if (d.Length > 0) throw new ArgumentException(); var m = Make(d); var p = new Packet(m); return p; } Stream Make(byte[] d) { var m = new MemoryStream(d); return m; } class Packet { public Packet(Stream s) => Inner = s; public Stream Inner { get; } }")]
    [InlineData(
        "async Task M() { Hash(); await Task.Yield(); } byte[] Hash() { using (var m = new MemoryStream()) using (var h = System.Security.Cryptography.SHA256.Create()) { return h.ComputeHash(m); } }")]
    [InlineData(
        "async Task M(byte[] d) { Unzip(d); await Task.Yield(); } string Unzip(byte[] d) { MemoryStream m = new MemoryStream(d); using System.IO.Compression.GZipStream z = new System.IO.Compression.GZipStream(m, System.IO.Compression.CompressionMode.Decompress); StreamReader r = new StreamReader(z); var s = r.ReadToEnd(); return s; }")]
    [InlineData(
        "async Task M() { Text(); await Task.Yield(); } string Text() { using var s = typeof(C).Assembly.GetManifestResourceStream(\"a\") ?? throw new InvalidOperationException(); using var r = new StreamReader(s); return r.ReadToEnd(); }")]
    [InlineData(
        "async Task M(Lexer l) { l.Next(); await Task.Yield(); } class Lexer { readonly TextReader _reader; public Lexer(string text) { _reader = new StringReader(text); } public int Next() => _reader.Read(); }")]
    [InlineData(
        "async Task M() { Hash(); await Task.Yield(); } int Hash() { using (var m = new MemoryStream()) { var p = new Packet(m, 1) { Id = 2 }; p.Write(); Write(p); Copy(p.Inner); return new Packet(m, 2).Id; } } void Write(Packet p) => p.Write(); void Copy(Stream s) => s.WriteByte(1); class Packet { public Packet(Stream s, int i) { Inner = s; Write(); } public Stream Inner { get; } public int Id { get; set; } public void Write() => Inner.WriteByte(1); }")]
    [InlineData(
        "async Task M(byte[] d) { Load(d); await Task.Yield(); } int Load(byte[] d) { var p = new Packet(d); return p.Read(); } class Packet { readonly Stream _inner; public Packet(Stream s) => _inner = s; public Packet(byte[] d) : this(new MemoryStream(d)) { } public int Read() => _inner.ReadByte(); }")]
    [InlineData(
        "async Task M(byte[] d) { Load(d); await Task.Yield(); } int Load(byte[] d) { Small p = new(d); return p.Read(); } class Packet { readonly Stream _inner; protected Packet(Stream s) => _inner = s; public int Read() => _inner.ReadByte(); } class Small : Packet { public Small(byte[] d) : base(new MemoryStream(d)) { } }")]
    [InlineData(
        "async Task M() { Hash(); await Task.Yield(); } void Hash() { using (var h = Create()) { var p = new Packet(h); p.Write(); } } protected virtual Sum Create() => new Sum1(); class Packet { readonly Stream _inner; public Packet(Stream s) => _inner = s; public void Write() => _inner.WriteByte(1); }" +
            Sums)]
    [InlineData(
        "async Task M() { Hash(); await Task.Yield(); } void Hash() { using Sum h = new Sum2(); Copy(h); } void Copy(Stream s) => s.WriteByte(1);" +
            Sums)]
    // Somewhere else, or later
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() => Task.Run(() => Block());")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() => Task.Run(Block);")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() => new Thread(() => Block()).Start();")]
    [InlineData("async Task M() { await Task.Run(() => Block()); }")]
    [InlineData("async Task M() { await Task.Run(Block); }")]
    [InlineData("async Task M() { Action a = () => Block(); await Task.Yield(); }")]
    [InlineData("async Task M(Action a) { a(); await Task.Yield(); } void N() => M(Block);")]
    [InlineData("async Task M() { Local(); await Task.Yield(); void Local() { } void Other() => Block(); }")]
    [InlineData(
        "async Task M() { Load(); await Task.Yield(); } void Load() { _ = LoadAsync(); } async Task LoadAsync() { await Task.Yield(); Thread.Sleep(1); }")]
    [InlineData("async Task M() { await LoadAsync(); } Task LoadAsync() { Thread.Sleep(1); return Task.CompletedTask; }")]
    [InlineData("async Task M() { Fire(); await Task.Yield(); } async void Fire() { Thread.Sleep(1); await Task.Yield(); }")]
    [InlineData("async Task M() { var rows = Rows(); await Task.Yield(); } IEnumerable<int> Rows() { Block(); yield return 1; }")]
    [InlineData(
        "async Task M() { var rows = Rows().Where(r => r > 1); await Task.Yield(); } IEnumerable<int> Rows() { Block(); yield return 1; }")]
    [InlineData(
        "readonly Lazy<int> _l = new Lazy<int>(() => { Block(); return 1; }); async Task M() { var x = _l.IsValueCreated; await Task.Yield(); }")]
    [InlineData("async Task M(Lazy<int> l) { var x = l.Value; await Task.Yield(); } void Unrelated() => Block();")]
    [InlineData("async Task M() { P = 1; await Task.Yield(); } int P { get { Block(); return 1; } set { } }")]
    [InlineData("async Task M() { var x = P; await Task.Yield(); } int P { get => 1; set => Block(); }")]
    [InlineData("async Task M() { E -= () => { }; await Task.Yield(); } event Action E { add => Block(); remove { } }")]
    [InlineData(
        "async Task M() { await using var x = new X(); } class X : IAsyncDisposable, IDisposable { public void Dispose() => Block(); public ValueTask DisposeAsync() => default; }")]
    // Places that may block
    [InlineData("void M() { Load(); } void Load() => Block();")]
    [InlineData("C() { Load(); } void Load() => Block();")]
    [InlineData("int P { get { Block(); return 1; } }")]
    [InlineData("static void Main() { Load(); } static void Load() => Block();")]
    [InlineData(
        "async Task M(bool async) { if (async) await LoadAsync(1); else Load(); } void Load() => Block(); Task LoadAsync(int x) => Task.CompletedTask;")]
    [InlineData("async Task M(bool isAsync) { if (!isAsync) { Load(); return; } await Task.Yield(); } void Load() => Block();")]
    [InlineData(
        "async Task M() { System.Linq.Expressions.Expression<Action> e = () => Block(); var n = nameof(Block); await Task.Yield(); }")]
    // The process ends there
    [InlineData("async Task M() { Fail(); await Task.Yield(); } static void Fail() { Block(); Environment.Exit(1); }")]
    [InlineData("async Task M() { Fail(); await Task.Yield(); } static void Fail() { if (DateTime.Now.Ticks > 0) { Block(); } Environment.FailFast(\"a\"); }")]
    [InlineData("async Task M() { if (DateTime.Now.Ticks > 0) { Flush(); Environment.Exit(1); } await Task.Yield(); } static void Flush() => Block();")]
    // Once in all, which another rule reports
    [InlineData("static async Task Main() { Load(); await Task.Yield(); } static void Load() => Block();")]
    // Reported by other rules
    [InlineData("async Task M() { Thread.Sleep(1); Task.Delay(1).Wait(); new SemaphoreSlim(1).Wait(); await Task.Yield(); }")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() => Block(); Task LoadAsync() => Task.CompletedTask;")]
    [InlineData(
        "async Task M(X x) { x.Dispose(); using var y = new X(); await Task.Yield(); } class X : IAsyncDisposable, IDisposable { public void Dispose() => Block(); public ValueTask DisposeAsync() => default; }")]
    // Who answers cannot be seen
    [InlineData(
        "async Task M(IStore s) { s.Save(); await Task.Yield(); } interface IStore { void Save(); } class A : IStore { public void Save() => Block(); } class B : IStore { public void Save() { } }")]
    [InlineData("async Task M(IStore s) { s.Save(); await Task.Yield(); } interface IStore { void Save(); }")]
    [InlineData(
        "async Task M(Base b) { b.Save(); await Task.Yield(); } class Base { public virtual void Save() => Block(); } class Store : Base { public override void Save() { } }")]
    [InlineData(
        "async Task M(Store b) { b.Save(); await Task.Yield(); } class Base { public virtual void Save() => Block(); } class Store : Base { public override void Save() { } }")]
    [InlineData(
        "async Task M(IDisposable d) { d.Dispose(); using (d) { } await Task.Yield(); } class X : IDisposable { public void Dispose() => Block(); }")]
    [InlineData(
        "async Task M(IComparer<int> c) { c.Compare(1, 2); await Task.Yield(); } class X : IComparer<int> { public int Compare(int a, int b) { Block(); return 0; } }")]
    [InlineData(
        "async Task M(IEnumerable<int> rows) { foreach (var r in rows) { } await Task.Yield(); } class X : IEnumerable<int> { public IEnumerator<int> GetEnumerator() { Block(); yield return 1; } System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }")]
    [InlineData("async Task M(Action<int> a) { Call(a); await Task.Yield(); } void Call(Action<int> a) => a(1);")]
    [InlineData(
        "async Task M(IStore s) { s.Save(); await Task.Yield(); } interface IStore { void Save(); } class A : IStore { public void Save() { _ = SaveAsync(); } async Task SaveAsync() { Thread.Sleep(1); await Task.Yield(); } }")]
    [InlineData(
        "async Task M(IStore s) { var rows = s.Rows(); await Task.Yield(); } interface IStore { IEnumerable<int> Rows(); } class A : IStore { public IEnumerable<int> Rows() { Block(); yield return 1; } }")]
    // Marked
    [InlineData(
        "async Task M() { Load(); Through(); await Task.Yield(); } void Through() => Load(); [NonBlocking] void Load() => Block(); class NonBlockingAttribute : Attribute { }")]
    [InlineData(
        "async Task M() { var x = P; await Task.Yield(); } [NonBlocking] int P { get { Block(); return 1; } } class NonBlockingAttribute : Attribute { }")]
    [InlineData(
        "async Task M(IStore s) { s.Save(); await Task.Yield(); } interface IStore { [NonBlocking] void Save(); } class A : IStore { public void Save() => Block(); } class NonBlockingAttribute : Attribute { }")]
    [InlineData(
        "static class Settings { public static readonly int Size = Read(); static int Read() { Block(); return 1; } static async Task M() { var x = Size; await Task.Yield(); } }")]
    [InlineData(
        "class Settings { public static readonly int Size = Read(); static int Read() { Block(); return 1; } class Inner { async Task M() { var x = Size; await Task.Yield(); } } }")]
    [InlineData(
        "static readonly int Twice = 2 * Settings.Size; async Task M() { var x = Settings.Size; await Task.Yield(); } static class Settings { public static readonly int Size = Read(); static int Read() { Block(); return 1; } }")]
    [InlineData(
        "readonly int _size; C() => _size = Settings.Size; async Task M() { var x = Settings.Size; await Task.Yield(); } static class Settings { public static readonly int Size = Read(); static int Read() { Block(); return 1; } }")]
    [InlineData(
        "readonly int _size = Settings.Size; async Task M() { var x = Settings.Size; await Task.Yield(); } static class Settings { public static readonly int Size = Read(); static int Read() { Block(); return 1; } }")]
    [InlineData(
        "async Task M() { Settings.Touch(); var s = new Settings(); var c = Settings.Limit; var n = nameof(Settings.Size); await Task.Yield(); } class Settings { public const int Limit = 1; public static readonly int Size = Read(); public static void Touch() { } static int Read() { Block(); return 1; } }")]
    [InlineData(
        "async Task M() { Touch(); await Task.Yield(); } int Touch() => Settings.Size; static class Settings { public static readonly int Size = Read(); static int Read() { Block(); return 1; } }")]
    [InlineData(
        "async Task M(C c) { c.Touch(); await Task.Yield(); } void Touch() => new Pair(1); class Pair { public Pair(int i) { } static Pair() => Block(); }")]
    [InlineData(
        "async Task M(int x) { Load(x); await Task.Yield(); } void Load(int x) { if (x < 0) throw Failure(); } Exception Failure() { Block(); return new Exception(); }")]
    [InlineData(
        "async Task M(string s) { Load(s); await Task.Yield(); } string Load(string s) => s ?? throw Failure(); Exception Failure() { Block(); return new Exception(); }")]
    // What constants exclude
    [InlineData("async Task M() { Load(false); await Task.Yield(); } void Load(bool deep) { if (deep) Block(); }")]
    [InlineData("async Task M() { Load(true); await Task.Yield(); } void Load(bool deep) { if (deep) return; Block(); }")]
    [InlineData(
        "async Task M() { Load(1); await Task.Yield(); } int Load(int which) { switch (which) { case 1: return 1; case 2: Block(); return 2; } return 0; }")]
    [InlineData(
        "async Task M() { Load(1); await Task.Yield(); } int Load(int which) => which switch { 1 => 1, _ => Read() }; int Read() { Block(); return 1; }")]
    [InlineData(
        "async Task M() { Load(); await Task.Yield(); } void Load(bool deep = false) { if (deep && DateTime.Now.Ticks > 0) Block(); }")]
    [InlineData(
        "async Task M() { Outer(false); await Task.Yield(); } void Outer(bool deep) => Load(deep); void Load(bool deep) { if (deep) Block(); }")]
    [InlineData("async Task M() { Load(null); await Task.Yield(); } void Load(string path) { if (path is not null) Block(); }")]
    // Memory that an awaited task gives
    [InlineData(
        "static async Task<Stream> OpenAsync() { await Task.Yield(); return new MemoryStream(); } void Read(Stream s) => s.Read(new byte[4], 0, 4); async Task M() { var s = await OpenAsync(); Read(s); }")]
    // Writers in memory
    [InlineData(
        "async Task M() { Render(new StringWriter()); Render(Console.Out); Render(TextWriter.Null); await Task.Yield(); } void Render(TextWriter w) { w.Write(1); w.Flush(); }")]
    // The first time only
    [InlineData(
        "object _p; object P => _p ??= Load(); object Load() { Block(); return 1; } async Task M() { var x = P; await Task.Yield(); }")]
    [InlineData(
        "object _p; object P => _p ?? (_p = Load()); object Load() { Block(); return 1; } async Task M() { var x = P; await Task.Yield(); }")]
    [InlineData(
        "object _p; object P { get { if (_p == null) { _p = Load(); } return _p; } } object Load() { Block(); return 1; } async Task M() { var x = P; await Task.Yield(); }")]
    [InlineData(
        "object _p; object P { get { if (_p is null) lock (this) { if (_p is null) { var p = Load(); _p = p; } } return _p; } } object Load() { Block(); return 1; } async Task M() { var x = P; await Task.Yield(); }")]
    [InlineData(
        "object _p; object P { get { if (_p is not null) return _p; lock (this) { if (_p is not null) { return _p; } return _p = Load(); } } } object Load() { Block(); return 1; } async Task M() { var x = P; await Task.Yield(); }")]
    [InlineData(
        "int? _p; int P { get { if (_p is { } p) return p; _p = Load(); return 1; } } int Load() { Block(); return 1; } async Task M() { var x = P; await Task.Yield(); }")]
    [InlineData(
        "object _p; readonly object _gate = new object(); object Get() { if (_p is null) { lock (_gate) { if (_p is null) { _p = Load(); } } } return _p; } object Load() { Block(); return 1; } async Task M() { var x = Get(); await Task.Yield(); }")]
    [InlineData(
        "bool _isReady; readonly object _gate = new object(); void Ensure() { lock (_gate) { if (_isReady) return; Block(); _isReady = true; } } async Task M() { Ensure(); await Task.Yield(); }")]
    [InlineData(
        "static object s_p; static object Get() => s_p ??= Load(); static object Load() { Block(); return 1; } async Task M() { var x = Get(); await Task.Yield(); }")]
    [InlineData(
        "static bool s_done; static void Init() { if (s_done) return; Block(); s_done = true; } async Task M() { Init(); await Task.Yield(); }")]
    [InlineData(
        "static bool s_done; static void Init() { if (!s_done) { Block(); s_done = true; } } async Task M() { Init(); await Task.Yield(); }")]
    public Task Code_ThatDoesNotBlockItsThread_IsSilent(string source) => Silent(source + Block);

    [Fact]
    public Task TopLevelProgramWithoutAwait_IsSilent() =>
    Silent("Load(); void Load() => System.Threading.Thread.Sleep(1);", RuleTestOptions.TopLevel);

    [Fact]
    public Task AssemblyMarkThatDenies_IsSilent() => Silent(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        [assembly: NonBlocking("M:Db.Load")]

        class NonBlockingAttribute : Attribute { public NonBlockingAttribute(string id) { } }

        class Db { public void Load() => Thread.Sleep(1); }

        class C { async Task M(Db db) { db.Load(); await Task.Yield(); } }
        """,
        RuleTestOptions.File);

    // The engine runs inside the process: what is silent where it is called is silent in a helper as well
    [Theory]
    [InlineData("async Task M(Microsoft.Data.Sqlite.SqliteCommand c) { Set(c); await Task.Yield(); } void Set(Microsoft.Data.Sqlite.SqliteCommand c) => c.ExecuteNonQuery();",
        Stubs.MicrosoftDataSqlite)]
    [InlineData("Microsoft.Data.Sqlite.SqliteConnection? _c; Microsoft.Data.Sqlite.SqliteConnection Cn { get { if (_c is null) { _c = new(); _c.Open(); } return _c; } } async Task M() { _ = Cn.CreateCommand(); await Task.Yield(); }",
        Stubs.MicrosoftDataSqlite)]
    [InlineData("async Task M(System.Data.SQLite.SQLiteConnection c) { Open(c); await Task.Yield(); } void Open(System.Data.SQLite.SQLiteConnection c) => c.Open();",
        Stubs.SystemDataSqlite)]
    [InlineData("async Task M(DuckDB.NET.Data.DuckDBTransaction c) { Set(c); await Task.Yield(); } void Set(DuckDB.NET.Data.DuckDBTransaction c) => c.Commit();",
        Stubs.DuckDB)]
    public Task Helper_OfAnEngineInTheProcess_IsSilent(string source, string stub) =>
        Silent(source, RuleTestOptions.Default with { Stubs = [stub] });

    [Theory]
    [InlineData("async Task M(System.Data.Common.DbCommand c) { [|Set(c)|]; await Task.Yield(); } void Set(System.Data.Common.DbCommand c) => c.ExecuteNonQuery();")]
    public Task Helper_OfAnyProvider_IsReported(string source) => Reports(source);

    // What a local holds later says nothing of what was written before
    [Theory]
    [InlineData("async Task M(byte[] b) { Save(b, true); await Task.Yield(); } Stream Save(byte[] b, bool z) { Stream s = new MemoryStream(); s.Write(b, 0, 1); if (z) { s = Zip(s); } return s; }")]
    [InlineData("async Task M(byte[] b) { Save(b); await Task.Yield(); } Stream Save(byte[] b) { Stream s; s = new MemoryStream(); s = new MemoryStream(b); return s; }")]
    [InlineData("async Task M(byte[] b) { Save(b); await Task.Yield(); } void Save(byte[] b) { Stream s = new MemoryStream(); s.Write(b, 0, 1); s = Zip(s); }")]
    public Task Local_ThatHoldsMemoryWhereItIsUsed_IsSilent(string source) =>
        Silent(source + " Stream Zip(Stream s) => File.Create(\"z\");");

    [Theory]
    [InlineData("async Task M(byte[] b) { [|Save(b)|]; await Task.Yield(); } void Save(byte[] b) { Stream s = new MemoryStream(); s = Zip(s); s.Write(b, 0, 1); }")]
    [InlineData("async Task M(byte[] b) { [|Save(b)|]; await Task.Yield(); } void Save(byte[] b) { Stream s = new MemoryStream(); for (var i = 0; i < 2; i++) { s.Write(b, 0, 1); s = Zip(s); } }")]
    [InlineData("async Task M(byte[] b) { [|Save(b)|]; await Task.Yield(); } void Save(byte[] b) { Stream s = new MemoryStream(); void Set() => s = Zip(s); Set(); s.Write(b, 0, 1); }")]
    [InlineData("async Task M(byte[] b) { [|Save(b)|]; await Task.Yield(); } void Save(byte[] b) { Stream s = new MemoryStream(); Set(ref s); s.Write(b, 0, 1); } void Set(ref Stream s) => s = Zip(s);")]
    [InlineData("async Task M(byte[] b) { [|Save(b)|]; await Task.Yield(); } void Save(byte[] b) { Stream s = new MemoryStream(); again: s.Write(b, 0, 1); if (b.Length > 1) { s = Zip(s); goto again; } }")]
    public Task Local_ThatMayHoldAFile_IsReported(string source) =>
        Reports(source + " Stream Zip(Stream s) => File.Create(\"z\");");

    // What stands in an assertion is not in what is shipped
    [Theory]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() { System.Diagnostics.Debug.Assert(File.ReadAllText(\"a\").Length > 0); }")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() { System.Diagnostics.Debug.Assert(Check()); } bool Check() { Thread.Sleep(100); return true; }")]
    [InlineData("async Task M() { Check(); await Task.Yield(); } [System.Diagnostics.Conditional(\"CHECKED\")] void Check() => Thread.Sleep(100);")]
    public Task Assertion_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task M() { [|Load()|]; await Task.Yield(); } void Load() { var ok = Check(); System.Diagnostics.Debug.Assert(ok); } bool Check() { Thread.Sleep(100); return true; }")]
    public Task CallInFrontOfAnAssertion_IsReported(string source) => Reports(source);
}
