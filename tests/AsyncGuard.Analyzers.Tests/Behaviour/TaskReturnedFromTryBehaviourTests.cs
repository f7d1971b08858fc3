using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class TaskReturnedFromTryBehaviourTests : RuleTest<TaskReturnedFromTryAnalyzer, TaskReturnedFromTryFix>
{
    private static readonly Mend[] Mends = [Mend.Handled];

    [Theory]
    [InlineData("""try { return [|Observed.WorkAsync("a", token)|]; } finally { Observed.Note("closed"); }""")]
    [InlineData(
        """try { return [|Observed.WorkAsync("a", token)|]; } catch (InvalidOperationException) { Observed.Note("handled"); return Task.CompletedTask; }""")]
    [InlineData("""try { return [|Observed.WorkAsync("a", token)|]; } catch (Exception) { Observed.Note("handled"); throw; }""")]
    [InlineData(
        """try { return [|Observed.WorkAsync("a", token)|]; } catch (OperationCanceledException) when (token.IsCancellationRequested) { Observed.Note("stopped"); return Task.CompletedTask; }""")]
    [InlineData(
        """try { Observed.Note("a"); return [|Observed.WorkAsync("b", token)|]; } catch (InvalidOperationException e) { Observed.Note(e.Message); return [|Observed.WorkAsync("instead")|]; } finally { Observed.Note("closed"); }""")]
    [InlineData(
        """try { try { return [|Observed.WorkAsync("a", token)|]; } finally { Observed.Note("inner"); } } finally { Observed.Note("outer"); }""")]
    [InlineData(
        """if (token.CanBeCanceled) { try { return [|Observed.WorkAsync("a", token)|]; } finally { Observed.Note("closed"); } } return Observed.WorkAsync("b");""")]
    [InlineData(
        """try { if (token.IsCancellationRequested) return Task.FromCanceled(token); return [|Observed.WorkAsync("a", token)|]; } finally { Observed.Note("closed"); }""")]
    [InlineData("""_gate.Wait(); try { return [|Observed.WorkAsync("a", token)|]; } finally { _gate.Release(); }""")]
    [InlineData(
        """Func<Task> run = () => { try { return [|Observed.WorkAsync("a", token)|]; } finally { Observed.Note("closed"); } }; return run();""")]
    public Task Try_SeesTheEnd(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""Monitor.Enter(_lock); try { return Observed.WorkAsync("a", token); } finally { Monitor.Exit(_lock); }""")]
    [InlineData("""lock (_lock) { try { return Observed.WorkAsync("a", token); } finally { Observed.Note("closed"); } }""")]
    [InlineData(
        """using var mutex = new Mutex(); mutex.WaitOne(); try { return Observed.WorkAsync("a", token); } finally { mutex.ReleaseMutex(); }""")]
    [InlineData(
        """var old = _current.Value; _current.Value = 5; try { return Observed.WorkAsync("a" + _current.Value, token); } finally { _current.Value = old; }""")]
    public Task Try_ThatBelongsToTheThread_IsLeftAlone(string body) =>
        new RuleVerifier([new TaskReturnedFromTryAnalyzer()], new TaskReturnedFromTryFix())
            .BehavesWhateverIsReportedAsync(Program(body), Mends, BehaviourVerifier.Options(RuleTestOptions.Default));

    private static string Program(string body) =>
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly object _lock = new();
        static readonly AsyncLocal<int> _current = new();
        Task RunAsync(CancellationToken token)
        {
            Observed.Note("begin");
            {{body}}
        }
        """;
}
