using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class ContinueWithBehaviourTests : RuleTest<ContinueWithAnalyzer, ContinueWithFix>
{
    private static readonly Mend[] Mends = [Mend.Unwrapped];

    [Theory]
    [InlineData("""await LoadAsync().[|ContinueWith|](t => Observed.Note(t.Result));""")]
    [InlineData("""await LoadAsync().[|ContinueWith|](t => { Observed.Note(t.Result); });""")]
    [InlineData("""var n = await LoadAsync().[|ContinueWith|](t => t.Result.Length); Observed.Note(n.ToString());""")]
    [InlineData("""var n = await LoadAsync().[|ContinueWith|](t => { return t.Result.Length; }); Observed.Note(n.ToString());""")]
    [InlineData("""Observed.Note(await LoadAsync().[|ContinueWith|](t => t.Result.Trim()));""")]
    [InlineData("""try { await LoadAsync().[|ContinueWith|](t => Observed.Note(t.Result)); } finally { Observed.Note("closed"); }""")]
    [InlineData("""Observed.Enter("x"); try { await LoadAsync().[|ContinueWith|](t => Observed.Note(t.Result)); } finally { Observed.Leave("x"); }""")]
    [InlineData("""if (await LoadAsync().[|ContinueWith|](t => t.Result == "y")) Observed.Note("yes"); else Observed.Note("no");""")]
    [InlineData("""for (var i = 0; i < 2; i++) await LoadAsync().[|ContinueWith|](t => Observed.Note(t.Result));""")]
    [InlineData("""await NextAsync(); Task<int> NextAsync() => LoadAsync().[|ContinueWith|](t => t.Result.Length);""")]
    public Task Continuation_IsWrittenBelow(string body) => BehavesOrRefuses(Program(body), Mends);

    [Theory]
    [InlineData("""await LoadAsync().[|ContinueWith|](_ => Observed.Note("x"));""")]
    [InlineData("""await LoadAsync().[|ContinueWith|](t => Observed.Note(t.IsFaulted ? "failed" : t.Result));""")]
    [InlineData("""try { await LoadAsync().[|ContinueWith|](t => Observed.Note(t.Result)); } catch (AggregateException) { Observed.Note("all"); }""")]
    public Task Continuation_OfAnyEnd_StaysOne(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        async Task<string> LoadAsync() { await Observed.StepAsync("load"); return "y"; }
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
