using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class TimeoutEndsWorkerBehaviourTests : RuleTest<TimeoutEndsWorkerAnalyzer, TimeoutEndsWorkerFix>
{
    private static readonly Mend[] Mends = [Mend.GoesOn];

    [Theory]
    [InlineData(
        """try { await AskAsync(); } [|catch|] (Exception ex) when (ex is not OperationCanceledException) { Observed.Note("failed"); }""")]
    [InlineData(
        """try { await AskAsync(); } [|catch|] (Exception ex) when (!(ex is OperationCanceledException)) { Observed.Note("failed"); }""")]
    [InlineData(
        """try { await AskAsync(); } [|catch|] (OperationCanceledException) { break; } catch (Exception) { Observed.Note("failed"); }""")]
    [InlineData(
        """try { await AskAsync(); } [|catch|] (OperationCanceledException) { return; } catch (Exception) { Observed.Note("failed"); }""")]
    [InlineData(
        """try { await AskAsync(); } [|catch|] (OperationCanceledException) { throw; } catch (Exception ex) { Observed.Note("failed " + ex.GetType().Name); }""")]
    [InlineData(
        """try { await AskAsync(); Observed.Note("answered"); } [|catch|] (Exception ex) when (ex is not OperationCanceledException && rounds < 9) { Observed.Note("failed"); } finally { Observed.Note("round"); }""")]
    [InlineData(
        """try { await AskAsync(); } [|catch|] (Exception ex) when ((ex is not OperationCanceledException)) { await Observed.StepAsync("failed"); }""")]
    [InlineData(
        """try { await AskAsync(); } [|catch|] (OperationCanceledException) { Observed.Note("end: stopped"); break; } catch (Exception) { Observed.Note("failed"); }""")]
    [InlineData(
        """try { Observed.Note("before"); await AskAsync(); } [|catch|] (Exception ex) when (rounds < 9 && ex is not OperationCanceledException) { Observed.Note("failed"); }""")]
    [InlineData(
        """try { try { await AskAsync(); } finally { Observed.Note("inner"); } } [|catch|] (Exception ex) when (ex is not OperationCanceledException) { Observed.Note("failed"); }""")]
    public Task Loop_GoesOnAfterATimeOut(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        async Task RunAsync(CancellationToken token)
        {
            Observed.Note("begin");
            var rounds = 0;
            while (!token.IsCancellationRequested)
            {
                if (++rounds > 3) break;
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                limit.CancelAfter(5000);
                {{body.Replace("AskAsync()", "Observed.WorkAsync(\"ask\", limit.Token)")}}
            }

            Observed.Note("end: loop");
        }
        """;
}
