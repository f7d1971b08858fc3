using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class EnumeratorTokenBehaviourTests : RuleTest<EnumeratorTokenAnalyzer, EnumeratorTokenFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation, Mend.LoopEnds];

    [Theory]
    [InlineData("""await foreach (var x in [|RowsAsync()|]) Observed.Note("use " + x);""")]
    [InlineData("""await foreach (var x in [|RowsAsync()|]) { await Observed.StepAsync("use " + x); }""")]
    [InlineData("""await foreach (var x in [|RowsAsync()|]) { if (x == 1) break; Observed.Note("use " + x); }""")]
    [InlineData("""try { await foreach (var x in [|RowsAsync()|]) Observed.Note("use " + x); } finally { Observed.Note("closed"); }""")]
    [InlineData("""Observed.Enter("x"); try { await foreach (var x in [|RowsAsync()|]) Observed.Note("use " + x); } finally { Observed.Leave("x"); }""")]
    [InlineData("""var rows = RowsAsync(); await foreach (var x in [|rows|]) Observed.Note("use " + x);""")]
    [InlineData("""await foreach (var x in [|RowsAsync()|].ConfigureAwait(false)) Observed.Note("use " + x);""")]
    [InlineData("""await _gate.WaitAsync(); try { await foreach (var x in [|RowsAsync()|]) Observed.Note("use " + x); } finally { _gate.Release(); }""")]
    [InlineData("""while (!token.IsCancellationRequested) { await foreach (var x in [|RowsAsync()|]) Observed.Note("use " + x); break; } Observed.Note("end: closed");""")]
    [InlineData("""try { await _gate.WaitAsync(); await foreach (var x in [|RowsAsync()|]) Observed.Note("use " + x); } finally { _gate.Release(); }""")]
    public Task Sequence_ObeysTheToken(string body) => BehavesOrRefuses(Program("[EnumeratorCancellation] CancellationToken stop = default", body), Mends, Options);

    [Theory]
    [InlineData("""await foreach (var x in RowsAsync(token)) Observed.Note("use " + x);""")]
    [InlineData("""await foreach (var x in RowsAsync(token).WithCancellation(token)) Observed.Note("use " + x);""")]
    [InlineData("""await foreach (var x in RowsAsync(_other.Token).WithCancellation(token)) Observed.Note("use " + x);""")]
    [InlineData("""await foreach (var x in RowsAsync(CancellationToken.None)) Observed.Note("use " + x);""")]
    public Task Parameter_IsMarked(string body) => BehavesOrRefuses(Program("CancellationToken [|stop|]", body), Mends, Options);

    private static RuleTestOptions Options { get; } = new() { ExtraUsings = ["System.Runtime.CompilerServices"] };

    private static string Program(string parameter, string body) =>
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly CancellationTokenSource _other = new();
        static async IAsyncEnumerable<int> RowsAsync({{parameter}})
        {
            for (var i = 0; i < 3; i++)
            {
                await Observed.WorkAsync("row", stop);
                yield return i;
            }
        }
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
