using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class SourceNotDisposedBehaviourTests : RuleTest<SourceNotDisposedAnalyzer, SourceNotDisposedFix>
{
    private static readonly Mend[] Mends = [Mend.Disposed];

    [Theory]
    [InlineData("""var limit = [|new CancellationTokenSource(60000)|]; await Observed.WorkAsync("a", limit.Token); Observed.Note("b");""")]
    [InlineData(
        """var linked = [|CancellationTokenSource.CreateLinkedTokenSource(token)|]; await Observed.WorkAsync("a", linked.Token); Observed.Note("b");""")]
    [InlineData(
        """for (var i = 0; i < 2; i++) { var linked = [|CancellationTokenSource.CreateLinkedTokenSource(token)|]; await Observed.WorkAsync("a", linked.Token); }""")]
    [InlineData(
        """var linked = [|CancellationTokenSource.CreateLinkedTokenSource(token)|]; try { await Observed.WorkAsync("a", linked.Token); } finally { Observed.Note("closed"); }""")]
    [InlineData(
        """var limit = [|new CancellationTokenSource(TimeSpan.FromSeconds(60))|]; await Observed.WorkAsync("a", limit.Token); await Observed.WorkAsync("b", limit.Token);""")]
    [InlineData(
        """var stop = [|new CancellationTokenSource(60000)|]; var work = Observed.WorkAsync("a", stop.Token); Observed.Note("meanwhile"); await work; Observed.Note("b");""")]
    [InlineData(
        """if (token.CanBeCanceled) { var limit = [|new CancellationTokenSource(60000)|]; await Observed.WorkAsync("a", limit.Token); } Observed.Note("b");""")]
    [InlineData(
        """var limit = [|new CancellationTokenSource(60000)|]; var linked = [|CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token)|]; await Observed.WorkAsync("a", linked.Token);""")]
    [InlineData(
        """switch (token.CanBeCanceled) { case true: { var limit = [|new CancellationTokenSource(60000)|]; await Observed.WorkAsync("a", limit.Token); break; } }""")]
    public Task Source_IsDisposedAfterUse(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """static Task After(int n) { var timer = new CancellationTokenSource(); var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); timer.Token.Register(() => done.SetResult()); timer.CancelAfter(n); return done.Task; } await After(5); Observed.Note("later");""")]
    [InlineData(
        """static Task<int> Ask(int n) { var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously); var limit = new CancellationTokenSource(n); limit.Token.Register(() => done.TrySetResult(1)); return done.Task; } Observed.Note("got " + await Ask(5));""")]
    [InlineData(
        """static Task Start(CancellationToken t) { var linked = CancellationTokenSource.CreateLinkedTokenSource(t); return WorkAsync(linked.Token); } static async Task WorkAsync(CancellationToken t) { await Task.Delay(5, t); await Observed.WorkAsync("a", t); } await Start(token);""")]
    [InlineData(
        """var linked = CancellationTokenSource.CreateLinkedTokenSource(token); _ = Task.Run(async () => { await Task.Delay(5); await Observed.WorkAsync("a", linked.Token); }); await Task.Delay(1);""")]
    [InlineData(
        """var limit = new CancellationTokenSource(5000); var work = LateAsync(limit.Token); await Task.WhenAny(work, Task.Delay(1)); Observed.Note("b"); static async Task LateAsync(CancellationToken t) { await Task.Delay(5); await Observed.WorkAsync("a", t); using var on = t.Register(() => { }); t.WaitHandle.WaitOne(0); Observed.Note("waited"); }""")]
    [InlineData(
        """static CancellationToken After(int n) { var limit = new CancellationTokenSource(n); return limit.Token; } try { await Task.Delay(300, After(5)); } catch (OperationCanceledException) { Observed.Note("late"); }""")]
    [InlineData(
        """var limit = new CancellationTokenSource(5); Func<Task> later = () => Task.Delay(300, limit.Token); await RunAsync(later); static async Task RunAsync(Func<Task> work) { try { await work(); } catch (OperationCanceledException) { Observed.Note("late"); } }""")]
    public async Task Source_ThatIsStillAtWork_IsLeftAlone(string body)
    {
        var source = Program(body);
        await new RuleVerifier([new SourceNotDisposedAnalyzer()], new SourceNotDisposedFix()).BehavesWhateverIsReportedAsync(source, Mends,
            BehaviourVerifier.Options(RuleTestOptions.Default));
    }

    private static string Program(string body) =>
        $$"""
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
