using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class AsyncVoidLambdaBehaviourTests : RuleTest<AsyncVoidLambdaAnalyzer, AsyncVoidLambdaFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited];

    [Theory]
    [InlineData("""_items.ForEach([|async x => await Observed.StepAsync("a" + x)|]); return 1;""")]
    [InlineData(
        """_items.ForEach([|async x => { await Observed.StepAsync("a" + x); Observed.Note("b" + x); }|]); Observed.Note("c"); return 1;""")]
    [InlineData("""Parallel.ForEach(_items, [|async x => { try { await Observed.StepAsync("a" + x); } catch (Exception) { Observed.Note("known"); } }|]); Observed.Note("c"); return 1;""")]
    [InlineData("""for (var i = 0; i < 2; i++) _items.ForEach([|async x => await Observed.StepAsync("a" + x)|]); return 1;""")]
    [InlineData("""_items.ForEach([|async x => await Observed.StepAsync("a" + x).ConfigureAwait(false)|]); Observed.Note("c"); return 1;""")]
    [InlineData(
        """try { _items.ForEach([|async x => await Observed.StepAsync("a" + x)|]); } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData("""if (_items.Count > 1) _items.ForEach([|async x => await Observed.StepAsync("a" + x)|]); return 1;""")]
    [InlineData("""_items.ForEach([|async x => { if (x == 1) return; await Observed.StepAsync("a" + x); }|]); return 1;""")]
    [InlineData(
        """return await InnerAsync(); async Task<object> InnerAsync() { await Task.Yield(); _items.ForEach([|async x => await Observed.StepAsync("a" + x)|]); return 2; }""")]
    [InlineData(
        """Parallel.ForEach(_items, [|async x => { try { await Observed.StepAsync("a" + x); } catch (Exception) { } }|]); return 1;""")]
    public Task Work_OfEachItem_IsAwaited(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        readonly List<int> _items = new() { 1, 2 };
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
