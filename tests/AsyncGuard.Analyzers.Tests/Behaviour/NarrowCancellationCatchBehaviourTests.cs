using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class NarrowCancellationCatchBehaviourTests : RuleTest<NarrowCancellationCatchAnalyzer, NarrowCancellationCatchFix>
{
    private static readonly Mend[] Mends = [Mend.Caught];

    [Theory]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } [|catch|] (TaskCanceledException) { Observed.Note("handler: cancelled"); } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } [|catch|] (TaskCanceledException) { Observed.Note("handler: cancelled"); throw; } return 1;""")]
    [InlineData("""try { await Observed.WorkAsync("work", token); } [|catch|] (TaskCanceledException) { Observed.Note("handler: cancelled"); return 2; } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } [|catch|] (TaskCanceledException) { Observed.Note("handler: cancelled"); } catch (InvalidOperationException) { Observed.Note("handler: failed"); } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } [|catch|] (TaskCanceledException) { Observed.Note("handler: cancelled"); } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } [|catch|] (TaskCanceledException ex) { Observed.Note("handler: cancelled " + ex.Message.Length.CompareTo(0)); } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } [|catch|] (TaskCanceledException) when (token.IsCancellationRequested) { Observed.Note("handler: cancelled"); } return 1;""")]
    [InlineData(
        """for (var i = 0; i < 2; i++) { try { await Observed.WorkAsync("work", token); } [|catch|] (TaskCanceledException) { Observed.Note("handler: cancelled"); break; } } return 1;""")]
    [InlineData(
        """return await InnerAsync(token); async Task<object> InnerAsync(CancellationToken ct) { try { await Observed.WorkAsync("work", ct); return 2; } [|catch|] (TaskCanceledException) { Observed.Note("handler: cancelled"); return 3; } }""")]
    [InlineData(
        """try { try { await Observed.WorkAsync("work", token); } [|catch|] (TaskCanceledException) { Observed.Note("handler: inner"); throw; } } catch (OperationCanceledException) { Observed.Note("handler: outer"); } return 1;""")]
    public Task EveryCancellation_ReachesTheHandler(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
