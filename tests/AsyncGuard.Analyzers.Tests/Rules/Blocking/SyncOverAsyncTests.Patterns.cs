using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// Patterns that read the result of a task.
public sealed partial class SyncOverAsyncTests
{
    [Theory]
    [InlineData("bool M(Task<int> t) => t is { IsCompleted: true, Result: 1 };")]
    [InlineData("bool M(Task<int> t) => t is { IsCompletedSuccessfully: true, Result: > 1 };")]
    [InlineData("bool M(Task<int> t) => t is { Status: TaskStatus.RanToCompletion, Result: 1 };")]
    [InlineData("bool M(TaskCompletionSource<int> s) => s is { Task: { IsCompleted: true, Result: 1 } };")]
    [InlineData("bool M(Task<int> t) => t.IsCompleted && t is { Result: 1 };")]
    [InlineData("int M(Task<int> t) => t is { IsCompleted: true, Result: var r } ? r : 0;")]
    public Task Pattern_ThatAsksFirst_IsSilent(string source) => Silent(source);

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
