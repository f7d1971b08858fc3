using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class UnusedTokenBehaviourTests : RuleTest<UnusedTokenAnalyzer, UnusedTokenFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation, Mend.LoopEnds];

    [Theory]
    [InlineData("""await Observed.WorkAsync("a"); Observed.Note("b");""")]
    [InlineData("""await Observed.WorkAsync("a"); await Observed.WorkAsync("b");""")]
    [InlineData("""try { await Observed.WorkAsync("a"); } finally { Observed.Note("closed"); }""")]
    [InlineData("""try { await Observed.WorkAsync("a"); } finally { await Observed.WorkAsync("close"); Observed.Note("closed"); }""")]
    [InlineData("""Observed.Note("a"); await Task.Delay(1); Observed.Note("b");""")]
    [InlineData("""foreach (var x in new[] { "a", "b" }) await Observed.StepAsync(x);""")]
    public Task Work_ObeysTheToken(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""while (Observed.TryTake(out var item)) { await HandleAsync(item); }""")]
    [InlineData("""while (await Observed.TakeAsync() is { } item) await HandleAsync(item);""")]
    [InlineData("""while (true) { var item = await Observed.TakeAsync(); if (item is null) break; await HandleAsync(item); }""")]
    [InlineData(
        """try { await _gate.WaitAsync(); Observed.Enter("gate"); await Observed.StepAsync("work"); Observed.Leave("gate"); } finally { _gate.Release(); }""")]
    public Task Items_AndLocks_AreKept(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        static Task HandleAsync(string item) => Observed.HandleAsync(item);
        async Task RunAsync([|CancellationToken token|])
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
