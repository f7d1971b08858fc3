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
        async Task OnceAsync() { while (true) { await Task.Delay(1); if (_isOpen) return; } }
        async Task CopyAsync(CancellationToken token) { var rows = 3; while (!token.IsCancellationRequested && rows-- > 0) await Task.Delay(rows); }
        async Task FewAsync() { for (var i = 0; i < 3; i++) await Task.Delay(i); }

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
    public Task Work_WithoutEnd_IsNotAwaited(string member) => Offers(Endless + member, ["Discard it with '_ ='"], WithCompiler);

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
    public Task Work_WithAnEnd_IsAwaited(string member) =>
        Offers(Endless + member, ["Await it", "Keep it and await 'Task.WhenAll' at the end", "Discard it with '_ ='"], WithCompiler);
}
