using System.Threading.Tasks;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Resources;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Resources;

public sealed class UnboundedBufferTests : RuleTest<UnboundedBufferAnalyzer, UnboundedBufferFix>
{
    private const string Members =
        "\nTask SaveAsync(object o) => Task.Delay(1); event EventHandler<string>? Arrived; Stream _stream = null!; static async Task<string> NextAsync() { await Task.Yield(); return \"\"; }";

    private static RuleTestOptions Channels { get; } =
        RuleTestOptions.Default with
        {
            ExtraUsings = ["System.Threading.Channels", "System.Collections.Concurrent",
        "System.Threading.Tasks.Dataflow"]
        };

    private static string Field(string made, string write, string read, string type = "Channel<string>") =>
        $"readonly {type} _c = {made}; {write} {read}{Members}";

    private const string SlowReader = "async Task Read() { await foreach (var s in _c.Reader.ReadAllAsync()) await SaveAsync(s); }";

    private const string SteadyReader =
        "async Task Read() { await foreach (var s in _c.Reader.ReadAllAsync()) { try { await SaveAsync(s); } catch (Exception e) { Console.Error.WriteLine(e); } } }";

    // Reported: what writes

    [Theory]
    [InlineData("async Task Write() { while (true) await _c.Writer.WriteAsync(await NextAsync()); }")]
    [InlineData("async Task Write() { while (true) { var s = await NextAsync(); _c.Writer.TryWrite(s); } }")]
    [InlineData("async Task Write(StreamReader r) { while (await r.ReadLineAsync() is { } line) await _c.Writer.WriteAsync(line); }")]
    [InlineData("async Task Write(string p) { await foreach (var line in File.ReadLinesAsync(p)) _c.Writer.TryWrite(line); }")]
    [InlineData("void Write(string p) { foreach (var line in File.ReadLines(p)) _c.Writer.TryWrite(line); }")]
    [InlineData("void Write() { Arrived += (_, s) => _c.Writer.TryWrite(s); }")]
    [InlineData("void Write() { Arrived += OnArrived; } void OnArrived(object? sender, string s) { _c.Writer.TryWrite(s); }")]
    [InlineData("async Task Write(IAsyncEnumerable<string> all) { await foreach (var s in all) await _c.Writer.WriteAsync(s); }")]
    [InlineData("async Task Write() { var w = _c.Writer; for (;;) await w.WriteAsync(await NextAsync()); }")]
    [InlineData("void Write() { new Thread(() => { while (true) _c.Writer.TryWrite(Console.ReadLine()!); }).Start(); }")]
    public Task FreeWriter_IsReported(string write) => Reports(Field("[|Channel.CreateUnbounded<string>()|]", write, SlowReader), Channels);

    // Reported: what reads

    [Theory]
    [InlineData("async Task Read() { while (await _c.Reader.WaitToReadAsync()) while (_c.Reader.TryRead(out var s)) await SaveAsync(s); }")]
    [InlineData("async Task Read() { while (true) { var s = await _c.Reader.ReadAsync(); await SaveAsync(s); } }")]
    [InlineData(
        "async Task Read() { await foreach (var s in _c.Reader.ReadAllAsync().ConfigureAwait(false)) { await SaveAsync(s).ConfigureAwait(false); } }")]
    [InlineData("Task Read() => Task.Run(async () => { await foreach (var s in _c.Reader.ReadAllAsync()) await SaveAsync(s); });")]
    public Task SlowReaders_AreReported(string read) =>
    Reports(Field("[|Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true })|]",
    "async Task Write() { while (true) _c.Writer.TryWrite(await NextAsync()); }", read), Channels);

    // From real code

    [Fact]
    public Task Local_IsReported() => Reports(
        """
        async Task CopyAsync(string path)
        {
            var lines = [|Channel.CreateUnbounded<string>()|];
            var reading = Task.Run(async () =>
            {
                await foreach (var line in File.ReadLinesAsync(path)) await lines.Writer.WriteAsync(line);
                lines.Writer.Complete();
            });
            await foreach (var line in lines.Reader.ReadAllAsync()) await SaveAsync(line);
            await reading;
        }
        """ + Members, Channels);

    [Fact]
    public Task BlockingCollection_OverAQueue_IsReported() =>
    Reports(Field("[|new BlockingCollection<string>(new ConcurrentQueue<string>())|]",
        "void Write(Queue<string> q) { while (true) _c.Add(q.Dequeue()); }",
        "void Read() { foreach (var s in _c.GetConsumingEnumerable()) File.AppendAllText(\"a\", s); }",
        "BlockingCollection<string>"), Channels);

    [Fact]
    public Task BlockingCollection_IsReported() =>
    Reports(Field("[|new BlockingCollection<string>()|]",
    "void Write(TextReader r) { string? s; while ((s = r.ReadLine()) != null) _c.Add(s); }",
        "void Read(TextWriter w) { foreach (var s in _c.GetConsumingEnumerable()) File.AppendAllText(\"a\", s); }",
            "BlockingCollection<string>"), Channels);

    [Fact]
    public Task BufferBlock_IsReported() =>
    Reports(Field("[|new BufferBlock<string>()|]", "async Task Write() { while (true) _c.Post(await NextAsync()); }",
    "async Task Read() { while (true) { var s = await _c.ReceiveAsync(); await SaveAsync(s); } }", "BufferBlock<string>"), Channels);

    [Fact]
    public Task SocketReader_IsReported() => Reports(
        """
        readonly Channel<byte[]> _frames = [|Channel.CreateUnbounded<byte[]>()|];
        async Task Receive(System.Net.Sockets.Socket socket)
        {
            var buffer = new byte[100];
            while (true)
            {
                var n = await socket.ReceiveAsync(buffer);
                if (n == 0) break;
                _frames.Writer.TryWrite(buffer[..n]);
            }
        }
        async Task Handle() { await foreach (var frame in _frames.Reader.ReadAllAsync()) { try { await SaveAsync(frame); } catch (IOException) { } } }
        """ + Members, Channels);

    [Fact]
    public Task MadeInTheConstructor_IsReported() =>
    Reports("Channel<string> _c; C() { _c = [|Channel.CreateUnbounded<string>()|]; Arrived += (_, s) => _c.Writer.TryWrite(s); } " +
    SlowReader + Members, Channels);

    // Reported: sides that are handed to methods and constructors

    private const string Handed =
        "\nstatic async Task Produce(ChannelWriter<string> w) { while (true) await w.WriteAsync(await NextAsync()); } "
        + "async Task Consume(ChannelReader<string> r) { await foreach (var s in r.ReadAllAsync()) await SaveAsync(s); } "
        + "void Fill(ChannelWriter<string> w, string p) { foreach (var line in File.ReadLines(p)) w.TryWrite(line); } "
        + "static async Task ProduceInto(Channel<string> c) { while (true) await c.Writer.WriteAsync(await NextAsync()); } "
        + "static async Task ProduceOn(ChannelWriter<string> w) => await Produce(w); "
        + "static async Task ProduceAny<T>(ChannelWriter<T> w, Func<Task<T>> next) { while (true) w.TryWrite(await next()); } "
        + "class Producer { readonly ChannelWriter<string> _w; public Producer(ChannelWriter<string> w) { _w = w; } "
        + "public async Task Run() { while (true) await _w.WriteAsync(await NextAsync()); } }" + Members;

    [Theory]
    [InlineData("await Task.WhenAll(Produce(c.Writer), Consume(c.Reader));")]
    [InlineData("var p = Produce(c.Writer); await Consume(c.Reader); await p;")]
    [InlineData("var r = Consume(c.Reader); await Produce(c.Writer).ConfigureAwait(false); await r;")]
    [InlineData("var p = Task.Run(() => Produce(c.Writer)); await Consume(c.Reader);")]
    [InlineData("var p = Produce(c.Writer); await foreach (var s in c.Reader.ReadAllAsync()) await SaveAsync(s);")]
    [InlineData("var r = Consume(c.Reader); while (true) await c.Writer.WriteAsync(await NextAsync());")]
    [InlineData("var r = Consume(c.Reader); Fill(c.Writer, \"a\"); await r;")]
    [InlineData("await Task.WhenAll(ProduceInto(c), Consume(c.Reader));")]
    [InlineData("await Task.WhenAll(ProduceOn(c.Writer), Consume(c.Reader));")]
    [InlineData("await Task.WhenAll(ProduceAny(c.Writer, NextAsync), Consume(c.Reader));")]
    [InlineData("var w = c.Writer; var r = c.Reader; await Task.WhenAll(Produce(w), Consume(r));")]
    [InlineData("await Task.WhenAll(Local(c.Writer), Consume(c.Reader)); "
        + "async Task Local(ChannelWriter<string> w) { while (true) await w.WriteAsync(await NextAsync()); }")]
    [InlineData("await Task.WhenAll(new Producer(c.Writer).Run(), Consume(c.Reader));")]
    public Task SidesHandedToMethods_AreReported(string body) =>
        Reports("async Task M() { var c = [|Channel.CreateUnbounded<string>()|]; " + body + " }" + Handed, Channels);

    [Theory]
    [InlineData("await Task.WhenAll(Produce(_c.Writer), Consume(_c.Reader));")]
    [InlineData("var writing = Produce(_c.Writer); await Consume(_c.Reader); await writing;")]
    public Task SidesOfAField_AreReported(string body) =>
        Reports("readonly Channel<string> _c = [|Channel.CreateUnbounded<string>()|]; async Task M() { " + body + " }" + Handed, Channels);

    [Theory]
    [InlineData("await Produce(c.Writer); await Consume(c.Reader);")]
    [InlineData("await Produce(c.Writer).ConfigureAwait(false); await Consume(c.Reader);")]
    [InlineData("Fill(c.Writer, \"a\"); await Consume(c.Reader);")]
    [InlineData("await Produce(c.Writer); await foreach (var s in c.Reader.ReadAllAsync()) await SaveAsync(s);")]
    [InlineData("Fill(c.Writer, \"a\"); c.Writer.Complete(); await foreach (var s in c.Reader.ReadAllAsync()) await SaveAsync(s);")]
    [InlineData("await Task.WhenAll(Some(c.Writer), Consume(c.Reader)); "
        + "async Task Some(ChannelWriter<string> w) { for (var i = 0; i < 3; i++) await w.WriteAsync(await NextAsync()); }")]
    [InlineData("await Task.WhenAll(Paced(c.Writer), Consume(c.Reader)); "
        + "async Task Paced(ChannelWriter<string> w) { while (true) { await Task.Delay(9); await w.WriteAsync(\"\"); } }")]
    [InlineData("await Task.WhenAll(Produce(c.Writer), Count(c.Reader)); "
        + "async Task Count(ChannelReader<string> r) { var n = 0; await foreach (var s in r.ReadAllAsync()) n++; }")]
    [InlineData("await Task.WhenAll(Produce(c.Writer), Any(c.Reader)); Task Any(object r) => Task.CompletedTask;")]
    [InlineData("await Task.WhenAll(Around(c.Writer), Consume(c.Reader)); Task Around(ChannelWriter<string> w) => Around(w);")]
    [InlineData("await Task.WhenAll(Produce(d.Writer), Consume(c.Reader));")]
    public Task SidesHandedOn_InStep_AreSilent(string body) => Silent(
        "async Task M(Channel<string> d) { var c = Channel.CreateUnbounded<string>(); " + body + " }" + Handed, Channels);

    [Fact]
    public Task SidesHandedToOverridables_AreSilent() => Silent(
        """
        abstract class Base
        {
            protected abstract Task Produce(ChannelWriter<string> w);
            protected abstract Task Consume(ChannelReader<string> r);
            async Task M() { var c = Channel.CreateUnbounded<string>(); await Task.WhenAll(Produce(c.Writer), Consume(c.Reader)); }
        }
        """, Channels);

    [Fact]
    public Task Fix_BoundsTheChannel_WhoseSidesAreHandedOn() => Fixes(
        "async Task M() { var c = [|Channel.CreateUnbounded<string>()|]; await Task.WhenAll(Produce(c.Writer), Consume(c.Reader)); }"
            + Handed.Replace("r.ReadAllAsync()) await SaveAsync(s);", "r.ReadAllAsync()) { try { await SaveAsync(s); } catch (Exception) { } }"),
        "async Task M() { var c = Channel.CreateBounded<string>(1000); await Task.WhenAll(Produce(c.Writer), Consume(c.Reader)); }"
            + Handed.Replace("r.ReadAllAsync()) await SaveAsync(s);", "r.ReadAllAsync()) { try { await SaveAsync(s); } catch (Exception) { } }"),
        Channels);

    // Silent

    [Theory]
    [InlineData("Channel.CreateBounded<string>(10)", "async Task Write() { while (true) await _c.Writer.WriteAsync(await NextAsync()); }",
        SlowReader)]
    [InlineData("Channel.CreateUnbounded<string>()", "public void Enqueue(string s) => _c.Writer.TryWrite(s);", SlowReader)]
    [InlineData("Channel.CreateUnbounded<string>()",
        "async Task Write() { for (var i = 0; i < 10; i++) await _c.Writer.WriteAsync(\"\"); }", SlowReader)]
    [InlineData("Channel.CreateUnbounded<string>()",
        "async Task Write(string[] all) { foreach (var s in all) await _c.Writer.WriteAsync(s); }", SlowReader)]
    [InlineData("Channel.CreateUnbounded<string>()",
        "async Task Write() { while (true) { await Task.Delay(100); _c.Writer.TryWrite(\"\"); } }", SlowReader)]
    [InlineData("Channel.CreateUnbounded<string>()",
        "async Task Write(PeriodicTimer t) { while (await t.WaitForNextTickAsync()) _c.Writer.TryWrite(\"\"); }", SlowReader)]
    [InlineData("Channel.CreateUnbounded<string>()",
        "async Task Write(SemaphoreSlim slots) { while (true) { await slots.WaitAsync(); _c.Writer.TryWrite(await NextAsync()); } }",
            SlowReader)]
    [InlineData("Channel.CreateUnbounded<string>()", "async Task Write() { while (true) _c.Writer.TryWrite(await NextAsync()); }",
        "async Task Read() { await foreach (var s in _c.Reader.ReadAllAsync()) Console.WriteLine(s); }")]
    [InlineData("Channel.CreateUnbounded<string>()", "async Task Write() { while (true) _c.Writer.TryWrite(await NextAsync()); }", "")]
    [InlineData("Channel.CreateUnbounded<string>()", "", SlowReader)]
    [InlineData("Channel.CreateUnbounded<string>()", "async Task Write() { while (true) _c.Writer.TryWrite(await NextAsync()); }",
        "async Task<string> Read() => await _c.Reader.ReadAsync();")]
    [InlineData("Channel.CreateUnbounded<string>()",
        "void Write() { foreach (var s in new[] { \"a\" }.Select(x => { _c.Writer.TryWrite(x); return x; })) { } }", SlowReader)]
    [InlineData("Channel.CreateUnbounded<string>()", "void Write() { while (true) { if (_c.Reader.Count > 0) continue; break; } }",
        SlowReader)]
    public Task InStep_IsSilent(string made, string write, string read) => Silent(Field(made, write, read), Channels);

    [Fact]
    public Task FilledThenEmptied_IsSilent() =>
    Silent(
    "async Task M(string p) { var c = Channel.CreateUnbounded<string>(); await foreach (var l in File.ReadLinesAsync(p)) c.Writer.TryWrite(l); c.Writer.Complete(); await foreach (var l in c.Reader.ReadAllAsync()) await SaveAsync(l); }" +
        Members, Channels);

    [Fact]
    public Task BoundedCollection_IsSilent() =>
    Silent(Field("new BlockingCollection<string>(10)",
    "void Write(TextReader r) { string? s; while ((s = r.ReadLine()) != null) _c.Add(s); }",
        "void Read() { foreach (var s in _c.GetConsumingEnumerable()) File.AppendAllText(\"a\", s); }", "BlockingCollection<string>"),
            Channels);

    // From real code

    [Fact]
    public Task BackgroundQueue_IsSilent() =>
    Silent(
    "readonly Channel<Func<Task>> _c = Channel.CreateUnbounded<Func<Task>>(); public ValueTask QueueAsync(Func<Task> work) => _c.Writer.WriteAsync(work); async Task Run() { await foreach (var work in _c.Reader.ReadAllAsync()) await work(); }",
        Channels);

    [Fact]
    public Task BufferBlockWithOptions_IsSilent() =>
    Silent(Field("new BufferBlock<string>(new DataflowBlockOptions { BoundedCapacity = 5 })",
    "async Task Write() { while (true) await _c.SendAsync(await NextAsync()); }",
        "async Task Read() { while (true) await SaveAsync(await _c.ReceiveAsync()); }", "BufferBlock<string>"), Channels);

    [Fact]
    public Task HandedOn_IsSilent() =>
    Silent(
    "Channel<string> Make() => Channel.CreateUnbounded<string>(); void Use() => Start(Channel.CreateUnbounded<string>()); void Start(Channel<string> c) { }",
        Channels);

    [Fact]
    public Task TestProject_IsSilent() =>
    Silent(Field("Channel.CreateUnbounded<string>()", "async Task Write() { while (true) await _c.Writer.WriteAsync(await NextAsync()); }",
    SlowReader), Channels with { Stubs = [Stubs.Xunit] });

    [Fact]
    public Task OwnChannel_IsSilent() =>
    Silent(
    "class Channel { public static Channel CreateUnbounded<T>() => new(); public void TryWrite(string s) { } } readonly Channel _c = Channel.CreateUnbounded<string>(); void W() { while (true) _c.TryWrite(\"\"); }");

    // Fixes

    [Fact]
    public Task Fix_BoundsTheChannel() => Fixes(
        Field("[|Channel.CreateUnbounded<string>()|]",
            "async Task Write() { while (true) await _c.Writer.WriteAsync(await NextAsync()); }", SteadyReader),
        Field("Channel.CreateBounded<string>(1000)", "async Task Write() { while (true) await _c.Writer.WriteAsync(await NextAsync()); }",
            SteadyReader), Channels);

    [Theory]
    [InlineData("[|Channel.CreateUnbounded<string>()|]", "async Task Write() { while (true) _c.Writer.TryWrite(await NextAsync()); }")]
    [InlineData("[|Channel.CreateUnbounded<string>(new UnboundedChannelOptions())|]",
        "async Task Write() { while (true) await _c.Writer.WriteAsync(await NextAsync()); }")]
    [InlineData("[|Channel.CreateUnbounded<string>()|]",
        "async Task Write() { while (true) await _c.Writer.WriteAsync(await NextAsync()); } void More() => Use(_c.Writer); void Use(object o) { }")]
    public Task WhereItemsCouldBeLost_HasNoFix(string made, string write) => NoFix(Field(made, write, SteadyReader), Channels);

    [Theory]
    [InlineData("await foreach (var s in _c.Reader.ReadAllAsync()) await SaveAsync(s);")]
    [InlineData("await foreach (var s in _c.Reader.ReadAllAsync()) { try { await SaveAsync(s); } catch (IOException) { } }")]
    [InlineData("await foreach (var s in _c.Reader.ReadAllAsync()) { try { await SaveAsync(s); } catch (Exception) { throw; } }")]
    [InlineData("await foreach (var s in _c.Reader.ReadAllAsync()) { if (s.Length == 0) break; try { await SaveAsync(s); } catch (Exception) { } }")]
    [InlineData("await foreach (var s in _c.Reader.ReadAllAsync()) { if (s.Length == 0) return; try { await SaveAsync(s); } catch (Exception) { } }")]
    [InlineData("await foreach (var s in _c.Reader.ReadAllAsync(_stop.Token)) { try { await SaveAsync(s); } catch (Exception) { } }")]
    [InlineData("await foreach (var s in _c.Reader.ReadAllAsync().WithCancellation(_stop.Token)) { try { await SaveAsync(s); } catch (Exception) { } }")]
    [InlineData("await SaveAsync(1); await foreach (var s in _c.Reader.ReadAllAsync()) { try { await SaveAsync(s); } catch (Exception) { } }")]
    [InlineData("while (!_stop.IsCancellationRequested) { var s = await _c.Reader.ReadAsync(); try { await SaveAsync(s); } catch (Exception) { } }")]
    public Task WhereTheReaderMayEndFirst_HasNoFix(string read) => NoFix(
        Field("[|Channel.CreateUnbounded<string>()|]", "async Task Write() { while (true) await _c.Writer.WriteAsync(await NextAsync()); }",
            "readonly CancellationTokenSource _stop = new(); async Task Read() { " + read + " }"), Channels);
}
