using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class ValueTaskReuseBehaviourTests : RuleTest<ValueTaskReuseAnalyzer, ValueTaskReuseFix>
{
    [Theory]
    [InlineData("""var v = LoadAsync(); var n = await v; return n + await [|v|];""")]
    [InlineData("""var v = SaveAsync(); await v; Observed.Note("b"); await [|v|]; return 1;""")]
    [InlineData("""ValueTask<int> v = LoadAsync(); var sum = 0; for (var i = 0; i < 2; i++) sum += await [|v|]; return sum;""")]
    [InlineData("""var v = LoadAsync(); Observed.Note("b"); var n = await v; await Observed.StepAsync("c"); return n * await [|v|];""")]
    [InlineData(
        """var v = LoadAsync(); try { await v; } catch (InvalidOperationException) { Observed.Note("known"); } return await [|v|];""")]
    [InlineData("""var v = LoadAsync(); try { return await v + await [|v|]; } finally { Observed.Note("closed"); }""")]
    [InlineData("""var v = SaveAsync(); var t = v.AsTask(); await t; await [|v|]; return 1;""")]
    [InlineData("""var v = LoadAsync(); if (await v > 0) return await [|v|]; return 0;""")]
    [InlineData("""return await InnerAsync(); async Task<object> InnerAsync() { var v = LoadAsync(); await v; return await [|v|]; }""")]
    [InlineData("""Observed.Enter("x"); var v = SaveAsync(); try { await v; await [|v|]; } finally { Observed.Leave("x"); } return 1;""")]
    public Task Work_RunsOnce_AndEachAwaitHasItsResult(string body) => Behaves(Program(body), []);

    private static string Program(string body) =>
        $$"""
        static async ValueTask SaveAsync() => await Observed.StepAsync("a");
        static async ValueTask<int> LoadAsync() => await Observed.GetAsync("a", 2);
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
