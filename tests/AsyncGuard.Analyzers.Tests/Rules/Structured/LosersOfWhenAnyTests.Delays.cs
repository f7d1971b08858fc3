using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// A delay that can lose goes on, whatever becomes of the outcome, unless something cancels its token.
public sealed partial class LosersOfWhenAnyTests
{
    [Theory]
    [InlineData("Task<Task> M(Task work) => [|Task.WhenAny(work, Task.Delay(100))|];")]
    [InlineData("Task<Task> M(Task work) { return [|Task.WhenAny(work, Task.Delay(100))|]; }")]
    [InlineData("Task M(Task work) => [|Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1)))|];")]
    [InlineData("Task<Task> M(Task work) { var limit = Task.Delay(100); return [|Task.WhenAny(work, limit)|]; }")]
    [InlineData("Task<Task> M(Task work) => [|Task.WhenAny(work, Task.Delay(100, CancellationToken.None))|];")]
    [InlineData("Task<Task> M(Task work) => [|Task.WhenAny(work, Task.Delay(100, default))|];")]
    public Task Delay_InARaceThatIsReturned_IsReported(string source) => NoFix(source);

    [Theory]
    [InlineData("Task<Task> M(Task work, CancellationToken token) => Task.WhenAny(work, Task.Delay(100, token));")]
    [InlineData("Task<Task> M(Task work, Task limit) => Task.WhenAny(work, limit);")]
    [InlineData("Task<Task> M(Task work) => Task.WhenAny(work, RunAsync()); static Task RunAsync() => Task.Run(() => 1);")]
    [InlineData("Task<Task> M() => Task.WhenAny(Task.Delay(10), Task.Delay(100));")]
    [InlineData("Task<Task> M(Task work, CancellationTokenSource stop) => Task.WhenAny(work, Task.Delay(100, stop.Token));")]
    [InlineData("void M(Task work, Action<Task> use) { var race = Task.WhenAny(work, Task.Delay(100)); use(race); }")]
    public Task Race_ThatIsReturned_AndInHandsOfTheCaller_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task<bool> M(Task work) { var first = await [|Task.WhenAny(work, Task.Delay(100))|]; return first == work; }")]
    [InlineData("async Task<bool> M(Task work) => await [|Task.WhenAny(work, Task.Delay(100))|] == work;")]
    [InlineData("async Task M(Task work, Action late) { if (await [|Task.WhenAny(work, Task.Delay(100))|] != work) late(); }")]
    [InlineData(
        "async Task M(Task work, Action touch) { while (true) { var stop = new CancellationTokenSource(); var delay = Task.Delay(5000, stop.Token); if (await [|Task.WhenAny(delay, work)|] == work) return; touch(); } }")]
    [InlineData("async Task M(Task work) { while (await [|Task.WhenAny(work, Task.Delay(1000))|] != work) Console.WriteLine(); }")]
    [InlineData("async Task M(Task work, CancellationToken token) => await [|Task.WhenAny(work, Task.Delay(Timeout.Infinite, token))|];")]
    [InlineData("readonly TaskCompletionSource _exited = new(); async Task M() => await [|Task.WhenAny(_exited.Task, Task.Delay(1000))|];")]
    [InlineData(
        "async Task<int> M(Stream s, byte[] b) { using var stop = new CancellationTokenSource(); var read = s.ReadAsync(b, 0, 1, stop.Token); if (await [|Task.WhenAny(read, Task.Delay(1000, stop.Token))|] != read) return -1; stop.Cancel(); return await read; }")]
    [InlineData(
        "async Task M(Task work) { using var other = new CancellationTokenSource(1000); await Task.Delay(1, other.Token); await [|Task.WhenAny(work, Task.Delay(100))|]; }")]
    [InlineData(
        "async Task M(Stream s, byte[] b, CancellationToken token) { var stop = Task.Delay(Timeout.Infinite, token); while (true) { var read = s.ReadAsync(b, 0, 1, default); if (await [|Task.WhenAny(read, stop)|] == stop) break; await read; } }")]
    [InlineData(
        "async Task StopAsync(Task work, CancellationToken token) => await [|Task.WhenAny(work, Task.Delay(1000, token))|];")]
    [InlineData(
        "Task? _work; async Task StopAsync(CancellationToken token) { if (_work != null) await [|Task.WhenAny(_work, Task.Delay(Timeout.Infinite, token))|]; }")]
    [InlineData("async Task StopAsync(Task work, CancellationToken token) => await [|Task.WhenAny(work, Task.Delay(-1, token))|].ConfigureAwait(false);")]
    public Task DelayThatNothingCancels_IsReported(string source) => Reports(source);

    // The token ends both sides of the race.
    [Theory]
    [InlineData(
        "async Task M(PeriodicTimer timer, CancellationToken token) { var stop = Task.Delay(Timeout.Infinite, token); while (await Task.WhenAny(timer.WaitForNextTickAsync(token).AsTask(), stop) != stop) Console.WriteLine(); }")]
    [InlineData(
        "async Task M(Stream s, byte[] b, CancellationToken token) { var stop = Task.Delay(-1, token); while (true) { var read = s.ReadAsync(b, 0, 1, token); if (await Task.WhenAny(read, stop) == stop) break; await read; } }")]
    public Task EndlessDelayOfTheSameToken_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData(
        "async Task M(Task work) { using var stop = new CancellationTokenSource(); if (await Task.WhenAny(work, Task.Delay(100, stop.Token)) == work) stop.Cancel(); else throw new TimeoutException(); }")]
    [InlineData(
        "async Task M(Task work) { using var stop = new CancellationTokenSource(); await Task.WhenAny(work, Task.Delay(100, stop.Token)); await stop.CancelAsync(); }")]
    [InlineData("async Task M(Task work) { var delay = Task.Delay(100); await Task.WhenAny(work, delay); await delay; }")]
    [InlineData(
        "readonly CancellationTokenSource _stop = new(); async Task M(Task work) => await Task.WhenAny(work, Task.Delay(100, _stop.Token));")]
    [InlineData(
        "void Keep(CancellationTokenSource s) { } async Task M(Task work) { var stop = new CancellationTokenSource(); Keep(stop); await Task.WhenAny(work, Task.Delay(100, stop.Token)); }")]
    public Task DelayThatIsCancelledOrAwaited_IsSilent(string source) => Silent(source);

    private const string Limit = "use 'WaitAsync' with the time-out";
    private const string Cancel = "give the delay a token, and cancel it";

    [Theory]
    [InlineData("var limit = Task.Delay(100); await {|#0:Task.WhenAny(work, limit)|}; if (limit.IsCompleted) Warn(); await work;", Cancel)]
    [InlineData("if (await {|#0:Task.WhenAny(work, Task.Delay(100))|} != work) Warn(); await work;", Cancel)]
    [InlineData("if (await {|#0:Task.WhenAny(Task.Delay(100), work)|} != work) { Warn(); } await work.ConfigureAwait(false);", Cancel)]
    [InlineData("if (await {|#0:Task.WhenAny(work, Task.Delay(100))|} != work) throw new TimeoutException(); await work;", Limit)]
    [InlineData("if (await {|#0:Task.WhenAny(work, Task.Delay(100))|} == work) await work;", Limit)]
    [InlineData("await {|#0:Task.WhenAny(work, Task.Delay(100))|};", Limit)]
    public Task Advice_FitsWhatBecomesOfTheWork(string body, string advice) => Reports(
        "void Warn() { } static Task RunAsync() => Task.Run(() => { }); async Task M() { var work = RunAsync(); " + body + " }",
        new()
        {
            Expected = [new DiagnosticResult("AGD0208", DiagnosticSeverity.Warning).WithLocation(0)
                .WithMessage("After 'Task.WhenAny' the other tasks keep running, uncancelled and unobserved; " + advice)],
        });
}
