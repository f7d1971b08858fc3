using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// Who looks at the end of a task in a continuation that is async itself has a second task to lose.
public sealed partial class DroppedTaskTests
{
    private const string Shell =
        " Task ShowAsync(string s) => Task.Delay(1); Task StartAsync() => Task.Delay(1); void Log(Exception? e) { } ";

    [Theory]
    [InlineData("void M() { [|StartAsync().ContinueWith(async t => { Log(t.Exception); await ShowAsync(\"\"); })|]; }")]
    [InlineData(
        "void M() { [|StartAsync().ContinueWith(async t => { Log(t.Exception); await ShowAsync(\"\"); }, TaskContinuationOptions.OnlyOnFaulted)|]; }")]
    [InlineData(
        "Task _now = Task.CompletedTask; Task M() { _now = StartAsync(); [|_now.ContinueWith(Finish, TaskScheduler.Default)|]; return _now; } static void Finish(Task t) { if (t.IsCanceled) return; throw new InvalidOperationException(); }")]
    public Task ContinuationThatLosesItsOwnTask_IsReported(string source) => Reports(source + Shell);

    [Theory]
    [InlineData(
        "void M() { StartAsync().ContinueWith(async t => { try { await ShowAsync(\"\"); } catch (Exception e) { Log(e); } }, TaskContinuationOptions.OnlyOnFaulted); }")]
    [InlineData("void M() { StartAsync().ContinueWith(t => Log(t.Exception), TaskContinuationOptions.OnlyOnFaulted); }")]
    [InlineData("void M() { StartAsync().ContinueWith(Finish); } void Finish(Task t) => Log(t.Exception);")]
    public Task ContinuationThatLosesNothing_IsSilent(string source) => Silent(source + Shell);
}
