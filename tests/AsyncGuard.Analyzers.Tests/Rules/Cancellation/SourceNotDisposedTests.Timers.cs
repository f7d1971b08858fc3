using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// A source whose registration completes what is returned is the timer.
public sealed partial class SourceNotDisposedTests
{
    [Theory]
    [InlineData(
        "Task M(int time) { var timer = new CancellationTokenSource(); var done = new TaskCompletionSource(); timer.Token.Register(() => done.TrySetResult()); timer.CancelAfter(time); return done.Task; }")]
    [InlineData(
        "Task M(TimeSpan limit) { var done = new TaskCompletionSource(); var source = new CancellationTokenSource(limit); source.Token.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetCanceled(), done); return done.Task; }")]
    [InlineData(
        "async Task M(TimeSpan limit) { var done = new TaskCompletionSource(); var source = new CancellationTokenSource(limit); source.Token.Register(() => done.TrySetCanceled()); Keep(done); await Task.Yield(); } void Keep(object o) { }")]
    [InlineData(
        "async Task M(TimeSpan limit) { var source = new CancellationTokenSource(limit); source.Token.Register(Ring); await Task.Yield(); } void Ring() { }")]
    public Task SourceThatIsTheTimer_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData(
        "async Task M(TimeSpan limit) { var done = new TaskCompletionSource(); var source = [|new CancellationTokenSource(limit)|]; source.Token.Register(() => done.TrySetCanceled()); await done.Task; }")]
    [InlineData(
        "async Task<int> M(TimeSpan limit) { var done = new TaskCompletionSource<int>(); var source = [|new CancellationTokenSource(limit)|]; source.Token.UnsafeRegister(static s => ((TaskCompletionSource<int>)s!).TrySetCanceled(), done); return await done.Task.ConfigureAwait(false); }")]
    public Task SourceOfAnAwaitedRegistration_IsReported(string source) => Reports(source);
}
