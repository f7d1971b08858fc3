using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class TaskSequenceRepeatedBehaviourTests : RuleTest<TaskSequenceRepeatedAnalyzer, TaskSequenceRepeatedFix>
{
    private static readonly Mend[] Mends = [Mend.StartedOnce];

    [Theory]
    [InlineData(
        """var all = _names.Select(n => Observed.StepAsync(n)); await Task.WhenAll(all); await Task.WhenAll([|all|]); return 1;""")]
    [InlineData("""var all = _names.Select(n => Observed.GetAsync(n, 1)); await Task.WhenAll(all); return [|all|].Count();""")]
    [InlineData(
        """var all = _names.Select(n => Observed.GetAsync(n, n)); await Task.WhenAll(all); foreach (var t in [|all|]) await t; return 1;""")]
    [InlineData(
        """var all = _names.Select(async n => { await Observed.StepAsync(n); Observed.Note("b" + n); }); await Task.WhenAll(all); await Task.WhenAll([|all|]); return 1;""")]
    [InlineData(
        """var all = _names.Where(n => n != "x").Select(n => Observed.StepAsync(n)); await Task.WhenAll(all); foreach (var t in [|all|]) await t; Observed.Note("b"); return 1;""")]
    [InlineData(
        """try { var all = _names.Select(n => Observed.StepAsync(n)); await Task.WhenAll(all); await Task.WhenAll([|all|]); } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData(
        """var all = _names.Select(n => Observed.WorkAsync(n, token)); await Task.WhenAll(all); await Task.WhenAll([|all|]); return 1;""")]
    [InlineData(
        """var all = from n in _names select Observed.StepAsync(n); await Task.WhenAll(all); await Task.WhenAll([|all|]); return 1;""")]
    public Task Work_IsStartedOnce(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """IEnumerable<Task> all = _names.Select(n => Observed.StepAsync(n)); foreach (var t in all) await t; foreach (var t in [|all|]) await t; return 1;""")]
    [InlineData(
        """var all = _names.Select(n => Observed.StepAsync(n)); Observed.Note("made"); await Task.WhenAll(all); await Task.WhenAll([|all|]); return 1;""")]
    public Task Work_ThatWouldStartEarlier_IsLeftAsItIs(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        readonly string[] _names = { "n", "m" };
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
