using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// Pairs of methods that are twins by their names, and whether they are twins by what they take, give and do.
public sealed partial class BlockingCallTests
{
    [Theory]
    // Other parameters, another result
    [InlineData(
        "void Update(Model m, bool live = false) { } Task UpdateAsync(Options? o = null) => Task.CompletedTask; async Task M() { await Task.Yield(); Update(null!); } class Model { } class Options { }")]
    [InlineData(
        "void Weigh(long grams) { } Task WeighAsync(double grams) => Task.CompletedTask; async Task M(long grams) { Weigh(grams); await Task.Yield(); }")]
    [InlineData("void Count(int n) { } Task CountAsync(float n) => Task.CompletedTask; async Task M() { Count(1); await Task.Yield(); }")]
    [InlineData("string Name() => \"\"; Task<int> NameAsync() => Task.FromResult(1); async Task M() { Name(); await Task.Yield(); }")]
    [InlineData(
        "long Heads() => 1; Task<int> HeadsAsync() => Task.FromResult(1); async Task<long> M() { await Task.Yield(); return Heads() * int.MaxValue; }")]
    [InlineData(
        "int Find(string? name) => 1; Task<int> FindAsync(string name) => Task.FromResult(1); async Task<int> M(string? name) { await Task.Yield(); return Find(name); }")]
    [InlineData(
        "int Find(string? name) => 1; Task<int> FindAsync(string name) => Task.FromResult(1); async Task<int> M() { await Task.Yield(); return Find(null); }")]
    [InlineData(
        "string Title() => \"\"; Task<string?> TitleAsync() => Task.FromResult<string?>(null); async Task<string> M() { await Task.Yield(); return Title(); }")]
    [InlineData(
        "void Feed(string s) { } [System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] Task FeedAsync(string s) => Task.CompletedTask; async Task M() { Feed(\"\"); await Task.Yield(); }")]
    [InlineData("void Move(int from, int to) { } Task MoveAsync(int to, int from) => Task.CompletedTask; async Task M() { Move(1, 2); await Task.Yield(); }")]
    // The twin of what is hidden
    [InlineData(
        "class Client { public void Open(int n) { } public Task OpenAsync(int n) => Task.Delay(n); } class Own : Client { public new void Open(int n) { } } async Task M(Own o) { o.Open(1); await Task.Yield(); }")]
    // The synchronous form of an adapter
    [InlineData(
        "interface IAdapter { ValueTask<int> Read(Stream s, byte[] b); } class SyncAdapter : IAdapter { public ValueTask<int> Read(Stream s, byte[] b) => new(s.Read(b, 0, b.Length)); } class AsyncAdapter : IAdapter { public ValueTask<int> Read(Stream s, byte[] b) => s.ReadAsync(b); }")]
    // The twin wraps the synchronous member
    [InlineData(
        "class Cache { public int Query(int q) => q + 1; public Task<int> QueryAsync(int q) => Task.FromResult(Query(q)); } async Task<int> M(Cache c) { await Task.Yield(); return c.Query(1); }")]
    [InlineData(
        "class Cache { public void Save() { } public Task SaveAsync() { Save(); return Task.CompletedTask; } } async Task M(Cache c) { await Task.Yield(); c.Save(); }")]
    [InlineData(
        "interface ICache { int Query(int q); Task<int> QueryAsync(int q); } class Cache : ICache { public int Query(int q) => q + 1; public Task<int> QueryAsync(int q) => Task.FromResult(Query(q)); } async Task<int> M(ICache c) { await Task.Yield(); return c.Query(1); }")]
    // A look-up in memory, an object that is made
    [InlineData(
        "interface IGuild { string? GetRole(int id); Task<string?> GetRoleAsync(int id); } class Guild : IGuild { readonly Dictionary<int, string> _roles = new(); public string? GetRole(int id) => _roles.TryGetValue(id, out var r) ? r : null; public async Task<string?> GetRoleAsync(int id) { await Task.Yield(); return null; } } async Task<string?> M(IGuild g) { await Task.Yield(); return g.GetRole(1); }")]
    [InlineData(
        "readonly struct Either<R> { public Either(R v) => V = v; public R V { get; } } static class Prelude { public static Either<R> Right<R>(R v) => new(v); public static ValueTask<Either<R>> RightAsync<R>(R v) => new(new Either<R>(v)); } async Task<Either<int>> M() { await Task.Yield(); return Prelude.Right(1); }")]
    // It sets something going, and the twin also waits for the end of it
    [InlineData(
        "class Gone : Exception { public Gone(Exception e) : base(Texts.Gone, e) { } } static class Texts { public static string Gone => Environment.NewLine; } readonly ManualResetEventSlim _go = new(); void Force() { try { _go.Set(); } catch (ObjectDisposedException e) { throw new Gone(e); } } Task ForceAsync() { _go.Set(); return Task.Delay(10); } async Task M() { await Task.Yield(); Force(); }")]
    [InlineData(
        "readonly ManualResetEventSlim _go = new(); void Force() { if (_go.IsSet) throw new InvalidOperationException(\"set\"); _go.Set(); } Task ForceAsync() { _go.Set(); return Task.Delay(10); } async Task M() { await Task.Yield(); Force(); }")]
    [InlineData(
        "readonly ManualResetEventSlim _go = new(); void Force() => _go.Set(); Task ForceAsync() { _go.Set(); return Task.Delay(10); } async Task M() { await Task.Yield(); Force(); }")]
    [InlineData(
        "readonly CancellationTokenSource _s = new(); void Stop() { try { _s.CancelAfter(1); } catch (ObjectDisposedException e) { throw new InvalidOperationException(\"\", e); } } async Task StopAsync() { Stop(); await Task.Delay(10); } async Task M() { await Task.Yield(); Stop(); }")]
    [InlineData(
        "class Actor { readonly System.Collections.Concurrent.ConcurrentQueue<int> _q = new(); void Post(int i) { _q.Enqueue(i); } public void Stop() => Post(1); public Task StopAsync() { Post(1); return Task.Delay(10); } } async Task M(Actor a) { await Task.Yield(); a.Stop(); }")]
    // The twin calls the code in which the call stands
    [InlineData(
        "class Log { readonly SemaphoreSlim _lock = new(1); public Task<long> CommitAsync(long i) => CommitCoreAsync(i); async Task<long> CommitCoreAsync(long i) { await _lock.WaitAsync(); var n = Commit(i); _lock.Release(); return n; } long Commit(long i) { File.AppendAllText(\"a\", \"b\"); return i; } }")]
    [InlineData(
        "class Log { public Task<long> CommitAsync(long i) => i > 0 ? SlowAsync(i) : Task.FromResult(0L); async Task<long> SlowAsync(long i) { await Task.Yield(); return await Task.Run(() => Commit(i)) + Fast(i); long Fast(long n) => Commit(n); } long Commit(long i) { File.AppendAllText(\"a\", \"b\"); return i; } }")]
    // A value that is made
    [InlineData(
        "interface IResult<T> { T Value { get; } static virtual Result<T> Success(T value) => null!; } class Result<T> { public static Result<T> Success(T value) => new Lib<T>(value); public static Task<Result<T>> SuccessAsync(T value) => Task.FromResult(Success(value)); } class Lib<T> : Result<T> { public Lib(T value) { lock (this) { } } } async Task<Result<int>> M() { await Task.Yield(); return Result<int>.Success(1); }")]
    [InlineData(
        "class Result { public static Result Failure(string s) { lock (s) return new(); } public static async Task<Result> FailureAsync(string s) { await Task.Yield(); return new(); } } async Task<Result> M() { await Task.Yield(); return Result.Failure(\"\"); }")]
    // Two hooks, one after the other
    [InlineData(
        "interface IModule { void Before(int c); Task BeforeAsync(int c); } async Task M(IModule m, int c) { await m.BeforeAsync(c); m.Before(c); }")]
    [InlineData(
        "interface IModule { void Before(int c); Task BeforeAsync(int c, CancellationToken t); } async Task M(IModule m, int c, CancellationToken t) { m.Before(c); await m.BeforeAsync(c, t); }")]
    // In memory since the request was awaited
    [InlineData(
        "async Task<Stream> M(HttpClient c, HttpRequestMessage m, CancellationToken t) { var r = await c.SendAsync(m, t); return r.Content.ReadAsStream(t); }")]
    [InlineData(
        "async Task<Stream> M(HttpClient c) { var r = await c.GetAsync(\"u\").ConfigureAwait(false); return r.Content.ReadAsStream(); }")]
    // Zero time-outs in variables
    [InlineData("async Task M(SemaphoreSlim gate) { var wait = 0; if (gate.Wait(wait)) await Task.Yield(); }")]
    [InlineData("readonly int _atOnce = 0; async Task M(SemaphoreSlim gate) { if (gate.Wait(_atOnce)) await Task.Yield(); }")]
    [InlineData(
        "static readonly TimeSpan Now = TimeSpan.Zero; async Task M(SemaphoreSlim gate) { if (gate.Wait(Now)) await Task.Yield(); }")]
    [InlineData("async Task M(SemaphoreSlim gate) { if (gate.Wait(new TimeSpan(0))) await Task.Yield(); }")]
    // What both give is added up
    [InlineData(
        "class Job { public virtual string Run(int c) => \"\"; public virtual Task<string> RunAsync(int c) => Task.FromResult(\"\"); } async Task<string> M(Job j, int c) { var notes = j.Run(c); notes += await j.RunAsync(c); return notes; }")]
    [InlineData(
        "class Job { public virtual string Run(int c) => \"\"; public virtual Task<string> RunAsync(int c) => Task.FromResult(\"\"); } async Task<string> M(Job j, int c) { var notes = \"\"; notes += j.Run(c); notes += await j.RunAsync(c).ConfigureAwait(false); return notes; }")]
    // What the call gives is the task
    [InlineData(
        "interface IRunner { object? Run(object o); ValueTask<object?> RunAsync(object o); } async Task M(IRunner r, object o) { await ((Task)r.Run(o)!).ConfigureAwait(false); }")]
    [InlineData("interface IRunner { object? Run(object o); ValueTask<object?> RunAsync(object o); } async Task M(IRunner r, object o) { await (ValueTask)r.Run(o)!; }")]
    // A delegate that is held, and may do anything
    [InlineData(
        "class Runner { readonly Func<object, object?> _run = null!; readonly Func<object, ValueTask<object?>> _runAsync = null!; public object? Run(object o) { System.Diagnostics.Debug.Assert(_run != null); return _run!(o); } public ValueTask<object?> RunAsync(object o) => _runAsync(o); } async Task M(Runner r, object o) { await Task.Yield(); r.Run(o); }")]
    // Nothing beneath
    [InlineData("async Task M() { Stream.Null.Write(new byte[1], 0, 1); await Task.Yield(); }")]
    [InlineData("async Task M(System.IO.Pipelines.PipeWriter w) { await w.FlushAsync(); w.Complete(); }")]
    // Archives in memory
    [InlineData(
        "async Task M(byte[] d) { using var z = new System.IO.Compression.ZipArchive(new MemoryStream(d)); foreach (var e in z.Entries) { using var s = e.Open(); s.CopyTo(Stream.Null); } await Task.Yield(); }")]
    [InlineData(
        "async Task M(byte[] d) { using var z = new System.IO.Compression.ZipArchive(new MemoryStream(d)); using var r = new StreamReader(z.GetEntry(\"a\")!.Open()); r.ReadToEnd(); await Task.Yield(); }")]
    public Task PairThatIsNone_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData(
        "int Find(string? name) => 1; Task<int> FindAsync(string name) => Task.FromResult(1); async Task<int> M(string? name) { await Task.Yield(); return name is null ? 0 : [|Find(name)|]; }")]
    [InlineData(
        "int Size(string s) => s.Length; Task<int> SizeAsync(string s) => Task.FromResult(1); async Task<int> M(string s) { await Task.Yield(); return [|Size(s)|]; }")]
    [InlineData(
        "class Cache { public int Query(int q) => q + 1; public async Task<int> QueryAsync(int q) { await Task.Yield(); return Query(q); } } async Task<int> M(Cache c) { await Task.Yield(); return [|c.Query(1)|]; }")]
    [InlineData(
        "class Cache { public int Query(int q) => q + 1; public Task<int> QueryAsync(int q) => Task.Run(() => Query(q)); } async Task<int> M(Cache c) { await Task.Yield(); return [|c.Query(1)|]; }")]
    [InlineData(
        "class Picture { public static Picture Load(string s) { lock (s) return new(); } public static async Task<Picture> LoadAsync(string s) { await Task.Yield(); return new(); } } async Task<Picture> M() { await Task.Yield(); return [|Picture.Load(\"\")|]; }")]
    [InlineData(
        "class Shop { public static int Fail(string s) { lock (s) return 1; } public static async Task<int> FailAsync(string s) { await Task.Yield(); return 1; } } async Task<int> M() { await Task.Yield(); return [|Shop.Fail(\"\")|]; }")]
    [InlineData("class Lines : StringWriter { async Task M(TextReader other) { await Task.Yield(); [|other.ReadLine()|]; } }")]
    [InlineData("class Lines : StreamReader { public Lines() : base(\"a\") { } public async Task M() { await Task.Yield(); [|ReadBlock(new char[9], 0, 9)|]; } }")]
    [InlineData("class Lines : StreamWriter { public Lines() : base(\"a\") { } public async Task M() { await Task.Yield(); [|base.Flush()|]; } }")]
    [InlineData(
        "void Store(AppDomain d) => d.SetData(\"a\", 1); Task StoreAsync(AppDomain d) => Task.Delay(10); async Task M(AppDomain d) { await Task.Yield(); [|Store(d)|]; }")]
    [InlineData(
        "void Note(System.Diagnostics.Stopwatch w) => w.Reset(); Task NoteAsync(System.Diagnostics.Stopwatch w) => Task.Delay(10); async Task M(System.Diagnostics.Stopwatch w) { await Task.Yield(); [|Note(w)|]; }")]
    [InlineData(
        "class Gone : Exception { public Gone(Exception e) : base(Load(), e) { } static string Load() { Thread.Sleep(9); return \"\"; } } readonly ManualResetEventSlim _go = new(); void Force() { try { _go.Wait(); } catch (Exception e) { throw new Gone(e); } } Task ForceAsync() => Task.Delay(10); async Task M() { await Task.Yield(); [|Force()|]; }")]
    [InlineData(
        "readonly ManualResetEventSlim _go = new(); void Force() => _go.Wait(); Task ForceAsync() => Task.Delay(10); async Task M() { await Task.Yield(); [|Force()|]; }")]
    [InlineData(
        "void Force(Stream s) { Console.Write(1); s.Flush(); } Task ForceAsync(Stream s) => s.FlushAsync(); async Task M(Stream s) { await Task.Yield(); [|Force(s)|]; }")]
    [InlineData(
        "interface ISender { void Send(); } void Force(ISender s) => s.Send(); Task ForceAsync(ISender s) => Task.Delay(10); async Task M(ISender s) { await Task.Yield(); [|Force(s)|]; }")]
    [InlineData(
        "void Force(Action a) => a(); Task ForceAsync(Action a) => Task.Delay(10); async Task M(Action a) { await Task.Yield(); [|Force(a)|]; }")]
    [InlineData(
        "class Log { public Task<long> CommitAsync(long i) => CommitCoreAsync(i); Task<long> CommitCoreAsync(long i) => Task.Run(() => Commit(i)); long Commit(long i) { File.AppendAllText(\"a\", \"b\"); return i; } public async Task<long> SyncAsync() { await Task.Yield(); return [|Commit(1)|]; } }")]
    [InlineData(
        "class Guild { readonly Dictionary<int, string> _roles = new(); public string GetRole(int id) => _roles.TryGetValue(id, out var r) ? r : Load(id); static string Load(int id) => File.ReadAllText(\"a\"); public Task<string> GetRoleAsync(int id) => Task.FromResult(\"\"); } async Task<string> M(Guild g) { await Task.Yield(); return [|g.GetRole(1)|]; }")]
    [InlineData(
        "interface IModule { void Before(int c); Task BeforeAsync(int c); } async Task M(IModule m, IModule n) { await m.BeforeAsync(1); [|n.Before(1)|]; [|m.Before(2)|]; }")]
    [InlineData(
        "async Task<Stream> M(HttpClient c, HttpRequestMessage m) { var r = await c.SendAsync(m, HttpCompletionOption.ResponseHeadersRead); return [|r.Content.ReadAsStream()|]; }")]
    [InlineData("async Task M(SemaphoreSlim gate) { var wait = 1; if ([|gate.Wait(wait)|]) await Task.Yield(); }")]
    [InlineData(
        "async Task M(string p) { using var z = new System.IO.Compression.ZipArchive(File.OpenRead(p)); foreach (var e in z.Entries) { using var s = [|e.Open()|]; [|s.CopyTo(Stream.Null)|]; } await Task.Yield(); }")]
    // An overload of the same name
    [InlineData(
        "string Grind(string corn) => corn; Task<string> Grind(string corn, CancellationToken stop) => Task.FromResult(corn); async Task M(CancellationToken stop) { [|Grind(\"rye\")|]; await Task.Delay(1, stop); }")]
    [InlineData(
        "class Job { public virtual string Run(int c) => \"\"; public virtual Task<string> RunAsync(int c) => Task.FromResult(\"\"); } async Task<string> M(Job j, int c) { var one = [|j.Run(c)|]; var other = await j.RunAsync(c); return one + other; }")]
    [InlineData(
        "interface IRunner { object? Run(object o); ValueTask<object?> RunAsync(object o); } async Task M(IRunner r, object o) { await Task.Yield(); var s = (string)[|r.Run(o)|]!; }")]
    [InlineData(
        "class Runner { public object? Run(Func<object, object?> f, object o) => f(o); public ValueTask<object?> RunAsync(Func<object, object?> f, object o) => new(f(o)); } async Task M(Runner r, object o) { await Task.Yield(); [|r.Run(x => x, o)|]; }")]
    public Task PairThatIsOne_IsReported(string source) => Reports(source);

    [Fact]
    public Task PropertyWithACounterpart_IsReported() => Reports(
        "async Task<int> M(HttpRequest r) { await Task.Yield(); return [|r.Form|].Count; } async Task<int> N(HttpRequest r) { await r.ReadFormAsync(); return r.Form.Count; } int P(HttpRequest r) => r.Form.Count;",
        RuleTestOptions.Default with { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.AspNetCore.Http"] });

    [Fact]
    public Task FormThatAControllerHasBound_IsSilent() => Silent(
        "class Orders : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task<int> PostAsync(string id) { await Task.Yield(); return Request.Form.Count; } }",
        RuleTestOptions.Default with { References = ReferenceSet.AspNetCore });

    // One method for synchronous and asynchronous callers
    [Theory]
    [InlineData(
        "Task M(Stream s, Mode mode) { if (mode == Mode.Asynchronous) return s.FlushAsync(); s.Flush(); return Task.CompletedTask; } enum Mode { Synchronous, Asynchronous }")]
    [InlineData(
        "async Task M(Stream s, Mode mode) { if (mode != Mode.Synchronous) await s.WriteAsync(new byte[1]); else s.Write(new byte[1], 0, 1); } enum Mode { Synchronous, Asynchronous }")]
    [InlineData(
        "ValueTask<int> M(Stream s, bool async) { return async ? new ValueTask<int>(A()) : B(); ValueTask<int> B() { return new ValueTask<int>(s.Read(new byte[1], 0, 1)); } async Task<int> A() => await s.ReadAsync(new byte[1]); }")]
    [InlineData("async Task M(Stream s, bool sync, bool open) { if (sync && open) s.Flush(); await Task.Yield(); }")]
    [InlineData("async Task M(Stream s, bool async) { if (!async) s.Flush(); else await Task.Yield(); }")]
    [InlineData("async Task M(Stream s, bool isAsync) { if (isAsync == false) { s.Flush(); } await Task.Yield(); }")]
    public Task SynchronousMode_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task M(Stream s, bool async) { if (async) [|s.Flush()|]; await Task.Yield(); }")]
    [InlineData("async Task M(Stream s, bool sync) { if (!sync) { [|s.Flush()|]; } await Task.Yield(); }")]
    [InlineData("async Task M(Stream s, bool async, bool open) { if (async && open) await Task.Yield(); else [|s.Flush()|]; }")]
    [InlineData(
        "async Task M(Stream s, Mode mode) { if (mode == Mode.Asynchronous) [|s.Flush()|]; await Task.Yield(); } enum Mode { Synchronous, Asynchronous }")]
    public Task AsynchronousMode_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("async Task M(Stream s, byte[] b) { [|s.Write(b, 0, 1)|]; await s.WriteAsync(b, 0, 1); }")]
    [InlineData("async Task M(TextReader r) { var a = [|r.ReadToEnd()|]; var b = await r.ReadToEndAsync(); }")]
    [InlineData("async Task M() { [|File.WriteAllText(\"a\", \"b\")|]; await File.WriteAllTextAsync(\"a\", \"b\"); }")]
    [InlineData("interface IStore { int Load(int c); Task<int> LoadAsync(int c); } async Task M(IStore s, int c) { await s.LoadAsync(c); [|s.Load(c)|]; }")]
    public Task CallBesideItsCounterpart_ThatIsNoHook_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("using var z = new ZipArchive(f, ZipArchiveMode.Create); using var s = z.CreateEntry(\"a\").Open(); await Task.Yield();")]
    [InlineData("using var z = new ZipArchive(f, ZipArchiveMode.Update); var e = z.CreateEntry(\"a\", CompressionLevel.Fastest); await using var s = e.Open();")]
    public Task EntryThatIsNew_IsSilent(string body) => Silent($"async Task M(Stream f) {{ {body} }}", Zip);

    [Theory]
    [InlineData("using var z = new ZipArchive(f, ZipArchiveMode.Read); using var s = [|z.Entries[0].Open()|]; await Task.Yield();")]
    [InlineData("using var z = new ZipArchive(f, ZipArchiveMode.Update); var e = z.GetEntry(\"a\") ?? z.CreateEntry(\"a\"); await using var s = [|e.Open()|];")]
    public Task EntryThatIsThere_IsReported(string body) => Reports($"async Task M(Stream f) {{ {body} }}", Zip);

    private static RuleTestOptions Zip => RuleTestOptions.Default with { ExtraUsings = ["System.IO.Compression"] };

    [Theory]
    [InlineData("p.Exited += (s, e) => ended.SetResult(p.ExitCode); p.Start(); await ended.Task; p.WaitForExit();")]
    [InlineData("EventHandler exited = (s, e) => { ended.TrySetResult(1); }; p.Exited += exited; p.Start(); var code = await ended.Task; p.WaitForExit();")]
    [InlineData("p.Exited += delegate { ended.SetResult(0); }; p.Start(); if (await ended.Task.ConfigureAwait(false) != 0) return; await ended.Task.ConfigureAwait(false); p.WaitForExit();")]
    public Task ProcessThatHasSaidThatItEnded_IsSilent(string body) => Silent(
        $"async Task M(Process p, Process q) {{ var ended = new TaskCompletionSource<int>(); var other = new TaskCompletionSource<int>(); {body} }}",
        Processes);

    [Theory]
    [InlineData("p.Exited += (s, e) => ended.SetResult(p.ExitCode); p.Start(); [|p.WaitForExit()|]; await ended.Task;")]
    [InlineData("p.Exited += (s, e) => ended.SetResult(p.ExitCode); p.Start(); await other.Task; [|p.WaitForExit()|];")]
    [InlineData("q.Exited += (s, e) => ended.SetResult(1); p.Start(); await ended.Task; [|p.WaitForExit()|];")]
    [InlineData("p.Disposed += (s, e) => ended.SetResult(1); p.Start(); await ended.Task; [|p.WaitForExit()|];")]
    [InlineData("p.Exited += (s, e) => ended.SetResult(1); p.Start(); await Task.WhenAny(ended.Task, other.Task); [|p.WaitForExit()|];")]
    public Task ProcessThatMayRun_IsReported(string body) => Reports(
        $"async Task M(Process p, Process q) {{ var ended = new TaskCompletionSource<int>(); var other = new TaskCompletionSource<int>(); {body} }}",
        Processes);

    private static RuleTestOptions Processes => RuleTestOptions.Default with { ExtraUsings = ["System.Diagnostics"] };

    // Their awaitable members throw where the object was made without them
    [Theory]
    [InlineData(
        "async Task M(Stream s) { using var r = System.Xml.XmlReader.Create(s, new System.Xml.XmlReaderSettings { Async = true }); while ([|r.Read()|]) await Task.Yield(); }")]
    [InlineData(
        "async Task M(TextReader s) { using (var r = System.Xml.XmlReader.Create(s, new() { IgnoreComments = true, Async = true })) { [|r.MoveToContent()|]; [|r.Skip()|]; await Task.Yield(); } }")]
    [InlineData(
        "async Task M(string p) { var set = new System.Xml.XmlReaderSettings(); set.Async = true; var r = System.Xml.XmlReader.Create(p, set); var t = [|r.ReadOuterXml()|]; await Task.Yield(); }")]
    [InlineData(
        "static readonly System.Xml.XmlReaderSettings Set = new() { Async = true }; async Task M(Stream s) { var r = System.Xml.XmlReader.Create(s, Set); [|r.Read()|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s) { var w = System.Xml.XmlWriter.Create(s, new System.Xml.XmlWriterSettings { Async = true }); [|w.WriteEndDocument()|]; [|w.Flush()|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s, Stream o) { var a = System.Xml.XmlReader.Create(o, new System.Xml.XmlReaderSettings()); a.Read(); var r = System.Xml.XmlReader.Create(s, new System.Xml.XmlReaderSettings { Async = true }); [|r.Read()|]; await Task.Yield(); }")]
    public Task ReaderOrWriter_MadeForAwaiting_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData(
        "async Task M(Stream s) { using var r = System.Xml.XmlReader.Create(s, new System.Xml.XmlReaderSettings { Async = false }); r.Read(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s) { using var r = System.Xml.XmlReader.Create(s); r.Read(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(string s) { using var r = System.Xml.XmlReader.Create(new StringReader(s), new System.Xml.XmlReaderSettings { Async = true }); r.Read(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(System.Text.StringBuilder b) { using var w = System.Xml.XmlWriter.Create(b, new System.Xml.XmlWriterSettings { Async = true }); w.Flush(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s, System.Xml.XmlReaderSettings set) { using var r = System.Xml.XmlReader.Create(s, set); r.Read(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s) { var set = new System.Xml.XmlReaderSettings { Async = true }; set.Async = s.CanRead; using var r = System.Xml.XmlReader.Create(s, set); r.Read(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s, System.Xml.XmlReader o) { var r = System.Xml.XmlReader.Create(s, new System.Xml.XmlReaderSettings { Async = true }); r = o; r.Read(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(System.Xml.XmlReader o) { var r = System.Xml.XmlReader.Create(o, new System.Xml.XmlReaderSettings { Async = true }); r.Read(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s) { using var r = System.Xml.XmlReader.Create(s, new System.Xml.XmlReaderSettings { Async = true }); await r.ReadAsync(); r.MoveToFirstAttribute(); r.GetAttribute(\"x\"); }")]
    public Task ReaderOrWriter_NotKnownToBe_IsNotReported(string source) => Silent(source);

    [Fact]
    public Task Reader_MadeForAwaiting_IsFixed() => Fixes(
        "async Task M(Stream s) { using var r = System.Xml.XmlReader.Create(s, new() { Async = true }); while ([|r.Read()|]) await Task.Yield(); }",
        "async Task M(Stream s) { using var r = System.Xml.XmlReader.Create(s, new() { Async = true }); while (await r.ReadAsync()) await Task.Yield(); }");

    [Theory]
    [InlineData("HttpResponseMessage r; try { r = await c.GetAsync(\"u\"); } catch { return Stream.Null; } return r.Content.ReadAsStream();")]
    [InlineData("HttpResponseMessage? r = null; r = await c.GetAsync(\"u\"); return r.Content.ReadAsStream();")]
    public Task BufferedResponse_AssignedLater_IsSilent(string body) => Silent("async Task<Stream> M(HttpClient c) { " + body + " }");
}
