using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// What the fix leaves as it is.
public sealed partial class SourceNotDisposedTests
{
    [Theory]
    [InlineData(
        "static Task After(int time, Action<TaskCompletionSource> then) { var timer = new CancellationTokenSource(); var done = new TaskCompletionSource(); timer.Token.Register(() => then(done)); timer.CancelAfter(time); return done.Task; }")]
    [InlineData(
        "static Task<string> Ask(Func<Action<string>, IDisposable> listen, int time) { var done = new TaskCompletionSource<string>(); var limit = new CancellationTokenSource(time); limit.Token.Register(() => done.TrySetCanceled(limit.Token)); listen(text => done.TrySetResult(text)); return done.Task; }")]
    [InlineData(
        "static Task<string> Ask(int time) { var done = new TaskCompletionSource<string>(); var limit = new CancellationTokenSource(time); var token = limit.Token; token.Register(() => done.TrySetCanceled()); return done.Task; }")]
    [InlineData(
        "static Task<string> Ask(CancellationToken token) { var done = new TaskCompletionSource<string>(); var limit = CancellationTokenSource.CreateLinkedTokenSource(token); _ = limit.Token.UnsafeRegister(_ => done.TrySetCanceled(), null); limit.CancelAfter(100); return done.Task; }")]
    public Task Source_ThatIsTheTimer_IsSilent(string members) => Silent(members);
}
