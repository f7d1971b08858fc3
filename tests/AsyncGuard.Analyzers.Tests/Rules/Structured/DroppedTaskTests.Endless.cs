using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class DroppedTaskTests
{
    // Calls of async methods are the compiler's.
    private static readonly RuleTestOptions WithCompiler = new() { CompilerDiagnosticIds = ["CS4014"] };

    private const string Endless =
        """
        readonly System.Threading.Channels.Channel<int> _rows = System.Threading.Channels.Channel.CreateUnbounded<int>();
        Task _work = Task.CompletedTask;
        bool _isOpen = true;
        async Task LoopAsync() { while (true) { await Task.Delay(1); } }
        async Task TickAsync() { using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync()) Console.WriteLine(1); }
        async Task PollAsync(CancellationToken token) { try { while (!token.IsCancellationRequested) await Task.Delay(1, token); } catch (OperationCanceledException) { } }
        async Task ReadAsync() { await foreach (var row in _rows.Reader.ReadAllAsync()) Console.WriteLine(row); }
        async Task BeatAsync(CancellationToken token) { using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); do { if (!_isOpen) return; } while (await timer.WaitForNextTickAsync(token)); }
        async Task DrainAsync() { while (!_rows.Reader.Completion.IsCompleted) { var row = await _rows.Reader.ReadAsync(); if (row == 0) return; } }
        async Task OuterAsync() { await Task.Yield(); await LoopAsync(); }
        async Task GateAsync() { while (true) { await Task.Delay(1); if (_isOpen) return; } }
        async Task StopAsync() { while (_isOpen) await Task.Delay(1); }
        async Task OnceAsync() { while (true) { try { await Task.Delay(1); return; } catch (IOException) { await Task.Delay(2); } } }
        async Task CountAsync() { while (true) { await Task.Delay(1); var row = _rows.Reader.Count; if (row == 0) return; } }
        async Task CloseAsync() { while (_isOpen) { await Task.Delay(1); Close(); } }
        void Close() => _isOpen = false;
        Task PoolAsync() => Task.Run(async () => { while (true) await Task.Delay(1); });
        async Task CopyAsync(CancellationToken token) { var rows = 3; while (!token.IsCancellationRequested && rows-- > 0) await Task.Delay(rows); }
        async Task FewAsync() { for (var i = 0; i < 3; i++) await Task.Delay(i); }

        """;

    // Delegates that call each other are looked into once.
    [Fact]
    public Task DelegatesInACircle_AreAwaited() => Fixes(
        Circle + "async Task M() { await Task.Yield(); {|CS4014:F()|}; }",
        Circle + "async Task M() { await Task.Yield(); await F(); }",
        WithCompiler);

    private const string Circle =
        """
        static readonly Func<Task> F = async () => { await Task.Yield(); await G(); };
        static readonly Func<Task> G = async () => { await Task.Yield(); await F(); };

        """;

    [Theory]
    [InlineData("Task M(CancellationToken token) { {|CS4014:LoopAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M(CancellationToken token) { {|CS4014:TickAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M(CancellationToken token) { {|CS4014:PollAsync(token)|}; return Task.CompletedTask; }")]
    [InlineData("Task M(CancellationToken token) { {|CS4014:ReadAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M(CancellationToken token) { {|CS4014:BeatAsync(token)|}; return Task.CompletedTask; }")]
    [InlineData("Task M(CancellationToken token) { {|CS4014:DrainAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M(CancellationToken token) { {|CS4014:OuterAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M(CancellationToken token) { [|Task.Run(() => LoopAsync())|]; return Task.CompletedTask; }")]
    [InlineData("Task M(CancellationToken token) { [|Task.Run(LoopAsync)|]; return Task.CompletedTask; }")]
    [InlineData(
        "Task M(CancellationToken token) { [|Task.Run(async () => { while (true) await Task.Delay(1); })|]; return Task.CompletedTask; }")]
    [InlineData("Task M() { {|CS4014:GateAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M() { {|CS4014:StopAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M() { [|PoolAsync()|]; return Task.CompletedTask; }")]
    [InlineData("Task M() { {|CS4014:L()|}; return Task.CompletedTask; async Task L() { while (true) await Task.Delay(1); } }")]
    [InlineData("Task M() { {|CS4014:L()|}; return Task.CompletedTask; async Task L() { async Task I() { while (true) await Task.Delay(1); } await I(); } }")]
    [InlineData("Task M() { [|Task.Run(L)|]; return Task.CompletedTask; async Task L() { while (true) await Task.Delay(1); } }")]
    [InlineData("Task M() { Func<Task> f = async () => { while (true) await Task.Delay(1); }; [|f()|]; return Task.CompletedTask; }")]
    public Task Work_WithoutEnd_IsNotAwaited(string member) => Offers(Endless + member, ["Discard it with '_ ='"], WithCompiler);

    [Theory]
    [InlineData("Task M(ILoop l) { [|l.RunAsync()|]; return Task.CompletedTask; }")]
    [InlineData("Task M(ILoop? l) { [|l?.RunAsync()|]; return Task.CompletedTask; }")]
    [InlineData("Task M(ILoop l) { [|Task.Run(l.RunAsync)|]; return Task.CompletedTask; }")]
    public Task Work_WithoutEndBehindAnInterface_IsNotAwaited(string member) => Offers(
        member + " interface ILoop { Task RunAsync(); } class L : ILoop { public async Task RunAsync() { while (true) await Task.Delay(1); } }",
        ["Discard it with '_ ='"], WithCompiler);

    // Each would wait for the other.
    [Fact]
    public Task Work_ThatWaitsForItsCaller_IsNotAwaited() => Offers(
        """
        Task _receiving = Task.CompletedTask;
        void Start() => _receiving = ReceiveAsync();
        Task ReceiveAsync() { {|CS4014:CloseAsync()|}; return Task.CompletedTask; }
        async Task CloseAsync() { await _receiving; }
        """,
        ["Discard it with '_ ='"], WithCompiler);

    [Theory]
    [InlineData("Task M() { {|CS4014:OnceAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M(CancellationToken token) { {|CS4014:CopyAsync(token)|}; return Task.CompletedTask; }")]
    [InlineData("Task M() { {|CS4014:FewAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M() { {|CS4014:CountAsync()|}; return Task.CompletedTask; }")]
    [InlineData("Task M() { {|CS4014:CloseAsync()|}; return Task.CompletedTask; }")]
    public Task Work_WithAnEnd_IsAwaited(string member) =>
        Offers(Endless + member, ["Await it", "Keep it and await 'Task.WhenAll' at the end", "Discard it with '_ ='"], WithCompiler);

    private const string Waiting =
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly TaskCompletionSource _ready = new();
        readonly System.Threading.Channels.Channel<int> _rows = System.Threading.Channels.Channel.CreateUnbounded<int>();
        async Task SaveAsync() { await _gate.WaitAsync(); try { await Task.Yield(); } finally { _gate.Release(); } }
        async Task OuterAsync() { await Task.Yield(); await SaveAsync(); }
        async Task ReadyAsync() { await _ready.Task; }
        async Task ReadAsync(System.Threading.Channels.ChannelReader<int> rows) { await rows.ReadAsync(); }
        async Task TakeAsync(SemaphoreSlim gate) { await gate.WaitAsync(); }

        """;

    // Awaited where the gate is held, it would wait for ever.
    [Theory]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { {|CS4014:SaveAsync()|}; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { {|CS4014:OuterAsync()|}; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); {|CS4014:SaveAsync()|}; _gate.Release(); }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { {|CS4014:Task.Run(() => SaveAsync())|}; } finally { _gate.Release(); } }")]
    public Task Work_ThatTakesWhatItsStarterHolds_IsNotAwaited(string member) =>
        Offers(Waiting + member, ["Discard it with '_ ='"], WithCompiler);

    // Awaited before it is signalled, it would wait for ever.
    [Theory]
    [InlineData("async Task M() { {|CS4014:ReadyAsync()|}; await Task.Yield(); _ready.SetResult(); }")]
    [InlineData("async Task M() { {|CS4014:ReadAsync(_rows.Reader)|}; await _rows.Writer.WriteAsync(1); }")]
    [InlineData("async Task M() { var gate = new SemaphoreSlim(0); {|CS4014:TakeAsync(gate)|}; await Task.Yield(); gate.Release(); }")]
    [InlineData("async Task M() { var done = new TaskCompletionSource(); {|CS4014:L()|}; await Task.Yield(); done.SetResult(); async Task L() { await done.Task; } }")]
    public Task Work_ThatIsSignalledLater_IsNotAwaitedAtItsStart(string member) =>
        Offers(Waiting + member, ["Keep it and await 'Task.WhenAll' at the end", "Discard it with '_ ='"], WithCompiler);

    [Theory]
    [InlineData("async Task M() { {|CS4014:SaveAsync()|}; await _gate.WaitAsync(); try { await Task.Yield(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { {|CS4014:ReadyAsync()|}; await Task.Yield(); }")]
    public Task Work_ThatNothingBehindSignals_IsAwaited(string member) =>
        Offers(Waiting + member, ["Await it", "Keep it and await 'Task.WhenAll' at the end", "Discard it with '_ ='"], WithCompiler);
}
