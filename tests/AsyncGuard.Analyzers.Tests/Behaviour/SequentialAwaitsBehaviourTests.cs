using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class SequentialAwaitsBehaviourTests : RuleTest<SequentialAwaitsAnalyzer, SequentialAwaitsFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited];

    [Theory]
    [InlineData("""var a = Observed.GetAsync("a", 1); var b = Observed.GetAsync("b", 2); return [|await a|] + await b;""")]
    [InlineData("""var a = Observed.StepAsync("a"); var b = Observed.StepAsync("b"); [|await a|]; await b; return 1;""")]
    [InlineData(
        """var a = Observed.GetAsync("a", 1); var b = Observed.GetAsync("b", 2L); var x = [|await a|]; var y = await b; return x + y;""")]
    [InlineData(
        """var a = Observed.StepAsync("a"); var b = Observed.StepAsync("b"); var c = Observed.StepAsync("c"); [|await a|]; await b; await c; return 1;""")]
    public Task Tasks_AreAwaitedTogether(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """var a = Observed.GetAsync("a", 1); Task<int>? b = No() ? Observed.GetAsync("b", 2) : null; var x = await a; return x + (b is null ? 0 : await b);""")]
    [InlineData(
        """Task<int>? b = null; var a = Observed.GetAsync("a", 1); if (No()) b = Observed.GetAsync("b", 2); var x = await a; return b is null ? x : x + await b;""")]
    public Task Task_ThatMayBeNull_IsNotAwaitedBlindly(string body) =>
        new RuleVerifier([new SequentialAwaitsAnalyzer()], new SequentialAwaitsFix())
            .BehavesWhateverIsReportedAsync(Program(body), Mends, BehaviourVerifier.Options(RuleTestOptions.Default));

    private static string Program(string body) =>
        $$"""
        static bool No() => false;
        async Task<object> RunAsync()
        {
            Observed.Note("begin");
            {{body}}
        }
        """;
}
