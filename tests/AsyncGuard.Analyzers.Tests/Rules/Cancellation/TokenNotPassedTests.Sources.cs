using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// Delegates, sources with a time limit, static sources, the pause of a retry.
public sealed partial class TokenNotPassedTests
{
    [Theory]
    [InlineData(
        "delegate Task Turn(CancellationToken stop = default); async Task M(Turn turn, CancellationToken stop) { await Task.Delay(1, stop); await [|turn|](); await turn.[|Invoke|](); }")]
    [InlineData(
        "static Task Pour(int n, CancellationToken stop = default) => Task.Delay(n, stop); async Task M() { using var limit = new CancellationTokenSource(1000); await [|Pour|](2); }")]
    [InlineData(
        "static readonly CancellationTokenSource Closing = new(); static Task Pour(int n, CancellationToken stop = default) => Task.Delay(n, stop); static async Task M() { await [|Pour|](1); }")]
    [InlineData(
        "async Task M(Func<Task> work, CancellationToken token) { while (!token.IsCancellationRequested) { try { await work(); } catch (InvalidOperationException) { await Task.[|Delay|](1000); } } }")]
    public Task TokenOfMoreSources_IsPassed(string source) => Reports(source);

    [Theory]
    [InlineData("Task M(CancellationToken t) => Task.Delay(0);")]
    [InlineData(
        "public CancellationToken Stop { get; set; } static Task Pour(int n, CancellationToken stop = default) => Task.Delay(n, stop); async Task M() { await Pour(1); }")]
    [InlineData(
        "CancellationToken _now; CancellationTokenSource? _source; async Task M(SemaphoreSlim gate) { await Task.Delay(1); _source = new CancellationTokenSource(); _now = _source.Token; }")]
    [InlineData(
        "async Task M(Func<Task> work, CancellationToken token) { while (!token.IsCancellationRequested) { try { await work(); } catch (InvalidOperationException) { await Task.Delay(1000); throw; } } }")]
    [InlineData(
        "async Task M(Func<Task> work, CancellationToken token) { try { await work(); } catch (InvalidOperationException) { await Task.Delay(1000); } }")]
    [InlineData(
        "Task Brush(int n) => Task.Delay(n); [System.Diagnostics.CodeAnalysis.Experimental(\"X2\")] Task Brush(int n, CancellationToken stop) => Task.Delay(n, stop); async Task M(CancellationToken stop) { await Brush(1); await Task.Delay(1, stop); }")]
    public Task TokenThatIsNone_IsSilent(string source) => Silent(source);
}
