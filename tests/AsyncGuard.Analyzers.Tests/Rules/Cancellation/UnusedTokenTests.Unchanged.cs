using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// What the fix leaves as it is.
public sealed partial class UnusedTokenTests
{
    [Fact]
    public Task Item_ThatIsTaken_IsUsed() => Fixes(
        "async Task M(System.Collections.Concurrent.ConcurrentQueue<string> queue, Func<string, Task> handle, [|CancellationToken token|]) { while (queue.TryDequeue(out var message)) { await handle(message); } }",
        "async Task M(System.Collections.Concurrent.ConcurrentQueue<string> queue, Func<string, Task> handle, CancellationToken token) { while (!token.IsCancellationRequested && queue.TryDequeue(out var message)) { await handle(message); } }");

    [Fact]
    public Task Acquire_InTheTryThatGivesItBack_MovesInFrontOfIt() => Fixes(
        "readonly SemaphoreSlim _gate = new(1, 1); async Task M([|CancellationToken token|]) { try { await _gate.WaitAsync(); await Task.Delay(1); } finally { _gate.Release(); } }",
        "readonly SemaphoreSlim _gate = new(1, 1); async Task M(CancellationToken token) { await _gate.WaitAsync(token); try { await Task.Delay(1, token); } finally { _gate.Release(); } }");
}
