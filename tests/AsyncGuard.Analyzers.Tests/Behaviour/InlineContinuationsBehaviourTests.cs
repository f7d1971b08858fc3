using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class InlineContinuationsBehaviourTests : RuleTest<InlineContinuationsAnalyzer, InlineContinuationsFix>
{
    [Theory]
    [InlineData("""private readonly TaskCompletionSource _done = [|new()|];""", """_ = Task.Run(async () => { await Task.Delay(1); _done.TrySetResult(); }); await _done.Task; Observed.Note("a");""")]
    [InlineData("""private readonly TaskCompletionSource<int> _done = [|new()|];""", """_ = Task.Run(async () => { await Task.Delay(1); _done.TrySetResult(2); }); Observed.Note("a" + await _done.Task);""")]
    [InlineData("""private readonly TaskCompletionSource _done = [|new TaskCompletionSource()|];""", """_done.TrySetException(new InvalidOperationException()); try { await _done.Task; } catch (InvalidOperationException) { Observed.Note("known"); }""")]
    [InlineData("""private readonly TaskCompletionSource _done = [|new TaskCompletionSource()|];""", """_done.TrySetCanceled(token); try { await _done.Task; } catch (OperationCanceledException) { Observed.Note("known"); }""")]
    [InlineData("""private readonly TaskCompletionSource _done = [|new TaskCompletionSource("state")|];""", """_done.TrySetResult(); await _done.Task; Observed.Note((string)_done.Task.AsyncState!);""")]
    [InlineData("""private readonly TaskCompletionSource _done = [|new(TaskCreationOptions.None)|];""", """_done.TrySetResult(); await _done.Task; Observed.Note(_done.Task.Status.ToString());""")]
    [InlineData("", """var done = [|new TaskCompletionSource()|]; using var on = token.Register(() => done.TrySetCanceled(token)); var work = Observed.StepAsync("a"); await Task.WhenAny(work, done.Task); Observed.Note("b");""")]
    [InlineData("", """var done = [|new TaskCompletionSource<string>()|]; _ = Task.Run(() => done.TrySetResult("x")); Observed.Note(await done.Task.ConfigureAwait(false));""")]
    [InlineData("", """var done = [|new TaskCompletionSource<int>()|]; var both = Task.WhenAll(Task.Run(() => done.TrySetResult(1)), done.Task); await both; Observed.Note("both");""")]
    [InlineData("", """var done = [|new TaskCompletionSource()|]; var late = Task.Run(async () => { await Task.Delay(5); return done.TrySetException(new InvalidOperationException("x")); }); try { await done.Task.WaitAsync(token); } catch (InvalidOperationException e) { Observed.Note(e.Message); } await late; Observed.Note("end");""")]
    public Task Source_GivesTheSame(string field, string body) => Behaves(
        $$"""
        {{field}}
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """,
        []);
}
