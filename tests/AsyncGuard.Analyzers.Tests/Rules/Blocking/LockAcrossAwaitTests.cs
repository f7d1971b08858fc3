using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed class LockAcrossAwaitTests : RuleTest<LockAcrossAwaitAnalyzer>
{
    private const string Members =
        "\nobject gate = new(); object other = new(); Mutex mutex = new(); ReaderWriterLockSlim rw = new(); SpinLock spin; Task WorkAsync() => Task.CompletedTask; void Work() { } bool Ask() => true;";

    [Theory]
    [InlineData("async Task M() { [|Monitor.Enter(gate)|]; try { await WorkAsync(); } finally { Monitor.Exit(gate); } }")]
    [InlineData("async Task M() { [|Monitor.Enter(gate)|]; await WorkAsync(); Monitor.Exit(gate); }")]
    [InlineData(
        "async Task M() { bool taken = false; try { [|Monitor.Enter(gate, ref taken)|]; await WorkAsync(); } finally { if (taken) Monitor.Exit(gate); } }")]
    [InlineData("async Task M() { if ([|Monitor.TryEnter(gate)|]) { await WorkAsync(); Monitor.Exit(gate); } }")]
    [InlineData("async Task M() { if (![|Monitor.TryEnter(gate, 100)|]) return; await WorkAsync(); Monitor.Exit(gate); }")]
    [InlineData("async Task M() { if ([|Monitor.TryEnter(gate)|] == false) { Work(); } else { await WorkAsync(); Monitor.Exit(gate); } }")]
    [InlineData("async Task M() { var taken = [|Monitor.TryEnter(gate)|]; if (taken) { await WorkAsync(); Monitor.Exit(gate); } }")]
    [InlineData("async Task M() { [|mutex.WaitOne()|]; try { await WorkAsync(); } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("async Task M() { if ([|mutex.WaitOne(1000)|]) { await WorkAsync(); mutex.ReleaseMutex(); } }")]
    [InlineData("async Task M() { [|rw.EnterReadLock()|]; try { await WorkAsync(); } finally { rw.ExitReadLock(); } }")]
    [InlineData("async Task M() { [|rw.EnterWriteLock()|]; await WorkAsync(); rw.ExitWriteLock(); }")]
    [InlineData(
        "async Task M() { [|rw.EnterUpgradeableReadLock()|]; rw.EnterWriteLock(); rw.ExitWriteLock(); await WorkAsync(); rw.ExitUpgradeableReadLock(); }")]
    [InlineData("async Task M() { if ([|rw.TryEnterReadLock(5)|]) await WorkAsync(); }")]
    [InlineData("async Task M() { bool taken = false; [|spin.Enter(ref taken)|]; await WorkAsync(); if (taken) spin.Exit(); }")]
    [InlineData("async Task M() { var l = new System.Threading.Lock(); [|l.Enter()|]; await WorkAsync(); l.Exit(); }")]
    [InlineData(
        "async Task M() { var l = new System.Threading.Lock(); if ([|l.TryEnter()|]) { try { await WorkAsync(); } finally { l.Exit(); } } }")]
    [InlineData(
        "async Task M(bool x) { [|Monitor.Enter(gate)|]; if (x) Monitor.Exit(gate); await WorkAsync(); if (!x) Monitor.Exit(gate); }")]
    [InlineData("async Task M() { [|Monitor.Enter(gate)|]; Monitor.Exit(other); await WorkAsync(); Monitor.Exit(gate); }")]
    [InlineData("async Task M(IAsyncEnumerable<int> xs) { [|Monitor.Enter(gate)|]; await foreach (var x in xs) { } Monitor.Exit(gate); }")]
    [InlineData("async Task M() { [|Monitor.Enter(gate)|]; { await using var s = new MemoryStream(); } Monitor.Exit(gate); }")]
    [InlineData(
        "async Task M() { [|Monitor.Enter(gate)|]; try { Work(); } catch (Exception) { await WorkAsync(); } finally { Monitor.Exit(gate); } }")]
    [InlineData("async Task M() { [|Monitor.Enter(gate)|]; try { Work(); } finally { await WorkAsync(); Monitor.Exit(gate); } }")]
    [InlineData("async Task M() { while (true) { await WorkAsync(); [|Monitor.Enter(gate)|]; } }")]
    [InlineData("async Task M(bool x) { if (x) [|Monitor.Enter(gate)|]; await WorkAsync(); if (x) Monitor.Exit(gate); }")]
    [InlineData("void M() { Func<Task> f = async () => { [|Monitor.Enter(gate)|]; await WorkAsync(); Monitor.Exit(gate); }; }")]
    [InlineData("void M() { async Task Local() { [|Monitor.Enter(gate)|]; await WorkAsync(); Monitor.Exit(gate); } _ = Local(); }")]
    [InlineData(
        "async Task M() { [|Monitor.Enter(gate)|]; Monitor.Wait(gate); Monitor.PulseAll(gate); await WorkAsync(); Monitor.Exit(gate); }")]
    [InlineData(
        "async Task<int> M() { [|Monitor.Enter(gate)|]; try { try { Work(); } finally { Work(); } return await Task.FromResult(1); } finally { Monitor.Exit(gate); } }")]
    [InlineData(
        "async Task M() { [|Monitor.Enter(gate)|]; try { try { Work(); } catch (InvalidOperationException) { } Monitor.Exit(gate); } catch (Exception) { await WorkAsync(); } }")]
    [InlineData(
        "async Task M() { [|Monitor.Enter(gate)|]; try { Work(); try { Work(); } finally { Monitor.Exit(gate); } } catch (Exception) { await WorkAsync(); } }")]
    [InlineData("async Task M() { [|Monitor.Enter(gate)|]; try { Work(); Monitor.Exit(gate); } finally { await WorkAsync(); } }")]
    public Task Lock_HeldAtAnAwait_IsReported(string source) => Reports(source + Members);

    [Theory]
    [InlineData("async Task M() { Monitor.Enter(gate); try { Work(); } finally { Monitor.Exit(gate); } await WorkAsync(); }")]
    [InlineData("async Task M() { Monitor.Enter(gate); Work(); Monitor.Exit(gate); await WorkAsync(); }")]
    [InlineData("async Task M() { await WorkAsync(); Monitor.Enter(gate); Work(); Monitor.Exit(gate); }")]
    [InlineData(
        "async Task M() { bool taken = false; try { Monitor.Enter(gate, ref taken); Work(); } finally { if (taken) Monitor.Exit(gate); } await WorkAsync(); }")]
    [InlineData(
        "async Task M() { while (true) { Monitor.Enter(gate); try { if (Ask()) continue; Work(); } finally { Monitor.Exit(gate); } await WorkAsync(); } }")]
    [InlineData(
        "async Task<int> M() { Monitor.Enter(gate); try { if (Ask()) return 1; } finally { Monitor.Exit(gate); } await WorkAsync(); return 2; }")]
    [InlineData(
        "async Task M() { try { mutex.WaitOne(); try { Work(); } finally { mutex.ReleaseMutex(); } } finally { await WorkAsync(); } }")]
    [InlineData("async Task M() { rw.EnterReadLock(); try { Work(); } finally { rw.ExitReadLock(); } await WorkAsync(); }")]
    [InlineData("async Task M() { lock (gate) { Work(); } await WorkAsync(); }")]
    [InlineData(
        "async Task M(bool isShared) { foreach (var i in new[] { 1 }) { if (isShared) Monitor.Enter(gate); Work(); if (isShared) Monitor.Exit(gate); await WorkAsync(); } }")]
    [InlineData("async Task M() { using (new System.Threading.Lock().EnterScope()) { Work(); } await WorkAsync(); }")]
    [InlineData(
        "async Task M() { Monitor.Enter(gate); try { try { Work(); } finally { Monitor.Exit(gate); } } catch (Exception) { await WorkAsync(); } }")]
    [InlineData(
        "async Task M() { Monitor.Enter(gate); try { try { Work(); } catch { Work(); } } finally { Monitor.Exit(gate); } await WorkAsync(); }")]
    [InlineData("async Task M() { try { Monitor.Enter(gate); Work(); Monitor.Exit(gate); } catch (Exception) { await WorkAsync(); } }")]
    [InlineData(
        "async Task M() { foreach (var i in new[] { 1 }) { Monitor.Enter(gate); try { if (Ask()) break; } finally { Monitor.Exit(gate); } } await WorkAsync(); }")]
    public Task Lock_ReleasedBeforeTheAwait_IsSilent(string source) => Silent(source + Members);

    [Theory]
    [InlineData("async Task M() { if (!Monitor.TryEnter(gate)) { await WorkAsync(); return; } Work(); Monitor.Exit(gate); }")]
    [InlineData("async Task M() { if (Monitor.TryEnter(gate)) { Work(); Monitor.Exit(gate); } else { await WorkAsync(); } }")]
    [InlineData(
        "async Task M() { var taken = Monitor.TryEnter(gate); if (!taken) { await WorkAsync(); return; } Work(); Monitor.Exit(gate); }")]
    [InlineData("async Task M() { while (!mutex.WaitOne(10)) await WorkAsync(); Work(); mutex.ReleaseMutex(); }")]
    [InlineData("async Task M() { if (Ask() && rw.TryEnterWriteLock(1)) { Work(); rw.ExitWriteLock(); } else { await WorkAsync(); } }")]
    public Task TryEnter_WhereTheLockWasNotTaken_IsSilent(string source) => Silent(source + Members);

    [Theory]
    [InlineData("async Task M() { Monitor.Enter(gate); Unlock(); await WorkAsync(); } void Unlock() => Monitor.Exit(gate);")]
    [InlineData(
        "async Task M() { Monitor.Enter(gate); using (new Releaser(gate)) { await WorkAsync(); } } class Releaser : IDisposable { object o; public Releaser(object o) => this.o = o; public void Dispose() => Monitor.Exit(o); }")]
    [InlineData("async Task M(Action unlock) { Monitor.Enter(gate); unlock(); await WorkAsync(); }")]
    [InlineData("async Task M() { Use(Monitor.TryEnter(gate)); await WorkAsync(); } void Use(bool b) { }")]
    [InlineData("async Task M() { var g = gate; Monitor.Enter(g); g = other; await WorkAsync(); }")]
    public Task Lock_OfUnknownFate_IsSilent(string source) => Silent(source + Members);

    [Theory]
    [InlineData("async Task M(SemaphoreSlim s) { await s.WaitAsync(); try { await WorkAsync(); } finally { s.Release(); } }")]
    [InlineData("async Task M(SemaphoreSlim s) { s.Wait(); await WorkAsync(); s.Release(); }")]
    [InlineData("async Task M(ManualResetEvent e) { e.WaitOne(); await WorkAsync(); }")]
    [InlineData("async Task M(WaitHandle e) { e.WaitOne(); await WorkAsync(); }")]
    [InlineData("Task M() { Monitor.Enter(gate); try { return WorkAsync(); } finally { Monitor.Exit(gate); } }")]
    [InlineData("async Task M() { Action a = () => { Monitor.Enter(gate); Work(); Monitor.Exit(gate); }; a(); await WorkAsync(); }")]
    [InlineData("async Task M() { Monitor.Enter(gate); Func<Task> f = async () => await WorkAsync(); Monitor.Exit(gate); await f(); }")]
    [InlineData(
        "async Task M(Own o) { o.Enter(); await WorkAsync(); o.Exit(); } class Own { public void Enter() { } public void Exit() { } }")]
    public Task OtherWaits_AreSilent(string source) => Silent(source + Members);

    [Fact]
    public Task Lock_HasNoFix() => NoFix("async Task M() { [|Monitor.Enter(gate)|]; await WorkAsync(); Monitor.Exit(gate); }" + Members);
}
