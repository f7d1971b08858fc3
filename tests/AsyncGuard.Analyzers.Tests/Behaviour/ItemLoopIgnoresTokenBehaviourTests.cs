using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class ItemLoopIgnoresTokenBehaviourTests : RuleTest<ItemLoopIgnoresTokenAnalyzer, ItemLoopIgnoresTokenFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation, Mend.LoopEnds];

    [Theory]
    [InlineData("""[|foreach|] (var item in _items) await Observed.StepAsync(item);""")]
    [InlineData("""[|foreach|] (var item in _items) { await Observed.StepAsync(item); Observed.Note("saved"); }""")]
    [InlineData("""[|for|] (var i = 0; i < 3; i++) { await Observed.StepAsync("row"); }""")]
    [InlineData("""var i = 0; [|while|] (i < _items.Length) { await Observed.StepAsync(_items[i]); i++; }""")]
    [InlineData("""try { [|foreach|] (var item in _items) { await Observed.StepAsync(item); } } finally { Observed.Note("closed"); }""")]
    [InlineData("""Observed.Enter("x"); try { [|foreach|] (var item in _items) { await Observed.StepAsync(item); } } finally { Observed.Leave("x"); }""")]
    [InlineData("""[|foreach|] (var item in _items) { Observed.Enter("x"); try { await Observed.StepAsync(item); } finally { Observed.Leave("x"); } }""")]
    [InlineData("""[|foreach|] (var item in _items) { if (item == "b") continue; await Observed.StepAsync(item); }""")]
    [InlineData("""[|foreach|] (var item in _items) { await _gate.WaitAsync(); try { await Observed.StepAsync(item); } finally { _gate.Release(); } }""")]
    [InlineData("""[|foreach|] (var outer in _items) { foreach (var inner in _items) { await Observed.StepAsync(outer + inner); } }""")]
    public Task Loop_EndsWithTheToken(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""for (var i = 0; i < 3; i++) { if (!Observed.TryTake(out var item)) break; await Observed.HandleAsync(item); }""")]
    [InlineData("""[|for|] (var i = 0; i < 3; i++) { var item = await Observed.TakeAsync(); if (item is null) break; await Observed.HandleAsync(item); }""")]
    [InlineData("""try { [|foreach|] (var item in _items) { await Observed.StepAsync(item); } } catch (Exception e) { Observed.Note(e.GetType().Name); }""")]
    public Task Item_ThatIsTaken_IsHandled(string body) => BehavesOrRefuses(Program(body.Contains("[|") ? body : body.Replace("for (var", "[|for|] (var")), Mends);

    private static string Program(string body) =>
        $$"""
        readonly string[] _items = ["a", "b", "c"];
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.WorkAsync("begin", token);
            {{body}}
        }
        """;
}
