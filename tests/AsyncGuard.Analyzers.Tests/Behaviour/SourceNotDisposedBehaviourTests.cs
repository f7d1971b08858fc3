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
    [InlineData("""var limit = [|new CancellationTokenSource(5000)|]; await Observed.WorkAsync("a", limit.Token); Observed.Note("b");""")]
    [InlineData(
        """var linked = [|CancellationTokenSource.CreateLinkedTokenSource(token)|]; await Observed.WorkAsync("a", linked.Token); Observed.Note("b");""")]
    [InlineData(
        """for (var i = 0; i < 2; i++) { var linked = [|CancellationTokenSource.CreateLinkedTokenSource(token)|]; await Observed.WorkAsync("a", linked.Token); }""")]
    [InlineData(
        """var linked = [|CancellationTokenSource.CreateLinkedTokenSource(token)|]; try { await Observed.WorkAsync("a", linked.Token); } finally { Observed.Note("closed"); }""")]
    [InlineData(
        """var limit = [|new CancellationTokenSource(TimeSpan.FromSeconds(5))|]; await Observed.WorkAsync("a", limit.Token); await Observed.WorkAsync("b", limit.Token);""")]
    public Task Source_IsDisposedAfterUse(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """static Task After(int n) { var timer = new CancellationTokenSource(); var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); timer.Token.Register(() => done.SetResult()); timer.CancelAfter(n); return done.Task; } await After(5); Observed.Note("later");""")]
    [InlineData(
        """static Task<int> Ask(int n) { var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously); var limit = new CancellationTokenSource(n); limit.Token.Register(() => done.TrySetResult(1)); return done.Task; } Observed.Note("got " + await Ask(5));""")]
    [InlineData(
        """static Task Start(CancellationToken t) { var linked = CancellationTokenSource.CreateLinkedTokenSource(t); return WorkAsync(linked.Token); } static async Task WorkAsync(CancellationToken t) { await Task.Delay(5, t); await Observed.WorkAsync("a", t); } await Start(token);""")]
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
