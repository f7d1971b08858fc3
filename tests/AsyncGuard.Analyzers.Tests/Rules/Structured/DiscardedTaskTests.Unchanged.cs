using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// What the fix leaves as it is.
public sealed partial class DiscardedTaskTests
{
    [Fact]
    public Task Background_KeepsTheTokenThatTheWorkWasGiven() => Fixes(
        """
        private int _number;
        static Task FillAsync(int n, CancellationToken token) => Task.Delay(n, token);
        void M(CancellationToken cancellationToken)
        {
            _ = [|FillAsync(1, cancellationToken)|];
            _number++;
        }
        """,
        """
        private readonly BackgroundTaskGroup _background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));
        private int _number;
        static Task FillAsync(int n, CancellationToken token) => Task.Delay(n, token);
        void M(CancellationToken cancellationToken)
        {
            _background.Start(async ct => { using (var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, cancellationToken)) await FillAsync(1, linked.Token); });
            _number++;
        }
        """,
        Background);

    [Theory]
    [InlineData("void M() { _ = [|FillAsync(1, _source.Token)|]; }")]
    public Task Background_WithATokenThatMayBeGone_IsNotOffered(string member) => NoFix(
        "private readonly CancellationTokenSource _source = new(); static Task FillAsync(int n, CancellationToken token) => Task.Delay(n, token); " +
            member, Background, "AGD0202.Background");

    [Fact]
    public void FixAll_OfWhatIsDiscardedOnPurpose_IsNotOffered() =>
    Assert.Null(new AsyncGuard.Fixes.Structured.DiscardedTaskFix().GetFixAllProvider());

    [Theory]
    [InlineData("async Task M() { _ = [|LoopAsync()|]; await Task.Yield(); } async Task LoopAsync() { while (true) await Task.Delay(1); }")]
    [InlineData(
        "Task _loop = Task.CompletedTask; void Start() => _loop = M(); async Task M() { await Task.Yield(); _ = [|StopAsync()|]; } async Task StopAsync() { await _loop; }")]
    public Task Work_ThatCannotBeWaitedFor_IsNotAwaited(string source) => NoFix(source, new(), "AGD0202.Await");
}
