using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class NestedTaskBehaviourTests : RuleTest<NestedTaskAnalyzer, NestedTaskFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited, Mend.HandlerSees];

    [Theory]
    [InlineData("""await [|Task.Factory.StartNew(async () => await Observed.StepAsync("a"))|]; return 1;""")]
    [InlineData("""await [|Task.Factory.StartNew(() => Observed.StepAsync("a"))|]; Observed.Note("b"); return 1;""")]
    [InlineData("""await [|Task.Factory.StartNew(async () => { await Observed.StepAsync("a"); Observed.Note("b"); })|]; return 1;""")]
    [InlineData("""await [|Observed.StepAsync("a").ContinueWith(async t => { await Observed.StepAsync("b"); })|]; return 1;""")]
    [InlineData("""await [|Observed.StepAsync("a").ContinueWith(t => Observed.StepAsync("b"))|]; Observed.Note("c"); return 1;""")]
    [InlineData("""var t = [|Task.Factory.StartNew(() => Observed.StepAsync("a"))|]; Observed.Note("b"); await t; return 1;""")]
    [InlineData(
        """try { await [|Task.Factory.StartNew(() => Observed.StepAsync("a"))|]; } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData(
        """try { await [|Task.Factory.StartNew(() => Observed.StepAsync("a"))|]; } catch (InvalidOperationException) { Observed.Note("handler: known"); } return 1;""")]
    [InlineData("""await [|Task.Factory.StartNew(() => Observed.WorkAsync("a", token), token)|]; return 1;""")]
    [InlineData(
        """await [|Task.Factory.StartNew(() => Observed.WorkAsync("a", token), token, TaskCreationOptions.LongRunning, TaskScheduler.Default)|]; return 1;""")]
    [InlineData("""await [|Task.Factory.StartNew(() => Observed.StepAsync("a"))|].ConfigureAwait(false); Observed.Note("b"); return 1;""")]
    public Task TaskInside_IsAwaited_AndNothingElseChanges(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
