using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class AbandonedTaskBehaviourTests : RuleTest<AbandonedTaskAnalyzer, AbandonedTaskFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited, Mend.HandlerSees];

    [Theory]
    [InlineData("""var [|t|] = Observed.StepAsync("a"); Observed.Note("b"); return 1;""")]
    [InlineData("""var [|t|] = Observed.StepAsync("a"); await Observed.StepAsync("b"); return 1;""")]
    [InlineData("""var [|t|] = Observed.WorkAsync("a", token); Observed.Note("b"); return 1;""")]
    [InlineData("""var [|all|] = new List<Task>(); for (var i = 0; i < 2; i++) all.Add(Observed.StepAsync("a" + i)); return all.Count;""")]
    [InlineData(
        """var [|all|] = new List<Task>(); foreach (var n in _names) { await Task.Yield(); all.Add(Observed.StepAsync(n)); } Observed.Note("b"); return 1;""")]
    [InlineData("""var [|all|] = _names.Select(n => Observed.StepAsync(n)).ToList(); Observed.Note("b"); return 1;""")]
    [InlineData(
        """try { var [|t|] = Observed.StepAsync("a"); Observed.Note("b"); } catch (InvalidOperationException) { Observed.Note("handler: known"); } return 1;""")]
    [InlineData(
        """try { var [|t|] = Observed.StepAsync("a"); await Observed.StepAsync("b"); } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData("""Observed.Enter("x"); var [|t|] = Observed.StepAsync("a"); Observed.Note("b"); Observed.Leave("x"); return 1;""")]
    [InlineData(
        """return await InnerAsync(); async Task<object> InnerAsync() { var [|t|] = Observed.StepAsync("a"); await Observed.StepAsync("b"); return 2; }""")]
    public Task Task_IsAwaited_AndNothingElseChanges(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""var [|t|] = Observed.GetAsync("a", 1); if (_names.Length == 5) return 0; return 1;""")]
    public Task Task_BehindAReturn_IsAwaitedOrLeftAlone(string body) => BehavesOrRefuses(Program(body), Mends);

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
