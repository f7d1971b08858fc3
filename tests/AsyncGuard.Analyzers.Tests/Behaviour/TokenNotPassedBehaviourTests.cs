using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class TokenNotPassedBehaviourTests : RuleTest<TokenNotPassedAnalyzer, TokenNotPassedFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData("""await Observed.[|WorkAsync|]("a"); Observed.Note("b"); return 1;""")]
    [InlineData("""return await Observed.[|GetAsync|]("a", 2);""")]
    [InlineData("""await Task.[|Delay|](1); Observed.Note("b"); return 1;""")]
    [InlineData("""for (var i = 0; i < 2; i++) await Observed.[|WorkAsync|]("a"); return 1;""")]
    [InlineData("""try { await Observed.[|WorkAsync|]("a"); } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData("""try { await Observed.[|WorkAsync|]("a"); } catch (InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData("""Observed.Enter("x"); try { await Observed.[|WorkAsync|]("a"); } finally { Observed.Leave("x"); } return 1;""")]
    [InlineData("""if (Observed.TryTake(out var item)) await Observed.[|HandleAsync|](item); return 1;""")]
    [InlineData("""await Observed.WorkAsync("a", token); await Observed.[|WorkAsync|]("b"); await Observed.StepAsync("c"); return 1;""")]
    [InlineData("""var work = Observed.[|WorkAsync|]("a"); Observed.Note("meanwhile"); await work; return 1;""")]
    [InlineData("""await Task.WhenAll(Observed.[|WorkAsync|]("a"), Observed.[|WorkAsync|]("b")); return 1;""")]
    [InlineData("""await Task.WhenAll(new[] { "a", "b" }.Select(x => Observed.[|WorkAsync|](x))); return 1;""")]
    [InlineData("""await using (new Closing()) { await Observed.[|WorkAsync|]("a"); } return 1;""")]
    [InlineData("""await _gate.WaitAsync(token); try { await Observed.[|WorkAsync|]("a"); } finally { _gate.Release(); } return 1;""")]
    [InlineData("""while (!token.IsCancellationRequested) { await Observed.[|WorkAsync|]("a"); if (_n++ > 0) break; } return 1;""")]
    public Task Call_ObeysTheToken(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """var taken = false; try { taken = await _gate.[|WaitAsync|](TimeSpan.FromSeconds(30)); Observed.Enter("gate"); await Observed.StepAsync("a"); Observed.Leave("gate"); } finally { if (taken) _gate.Release(); } return 1;""")]
    [InlineData("""await _gate.WaitAsync(token); await Observed.[|WorkAsync|]("a"); _gate.Release(); return 1;""")]
    [InlineData("""_gate.Wait(token); Observed.Note("x"); if (_n == 0) await Observed.[|WorkAsync|]("a"); _gate.Release(); return 1;""")]
    [InlineData("""for (var i = 0; i < 2; i++) { try { await Observed.[|WorkAsync|]("a"); } catch (Exception) { Observed.Note("failed"); } } return 1;""")]
    [InlineData("""Func<Task> work = () => Observed.[|WorkAsync|]("a"); try { await work(); } catch (Exception) { Observed.Note("failed"); } return 1;""")]
    public Task Call_WhoseCancellationIsSeen_ChangesNothingElse(string body) =>
        new RuleVerifier([new TokenNotPassedAnalyzer()], new TokenNotPassedFix()).BehavesWhateverIsReportedAsync(
            Program(body).Replace("[|", "").Replace("|]", ""), Mends, BehaviourVerifier.Options(RuleTestOptions.Default));

    private static string Program(string body) =>
        $$"""
        int _n;
        readonly SemaphoreSlim _gate = new(1, 1);
        sealed class Closing : IAsyncDisposable { public ValueTask DisposeAsync() => new(Observed.StepAsync("close")); }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
