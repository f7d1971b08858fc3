using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class SwallowedCancellationBehaviourTests : RuleTest<SwallowedCancellationAnalyzer, SwallowedCancellationFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData("_busy = true; try { await work(token); } [|catch|] (Exception) { Console.WriteLine(); } _busy = false;")]
    [InlineData("Interlocked.Increment(ref _running); try { await work(token); } [|catch|] (Exception) { Console.WriteLine(); } Interlocked.Decrement(ref _running);")]
    public Task WhatIsSetBackBehindTheHandler_IsNotLeftSet(string body) => NoFix(
        $"bool _busy; int _running; async Task M(Func<CancellationToken, Task> work, CancellationToken token) {{ while (true) {{ {body} }} }}");

    [Theory]
    [InlineData("try { await work(token); } [|catch|] (Exception) { await work(CancellationToken.None); }")]
    [InlineData("try { await work(token); } [|catch|] (Exception e) { Console.WriteLine(e.Message); await work(default); }")]
    public Task Handler_ThatIsNotToBeCancelled_IsNotSkipped(string body) => NoFix(
        $"async Task M(Func<CancellationToken, Task> work, CancellationToken token) {{ while (true) {{ {body} }} }}");

    [Theory]
    [InlineData("""try { await Observed.WorkAsync("ask", token); } [|catch|] (Exception) { Observed.Note("log"); }""")]
    [InlineData("""try { await Observed.WorkAsync("ask", token); } [|catch|] (Exception e) { Observed.Note(e.GetType().Name); }""")]
    [InlineData("""try { await Observed.WorkAsync("ask", token); } [|catch|] { Observed.Note("log"); }""")]
    [InlineData(
        """try { await Observed.WorkAsync("ask", token); Observed.Note("told"); } catch (InvalidOperationException) { Observed.Note("known"); } [|catch|] (Exception) { Observed.Note("log"); }""")]
    [InlineData(
        """try { await Observed.WorkAsync("ask", token); } [|catch|] (Exception) { Observed.Note("log"); } finally { Observed.Note("next"); }""")]
    [InlineData(
        """Observed.Enter("x"); try { await Observed.WorkAsync("ask", token); } [|catch|] (Exception) { Observed.Note("log"); } finally { Observed.Leave("x"); }""")]
    [InlineData("""try { await Observed.WorkAsync("ask", token); } [|catch|] (OperationCanceledException) { Observed.Note("late"); }""")]
    [InlineData(
        """try { try { await Observed.WorkAsync("ask", token); } finally { Observed.Note("closed"); } } [|catch|] (Exception) { Observed.Note("log"); }""")]
    [InlineData(
        """try { Observed.Note("first"); await Observed.WorkAsync("ask", token); } [|catch|] (Exception) { await Observed.StepAsync("report"); }""")]
    [InlineData(
        """try { await _gate.WaitAsync(token); try { await Observed.WorkAsync("ask", token); } finally { _gate.Release(); } } [|catch|] (Exception) { Observed.Note("log"); }""")]
    [InlineData(
        """Observed.Enter("x"); try { await Observed.WorkAsync("ask", token); Observed.Leave("x"); } [|catch|] (Exception) { Observed.Note("log"); Observed.Leave("x"); }""")]
    [InlineData(
        """await _gate.WaitAsync(); try { await Observed.WorkAsync("ask", token); _gate.Release(); } [|catch|] (Exception) { _gate.Release(); Observed.Note("log"); }""")]
    [InlineData(
        """_running++; try { await Observed.WorkAsync("ask", token); _running--; } [|catch|] (Exception) { _running--; } Observed.Note("running " + _running);""")]
    public Task Loop_EndsWithTheToken_AndNotWithATimeOut(string body) => BehavesOrRefuses(
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        int _running;
        async Task RunAsync(CancellationToken token)
        {
            for (var i = 0; i < 3; i++)
            {
                {{body}}
            }
        }
        """,
        Mends);
}
