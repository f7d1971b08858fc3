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
    [InlineData("""var i = 0; [|while|] (true) { if (i++ == 2) break; await Observed.StepAsync("a"); }""")]
    [InlineData("""var i = 0; [|while|] (true) { await Observed.StepAsync("a"); if (i++ == 2) return; }""")]
    [InlineData("""try { var i = 0; [|while|] (true) { await Observed.StepAsync("a"); if (i++ == 2) break; } } finally { Observed.Note("closed"); }""")]
    [InlineData("""var i = 0; [|for|] (;;) { await Observed.StepAsync("a"); if (i++ == 2) break; }""")]
    public Task Loop_EndsWithTheToken(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""[|while|] (await Observed.TakeAsync() is { } item) await Observed.StepAsync("see " + item); """)]
    [InlineData("""[|while|] (await Observed.TakeAsync() is { } item) await HandleAsync(item);""")]
    [InlineData("""[|while|] (Observed.TryTake(out var item)) { await HandleAsync(item); }""")]
    [InlineData("""[|while|] (true) { var item = await Observed.TakeAsync(); if (item is null) break; await HandleAsync(item); }""")]
    [InlineData("""[|while|] (true) { if (!Observed.TryTake(out var item)) break; await HandleAsync(item); }""")]
    [InlineData("""string? item; [|while|] ((item = await Observed.TakeAsync()) != null) { await HandleAsync(item); }""")]
    [InlineData("""var item = await Observed.TakeAsync(); [|while|] (item is not null) { await HandleAsync(item); item = await Observed.TakeAsync(); }""")]
    public Task Item_ThatIsTaken_IsHandled(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        static Task HandleAsync(string item) => Observed.HandleAsync(item);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.WorkAsync("begin", token);
            {{body}}
        }
        """;
}
