using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// A source whose registration completes what is returned is the timer.
public sealed partial class SourceNotDisposedTests
{
    [Theory]
    [InlineData("Task M(int time) { var timer = new CancellationTokenSource(); var done = new TaskCompletionSource(); timer.Token.Register(() => done.TrySetResult()); timer.CancelAfter(time); return done.Task; }")]
    [InlineData("Task M(TimeSpan limit) { var done = new TaskCompletionSource(); var source = new CancellationTokenSource(limit); source.Token.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetCanceled(), done); return done.Task; }")]
    // Known limitation: here it could be disposed.
    [InlineData("async Task M(TimeSpan limit) { var done = new TaskCompletionSource(); var source = new CancellationTokenSource(limit); source.Token.Register(() => done.TrySetCanceled()); await done.Task; }")]
    public Task SourceThatIsTheTimer_IsSilent(string source) => Silent(source);
}
