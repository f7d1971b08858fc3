using System.Threading.Tasks;
using AsyncGuard.Fixes.Necessity;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Necessity;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class OffloadedAsyncWorkBehaviourTests : RuleTest<OffloadedAsyncWorkAnalyzer, OffloadedAsyncWorkFix>
{
    [Theory]
    [InlineData("""await [|Task.Run(() => WorkAsync())|]; return 1;""")]
    [InlineData("""await [|Task.Run(WorkAsync)|]; return 1;""")]
    [InlineData("""await [|Task.Run(async () => await WorkAsync())|]; return 1;""")]
    [InlineData("""await [|Task.Run(async () => await WorkAsync())|].ConfigureAwait(false); return 1;""")]
    [InlineData("""var n = await [|Task.Run(() => LoadAsync(2))|]; return n;""")]
    [InlineData("""var n = await [|Task.Run(async () => { return await LoadAsync(2).ConfigureAwait(false); })|]; return n;""")]
    [InlineData("""try { await [|Task.Run(() => WorkAsync())|]; } catch (InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData("""try { await [|Task.Run(() => WorkAsync())|]; } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData("""await [|Task.Run(() => ObeyAsync(token))|]; return 1;""")]
    [InlineData("""await [|Task.Run(() => ObeyAsync(token), token)|]; return 1;""")]
    [InlineData("""var a = [|Task.Run(() => WorkAsync())|]; Observed.Note("meanwhile"); await a; return 1;""")]
    [InlineData("""return await [|Task.Run(() => LoadAsync(2))|] * 2;""")]
    [InlineData("""await Task.WhenAll([|Task.Run(() => WorkAsync())|]); return 1;""")]
    public Task Call_IsTheSameWithoutTheThread(string body) => BehavesOrRefuses(
        $$"""
        async Task WorkAsync() { await Observed.StepAsync("a"); Observed.Note("b"); }
        async Task ObeyAsync(CancellationToken token) { await Observed.WorkAsync("a", token); Observed.Note("b"); }
        async Task<int> LoadAsync(int n) => await Observed.GetAsync("a", n);
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """,
        [Mend.StartedHere]);
}
