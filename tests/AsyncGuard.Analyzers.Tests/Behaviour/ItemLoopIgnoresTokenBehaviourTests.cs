using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class ItemLoopIgnoresTokenBehaviourTests : RuleTest<ItemLoopIgnoresTokenAnalyzer, ItemLoopIgnoresTokenFix>
{
    private static readonly Mend[] Mends = [Mend.LoopEnds];

    [Theory]
    [InlineData("""[|foreach|] (var x in _items) { await Observed.StepAsync(x); }""")]
    [InlineData("""[|foreach|] (var x in _items) await Observed.StepAsync(x); Observed.Note("behind");""")]
    [InlineData("""[|for|] (var i = 0; i < _items.Count; i++) { await Observed.StepAsync(_items[i]); Observed.Note("next"); }""")]
    [InlineData("""try { [|foreach|] (var x in _items) await Observed.StepAsync(x); } finally { Observed.Note("closed"); }""")]
    [InlineData("""Observed.Enter("x"); try { [|foreach|] (var x in _items) await Observed.StepAsync(x); } finally { Observed.Leave("x"); }""")]
    [InlineData("""[|foreach|] (var x in _items) { try { await Observed.StepAsync(x); } catch (Exception) { Observed.Note("failed"); } }""")]
    [InlineData("""await _gate.WaitAsync(); try { [|foreach|] (var x in _items) await Observed.StepAsync(x); } finally { _gate.Release(); }""")]
    [InlineData("""[|foreach|] (var x in _items) { if (x == "a") continue; await Observed.StepAsync(x); }""")]
    public Task Loop_EndsBetweenTwoItems(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""await _gate.WaitAsync(); [|foreach|] (var x in _items) await Observed.StepAsync(x); _gate.Release();""")]
    [InlineData("""while (!token.IsCancellationRequested) { [|foreach|] (var x in _items) await Observed.StepAsync(x); if (_n++ > 0) break; } Observed.Note("end: flush");""")]
    [InlineData("""var taken = new List<string>(); while (Observed.TryTake(out var item)) taken.Add(item); [|foreach|] (var x in taken) await Observed.HandleAsync(x);""")]
    [InlineData("""try { await Observed.WorkAsync("a", token); } catch (InvalidOperationException) { [|foreach|] (var x in _items) await Observed.StepAsync("undo " + x); }""")]
    public Task Loop_WhoseEndMatters_ChangesNothing(string body) => Unreported(Program(body));

    private static Task Unreported(string source) =>
        new RuleVerifier([new ItemLoopIgnoresTokenAnalyzer()], new ItemLoopIgnoresTokenFix())
            .BehavesWhateverIsReportedAsync(source, Mends, BehaviourVerifier.Options(RuleTestOptions.Default));

    private static string Program(string body) =>
        $$"""
        int _n;
        readonly List<string> _items = new() { "a", "b" };
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.WorkAsync("begin", token);
            {{body}}
        }
        """;
}
