using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingCallTests : RuleTest<BlockingCallAnalyzer, BlockingCallFix>
{
    private static readonly RuleTestOptions EntityFramework = RuleTestOptions.Default with { Stubs = [Stubs.EntityFrameworkCore] };

    [Theory]
    [InlineData("async Task<string> M(string p) => [|File.ReadAllText(p)|];")]
    [InlineData("Task<string> M(string p) => Task.FromResult([|File.ReadAllText(p)|]);")]
    [InlineData("async Task M(Stream s, byte[] b) { [|s.Write(b, 0, 1)|]; }")]
    [InlineData("async Task<int> M(Stream s, byte[] b) { return [|s.Read(b, 0, 1)|]; }")]
    [InlineData("async Task M(Stream a, Stream b) { [|a.CopyTo(b)|]; }")]
    [InlineData("async Task<string> M(StreamReader r) => [|r.ReadToEnd()|];")]
    [InlineData("async Task<string?> M(TextReader r) => [|r.ReadLine()|];")]
    [InlineData("async Task M(TextWriter w) { [|w.WriteLine(\"x\")|]; [|w.Flush()|]; }")]
    [InlineData("async Task M(string p) { using var r = new StreamReader(p); var s = [|r.ReadToEnd()|]; await Task.Yield(); }")]
    [InlineData("async Task M(HttpClient c, HttpRequestMessage m) { using var r = [|c.Send(m)|]; await Task.Yield(); }")]
    [InlineData("async Task M(SemaphoreSlim s) { [|s.Wait()|]; await Task.Yield(); }")]
    [InlineData("async Task M(SemaphoreSlim s) { if ([|s.Wait(1000)|]) await Task.Yield(); }")]
    [InlineData("async Task M(System.Diagnostics.Process p) { [|p.WaitForExit()|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(System.Data.Common.DbCommand c) { [|c.ExecuteNonQuery()|]; using var r = [|c.ExecuteReader()|]; while ([|r.Read()|]) { } await Task.Yield(); }")]
    [InlineData("async Task M(System.Data.Common.DbConnection c) { [|c.Open()|]; await Task.Yield(); }")]
    [InlineData("async Task M() { var e = [|System.Net.Dns.GetHostEntry(\"x\")|]; await Task.Yield(); }")]
    [InlineData("async Task M(System.Net.NetworkInformation.Ping p) { var r = [|p.Send(\"x\")|]; await Task.Yield(); }")]
    [InlineData("async Task M(System.Net.Mail.SmtpClient c, System.Net.Mail.MailMessage m) { [|c.Send(m)|]; await Task.Yield(); }")]
    [InlineData("async Task M(System.Net.Sockets.TcpClient c) { [|c.Connect(\"x\", 1)|]; await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { [|System.Text.Json.JsonSerializer.Serialize(s, 1)|]; await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { var x = [|System.Text.Json.JsonSerializer.Deserialize<int>(s)|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(Own o) { [|o.Load(1)|]; await Task.Yield(); } class Own { public void Load(int x) { } public Task LoadAsync(int x, CancellationToken c = default) => Task.CompletedTask; }")]
    [InlineData(
        "async Task M(Own o) { [|o.Load(1)|]; await Task.Yield(); } class Own { public void Load(int x) { } public Task LoadAsync(int x, CancellationToken c) => Task.CompletedTask; }")]
    [InlineData(
        "async Task M(Own o) { var s = [|o.Get<string>()|]; await Task.Yield(); } class Own { public T Get<T>() => default!; public ValueTask<T> GetAsync<T>() => default; }")]
    [InlineData(
        "async Task M(Own? o) { o?[|.Inner.Load(1)|]; await Task.Yield(); } class Own { public Own Inner = null!; public void Load(int x) { } public Task LoadAsync(int x) => Task.CompletedTask; }")]
    [InlineData(
        "async Task M(Own? o) { o?.Next?[|.Inner[0].Get()!.Load(1)|]; await Task.Yield(); } class Own { public Own? Next; public Own[] Inner = null!; public Own? Get() => null; public void Load(int x) { } public Task LoadAsync(int x) => Task.CompletedTask; }")]
    [InlineData(
        "async Task M(Own? o) { o?.Next?[|.Load(1)|]; o?[|[0].Load(1)|]; await Task.Yield(); } class Own { public Own? Next; public Own this[int i] => this; public void Load(int x) { } public Task LoadAsync(int x) => Task.CompletedTask; }")]
    [InlineData("async Task M(IStore o) { [|o.Save()|]; await Task.Yield(); } interface IStore { void Save(); Task SaveAsync(); }")]
    [InlineData(
        "async Task M<T>(T o) where T : IStore { [|o.Save()|]; await Task.Yield(); } interface IStore { void Save(); Task SaveAsync(); }")]
    [InlineData(
        "async Task M(Derived o) { [|o.Save()|]; await Task.Yield(); } class Base { public void Save() { } } class Derived : Base { public Task SaveAsync() => Task.CompletedTask; }")]
    [InlineData("void M(string p) { Func<Task<string>> f = async () => [|File.ReadAllText(p)|]; }")]
    [InlineData("async Task M(string[] ps) { var all = ps.Select(p => [|File.ReadAllText(p)|]).ToList(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Own? o) { o?[|.Load()|]; await Task.Yield(); } class Own { public void Load() { } public Task LoadAsync() => Task.CompletedTask; }")]
    [InlineData("C? child; void Run() { } async Task RunAsync() { [|child!.Run()|]; await Task.Yield(); }")]
    [InlineData("async IAsyncEnumerable<string> M(string p) { yield return [|File.ReadAllText(p)|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(Own o, bool async) { if (async) { await Task.Yield(); } [|o.Read()|]; } class Own { public void Read() { } public ValueTask ReadAsync() => default; }")]
    [InlineData(
        "async Task M(Own o, bool other) { if (other) { [|o.Read()|]; } await o.ReadAsync(); } class Own { public void Read() { } public ValueTask ReadAsync() => default; }")]
    [InlineData(
        "async Task M(bool b, string p) { if (b) { [|File.Delete2(p)|]; } await Task.Yield(); } static class File { public static void Delete2(string p) { } public static Task Delete2Async(string p) => Task.CompletedTask; }")]
    public Task Call_WithCounterpart_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("string M(string p) => File.ReadAllText(p);")]
    [InlineData("C(string p) { File.ReadAllText(p); }")]
    [InlineData("string P => File.ReadAllText(\"p\");")]
    [InlineData("async Task<string> M(string p) => await Task.Run(() => File.ReadAllText(p));")]
    [InlineData("async Task M(string p) { Local(); await Task.Yield(); void Local() => File.ReadAllText(p); }")]
    [InlineData("async Task M(string p) { Func<string> f = () => File.ReadAllText(p); await Task.Yield(); f(); }")]
    [InlineData(
        "async Task M() { System.Linq.Expressions.Expression<Func<string>> e = () => File.ReadAllText(\"x\"); await Task.Yield(); }")]
    [InlineData("async Task M() { var n = nameof(File.ReadAllText); await Task.Yield(); }")]
    [InlineData("async Task M(MemoryStream s, byte[] b) { s.Write(b, 0, 1); s.Flush(); s.CopyTo(Stream.Null); await Task.Yield(); }")]
    [InlineData("async Task M(byte[] b) { Stream s = new MemoryStream(); s.Write(b, 0, 1); await Task.Yield(); }")]
    [InlineData("async Task M() { using var r = new StreamReader(new MemoryStream()); r.ReadToEnd(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(MemoryStream m) { using var z = new System.IO.Compression.GZipStream(m, System.IO.Compression.CompressionMode.Compress); z.Write(new byte[1], 0, 1); await Task.Yield(); }")]
    [InlineData(
        "async Task M() { var w = new StringWriter(); w.WriteLine(\"x\"); TextReader r = new StringReader(\"x\"); r.ReadLine(); await Task.Yield(); }")]
    [InlineData("async Task M() { Console.WriteLine(\"x\"); Console.Out.WriteLine(\"x\"); Console.Error.Flush(); await Task.Yield(); }")]
    [InlineData("async Task M(CancellationTokenSource c) { c.Cancel(); await Task.Yield(); }")]
    [InlineData("async Task M(System.Xml.XmlReader r, System.Xml.XmlWriter w) { r.Read(); w.Flush(); await Task.Yield(); }")]
    [InlineData("async Task M(SemaphoreSlim s) { if (s.Wait(0) || s.Wait(TimeSpan.Zero)) await Task.Yield(); }")]
    [InlineData("async Task M() { var s = System.Text.Json.JsonSerializer.Serialize(1); await Task.Yield(); }")]
    [InlineData("async Task M(MemoryStream m) { System.Text.Json.JsonSerializer.Serialize(m, 1); await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { s.Dispose(); await Task.Yield(); }")]
    [InlineData("async Task M(Timer t) { t.Dispose(); await Task.Yield(); }")]
    [InlineData("void Run() { } Task RunAsync() { Run(); return Task.CompletedTask; }")]
    [InlineData(
        "void Run() { } Task RunAsync() => RunAsync(default); async Task RunAsync(CancellationToken c) { Run(); await Task.Yield(); }")]
    [InlineData("static void Run() { } static async Task RunAsync() { C.Run(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Own o) { o.Get(); await Task.Yield(); } class Own { public int Get() => 1; public Task<int> GetAsync(int id) => Task.FromResult(1); }")]
    [InlineData(
        "async Task M(Own o) { o.Get(1); await Task.Yield(); } class Own { public int Get(int x) => 1; public Task<int> GetAsync(string id) => Task.FromResult(1); }")]
    [InlineData(
        "async Task M(Own o) { int x = o.Get(); await Task.Yield(); } class Own { public int Get() => 1; public Task<string> GetAsync() => Task.FromResult(\"\"); }")]
    [InlineData(
        "async Task M(Own o) { int x = o.Get(); await Task.Yield(); } class Own { public int Get() => 1; public Task GetAsync() => Task.CompletedTask; }")]
    [InlineData("async Task M(Own o) { o.Get(); await Task.Yield(); } class Own { public void Get() { } public void GetAsync() { } }")]
    [InlineData(
        "async Task M(Own o) { o.Get(); await Task.Yield(); } class Own { public void Get() { } [Obsolete] public Task GetAsync() => Task.CompletedTask; }")]
    [InlineData(
        "async Task M(Own o) { o.Get(); await Task.Yield(); } class Own { public void Get() { } protected Task GetAsync() => Task.CompletedTask; }")]
    [InlineData(
        "async Task M(Own o) { o.Get(out var x); await Task.Yield(); } class Own { public void Get(out int x) { x = 1; } public Task GetAsync(int x) => Task.CompletedTask; }")]
    [InlineData(
        "async Task M(Own o) { foreach (var x in o.Get()) { } await Task.Yield(); } class Own { public List<int> Get() => new(); public IAsyncEnumerable<int> GetAsync() => null!; }")]
    [InlineData("async Task M(TextWriter w) { object o = 1; w.WriteLine(o); await Task.Yield(); }")]
#if !ROSLYN_FLOOR
    [InlineData("async Task M(Stream s, int n) { Span<byte> b = stackalloc byte[4]; s.Read(b); await Task.Yield(); }")]
#endif
    [InlineData("async Task<string> M(string p, bool async) => async ? await File.ReadAllTextAsync(p) : File.ReadAllText(p);")]
    [InlineData(
        "async Task<string> M(string p, bool async) { if (async) return await File.ReadAllTextAsync(p).ConfigureAwait(false); else return File.ReadAllText(p); }")]
    [InlineData(
        "async Task<string> M(string p, bool async) { if (async) { return await File.ReadAllTextAsync(p); } return File.ReadAllText(p); }")]
    [InlineData(
        "async Task<string> M(string p, bool async) { if (!async) { return File.ReadAllText(p); } return await File.ReadAllTextAsync(p); }")]
    [InlineData(
        "async Task<string> M(string p, bool async) => async switch { true => await File.ReadAllTextAsync(p), false => File.ReadAllText(p) };")]
    [InlineData(
        "ValueTask<int> M(Own o, bool async) => async ? o.ReadAsync() : new(o.Read()); class Own { public int Read() => 1; public ValueTask<int> ReadAsync() => default; }")]
    [InlineData(
        "ValueTask M(Own o, bool async) { if (async) return o.ReadAsync(); o.Read(); return default; } class Own { public void Read() { } public ValueTask ReadAsync() => default; }")]
    [InlineData(
        "async Task M(Own o, bool isAsync) { if (isAsync) await Task.Yield(); else { try { o.Read(); } finally { o.Read(); } } } class Own { public void Read() { } public ValueTask ReadAsync() => default; }")]
    [InlineData(
        "bool _sync; async Task M(Own o) { if (_sync && o != null) { o.Read(); return; } await Task.Yield(); } class Own { public void Read() { } public ValueTask ReadAsync() => default; }")]
    [InlineData("async Task M(IEnumerable<int> xs) { await Task.WhenAll(xs.Select(DoAsync)); } Task DoAsync(int x) => Task.CompletedTask;")]
    [InlineData("async Task M(System.Data.Common.DbDataReader r) { if (r.IsDBNull(0)) r.GetFieldValue<int>(0); await Task.Yield(); }")]
    [InlineData(
        "class S : Stream2 { public override Task<int> ReadAsync(byte[] b, CancellationToken c) => Task.FromResult(Read(b)); } class Stream2 { public int Read(byte[] b) => 1; public Task<int> ReadAsync(byte[] b) => ReadAsync(b, default); public virtual Task<int> ReadAsync(byte[] b, CancellationToken c) => null!; }")]
    public Task Call_WithoutCounterpartThatFits_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task M(string p, CancellationToken token) { var s = [|File.ReadAllText(p)|]; }",
        "async Task M(string p, CancellationToken token) { var s = await File.ReadAllTextAsync(p, token); }")]
    [InlineData("async Task M(string p) { var n = [|File.ReadAllText(p)|].Length; }",
        "async Task M(string p) { var n = (await File.ReadAllTextAsync(p)).Length; }")]
    [InlineData("async Task M(string p) { foreach (var l in [|File.ReadAllLines(p)|]) { } }",
        "async Task M(string p) { foreach (var l in await File.ReadAllLinesAsync(p)) { } }")]
    [InlineData("async Task M(string p, string q) { [|File.WriteAllText(p, [|File.ReadAllText(q)|])|]; }",
        "async Task M(string p, string q) { await File.WriteAllTextAsync(p, await File.ReadAllTextAsync(q)); }")]
    [InlineData("Task<string> M(string p) { return Task.FromResult([|File.ReadAllText(p)|]); }",
        "async Task<string> M(string p) { return await File.ReadAllTextAsync(p); }")]
    [InlineData("Task<int> M(string p) => Task.FromResult([|File.ReadAllText(p)|].Length);",
        "async Task<int> M(string p) => (await File.ReadAllTextAsync(p)).Length;")]
    [InlineData(
        "async Task M(Own o) { var s = [|o.Get<string>(1)|]; } class Own { public T Get<T>(int x) => default!; public ValueTask<T> GetAsync<T>(int x) => default; }",
            "async Task M(Own o) { var s = await o.GetAsync<string>(1); } class Own { public T Get<T>(int x) => default!; public ValueTask<T> GetAsync<T>(int x) => default; }")]
    [InlineData(
        "async Task M(Own o, CancellationToken t) { [|o.Load(b: 2, a: 1)|]; } class Own { public void Load(int a, int b) { } public Task LoadAsync(int a, int b, CancellationToken token = default) => Task.CompletedTask; }",
            "async Task M(Own o, CancellationToken t) { await o.LoadAsync(b: 2, a: 1, token: t); } class Own { public void Load(int a, int b) { } public Task LoadAsync(int a, int b, CancellationToken token = default) => Task.CompletedTask; }")]
    [InlineData("async Task M(SemaphoreSlim s, CancellationToken t) { [|s.Wait()|]; }",
        "async Task M(SemaphoreSlim s, CancellationToken t) { await s.WaitAsync(t); }")]
    [InlineData("async Task M(SemaphoreSlim s, CancellationToken t) { [|s.Wait(t)|]; }",
        "async Task M(SemaphoreSlim s, CancellationToken t) { await s.WaitAsync(t); }")]
    [InlineData("async Task M(System.Net.Mail.SmtpClient c, System.Net.Mail.MailMessage m) { [|c.Send(m)|]; }",
        "async Task M(System.Net.Mail.SmtpClient c, System.Net.Mail.MailMessage m) { await c.SendMailAsync(m); }")]
    [InlineData("async Task M(System.Net.NetworkInformation.Ping p) { var r = [|p.Send(\"x\")|]; }",
        "async Task M(System.Net.NetworkInformation.Ping p) { var r = await p.SendPingAsync(\"x\"); }")]
    [InlineData("void Save() { } Task SaveAsync() => Task.CompletedTask; async Task M() { [|Save()|]; [|this.Save()|]; }",
        "void Save() { } Task SaveAsync() => Task.CompletedTask; async Task M() { await SaveAsync(); await this.SaveAsync(); }")]
    [InlineData("async Task M(Stream s, byte[] b) { var n = [|s.Read(b)|]; }",
        "async Task M(Stream s, byte[] b) { var n = await s.ReadAsync(b); }")]
    [InlineData(
        "async Task M(Own o, CancellationToken t) { try { await Task.Yield(); } finally { [|o.Close()|]; } } class Own { public void Close() { } public Task CloseAsync(CancellationToken t = default) => Task.CompletedTask; }",
            "async Task M(Own o, CancellationToken t) { try { await Task.Yield(); } finally { await o.CloseAsync(); } } class Own { public void Close() { } public Task CloseAsync(CancellationToken t = default) => Task.CompletedTask; }")]
    public Task Call_IsReplaced(string source, string fixedSource) => Fixes(source, fixedSource);

    [Theory]
    [InlineData(
        "async Task M(Own? o) { o?[|.Load()|]; await Task.Yield(); } class Own { public void Load() { } public Task LoadAsync() => Task.CompletedTask; }")]
    [InlineData("async Task M(string p) { lock (this) { [|File.ReadAllText(p)|]; } await Task.Yield(); }")]
    [InlineData("async Task M(string[] ps) { var all = ps.Select(p => [|File.ReadAllText(p)|]).ToList(); await Task.Yield(); }")]
#if !ROSLYN_FLOOR
    [InlineData("async Task M(string p, char[] c) { Span<char> s = c; var t = [|File.ReadAllText(p)|]; t.CopyTo(s); await Task.Yield(); }")]
#endif
    [InlineData("Task<string> M(in string p) => Task.FromResult([|File.ReadAllText(p)|]);")]
    public Task Call_WhereAwaitIsIllegal_OffersNoFix(string source) => NoFix(source);

    [Fact]
    public Task Call_OverSeveralLines_KeepsCommentsAndLayout() => Fixes(
        """
        async Task M(string path, CancellationToken cancellationToken)
        {
            // all of it
            var text = [|File.ReadAllText(
                path, // where
                System.Text.Encoding.UTF8)|]; // now
        }
        """,
        """
        async Task M(string path, CancellationToken cancellationToken)
        {
            // all of it
            var text = await File.ReadAllTextAsync(
                path, // where
                System.Text.Encoding.UTF8,
                cancellationToken); // now
        }
        """);

    [Fact]
    public Task ExtensionPair_InOneClass_IsReplaced() => Fixes(
        """
        using System.Threading.Tasks;

        static class Exec
        {
            public static string GetOutput(this string s) => s;
            public static Task<string> GetOutputAsync(this string s) => Task.FromResult(s);
        }

        class C
        {
            async Task<string> M(string s) => [|s.GetOutput()|] + [|Exec.GetOutput(s)|];
        }
        """,
        """
        using System.Threading.Tasks;

        static class Exec
        {
            public static string GetOutput(this string s) => s;
            public static Task<string> GetOutputAsync(this string s) => Task.FromResult(s);
        }

        class C
        {
            async Task<string> M(string s) => await s.GetOutputAsync() + await Exec.GetOutputAsync(s);
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task InstanceMethod_WithExtensionTwinInScope_IsReplaced() => Fixes(
        """
        using System.Threading.Tasks;
        using Twins;

        namespace Twins { static class Async { public static Task SaveAsync(this App.Store s) => Task.CompletedTask; } }

        namespace App
        {
            public class Store { public void Save() { } }
            class C { async Task M(Store s) { [|s.Save()|]; } }
        }
        """,
        """
        using System.Threading.Tasks;
        using Twins;

        namespace Twins { static class Async { public static Task SaveAsync(this App.Store s) => Task.CompletedTask; } }

        namespace App
        {
            public class Store { public void Save() { } }
            class C { async Task M(Store s) { await s.SaveAsync(); } }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task ExtensionTwin_CallingItsSyncForm_IsSilent() => Silent(
        """
        using System.Threading;
        using System.Threading.Tasks;

        static class Exec
        {
            public static string GetOutput(this string s) => s;
            public static Task<string> GetOutputAsync(this string s) => s.GetOutputAsync(default);
            public static Task<string> GetOutputAsync(this string s, CancellationToken c) => Task.FromResult(s.GetOutput());
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task QueryOfDatabase_WithoutUsing_IsReplacedAndImported() => Fixes(
        """
        class Item { public int Id; }
        class Db : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Item> Items => null!; }
        async Task<List<Item>> M(Db db, CancellationToken token) => [|db.Items.Where(i => i.Id > 1).ToList()|];
        """,
        """
        class Item { public int Id; }
        class Db : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Item> Items => null!; }
        async Task<List<Item>> M(Db db, CancellationToken token) => await db.Items.Where(i => i.Id > 1).ToListAsync(token);
        """,
        EntityFramework with { FixedUsings = ["Microsoft.EntityFrameworkCore"] });

    [Fact]
    public Task QueryOfDatabase_WithUsing_IsReplacedWithToken() => Fixes(
        """
        class Item { public int Id; }
        class Db : DbContext { public DbSet<Item> Items => null!; }
        async Task<Item?> M(Db db, CancellationToken token) { [|db.SaveChanges()|]; return [|db.Items.FirstOrDefault(i => i.Id > 1)|]; }
        """,
        """
        class Item { public int Id; }
        class Db : DbContext { public DbSet<Item> Items => null!; }
        async Task<Item?> M(Db db, CancellationToken token) { await db.SaveChangesAsync(token); return await db.Items.FirstOrDefaultAsync(i => i.Id > 1, token); }
        """,
        EntityFramework with { ExtraUsings = ["Microsoft.EntityFrameworkCore"] });

    [Theory]
    [InlineData("async Task M(DbContext db, object o) { db.Add(o); db.AddRange(o); await Task.Yield(); }")]
    [InlineData("async Task M(DbSet<object> set, object o) { set.Add(o); set.AddRange(o); await Task.Yield(); }")]
    [InlineData("async Task M(IDbContextFactory<DbContext> f) { using var db = f.CreateDbContext(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(List<int> xs) { var ys = xs.ToList(); var zs = xs.AsQueryable().Where(x => x > 1).ToList(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(DbSet<object> set, bool b) { IQueryable<object> q; if (b) q = new object[0].AsQueryable(); else q = set.Where(x => x != null); var all = q.Select(x => x).ToList(); await Task.Yield(); }")]
    [InlineData("async Task M(List<int> xs, bool b) { var q = xs.AsQueryable(); var o = Pick(b, () => q.OrderBy(x => x), () => q); var n = o.Skip(1).Count(); await Task.Yield(); } static IQueryable<int> Pick(bool b, Func<IQueryable<int>> x, Func<IQueryable<int>> y) => b ? x() : y();")]
    [InlineData("async Task M(List<int> xs) { var q = xs.AsQueryable(); var n = Page(q).ToList(); await Task.Yield(); } static IQueryable<int> Page(IQueryable<int> q) => q.Skip(1);")]
    [InlineData("async Task M(List<int> xs) { var q = xs.AsQueryable(); q = q.Where(x => x > 1); var n = q.Count(); await Task.Yield(); }")]
    public Task EntityFramework_WhereTheTwinIsDiscouraged_IsSilent(string source) =>
    Silent(source, EntityFramework with { ExtraUsings = ["Microsoft.EntityFrameworkCore"] });

    // A property that hands out what writes to the console or to memory.
    private const string Streams =
        "interface IStreams { TextWriter Error { get; } TextWriter Log { get; } TextWriter Text { get; } } "
        + "class Streams : IStreams { TextWriter? _error; TextWriter? _log; readonly StringWriter _text = new(); "
        + "public TextWriter Error { get { if (_error == null) { _error = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true }; } return _error; } } "
        + "public TextWriter Log => _log ??= new StreamWriter(\"log\"); public TextWriter Text => _text; } "
        + "class Own { TextWriter? _error; public TextWriter Error => _error ??= Console.Error; public TextWriter Out { get; } = Console.Out; public TextWriter Any { get; set; } = Console.Out; "
        + "TextWriter? _set; public TextWriter Set => _set ??= Console.Error; public void Use(TextWriter w) => _set = w; }\n";

    [Theory]
    [InlineData("async Task M(IStreams s) { s.Error.WriteLine(\"a\"); s.Text.WriteLine(\"a\"); await Task.Yield(); }")]
    [InlineData("async Task M(Own s) { s.Error.WriteLine(\"a\"); s.Out.Flush(); await Task.Yield(); }")]
    [InlineData("async Task M(IStreams s) { s.Error.Put(1); await Task.Yield(); }")]
    [InlineData("async Task M(IStreams s) { Warn(s); await Task.Yield(); } static void Warn(IStreams s) => s.Error.WriteLine(\"a\");")]
    public Task WriterOfAProperty_OverTheConsole_IsSilent(string source) => Silent(Streams + source, PutTwins);

    private static readonly RuleTestOptions PutTwins = RuleTestOptions.Default with
    {
        OtherFiles = [("Puts.cs",
            "using System.IO; using System.Threading.Tasks; static class Puts { public static void Put(this TextWriter w, int n) => w.Write(n); public static Task PutAsync(this TextWriter w, int n) => w.WriteAsync(n.ToString()); }")],
    };

    [Theory]
    [InlineData("async Task M(IStreams s) { [|s.Log.WriteLine(\"a\")|]; await Task.Yield(); }")]
    [InlineData("async Task M(Own s) { [|s.Any.WriteLine(\"a\")|]; [|s.Set.WriteLine(\"a\")|]; await Task.Yield(); }")]
    public Task WriterOfAProperty_OverAnythingElse_IsReported(string source) => Reports(Streams + source);

    [Fact]
    public Task QueryOfDatabase_KeptInALocal_IsReplaced() => Fixes(
        """
        async Task<int> M(DbSet<object> set, bool b)
        {
            var query = set.Where(x => x != null);
            if (b) query = query.Where(x => x is string);
            return [|query.Count()|];
        }
        """,
        """
        async Task<int> M(DbSet<object> set, bool b)
        {
            var query = set.Where(x => x != null);
            if (b) query = query.Where(x => x is string);
            return await query.CountAsync();
        }
        """,
        EntityFramework with { ExtraUsings = ["Microsoft.EntityFrameworkCore"] });

    [Fact]
    public Task TestAssertions_AreSilent() => Silent(
        """
        async Task M() { NUnit.Framework.Assert.That(1, NUnit.Framework.Is.EqualTo(1)); await Task.Yield(); }
        """,
        RuleTestOptions.Default with { Stubs = [Stubs.NUnit] });

    [Fact]
    public Task XunitThrows_IsSilent() => Silent(
        """
        async Task M() { Xunit.Assert.Throws<Exception>(() => { }); await Task.Yield(); }
        """,
        RuleTestOptions.Default with { Stubs = [Stubs.Xunit] });

    [Fact]
    public Task ValueOfAFunctionalLibrary_IsSilent() => Silent(
        "async Task<bool> M(LanguageExt.Option<string> name) { await Task.Yield(); return name.Exists(string.IsNullOrEmpty); }",
        RuleTestOptions.Default with { Stubs = [Stubs.LanguageExt] });

    [Fact]
    public Task Validate_IsSilent() => Silent(
        """
        async Task M(FluentValidation.IValidator<int> v, FluentValidation.AbstractValidator<int> w) { v.Validate(1); w.Validate(1); await Task.Yield(); }
        """,
        RuleTestOptions.Default with { Stubs = [Stubs.FluentValidation] });

    [Fact]
    public Task Sqlite_IsSilent() => Silent(
        """
        async Task M(Microsoft.Data.Sqlite.SqliteConnection c) { c.Open(); await Task.Yield(); }
        """,
        RuleTestOptions.Default with { Stubs = [Stubs.MicrosoftDataSqlite] });

    [Fact]
    public Task MoqVerify_IsSilent() => Silent(
        """
        public interface I { void Info(); Task InfoAsync(); }
        async Task M(Moq.Mock<I> m) { m.Verify(x => x.Info()); await Task.Yield(); }
        """,
        RuleTestOptions.Default with { Stubs = [Stubs.Moq] });

    [Fact]
    public Task TopLevelProgram_IsFixed() => Fixes(
        """
        using System.IO;
        using System.Threading.Tasks;

        await Task.Yield();
        var text = [|File.ReadAllText("x")|];
        """,
        """
        using System.IO;
        using System.Threading.Tasks;

        await Task.Yield();
        var text = await File.ReadAllTextAsync("x");
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task TopLevelProgramWithoutAwait_IsSilent() => Silent("var text = System.IO.File.ReadAllText(\"x\");", RuleTestOptions.TopLevel);

    [Fact]
    public Task CSharp7_OnNetStandard_IsFixed() => Fixes(
        """
        async Task<string> M(StreamReader r) => [|r.ReadToEnd()|];
        """,
        """
        async Task<string> M(StreamReader r) => await r.ReadToEndAsync();
        """,
        RuleTestOptions.Default with { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task ConfigureAwaitInUse_IsKeptUp() => Fixes(
        """
        async Task M(string p, Task t)
        {
            await t.ConfigureAwait(false);
            var text = [|File.ReadAllText(p)|];
        }
        """,
        """
        async Task M(string p, Task t)
        {
            await t.ConfigureAwait(false);
            var text = await File.ReadAllTextAsync(p).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        class C { async System.Threading.Tasks.Task M() { System.IO.File.ReadAllText("x"); } }
        """,
        RuleTestOptions.File);
}
