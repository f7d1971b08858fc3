using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class BlockingWaitBehaviourTests : RuleTest<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private static readonly Mend[] Mends = [Mend.Unwrapped];

    [Theory]
    [InlineData("""[|Observed.StepAsync("a").Wait()|]; Observed.Note("b"); return 1;""")]
    [InlineData("""return [|Observed.GetAsync("a", 2).Result|] * 2;""")]
    [InlineData("""return [|Observed.GetAsync("a", 2L).GetAwaiter().GetResult()|] * 2;""")]
    [InlineData("""[|Observed.WorkAsync("a", token).GetAwaiter().GetResult()|]; return "x";""")]
    [InlineData(
        """try { await Observed.StepAsync("a"); } finally { [|Observed.StepAsync("close").Wait()|]; Observed.Note("closed"); } return 1;""")]
    [InlineData("""for (var i = 0; i < 2; i++) [|Observed.StepAsync("a").Wait()|]; return 1;""")]
    [InlineData(
        """try { [|Observed.StepAsync("a").GetAwaiter().GetResult()|]; } catch (InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData(
        """await _gate.WaitAsync(); try { Observed.Enter("gate"); [|Observed.StepAsync("a").Wait()|]; } finally { Observed.Leave("gate"); _gate.Release(); } return 1;""")]
    [InlineData("""return [|Observed.GetAsync("a", 1).Result|] + [|Observed.GetAsync("b", 2).Result|];""")]
    [InlineData("""[|Task.WaitAll(Observed.StepAsync("a"))|]; Observed.Note("b"); return 1;""")]
    public Task Wait_IsTheSameAwaited(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""if (![|Observed.StepAsync("a").Wait(TimeSpan.FromSeconds(5))|]) throw new TimeoutException(); Observed.Note("b"); return 1;""")]
    [InlineData("""if ([|Observed.GetAsync("a", 2).Wait(5000)|] == false) { throw new TimeoutException(); } Observed.Note("b"); return 1;""")]
    [InlineData(
        """try { if (![|Task.Delay(2000).Wait(5)|]) throw new TimeoutException(); } catch (TimeoutException) { Observed.Note("late"); } return 1;""")]
    [InlineData(
        """await _gate.WaitAsync(); try { Observed.Enter("gate"); if (![|Observed.StepAsync("a").Wait(5000)|]) throw new TimeoutException(); } finally { Observed.Leave("gate"); _gate.Release(); } return 1;""")]
    [InlineData("""if (![|Observed.WorkAsync("a", token).Wait(5000)|]) throw new TimeoutException(); Observed.Note("b"); return 1;""")]
    public Task WaitThatThrowsWhenItIsLate_IsTheSameAwaited(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """try { if (![|Observed.StepAsync("a").Wait(5000)|]) throw new TimeoutException(); } catch (AggregateException) { Observed.Note("known"); } return 1;""")]
    [InlineData("""lock (_lock) { if (![|Observed.StepAsync("a").Wait(5000)|]) throw new TimeoutException(); } return 1;""")]
    [InlineData("""if (![|Observed.StepAsync("a").Wait(5000)|]) throw new TimeoutException("mine"); return 1;""")]
    [InlineData("""if (![|Observed.StepAsync("a").Wait(5000)|]) throw new TimeoutException(); else Observed.Note("b"); return 1;""")]
    public Task WaitThatThrowsWhenItIsLate_WhoseEndMatters_ChangesNothing(string body) => BehavesOrRefuses(Program(body), Mends);

    [Theory]
    [InlineData("""[|Task.Delay(300).Wait(5)|]; Observed.Note("stopped"); return 1;""")]
    [InlineData("""if (![|Task.Delay(300).Wait(5)|]) Observed.Note("late"); return 1;""")]
    [InlineData("""[|Observed.StepAsync("a").Wait(TimeSpan.FromSeconds(5))|]; Observed.Note("stopped"); return 1;""")]
    [InlineData("""try { [|Observed.StepAsync("a").Wait()|]; } catch (AggregateException) { Observed.Note("known"); } return 1;""")]
    [InlineData(
        """try { [|Observed.StepAsync("a").Wait()|]; } catch (Exception e) when (e.InnerException is InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData(
        """try { [|Observed.StepAsync("a").Wait()|]; } catch (Exception e) when (IsKnown(e)) { Observed.Note("known"); } return 1;""")]
    [InlineData("""try { [|Observed.StepAsync("a").Wait()|]; } catch (Exception e) { Observed.Note(Kind(e)); } return 1;""")]
    [InlineData("""try { [|Observed.StepAsync("a").Wait()|]; } catch (Exception e) { Observed.Note(KindOf(e)); } return 1;""")]
    [InlineData("""Monitor.Enter(_lock); try { [|Observed.StepAsync("a").Wait()|]; } finally { Monitor.Exit(_lock); } return 1;""")]
    [InlineData("""_mutex.WaitOne(); try { [|Observed.StepAsync("a").Wait()|]; } finally { _mutex.ReleaseMutex(); } return 1;""")]
    [InlineData(
        """_lockSlim.EnterWriteLock(); try { [|Observed.StepAsync("a").Wait()|]; } finally { _lockSlim.ExitWriteLock(); } return 1;""")]
    public Task Wait_WhoseEndMatters_ChangesNothing(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        readonly object _lock = new();
        readonly Mutex _mutex = new();
        readonly ReaderWriterLockSlim _lockSlim = new();
        readonly SemaphoreSlim _gate = new(1, 1);
        static bool IsKnown(Exception e) => e.InnerException is InvalidOperationException;
        static string Kind(Exception e) => e is AggregateException ? "of a task" : "its own";
        static string KindOf(Exception failure) => Kind(failure);
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
