using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class BlockingCallBehaviourTests : RuleTest<BlockingCallAnalyzer, BlockingCallFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData("""[|_store.Save("a")|]; Observed.Note("b"); return 1;""")]
    [InlineData("""return [|_store.Load("a")|] * 2;""")]
    [InlineData("""var n = [|_store.Load("a")|]; return n;""")]
    [InlineData("""for (var i = 0; i < 2; i++) [|_store.Save("a")|]; return 1;""")]
    [InlineData("""try { [|_store.Save("a")|]; } catch (InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("a", token); } finally { [|_store.Save("close")|]; Observed.Note("closed"); } return 1;""")]
    [InlineData("""Observed.Enter("x"); try { [|_store.Save("a")|]; } finally { Observed.Leave("x"); } return 1;""")]
    [InlineData(
        """[|_gate.Wait()|]; try { Observed.Enter("gate"); await Observed.StepAsync("work"); Observed.Leave("gate"); } finally { _gate.Release(); } return 1;""")]
    [InlineData("""if ([|_store.Load("a")|] > 1) Observed.Note("more"); return 1;""")]
    public Task Call_IsTheSameAsItsCounterpart(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """try { [|_gate.Wait()|]; Observed.Enter("gate"); await Observed.StepAsync("work"); Observed.Leave("gate"); } finally { _gate.Release(); } return 1;""")]
    [InlineData(
        """try { [|_gate.Wait(TimeSpan.FromSeconds(30))|]; Observed.Enter("gate"); await Observed.StepAsync("work"); Observed.Leave("gate"); } finally { _gate.Release(); } return 1;""")]
    [InlineData("""Monitor.Enter(_lock); try { [|_store.Save("a")|]; } finally { Monitor.Exit(_lock); } return 1;""")]
    [InlineData("""_mutex.WaitOne(); try { [|_store.Save("a")|]; } finally { _mutex.ReleaseMutex(); } return 1;""")]
    [InlineData("""_lockSlim.EnterWriteLock(); try { [|_store.Save("a")|]; } finally { _lockSlim.ExitWriteLock(); } return 1;""")]
    [InlineData("""lock (_lock) { Observed.Note("inside"); } [|_store.Save("a")|]; return 1;""")]
    public Task Call_UnderALock_OrThatTakesOne_KeepsIt(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        class Store
        {
            public void Save(string s) => Observed.Note(s);
            public Task SaveAsync(string s, CancellationToken token = default) => Observed.WorkAsync(s, token);
            public int Load(string s) { Observed.Note(s); return 2; }
            public Task<int> LoadAsync(string s, CancellationToken token = default) => Observed.GetAsync(s, 2, token);
        }
        readonly Store _store = new();
        readonly object _lock = new();
        readonly Mutex _mutex = new();
        readonly ReaderWriterLockSlim _lockSlim = new();
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
