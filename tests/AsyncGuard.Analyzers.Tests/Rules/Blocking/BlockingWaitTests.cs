using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.Rules.Blocking;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed class BlockingWaitTests : RuleTest<BlockingWaitAnalyzer, BlockingWaitFix>
{
    [Fact]
    public Task Result_InAsyncMethod_IsAwaited() => Fixes(
        """
        async Task<int> M(Task<int> t) => [|t.Result|];
        """,
        """
        async Task<int> M(Task<int> t) => await t;
        """);

    [Fact]
    public Task Result_BeforeMemberAccess_IsParenthesized() => Fixes(
        """
        async Task<int> M(Task<string> t) => [|t.Result|].Length;
        """,
        """
        async Task<int> M(Task<string> t) => (await t).Length;
        """);

    [Fact]
    public Task Result_AfterGuard_IsSilent() => Silent(
        """
        async Task<int> A(Task<int> t) { if (t.IsCompletedSuccessfully) return t.Result; return await t; }
        async Task<int> B(Task<int> t) { if (!t.IsCompleted) await t; return t.Result; }
        async Task<int> D(Task<int> a, Task<int> b) { await Task.WhenAll(a, b); return a.Result + b.Result; }
        """);

    [Fact]
    public Task Result_OfElementsAfterWhenAll_IsSilent() => Silent(
        """
        async Task<int> M(Task<int>[] tasks)
        {
            await Task.WhenAll(tasks);
            return tasks[0].Result + tasks.Select(t => t.Result).Sum() + tasks.Sum(t => t.Result);
        }
        """);
}
