using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

/// <summary>Code that asks the token itself reaches its end: a pause that obeyed the token would skip it.</summary>
public sealed class PolledEndBehaviourTests : RuleTest<BlockingSleepAnalyzer, BlockingSleepFix>
{
    private const string Pause = "[|Thread.Sleep(1)|];";

    [Theory]
    [InlineData($$"""while (!token.IsCancellationRequested) { await Observed.StepAsync("a"); {{Pause}} if (n++ > 1) break; } Observed.Note("end: flush");""")]
    [InlineData($$"""while (!token.IsCancellationRequested && n < 3) { n++; Observed.Note("a"); {{Pause}} } await Observed.StepAsync("end: flush");""")]
    [InlineData($$"""while (n++ < 3) { Observed.Note("a"); {{Pause}} if (token.IsCancellationRequested) { Observed.Note("end: flush"); break; } }""")]
    [InlineData($$"""for (; n < 3; n++) { if (token.IsCancellationRequested) { Observed.Note("end: flush"); return; } Observed.Note("a"); {{Pause}} }""")]
    [InlineData($$"""Observed.Note("a"); {{Pause}} if (token.IsCancellationRequested) { Observed.Note("end: undo"); return; } Observed.Note("b");""")]
    [InlineData(
        $$"""while (!token.IsCancellationRequested && n < 3) { foreach (var x in new[] { 1, 2 }) { n++; Observed.Note("a"); {{Pause}} } } if (n > 0) { Observed.Note("end: flush"); }""")]
    [InlineData(
        $$"""try { while (!token.IsCancellationRequested && n++ < 3) { Observed.Note("a"); {{Pause}} } Observed.Note("end: flush"); } finally { Observed.Note("end: closed"); }""")]
    [InlineData(
        $$"""try { while (!token.IsCancellationRequested && n++ < 3) { Observed.Note("a"); {{Pause}} } } catch (OperationCanceledException) { } Observed.Note("end: flush");""")]
    [InlineData($$"""while (!_stop.IsCancellationRequested && n++ < 3) { Observed.Note("a"); {{Pause}} } Observed.Note("last");""")]
    public Task Pause_LeavesTheEndToTheLoop(string body) => Behaves(
        $$"""
        readonly CancellationTokenSource _stop = new();
        async Task RunAsync(CancellationToken token)
        {
            var n = 0;
            await Observed.StepAsync("begin");
            {{body}}
        }
        """,
        [Mend.Cancellation]);
}
