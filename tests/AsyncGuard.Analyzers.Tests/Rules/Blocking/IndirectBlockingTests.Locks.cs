using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// What is taken and released as a lock is, and what is written to memory.
public sealed partial class IndirectBlockingTests
{
    [Theory]
    [InlineData(
        "readonly SemaphoreSlim _gate = new(1, 1); async Task M() { Add(); await Task.Yield(); } void Add() { try { _gate.Wait(); Count(); } finally { _gate.Release(); } } void Count() { }")]
    [InlineData(
        "private static readonly SemaphoreSlim _gate = new SemaphoreSlim(1); async Task M() { Add(); await Task.Yield(); } int Add() { _gate.Wait(); try { return 1; } finally { _gate.Release(); } } bool Peek() { _gate.Wait(); var n = true; _gate.Release(); return n; }")]
    [InlineData(
        "private static SemaphoreSlim Gate { get; } = new(1, 1); async Task M() { Add(); await Task.Yield(); } static void Add() { Gate.Wait(); try { } finally { Gate.Release(); } }")]
    [InlineData(
        "SemaphoreSlim Gate { get; } = new(1, 1); async Task M() { Add(); await Task.Yield(); } void Add() { Gate.Wait(); try { } finally { Gate.Release(); } } Task<int> StartAsync(Task<int> t) { Gate.Wait(); try { return t; } finally { Gate.Release(); } }")]
    [InlineData(
        "readonly SemaphoreSlim _gate; C() { _gate = new SemaphoreSlim(1, 1); } public void Dispose() => _gate.Dispose(); async Task M(CancellationToken t) { Add(t); await Task.Yield(); } void Add(CancellationToken t) { _gate.Wait(t); try { } finally { _gate.Release(); } }")]
    [InlineData(
        "readonly SemaphoreSlim _gate = new(1, 1); async Task M() { Add(); await Task.Yield(); } void Add() { try { _gate.Wait(); } finally { if (_gate.CurrentCount == 0) _gate.Release(1); } }")]
    public Task SemaphoreUsedAsLock_IsSilent(string source) => Silent(source);

    [Theory]

    // Held over an await by another method.
    [InlineData(
        "readonly SemaphoreSlim _gate = new(1, 1); async Task M() { [|Add()|]; await Task.Yield(); } void Add() { _gate.Wait(); try { } finally { _gate.Release(); } } async Task SaveAsync() { await _gate.WaitAsync(); try { await Task.Delay(1); } finally { _gate.Release(); } }")]

    // More than one permit, none at first, released by another method, seen by other types, taken inside async code.
    [InlineData(
        "SemaphoreSlim Gate { get; set; } = new(1, 1); async Task M() { [|Add()|]; await Task.Yield(); } void Add() { Gate.Wait(); try { } finally { Gate.Release(); } }")]
    [InlineData(
        "readonly SemaphoreSlim _gate = new(1, 1); async Task M() { [|Add()|]; await Task.Yield(); } void Add() { _gate.Wait(); try { } finally { _gate.Release(); } } Task StartAsync(Task t) { _gate.Wait(); return t.ContinueWith(x => _gate.Release()); }")]
    [InlineData(
        "readonly SemaphoreSlim _gate = new(4, 4); async Task M() { [|Add()|]; await Task.Yield(); } void Add() { _gate.Wait(); try { } finally { _gate.Release(); } }")]
    [InlineData(
        "readonly SemaphoreSlim _gate = new(0, 1); async Task M() { [|Add()|]; await Task.Yield(); } void Add() { _gate.Wait(); try { } finally { _gate.Release(); } }")]
    [InlineData(
        "readonly SemaphoreSlim _gate = new(1); async Task M() { [|Take()|]; await Task.Yield(); } void Take() => _gate.Wait(); void Give() => _gate.Release();")]
    [InlineData(
        "internal readonly SemaphoreSlim _gate = new(1); async Task M() { [|Add()|]; await Task.Yield(); } void Add() { _gate.Wait(); try { } finally { _gate.Release(); } }")]
    [InlineData(
        "readonly SemaphoreSlim _gate = new(1); async Task M() { [|Add()|]; await Task.Yield(); } void Add() { _gate.Wait(); try { } finally { _gate.Release(); } } async Task N() { _gate.Wait(); await Task.Delay(1); _gate.Release(); }")]
    [InlineData(
        "readonly SemaphoreSlim _gate = new(1); async Task M() { [|Add()|]; await Task.Yield(); } void Add() { _gate.Wait(); try { } finally { _gate.Release(); } } SemaphoreSlim Gate => _gate;")]

    // What is done under the lock blocks by itself.
    [InlineData(
        "readonly SemaphoreSlim _gate = new(1, 1); async Task M() { [|Add()|]; await Task.Yield(); } void Add() { _gate.Wait(); try { Thread.Sleep(100); } finally { _gate.Release(); } }")]
    public Task SemaphoreUsedOtherwise_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData(
        "async Task M() { Load(new System.Buffers.ArrayBufferWriter<byte>()); await Task.Yield(); } void Load(System.Buffers.IBufferWriter<byte> b) { using var w = new System.Text.Json.Utf8JsonWriter(b); w.WriteNullValue(); w.Flush(); }")]
    [InlineData(
        "class Pool : System.Buffers.IBufferWriter<byte> { public void Advance(int n) { } public Memory<byte> GetMemory(int n = 0) => new byte[9]; public Span<byte> GetSpan(int n = 0) => new byte[9]; } async Task M() { Load(); await Task.Yield(); } void Load() { using var w = new System.Text.Json.Utf8JsonWriter(new Pool()); w.Flush(); }")]
    [InlineData(
        "async Task M() { Load(); await Task.Yield(); } void Load() { using var w = new StreamWriter(Console.OpenStandardError()); w.WriteLine(\"x\"); w.Flush(); }")]
    [InlineData(
        "async Task M() { if (Console.KeyAvailable) Load(); await Task.Yield(); } void Load() { if (Console.KeyAvailable) Console.ReadKey(true); }")]
    public Task WriterOverABuffer_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData(
        "async Task M(Stream s) { [|Load(s)|]; await Task.Yield(); } void Load(Stream s) { using var w = new System.Text.Json.Utf8JsonWriter(s); w.Flush(); }")]
    public Task WriterOverAStream_IsReported(string source) => Reports(source);

    private const string Packet =
        """

        public class Packet : Stream
        {
            public Packet() { Inner = new MemoryStream(); }
            public Packet(byte[] data, bool traces = false) { Inner = new MemoryStream(data); if (traces) Trace = new MemoryStream(); }
            public Packet(Stream inner) { Inner = inner; }
            Stream Inner { get; }
            Stream? Trace { get; }
            public override bool CanRead => true; public override bool CanSeek => false; public override bool CanWrite => false; public override long Length => 0; public override long Position { get; set; }
            public override void Flush() { } public override int Read(byte[] b, int o, int c) => Inner.Read(b, o, c); public override long Seek(long o, SeekOrigin s) => 0; public override void SetLength(long v) { } public override void Write(byte[] b, int o, int c) { }
            public byte[] Rest() { var all = new byte[9]; Read(all, 0, 9); return all; }
        }
        """;

    [Theory]
    [InlineData("using var p = new Packet(d); p.Rest();")]
    [InlineData("using var p = new Packet(); p.Rest();")]
    [InlineData("new Packet(d, traces: true).Rest();")]
    [InlineData("using var p = new Packet(new MemoryStream(d)); p.Rest();")]
    public Task StreamOverMemoryOfItsOwn_IsSilent(string body) =>
        Silent("async Task M(byte[] d, Stream s) { await Task.Yield(); " + body + " }" + Packet);

    [Theory]
    [InlineData("using var p = new Packet(s); [|p.Rest()|];")]
    public Task StreamOverAnother_IsReported(string body) =>
        Reports("async Task M(byte[] d, Stream s) { await Task.Yield(); " + body + " }" + Packet);
}
