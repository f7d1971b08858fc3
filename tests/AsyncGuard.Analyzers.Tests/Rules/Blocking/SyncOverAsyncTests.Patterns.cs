using System.Threading.Tasks;
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
}
