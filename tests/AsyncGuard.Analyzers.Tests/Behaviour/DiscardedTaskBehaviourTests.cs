using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class DiscardedTaskBehaviourTests : RuleTest<DiscardedTaskAnalyzer, DiscardedTaskFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited];

    private static readonly RuleTestOptions WithRuntime = RuleTestOptions.Default with { ExtraReferences = [RuntimeLibrary.Reference] };

    // Work that was given the caller's token keeps it, whoever owns it.
    [Theory]
    [InlineData("""_ = FillAsync(_stop.Token); await Observed.StepAsync("go on");""")]
    public Task Work_KeepsItsToken(string body) =>
        new RuleVerifier([new DiscardedTaskAnalyzer()], new DiscardedTaskFix()).BehavesWhateverIsReportedAsync(
            $$"""
            readonly CancellationTokenSource _stop = new();
            static async Task FillAsync(CancellationToken token) { await Task.Delay(20, token); await Observed.WorkAsync("fill", token); }
            async Task RunAsync(CancellationToken token)
            {
                Observed.Note("begin");
                {{body}}
            }
            """,
            Mends,
            BehaviourVerifier.Options(WithRuntime));
}
