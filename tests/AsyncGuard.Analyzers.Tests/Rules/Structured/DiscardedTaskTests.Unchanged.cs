using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// What the fix leaves as it is.
public sealed partial class DiscardedTaskTests
{
    [Fact]
    public Task Background_KeepsTheTokenThatTheWorkWasGiven() => Fixes(
        """
        private int _number;
        static Task FillAsync(int n, CancellationToken token) => Task.Delay(n, token);
        void M(CancellationToken cancellationToken)
        {
            _ = [|FillAsync(1, cancellationToken)|];
            _number++;
        }
        """,
        """
        private readonly BackgroundTaskGroup _background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));
        private int _number;
        static Task FillAsync(int n, CancellationToken token) => Task.Delay(n, token);
        void M(CancellationToken cancellationToken)
        {
            _background.Start(async ct => { using (var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, cancellationToken)) await FillAsync(1, linked.Token); });
            _number++;
        }
        """,
        Background);

    [Theory]
    [InlineData("void M() { _ = [|FillAsync(1, _source.Token)|]; }")]
    public Task Background_WithATokenThatMayBeGone_IsNotOffered(string member) => NoFix(
        "private readonly CancellationTokenSource _source = new(); static Task FillAsync(int n, CancellationToken token) => Task.Delay(n, token); " +
            member, Background, "AGD0202.Background");

    [Fact]
    public void FixAll_OfWhatIsDiscardedOnPurpose_IsNotOffered() =>
    Assert.Null(new AsyncGuard.Fixes.Structured.DiscardedTaskFix().GetFixAllProvider());

    [Theory]
    [InlineData("async Task M() { _ = [|LoopAsync()|]; await Task.Yield(); } async Task LoopAsync() { while (true) await Task.Delay(1); }")]
    [InlineData(
        "Task _loop = Task.CompletedTask; void Start() => _loop = M(); async Task M() { await Task.Yield(); _ = [|StopAsync()|]; } async Task StopAsync() { await _loop; }")]
    // Loops that end when others say so, or when a peer closes: they are left alone on purpose.
    [InlineData(
        "async Task M() { _ = [|LoopAsync()|]; await Task.Yield(); } bool _end; async Task LoopAsync() { while (true) { await Task.Delay(1); if (_end) return; } }")]
    [InlineData(
        "async Task M(Stream s) { _ = [|LoopAsync(s)|]; await Task.Yield(); } async Task LoopAsync(Stream s) { var b = new byte[9]; while (true) { if (await s.ReadAsync(b) == 0) break; } }")]
    [InlineData(
        "async Task M(Stream s) { _ = [|LoopAsync(s)|]; await Task.Yield(); } async Task LoopAsync(Stream s) { var b = new byte[9]; while (await s.ReadAsync(b) > 0) Console.WriteLine(b); }")]
    [InlineData("async Task M() { _ = [|LoopAsync()|]; await Task.Yield(); async Task LoopAsync() { while (true) await Task.Delay(1); } }")]
    [InlineData("async Task M() { _ = [|LoopAsync()|]; await Task.Yield(); } async Task LoopAsync() { again: await Task.Delay(1); goto again; }")]
    [InlineData(
        "async Task M() { var rows = System.Threading.Channels.Channel.CreateBounded<int>(1); _ = [|FillAsync(rows)|]; await foreach (var row in rows.Reader.ReadAllAsync()) Console.WriteLine(row); } async Task FillAsync(System.Threading.Channels.Channel<int> rows) { await rows.Writer.WriteAsync(1); rows.Writer.Complete(); }")]
    [InlineData(
        "async Task M(bool end) { _ = [|LoopAsync()|]; await Task.Yield(); async Task LoopAsync() { do { await Task.Delay(1); } while (!end); } }")]
    [InlineData(
        "async Task M(System.Net.WebSockets.WebSocket s) { _ = [|Task.Run(async () => { while (s.State == System.Net.WebSockets.WebSocketState.Open) await s.ReceiveAsync(new byte[9], default); })|]; await Task.Yield(); }")]
    [InlineData(
        "readonly SemaphoreSlim _gate = new(1); async Task M() { await _gate.WaitAsync(); try { _ = [|SaveAsync()|]; await Task.Yield(); } finally { _gate.Release(); } } async Task SaveAsync() { await _gate.WaitAsync(); try { await Task.Yield(); } finally { _gate.Release(); } }")]
    [InlineData(
        "readonly TaskCompletionSource _ready = new(); async Task M() { _ = [|WaitAsync()|]; await Task.Yield(); _ready.SetResult(); } async Task WaitAsync() => await _ready.Task;")]
    // What waits for an event without a limit.
    [InlineData("async Task M(ManualResetEvent e) { _ = [|Task.Run(() => Close(e))|]; await Task.Yield(); } void Close(ManualResetEvent e) { e.WaitOne(); e.Dispose(); }")]
    [InlineData("async Task M(ManualResetEventSlim e) { _ = [|Task.Run(() => { e.Wait(); e.Dispose(); })|]; await Task.Yield(); }")]
    [InlineData("async Task M(CountdownEvent e) { _ = [|CloseAsync(e)|]; await Task.Yield(); } async Task CloseAsync(CountdownEvent e) { await Task.Yield(); e.Wait(); }")]
    // What tries until it succeeds, which it may never do.
    [InlineData(
        "async Task M() { _ = [|OnceAsync()|]; await Task.Yield(); } async Task OnceAsync() { while (true) { try { await Task.Delay(1); return; } catch (IOException) { } } }")]
    [InlineData(
        "async Task M() { _ = [|OnceAsync()|]; await Task.Yield(); } async Task OnceAsync() { var done = false; while (!done) { try { await Task.Delay(1); done = true; } catch (IOException) { await Task.Delay(9); } } }")]
    [InlineData(
        "async Task M() { _ = [|OnceAsync()|]; await Task.Yield(); } async Task OnceAsync() { for (; ; ) { try { await Task.Delay(1); break; } catch (IOException) { } finally { Console.WriteLine(); } } }")]
    [InlineData(
        "async Task M() { _ = [|OnceAsync()|]; await Task.Yield(); } Task OnceAsync() => TryAsync(() => Task.Delay(1), attempts: int.MaxValue); async Task TryAsync(Func<Task> work, int attempts) { for (var i = 0; i < attempts; i++) { try { await work(); return; } catch (IOException) { } } }")]
    [InlineData(
        "interface IClient { Task StartAsync(); } sealed class Client : IClient { public async Task StartAsync() { while (true) { try { await Task.Delay(1); return; } catch (IOException) { } } } } async Task M(IClient client) { _ = [|client.StartAsync()|]; await Task.Yield(); }")]
    [InlineData(
        "abstract class Client { public abstract Task StartAsync(); } sealed class Retrying : Client { public override async Task StartAsync() { while (true) { try { await Task.Delay(1); return; } catch (IOException) { } } } } async Task M(Client client) { _ = [|client.StartAsync()|]; await Task.Yield(); }")]
    // Where the loop stands in what implements or overrides.
    [InlineData("async Task M(ILoop l) { _ = [|l.RunAsync()|]; await Task.Yield(); } interface ILoop { Task RunAsync(); } "
        + "class L : ILoop { public Task RunAsync() => Task.Run(async () => { while (true) await Task.Delay(1); }); }")]
    [InlineData("async Task M(ILoop? l) { _ = [|l?.RunAsync()|]; await Task.Yield(); } interface ILoop { Task RunAsync(); } "
        + "class L : ILoop { public async Task RunAsync() { while (true) await Task.Delay(1); } }")]
    [InlineData("async Task M(B b) { _ = [|b.RunAsync()|]; await Task.Yield(); } class B { public virtual Task RunAsync() => Task.CompletedTask; } "
        + "class L : B { public override async Task RunAsync() { while (true) await Task.Delay(1); } }")]
    [InlineData("async Task M(ILoop l) { _ = [|StartAsync(l)|]; await Task.Yield(); } Task StartAsync(ILoop l) { return l.RunAsync(); } "
        + "interface ILoop { Task RunAsync(); } class L : ILoop { public async Task RunAsync() { while (true) await Task.Delay(1); } }")]
    [InlineData("async Task M(ILoop l) { _ = [|Task.Run(() => l.RunAsync())|]; await Task.Yield(); } interface ILoop { Task RunAsync(); } "
        + "class L : ILoop { public async Task RunAsync() { while (true) await Task.Delay(1); } }")]
    // Members that implement each other in a circle are looked into once.
    [InlineData("async Task M(ILoop l) { _ = [|l.RunAsync()|]; await Task.Yield(); } interface ILoop { Task RunAsync(); } "
        + "class A : ILoop { ILoop? _l; public Task RunAsync() => _l!.RunAsync(); } "
        + "class L : ILoop { public async Task RunAsync() { while (true) await Task.Delay(1); } }")]
    public Task Work_ThatCannotBeWaitedFor_IsNotAwaited(string source) => NoFix(source, new(), "AGD0202.Await");

    [Theory]
    [InlineData(
        "async Task M() { _ = [|OnceAsync()|]; await Task.Yield(); } async Task OnceAsync() { while (true) { try { await Task.Delay(1); return; } catch (IOException) { throw; } } }")]
    [InlineData(
        "interface IClient { Task StartAsync(); } sealed class Client : IClient { public async Task StartAsync() { for (var i = 0; i < 3; i++) await Task.Delay(1); } } async Task M(IClient client) { _ = [|client.StartAsync()|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(Queue<int> rows) { _ = [|DrainAsync(rows)|]; await Task.Yield(); } async Task DrainAsync(Queue<int> rows) { while (rows.TryDequeue(out var row)) await Task.Delay(row); }")]
    [InlineData(
        "async Task M() { _ = [|FewAsync()|]; await Task.Yield(); } async Task FewAsync() { for (var i = 0; i < 3; i++) await Task.Delay(i); }")]
    [InlineData("async Task M(ISaver s) { _ = [|s.SaveAsync()|]; await Task.Yield(); } interface ISaver { Task SaveAsync(); } "
        + "class S : ISaver { public async Task SaveAsync() { for (var i = 0; i < 3; i++) await Task.Delay(i); } }")]
    // Starts the loop, and does not wait for it.
    [InlineData("async Task M(ILoop l) { _ = [|l.StartAsync()|]; await Task.Yield(); } interface ILoop { Task StartAsync(); } "
        + "class L : ILoop { Task? _t; public Task StartAsync() { _t = Task.Run(async () => { while (true) await Task.Delay(1); }); return Task.CompletedTask; } }")]
    public Task Work_WithAnEnd_MayBeAwaited(string source) => Offers(source, ["Await it (review)"]);

    // The work starts later, on another thread: its arguments may have changed by then.
    [Theory]
    [InlineData("void M() { for (var i = 0; i < 3; i++) _ = [|SendAsync(i)|]; }")]
    [InlineData("void M() { var n = 1; _ = [|SendAsync(n)|]; n = 2; Console.WriteLine(n); }")]
    [InlineData("int _n; void M() { _ = [|SendAsync(_n)|]; _n = 2; }")]
    [InlineData("int _n; void M() { _ = [|SendAsync(_n++)|]; }")]
    [InlineData("int Next() => 1; void M() { _ = [|SendAsync(Next())|]; }")]
    public Task Background_WithWhatChanges_IsNotOffered(string member) => NoFix(
        "static Task SendAsync(int n, CancellationToken token = default) => Task.Delay(n, token); " + member, Background,
        "AGD0202.Background");

    [Theory]
    [InlineData("void M(List<int> rows) { foreach (var row in rows) _ = [|SendAsync(row)|]; }")]
    [InlineData("readonly int _n = 3; void M(string text) { _ = [|SendAsync(_n + text.Length)|]; }")]
    [InlineData("void M() { for (var i = 0; i < 3; i++) _ = [|Task.Run(() => SendAsync(1))|]; }")]
    public Task Background_WithWhatStaysTheSame_IsOffered(string member) => Offers(
        "static Task SendAsync(int n, CancellationToken token = default) => Task.Delay(n, token); " + member,
        ["Start it in a 'BackgroundTaskGroup' (review)"], Background);

    // In the lambda of a group, the value would be set for that alone.
    [Theory]
    [InlineData("try { _ = [|RunAsync()|]; L.Value = 1; await Task.Yield(); } finally { Console.WriteLine(L.Value); }", false)]
    [InlineData("try { _ = [|RunAsync()|]; Console.WriteLine(L.Value); } finally { Console.WriteLine(L.Value); }", true)]
    public async Task Group_AroundAValueThatFlows_IsNotOffered(string body, bool isOffered)
    {
        var source = $"static readonly AsyncLocal<int> L = new(); static Task RunAsync() => Task.Delay(1); async Task M() {{ {body} }}";
        if (isOffered) await Offers(source, ["Run it in a task group (review)", "Start it in a 'BackgroundTaskGroup' (review)"], Probed);
        else await NoFix(source, Probed, "AGD0202.Group");
    }
}
