using System.Threading.Tasks;
using AsyncGuard.Fixes.Necessity;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Necessity;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class OffloadedAsyncWorkBehaviourTests : RuleTest<OffloadedAsyncWorkAnalyzer, OffloadedAsyncWorkFix>
{
    [Theory]
    [InlineData("""await [|Task.Run(() => WorkAsync())|];""")]
    [InlineData("""await [|Task.Run(WorkAsync)|];""")]
    [InlineData("""await [|Task.Run(async () => await WorkAsync())|];""")]
    [InlineData("""await [|Task.Run(async () => { await WorkAsync(); })|];""")]
    [InlineData("""await [|Task.Run(() => WorkAsync())|].ConfigureAwait(false);""")]
    [InlineData("""var n = await [|Task.Run(() => LoadAsync(token))|]; Observed.Note(n.ToString());""")]
    [InlineData("""var n = await [|Task.Run(async () => { return await LoadAsync(token); })|]; Observed.Note(n.ToString());""")]
    [InlineData("""try { await [|Task.Run(() => WorkAsync())|]; } finally { Observed.Note("closed"); }""")]
    [InlineData("""try { await [|Task.Run(() => WorkAsync())|]; } catch (IOException) { Observed.Note("io"); }""")]
    [InlineData("""Observed.Enter("x"); try { await [|Task.Run(() => LoadAsync(token))|]; } finally { Observed.Leave("x"); }""")]
    [InlineData("""await Observed.StepAsync("before"); await [|Task.Run(() => LoadAsync(token), token)|];""")]
    public Task Work_IsDoneAsBefore(string body) => BehavesOrRefuses(
        $$"""
        async Task WorkAsync() { await Observed.StepAsync("work"); Observed.Note("worked"); }
        async Task<int> LoadAsync(CancellationToken token) { await Observed.WorkAsync("load", token); return 1; }
        async Task RunAsync(CancellationToken token)
        {
            {{body}}
        }
        """,
        []);
}
