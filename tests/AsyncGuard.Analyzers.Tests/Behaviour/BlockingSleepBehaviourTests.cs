using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class BlockingSleepBehaviourTests : RuleTest<BlockingSleepAnalyzer, BlockingSleepFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData("""Observed.Note("a"); [|Thread.Sleep(1)|]; Observed.Note("b");""")]
    [InlineData("""Observed.Note("a"); [|Thread.Sleep(TimeSpan.FromMilliseconds(1))|]; await Observed.WorkAsync("b", token);""")]
    [InlineData("""for (var i = 0; i < 2; i++) { await Observed.StepAsync("a"); [|Thread.Sleep(1)|]; }""")]
    [InlineData("""try { await Observed.StepAsync("a"); [|Thread.Sleep(1)|]; } finally { Observed.Note("closed"); }""")]
    [InlineData("""Observed.Enter("x"); try { [|Thread.Sleep(1)|]; await Observed.StepAsync("a"); } finally { Observed.Leave("x"); }""")]
    [InlineData("""async Task PauseAsync() { Observed.Note("a"); [|Thread.Sleep(1)|]; } await PauseAsync(); Observed.Note("b");""")]
    [InlineData(
        """await _gate.WaitAsync(); try { Observed.Enter("gate"); [|Thread.Sleep(1)|]; await Observed.StepAsync("a"); } finally { Observed.Leave("gate"); _gate.Release(); }""")]
    public Task Pause_ObeysTheToken(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""try { await Observed.WorkAsync("a", token); } finally { [|Thread.Sleep(1)|]; Observed.Note("closed"); }""")]
    [InlineData(
        """try { await Observed.WorkAsync("a", token); } catch (InvalidOperationException) { [|Thread.Sleep(1)|]; Observed.Note("undone"); throw; }""")]
    [InlineData(
        """Monitor.Enter(_lock); try { [|Thread.Sleep(1)|]; Observed.Note("a"); } finally { Monitor.Exit(_lock); } await Observed.StepAsync("b");""")]
    [InlineData(
        """await Observed.StepAsync("a"); _mutex.WaitOne(); try { [|Thread.Sleep(1)|]; Observed.Note("b"); } finally { _mutex.ReleaseMutex(); }""")]
    [InlineData(
        """await Observed.StepAsync("a"); _lockSlim.EnterWriteLock(); try { [|Thread.Sleep(1)|]; Observed.Note("b"); } finally { _lockSlim.ExitWriteLock(); }""")]
    public Task Pause_InCleanupOrUnderALock_ChangesNothingElse(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        readonly object _lock = new();
        readonly Mutex _mutex = new();
        readonly ReaderWriterLockSlim _lockSlim = new();
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
