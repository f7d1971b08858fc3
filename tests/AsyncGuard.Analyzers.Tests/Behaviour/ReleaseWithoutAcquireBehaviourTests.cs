using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class ReleaseWithoutAcquireBehaviourTests : RuleTest<ReleaseWithoutAcquireAnalyzer, ReleaseWithoutAcquireFix>
{
    private static readonly Mend[] Mends = [Mend.PermitKept];

    [Theory]
    [InlineData("""try { await [|_gate.WaitAsync(token)|]; await Observed.StepAsync("work"); } finally { _gate.Release(); }""")]
    [InlineData("""try { await [|_gate.WaitAsync(token)|].ConfigureAwait(false); await Observed.StepAsync("work"); } finally { _gate.Release(); }""")]
    [InlineData("""try { await [|_gate.WaitAsync(token)|]; Observed.Note("a"); await Observed.WorkAsync("work", token); } finally { _gate.Release(); }""")]
    [InlineData("""for (var i = 0; i < 2; i++) { try { await [|_gate.WaitAsync(token)|]; await Observed.StepAsync("work"); } finally { _gate.Release(); } }""")]
    [InlineData("""try { await [|_gate.WaitAsync(token)|]; await Observed.StepAsync("work"); } finally { _gate.Release(); Observed.Note("closed"); }""")]
    public Task Acquire_StandsBeforeTheTry(string body) => BehavesOrRefuses(Program(body), Mends);

    [Theory]
    [InlineData("""await [|_gate.WaitAsync()|]; await Observed.StepAsync("work"); _gate.Release();""")]
    [InlineData("""await [|_gate.WaitAsync()|]; await Observed.StepAsync("work"); Observed.Note("a"); _gate.Release();""")]
    [InlineData("""await [|_gate.WaitAsync(token)|]; await Observed.WorkAsync("work", token); _gate.Release();""")]
    [InlineData("""await [|_gate.WaitAsync()|]; if (_n++ > 5) throw new IOException(); await Observed.StepAsync("work"); _gate.Release(); Observed.Note("closed");""")]
    [InlineData("""for (var i = 0; i < 2; i++) { await [|_gate.WaitAsync()|]; await Observed.StepAsync("work"); _gate.Release(); }""")]
    public Task Release_StandsInAFinally(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        int _n;
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
