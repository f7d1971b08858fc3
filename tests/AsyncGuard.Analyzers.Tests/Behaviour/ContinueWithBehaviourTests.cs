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
    [InlineData("""return await Observed.GetAsync("a", "x").[|ContinueWith|](t => t.Result.Length);""")]
    [InlineData("""var n = await Observed.GetAsync("a", "x").[|ContinueWith|](t => { return t.Result.Trim().Length; }); Observed.Note("b"); return n;""")]
    [InlineData("""await Observed.GetAsync("a", "x").[|ContinueWith|](t => Observed.Note(t.Result)); return 1;""")]
    [InlineData("""await Observed.GetAsync("a", "x").[|ContinueWith|](t => { Observed.Note(t.Result); }); Observed.Note("b"); return 1;""")]
    [InlineData("""return await Observed.GetAsync("a", "2").[|ContinueWith|](t => int.Parse(t.Result)).ConfigureAwait(false);""")]
    [InlineData("""return await Observed.GetAsync("a", "q").[|ContinueWith|](t => Parse(t.Result));""")]
    [InlineData("""try { return await Observed.GetAsync("a", "q").[|ContinueWith|](t => Parse(t.Result)); } finally { Observed.Note("closed"); }""")]
    [InlineData("""return await Observed.GetAsync("a", "x", token).[|ContinueWith|](t => t.Result + "y");""")]
    [InlineData("""return await LengthAsync(); Task<int> LengthAsync() => Observed.GetAsync("a", "x").[|ContinueWith|](t => t.Result.Length);""")]
    [InlineData("""await PrintAsync(); return 1; Task PrintAsync() { return Observed.GetAsync("a", "x").[|ContinueWith|](t => Observed.Note(t.Result)); }""")]
    public Task Await_SaysTheSame(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""try { return await Observed.GetAsync("a", "x").[|ContinueWith|](t => t.Result.Length); } catch (AggregateException) { Observed.Note("known"); return 1; }""")]
    [InlineData("""await Observed.StepAsync("a").[|ContinueWith|](t => Observed.Note(t.Status.ToString())); return 1;""")]
    [InlineData("""await Observed.GetAsync("a", "x").[|ContinueWith|](t => Observed.Note(t.IsFaulted ? "failed" : t.Result)); return 1;""")]
    [InlineData("""return await Observed.GetAsync("a", "x").[|ContinueWith|](t => Pair(Note("first"), t.Result));""")]
    [InlineData("""try { return await LengthAsync(); } catch (AggregateException) { Observed.Note("known"); return 1; } Task<int> LengthAsync() => Observed.GetAsync("a", "x").[|ContinueWith|](t => t.Result.Length);""")]
    public Task Continuation_ThatSaysMore_Stays(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        static int Parse(string s) { Observed.Note("parse"); return int.Parse(s); }
        static int Pair(int a, string b) => a + b.Length;
        static int Note(string s) { Observed.Note(s); return 1; }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            try
            {
                return await InnerAsync(token);
            }
            catch (FormatException) { Observed.Note("format"); return -1; }
        }
        async Task<object> InnerAsync(CancellationToken token)
        {
            {{body}}
        }
        """;
}
