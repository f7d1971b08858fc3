using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>AGD0305 where the task is awaited, or written over, in a <c>finally</c>.</summary>
public sealed class CancelledNotAwaitedFlowTests : RuleTest<CancelledNotAwaitedAnalyzer, CancelledNotAwaitedFix>
{
    private static string Method(string body) =>
        "static Task WorkAsync(CancellationToken token) => Task.Delay(1, token); static void Work() { } async Task M(bool late) { "
        + "await Task.Yield(); using var cts = new CancellationTokenSource(); " + body + " }";

    [Theory]
    [InlineData("var task = WorkAsync(cts.Token); try { cts.Cancel(); } finally { await task; }")]
    [InlineData("var task = WorkAsync(cts.Token); try { if (late) { cts.Cancel(); return; } } finally { await task; }")]
    [InlineData("var task = WorkAsync(cts.Token); try { try { cts.Cancel(); } finally { Work(); } } finally { await task; }")]
    [InlineData("var task = WorkAsync(cts.Token); try { Work(); } finally { cts.Cancel(); } await task;")]
    [InlineData("var task = WorkAsync(cts.Token); try { Work(); } finally { try { cts.Cancel(); } finally { await task; } }")]
    [InlineData("var task = WorkAsync(cts.Token); try { cts.Cancel(); Work(); } catch (Exception) { await task; }")]
    public Task Task_AwaitedInAFinallyAfterTheCancel_IsSilent(string body) => Silent(Method(body));

    [Theory]
    [InlineData("var task = WorkAsync(cts.Token); try { Work(); } finally { [|cts.Cancel()|]; }")]
    [InlineData("var task = WorkAsync(cts.Token); try { [|cts.Cancel()|]; } finally { Work(); }")]
    [InlineData("var task = WorkAsync(cts.Token); try { [|cts.Cancel()|]; } finally { task = Task.CompletedTask; } await task;")]
    [InlineData("var task = WorkAsync(cts.Token); try { if (late) { [|cts.Cancel()|]; return; } } finally { Work(); } await task;")]
    public Task Task_ThatNoWayAwaits_IsReported(string body) => Reports(Method(body));
}
