using System.Collections.Immutable;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class IndependentAwaitsBehaviourTests : RuleTest<IndependentAwaitsAnalyzer, IndependentAwaitsFix>
{
    private static readonly RuleTestOptions Options = new()
    {
        EditorConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_concurrent_calls", "GetAsync, WorkAsync, StepAsync, ReadAsync"),
        ExtraReferences = [RuntimeLibrary.Reference],
    };

    [Theory]
    [InlineData("""var x = await Observed.GetAsync("a", 1, token); var y = [|await Observed.GetAsync("b", 2, token)|]; return x + y;""")]
    [InlineData("""await Observed.WorkAsync("a", token); [|await Observed.WorkAsync("b", token)|]; return 1;""")]
    [InlineData("""var x = await Observed.GetAsync("a", 1); var y = [|await Observed.GetAsync("b", 2L)|]; var z = await Observed.GetAsync("c", 3, token); return x + y + z;""")]
    [InlineData("""return await Observed.GetAsync("a", 1, token) + [|await Observed.GetAsync("b", 2, token)|];""")]
    [InlineData("""int x; x = await Observed.GetAsync("a", 1, token); var y = [|await Observed.GetAsync("b", 2, token)|]; return x + y;""")]
    [InlineData("""var x = await Observed.GetAsync("a", 1, token).ConfigureAwait(false); var y = [|await Observed.GetAsync("b", 2, token).ConfigureAwait(false)|]; return x + y;""")]
    [InlineData("""try { var x = await Observed.GetAsync("a", 1, token); var y = [|await Observed.GetAsync("b", 2, token)|]; return x + y; } catch (InvalidOperationException e) { Observed.Note("failed " + e.Message); return 0; }""")]
    [InlineData("""try { await Observed.WorkAsync("a", token); [|await Observed.WorkAsync("b", token)|]; } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData("""foreach (var i in new[] { 1, 2 }) { var x = await Observed.GetAsync("a", i, token); var y = [|await Observed.GetAsync("b", i, token)|]; Observed.Note("sum " + (x + y)); } return 1;""")]
    [InlineData("""using (new Resource()) { var x = await Observed.GetAsync("a", 1, token); var y = [|await Observed.GetAsync("b", 2, token)|]; return x + y; }""")]
    [InlineData("""Func<Task<int>> f = async () => { var x = await Observed.GetAsync("a", 1, token); var y = [|await Observed.GetAsync("b", 2, token)|]; return x + y; }; return await f();""")]
    [InlineData("""return await InnerAsync(); async Task<int> InnerAsync() { var x = await Observed.GetAsync("a", 1, token); var y = [|await Observed.GetAsync("b", 2, token)|]; return x + y; }""")]
    [InlineData("""var x = await _store.ReadAsync("a", token); var y = [|await _other.ReadAsync("b", token)|]; return x + y;""")]
    [InlineData("""if (!token.IsCancellationRequested) { var x = await Observed.GetAsync("a", 1, token); var y = [|await Observed.GetAsync("b", 2, token)|]; return x + y; } return 0;""")]
    public Task Reads_GiveTheSameAtOnce(string body) => Behaves(
        $$"""
        sealed class Resource : IDisposable { public void Dispose() => Observed.Note("disposed"); }
        sealed class Store { public async ValueTask<int> ReadAsync(string name, CancellationToken token) => await Observed.GetAsync(name, 3, token); }
        readonly Store _store = new(), _other = new();
        async Task<object> RunAsync(CancellationToken token)
        {
            Observed.Note("begin");
            {{body}}
        }
        """,
        [Mend.AtOnce],
        Options);
}
