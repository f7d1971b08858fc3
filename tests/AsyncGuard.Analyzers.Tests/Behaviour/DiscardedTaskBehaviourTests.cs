using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class DiscardedTaskBehaviourTests : RuleTest<DiscardedTaskAnalyzer, DiscardedTaskFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited];

    [Theory]
    [InlineData("""_ = [|WorkAsync("a")|];""")]
    [InlineData("""_ = [|WorkAsync("a")|]; _ = [|WorkAsync("b")|];""")]
    [InlineData("""Observed.Note("first"); _ = [|WorkAsync("a")|]; Observed.Note("last");""")]
    [InlineData("""if (_n == 0) { _ = [|WorkAsync("a")|]; }""")]
    [InlineData("""foreach (var x in new[] { "a", "b" }) { _ = [|WorkAsync(x)|]; }""")]
    [InlineData("""_ = [|Observed.WorkAsync("a", token)|];""")]
    [InlineData("""_ = [|Task.Run(() => WorkAsync("a"))|];""")]
    [InlineData("""try { _ = [|WorkAsync("a")|]; await WorkAsync("b"); } finally { Observed.Note("closed"); }""")]
    [InlineData("""await _gate.WaitAsync(); try { _ = [|WorkAsync("a")|]; } finally { _gate.Release(); }""")]
    [InlineData("""_ = [|Observed.GetAsync("a", 1, token)|]; await Observed.StepAsync("b");""")]
    [InlineData("""await _gate.WaitAsync(); try { _ = [|HoldAsync("a")|]; } finally { _gate.Release(); }""")]
    [InlineData("""_ = [|ReadyAsync("a")|]; await Observed.StepAsync("b"); _ready.TrySetResult();""")]
    [InlineData("""_ = [|UntilAsync("a")|]; await Observed.StepAsync("b"); _isOver = true;""")]
    public Task Task_EndsBeforeItsCaller(string body) => BehavesOrRefuses(
        $$"""
        int _n;
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task WorkAsync(string s) { await Observed.StepAsync(s); }
        readonly TaskCompletionSource _ready = new();
        volatile bool _isOver;
        async Task HoldAsync(string s) { await _gate.WaitAsync(); try { await Observed.StepAsync(s); } finally { _gate.Release(); } }
        async Task ReadyAsync(string s) { await _ready.Task; await Observed.StepAsync(s); }
        async Task UntilAsync(string s) { while (true) { await Task.Delay(1); if (_isOver) break; } await Observed.StepAsync(s); }
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """,
        Mends);
}
