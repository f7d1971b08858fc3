using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// Patterns that read the result of a task.
public sealed partial class SyncOverAsyncTests
{
    [Theory]
    [InlineData("int M(Task<int> t) { var a = t.GetAwaiter(); return [|a.GetResult()|]; }")]
    [InlineData("void M(Task t) { TaskAwaiter a = t.GetAwaiter(); [|a.GetResult()|]; }")]
    [InlineData("int M() { var a = RunAsync().GetAwaiter(); Thread.Sleep(1); return [|a.GetResult()|]; } Task<int> RunAsync() => Task.Run(() => 1);")]
    [InlineData("int M() { var a = RunAsync().ConfigureAwait(false).GetAwaiter(); return [|a.GetResult()|]; } Task<int> RunAsync() => Task.Run(() => 1);")]
    [InlineData("int M(ValueTask<int> t) { var a = t.GetAwaiter(); return [|a.GetResult()|]; }")]
    [InlineData("int M() { var t = RunAsync(); var a = t.GetAwaiter(); return [|a.GetResult()|]; } Task<int> RunAsync() => Task.Run(() => 1);")]
    public Task Awaiter_ThatALocalKeeps_IsReported(string source) => Reports(source, new() { ExtraUsings = ["System.Runtime.CompilerServices"] });

    [Theory]
    [InlineData("int M(Task<int> t) { var a = t.GetAwaiter(); return a.IsCompleted ? a.GetResult() : 0; }")]
    [InlineData("void M(Task<int> t, Action<int> use) { var a = t.GetAwaiter(); a.OnCompleted(() => use(a.GetResult())); }")]
    [InlineData("void M(Task<int> t, Action<int> use) { var a = t.GetAwaiter(); if (a.IsCompleted) use(a.GetResult()); else a.UnsafeOnCompleted(() => use(a.GetResult())); }")]
    [InlineData("int M(Task<int> t) { if (!t.IsCompleted) return 0; var a = t.GetAwaiter(); return a.GetResult(); }")]
    [InlineData("int M(Task<int> t) { var a = t.GetAwaiter(); if (!t.IsCompleted) return 0; return a.GetResult(); }")]
    [InlineData("int M() { var a = Task.FromResult(1).GetAwaiter(); return a.GetResult(); }")]
    [InlineData("Func<int> M(Task<int> t) { var a = t.GetAwaiter(); return () => a.GetResult(); }")]
    [InlineData("void M() { var a = Task.Yield().GetAwaiter(); a.GetResult(); }")]
    [InlineData("TaskAwaiter<int> _a; int M() => _a.GetResult();")]
    [InlineData("int M(TaskAwaiter<int> a) => a.GetResult();")]
    public Task Awaiter_ThatMayBeComplete_IsSilent(string source) => Silent(source, new() { ExtraUsings = ["System.Runtime.CompilerServices"] });

    [Theory]
    [InlineData("bool M(Task<int> t) => t is { IsCompleted: true, Result: 1 };")]
    [InlineData("bool M(Task<int> t) => t is { IsCompletedSuccessfully: true, Result: > 1 };")]
    [InlineData("bool M(Task<int> t) => t is { Status: TaskStatus.RanToCompletion, Result: 1 };")]
    [InlineData("bool M(TaskCompletionSource<int> s) => s is { Task: { IsCompleted: true, Result: 1 } };")]
    [InlineData("bool M(Task<int> t) => t.IsCompleted && t is { Result: 1 };")]
    [InlineData("int M(Task<int> t) => t is { IsCompleted: true, Result: var r } ? r : 0;")]
    [InlineData("bool M(Task<int> t) => t is { IsCompletedSuccessfully: true } and { Result: > 3 };")]
    public Task Pattern_ThatAsksFirst_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("int M(Task<int> t) => t switch { { IsCompletedSuccessfully: true } => t.Result, _ => 0 };")]
    [InlineData("int M(Task<int> t) { switch (t) { case { IsCompleted: true }: return t.Result; default: return 0; } }")]
    [InlineData("int M(Task<int> t) => t.IsCompleted switch { true => t.Result, false => 0 };")]
    [InlineData("int M(Task<int> t) { switch (t.IsCompletedSuccessfully) { case true: return t.Result; default: return 0; } }")]
    [InlineData("int M(Task<int> t) => t.IsCompleted switch { false => 0, _ => t.Result };")]
    [InlineData("int M(Task<int> t) => t switch { { IsCompleted: false } => 0, { Result: var r } => r };")]
    [InlineData("int M(Task<int>? t) => t is not null and { IsCompleted: true } ? t.Result : 0;")]
    [InlineData("int M(Task<int>? t) { if (t is null or { IsCompleted: false }) return 0; return t.Result; }")]
    [InlineData("int M(Task<int> t) => t is { IsCompletedSuccessfully: true } or { IsFaulted: true } ? t.Result : 0;")]
    [InlineData("int M(Task<int> t, Task<int> u) => (t, u) switch { ({ IsCompleted: true }, { IsCompleted: true }) => t.Result + u.Result, _ => 0 };")]
    [InlineData("int M(Task<int> t) => t switch { { Status: TaskStatus.RanToCompletion, Result: var r } => r, _ => 0 };")]
    [InlineData("int M(object o) => o switch { Task<int> { IsCompletedSuccessfully: true } t => t.Result, _ => 0 };")]
    [InlineData("int M(object o) { switch (o) { case Task<int> t when t.IsCompleted: return t.Result; } return 0; }")]
    [InlineData("int M(Func<ValueTask<int>> f) => f() is { IsCompletedSuccessfully: true } t ? t.Result : 0;")]
    [InlineData("int M(Func<Task<int>> f) => f() switch { { IsCompleted: true } t => t.Result, _ => 0 };")]
    [InlineData("int M(Job j) => j is { Work.IsCompleted: true } ? j.Work.Result : 0; class Job { public Task<int> Work = null!; }")]
    public Task Arm_OfACompleteTask_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("int M(Task<int> t) => t switch { { IsFaulted: true } => 0, _ => [|t.Result|] };")]
    [InlineData("int M(Func<ValueTask<int>> f) => f() is { IsFaulted: false } t ? [|t.Result|] : 0;")]
    [InlineData("int M(Task<int> t) => t.IsCompleted switch { true => 0, false => [|t.Result|] };")]
    [InlineData("int M(Task<int> t) => t is { IsCompleted: true } or { Id: 3 } ? [|t.Result|] : 0;")]
    [InlineData("int M(Task<int> t) => t is not { IsCompleted: true } and { Id: 3 } ? [|t.Result|] : 0;")]
    [InlineData("int M(Task<int>? t) { if (t is null or { IsCompleted: true }) return 0; return [|t.Result|]; }")]
    [InlineData("int M(Task<int> t, Task<int> u) => (t, u) switch { ({ IsCompleted: true }, _) => t.Result + [|u.Result|], _ => 0 };")]
    [InlineData("int M(Task<int> t, Task<int> u, bool b) => (b ? t : u) switch { { IsCompleted: true } => [|t.Result|], _ => 0 };")]
    [InlineData("int M(Task<int> t) => t switch { { Id: 3 } => 0, { [|Result|]: var r } => r };")]
    [InlineData("int M(Task<int> t) => t switch { { IsCompleted: true } => 0, { [|Result|]: var r } => r };")]
    public Task Arm_OfATaskThatMayRun_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("bool M(Task<int> t) => t is { [|Result|]: 1 };")]
    [InlineData("bool M(Task<int> t) => t is { [|Result|]: 1, IsCompleted: true };")]
    [InlineData("bool M(Task<int> t) => t is { IsCompleted: false, [|Result|]: 1 };")]
    [InlineData("bool M(TaskCompletionSource<int> s) => s is { Task: { [|Result|]: 1 } };")]
    public Task Pattern_ThatReadsTheResult_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("class D : IDisposable, IAsyncDisposable", "dispose of the object with 'await using', as it has 'DisposeAsync'")]
    [InlineData("class D : IDisposable", "implement 'IAsyncDisposable' and await it there")]
    public Task Dispose_NamesWhatTheTypeHas(string head, string advice) => Reports(
        head + " { public void Dispose() { {|#0:DisposeAsync().AsTask().Wait()|}; } public ValueTask DisposeAsync() => new(Task.Delay(1)); }",
        new()
        {
            Expected = [new DiagnosticResult("AGD0108", DiagnosticSeverity.Warning).WithLocation(0)
                .WithMessage("'Task.Wait' blocks the thread in 'Dispose' until the task completes; " + advice)],
        });
}
