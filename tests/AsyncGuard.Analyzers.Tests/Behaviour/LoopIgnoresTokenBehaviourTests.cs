using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class LoopIgnoresTokenBehaviourTests : RuleTest<LoopIgnoresTokenAnalyzer, LoopIgnoresTokenFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation, Mend.LoopEnds];

    [Theory]
    [InlineData("""[|while|] (await MoreAsync()) { Observed.Note("a"); }""")]
    [InlineData("""[|do|] { Observed.Note("a"); } while (await MoreAsync());""")]
    [InlineData("""try { [|while|] (await MoreAsync()) await Observed.StepAsync("a"); } finally { Observed.Note("closed"); }""")]
    [InlineData("""Observed.Enter("x"); try { [|while|] (await MoreAsync()) { Observed.Note("a"); } } finally { Observed.Leave("x"); }""")]
    public Task Loop_EndsWithTheToken(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""[|while|] (await Observed.TakeAsync() is { } item) await HandleAsync(item);""")]
    [InlineData("""[|while|] (Observed.TryTake(out var item)) { await HandleAsync(item); }""")]
    [InlineData("""[|while|] (true) { var item = await Observed.TakeAsync(); if (item is null) break; await HandleAsync(item); }""")]
    [InlineData("""[|while|] (true) { if (!Observed.TryTake(out var item)) break; await HandleAsync(item); }""")]
    [InlineData("""string? item; [|while|] ((item = await Observed.TakeAsync()) != null) { await HandleAsync(item); }""")]
    [InlineData(
        """var item = await Observed.TakeAsync(); [|while|] (item is not null) { await HandleAsync(item); item = await Observed.TakeAsync(); }""")]
    [InlineData("""await _gate.WaitAsync(); [|while|] (await MoreAsync()) { Observed.Note("a"); } _gate.Release();""")]
    public Task Item_ThatIsTaken_IsHandled(string body) => BehavesOrRefuses(Program(body), Mends);

    [Theory]
    [InlineData("""_rounds++; [|while|] (true) { if (!await MoreAsync()) break; Observed.Note("a"); } _rounds--;""")]
    [InlineData("""_isOn = true; [|while|] (true) { if (!await MoreAsync()) break; Observed.Note("a"); } _isOn = false;""")]
    public Task Flag_BehindTheLoop_IsSetBack(string body) => Behaves("bool _isOn; int _rounds;\n" + Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        async Task<bool> MoreAsync() { await Observed.StepAsync("ask"); return _asked++ < 2; }
        int _asked;
        readonly SemaphoreSlim _gate = new(1, 1);
        static Task HandleAsync(string item) => Observed.HandleAsync(item);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.WorkAsync("begin", token);
            {{body}}
        }
        """;
}
