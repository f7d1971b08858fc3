using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class ReleaseWithoutAcquireBehaviourTests : RuleTest<ReleaseWithoutAcquireAnalyzer, ReleaseWithoutAcquireFix>
{
    private const string Work = """Observed.Enter("gate"); await Observed.StepAsync("work"); Observed.Leave("gate");""";

    private static readonly Mend[] Mends = [Mend.Released];

    [Theory]
    [InlineData($$"""try { await [|_gate.WaitAsync(token)|]; {{Work}} } finally { _gate.Release(); }""")]
    [InlineData($$"""try { await [|_gate.WaitAsync(token)|].ConfigureAwait(false); {{Work}} } finally { _gate.Release(); }""")]
    [InlineData($$"""try { await [|_gate.WaitAsync(token)|]; {{Work}} } finally { Observed.Note("closed"); _gate.Release(); }""")]
    [InlineData($$"""try { await [|_gate.WaitAsync(token)|]; {{Work}} } catch (InvalidOperationException) { Observed.Note("known"); throw; } finally { _gate.Release(); }""")]
    [InlineData($$"""try { Observed.Note("first"); await [|_gate.WaitAsync(token)|]; {{Work}} } finally { _gate.Release(); }""")]
    [InlineData($$"""try { await [|_gate.WaitAsync(token)|]; {{Work}} } catch (Exception) { Observed.Note("swallowed"); } finally { _gate.Release(); }""")]
    public Task Acquire_InTheTryOfItsRelease(string body) => BehavesOrRefuses(Program(body), Mends);

    [Theory]
    [InlineData("""await [|_gate.WaitAsync()|]; await Observed.StepAsync("work"); _gate.Release();""")]
    [InlineData("""await [|_gate.WaitAsync(token)|]; await Observed.StepAsync("work"); Observed.Note("b"); _gate.Release();""")]
    [InlineData("""await [|_gate.WaitAsync()|]; await Observed.StepAsync("work"); _gate.Release(); Observed.Note("behind");""")]
    [InlineData("""await [|_gate.WaitAsync()|]; var n = await Observed.GetAsync("work", 2); _gate.Release(); Observed.Note("n" + n);""")]
    [InlineData("""await [|_gate.WaitAsync()|]; if (token.CanBeCanceled) { await Observed.StepAsync("work"); } _gate.Release();""")]
    [InlineData("""for (var i = 0; i < 2; i++) { await [|_gate.WaitAsync()|]; await Observed.StepAsync("work"); _gate.Release(); }""")]
    public Task Release_ThatAnExceptionSkips(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
