using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class CancelledNotAwaitedBehaviourTests : RuleTest<CancelledNotAwaitedAnalyzer, CancelledNotAwaitedFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited];

    private const string Owner =
        """
        Task? _loop;
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly CancellationTokenSource _stop = new();
        void Start() { _loop = LoopAsync(_stop.Token); }
        async Task RunAsync() { Start(); Observed.Note("run"); await StopAsync(); Observed.Note("done"); }

        """;

    [Theory]
    [InlineData(
        """
        async Task StopAsync() { [|_stop.Cancel()|]; await Task.Yield(); }
        async Task LoopAsync(CancellationToken token) { try { await Task.Delay(Timeout.Infinite, token); } finally { Observed.Note("closed"); } }
        """)]
    [InlineData(
        """
        Task StopAsync() { [|_stop.Cancel()|]; return Task.CompletedTask; }
        async Task LoopAsync(CancellationToken token) { await Task.Yield(); while (!token.IsCancellationRequested) await Task.Delay(1); Observed.Note("closed"); }
        """)]
    public Task Field_IsAwaited(string members) => Behaves(Owner + members, Mends);

    [Theory]
    [InlineData(
        """
        async Task StopAsync() { [|_stop.Cancel()|]; await Task.Yield(); Observed.Note("stopped"); }
        async Task LoopAsync(CancellationToken token) { await Task.Yield(); Observed.Note("work"); await StopAsync(); }
        """)]
    [InlineData(
        """
        async Task StopAsync() { [|_stop.Cancel()|]; await Task.Yield(); Observed.Note("stopped"); }
        async Task LoopAsync(CancellationToken token) { await Task.Yield(); Observed.Note("work"); await EndAsync(); }
        Task EndAsync() => StopAsync();
        """)]
    [InlineData(
        """
        async Task StopAsync() { await _gate.WaitAsync(); try { [|_stop.Cancel()|]; } finally { _gate.Release(); } Observed.Note("stopped"); }
        async Task LoopAsync(CancellationToken token)
        {
            try { await Task.Delay(Timeout.Infinite, token); }
            finally { await _gate.WaitAsync(); Observed.Note("closed"); _gate.Release(); }
        }
        """)]
    public Task Field_WhoseTaskWaitsForTheOneWhoCancels_IsLeftAlone(string members) => BehavesOrRefuses(Owner + members, Mends);

    [Theory]
    [InlineData(
        """using var stop = new CancellationTokenSource(); var work = LoopAsync(stop.Token); Observed.Note("b"); [|stop.Cancel()|]; Observed.Note("c");""")]
    [InlineData(
        """using var stop = CancellationTokenSource.CreateLinkedTokenSource(token); var work = LoopAsync(stop.Token); await Observed.StepAsync("b"); [|stop.Cancel()|];""")]
    [InlineData(
        """using var stop = new CancellationTokenSource(); var work = LoopAsync(stop.Token); await Observed.StepAsync("b"); await [|stop.CancelAsync()|]; await Observed.StepAsync("c");""")]
    [InlineData(
        """using var stop = new CancellationTokenSource(); var work = LoopAsync(stop.Token); try { await Observed.StepAsync("b"); } finally { [|stop.Cancel()|]; Observed.Note("end"); }""")]
    [InlineData(
        """using var stop = new CancellationTokenSource(); var a = LoopAsync(stop.Token); var b = LoopAsync(stop.Token); Observed.Note("c"); [|stop.Cancel()|];""")]
    [InlineData(
        """using var stop = new CancellationTokenSource(); var work = new List<Task>(); for (var i = 0; i < 2; i++) work.Add(LoopAsync(stop.Token)); Observed.Note("c"); [|stop.Cancel()|];""")]
    [InlineData(
        """using var stop = new CancellationTokenSource(); var work = LoopAsync(stop.Token); await Task.Delay(1); await Observed.StepAsync("b"); [|stop.Cancel()|]; Observed.Note("c");""")]
    [InlineData(
        """using var stop = new CancellationTokenSource(); Task? work = null; if (token.CanBeCanceled) work = LoopAsync(stop.Token); Observed.Note("b"); [|stop.Cancel()|];""")]
    [InlineData(
        """using var stop = new CancellationTokenSource(); var work = LoopAsync(stop.Token); try { await Observed.WorkAsync("b", token); } catch (OperationCanceledException) { Observed.Note("stopped"); } [|stop.Cancel()|];""")]
    public Task Work_IsAwaited(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        static async Task LoopAsync(CancellationToken token)
        {
            try { await Task.Delay(Timeout.Infinite, token); }
            finally { Observed.Note("closed"); }
        }
        async Task RunAsync(CancellationToken token)
        {
            Observed.Note("begin");
            {{body}}
        }
        """;
}
