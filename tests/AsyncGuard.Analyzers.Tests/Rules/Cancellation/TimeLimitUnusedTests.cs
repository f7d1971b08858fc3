using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed class TimeLimitUnusedTests : RuleTest<TimeLimitUnusedAnalyzer>
{
    private const string Members =
        """
        Task WorkAsync() => Task.CompletedTask;
        Task WorkAsync2(CancellationToken token) => Task.CompletedTask;
        void Use(object? x) { }
        CancellationTokenSource _limit = null!;

        """;

    private static string In(string code) =>
        Members + "async Task M(HttpClient client, TimeSpan time, TimeProvider clock, CancellationToken token)\n{\n    " + code + "\n}";

    [Theory]
    [InlineData("using var limit = [|new CancellationTokenSource(1000)|]; await WorkAsync();")]
    [InlineData("using var limit = [|new CancellationTokenSource(time)|]; await WorkAsync();")]
    [InlineData("var limit = [|new CancellationTokenSource(TimeSpan.FromSeconds(5))|]; await WorkAsync2(token);")]
    [InlineData("using CancellationTokenSource limit = [|new(1000)|]; await WorkAsync2(token);")]
    [InlineData("using (var limit = [|new CancellationTokenSource(1000)|]) { await WorkAsync2(token); }")]
    [InlineData("using ([|new CancellationTokenSource(1000)|]) await WorkAsync();")]
    [InlineData("[|new CancellationTokenSource(1000)|]; await WorkAsync();")]
    [InlineData("using var limit = new CancellationTokenSource(); [|limit.CancelAfter(1000)|]; await WorkAsync2(token);")]
    [InlineData(
        "using var limit = CancellationTokenSource.CreateLinkedTokenSource(token); [|limit.CancelAfter(time)|]; await WorkAsync2(token);")]
    [InlineData("using var limit = [|new CancellationTokenSource(1000)|]; var unused = limit.Token; await WorkAsync();")]
    [InlineData("using var limit = [|new CancellationTokenSource(1000)|]; _ = limit.Token; await WorkAsync();")]
    [InlineData("var limit = [|new CancellationTokenSource(1000)|]; try { await WorkAsync(); } finally { limit.Dispose(); }")]
    [InlineData("var limit = [|new CancellationTokenSource(1000)|]; await WorkAsync(); limit.Cancel();")]
    [InlineData("using var limit = [|new CancellationTokenSource(time, clock)|]; await WorkAsync();")]
    [InlineData("await Task.Run(async () => { using var limit = [|new CancellationTokenSource(1000)|]; await WorkAsync(); });")]

    // Forms in public code: the caller's token in place of the linked one, a source left from an earlier form, a limit around a loop.
    [InlineData(
        "using var cts = CancellationTokenSource.CreateLinkedTokenSource(token); [|cts.CancelAfter(TimeSpan.FromSeconds(30))|]; var text = await client.GetStringAsync(\"a\", token); Use(text);")]
    [InlineData(
        "var cts = [|new CancellationTokenSource(TimeSpan.FromMinutes(1))|]; while (!token.IsCancellationRequested) { await WorkAsync2(token); } cts.Dispose();")]
    [InlineData(
        "using (var cts = [|new CancellationTokenSource(5000)|]) { try { await WorkAsync(); } catch (OperationCanceledException) { Use(1); } }")]
    [InlineData(
        "using var cts = CancellationTokenSource.CreateLinkedTokenSource(token); [|cts.CancelAfter(time)|]; await Task.WhenAny(WorkAsync(), Task.Delay(time, token));")]
    [InlineData("var cts = [|new CancellationTokenSource(time)|]; await WorkAsync(); cts?.Dispose();")]
    public Task Limit_ThatNothingIsGiven_IsReported(string code) => Reports(In(code));

    [Theory]
    [InlineData("using var limit = new CancellationTokenSource(1000); await WorkAsync2(limit.Token);")]
    [InlineData("using var limit = new CancellationTokenSource(1000); var t = limit.Token; await WorkAsync2(t);")]
    [InlineData("using var limit = new CancellationTokenSource(); await WorkAsync();")]
    [InlineData("using var limit = new CancellationTokenSource(Timeout.Infinite); await WorkAsync();")]
    [InlineData("using var limit = new CancellationTokenSource(1000); while (!limit.IsCancellationRequested) await WorkAsync();")]
    [InlineData(
        "using var limit = CancellationTokenSource.CreateLinkedTokenSource(token); limit.CancelAfter(1000); await WorkAsync2(limit.Token);")]
    [InlineData(
        "using var limit = new CancellationTokenSource(1000); using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token); await WorkAsync2(both.Token);")]
    [InlineData(
        "using var limit = new CancellationTokenSource(1000); using var held = limit.Token.Register(() => Use(1)); await WorkAsync();")]
    [InlineData("var limit = new CancellationTokenSource(1000); Use(limit); await WorkAsync();")]
    [InlineData("_limit = new CancellationTokenSource(1000); await WorkAsync();")]
    [InlineData("_limit.CancelAfter(1000); await WorkAsync();")]
    [InlineData("var limit = new CancellationTokenSource(1000); _limit = limit; await WorkAsync();")]
    [InlineData("using var limit = new CancellationTokenSource(1000); limit.Token.ThrowIfCancellationRequested(); await WorkAsync();")]
    [InlineData("using var limit = new CancellationTokenSource(); limit.CancelAfter(Timeout.Infinite); await WorkAsync();")]
    [InlineData(
        "using var limit = new CancellationTokenSource(1000); Func<bool> isOver = () => limit.IsCancellationRequested; Use(isOver); await WorkAsync();")]

    // Forms in public code.
    [InlineData("var cts = new CancellationTokenSource(); cts.CancelAfter(time); await Task.Run(async () => await WorkAsync2(cts.Token));")]
    [InlineData(
        "using var cts = new CancellationTokenSource(time); try { await WorkAsync().WaitAsync(cts.Token); } catch (OperationCanceledException) { }")]
    [InlineData("var cts = time == TimeSpan.Zero ? null : new CancellationTokenSource(time); await WorkAsync2(cts?.Token ?? token);")]
    [InlineData("var limit = new CancellationTokenSource(1000) ?? _limit; await WorkAsync2(limit.Token);")]
    [InlineData("foreach (var cts in new[] { new CancellationTokenSource(1000) }) await WorkAsync2(cts.Token);")]
    public Task Limit_ThatIsUsed_IsSilent(string code) => Silent(In(code));
}
