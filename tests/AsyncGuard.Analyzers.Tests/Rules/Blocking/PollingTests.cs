using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed class PollingTests : RuleTest<PollingAnalyzer>
{
    private const string Members =
        "\nvolatile bool _done; int _count; bool Ready { get; set; } bool Busy => !_done; bool External => File.Exists(\"x\"); Queue<int> _queue = new(); System.Collections.Concurrent.ConcurrentQueue<int> _jobs = new(); "
        + "void Work(int i) { } bool Ask() => true; Task WorkAsync() => Task.CompletedTask; Task _task = Task.CompletedTask; void Set() { _done = true; _count++; }";

    [Theory]
    [InlineData("async Task M() { [|while|] (!_done) await Task.Delay(10); }")]
    [InlineData("async Task M() { [|while|] (!_done) { await Task.Delay(10).ConfigureAwait(false); } }")]
    [InlineData("async Task M() { [|while|] (_count < 3) await Task.Yield(); }")]
    [InlineData("void M() { [|while|] (!_done) Thread.Sleep(10); }")]
    [InlineData("void M() { [|while|] (!_done) Thread.Sleep(0); }")]
    [InlineData("async Task M() { [|do|] { await Task.Delay(10); } while (!Ready); }")]
    [InlineData("async Task M() { [|for|] (;;) { if (_done) break; await Task.Delay(10); } }")]
    [InlineData("async Task M() { [|for|] (var i = 0; i < 50 && !_done; i++) await Task.Delay(10); }")]
    [InlineData("async Task<int> M() { [|while|] (true) { if (_done) return _count; await Task.Delay(10); } }")]
    [InlineData("async Task M(CancellationToken c) { [|while|] (!_done && !c.IsCancellationRequested) await Task.Delay(10, c); }")]
    [InlineData("async Task M(CancellationToken c) { [|while|] (!Ready) { c.ThrowIfCancellationRequested(); await Task.Delay(10); } }")]
    [InlineData(
        "async Task M() { var end = DateTime.UtcNow.AddSeconds(5); [|while|] (!_done) { if (DateTime.UtcNow > end) throw new TimeoutException(); await Task.Delay(10); } }")]
    [InlineData("async Task M() { var n = 0; [|while|] (!_done) { n++; Console.WriteLine(n); await Task.Delay(10); } }")]
    [InlineData("async Task M() { [|while|] (_queue.Count == 0) await Task.Delay(10); }")]
    [InlineData("async Task M() { [|while|] (_jobs.IsEmpty) await Task.Delay(10); }")]
    [InlineData("async Task M() { [|while|] (Busy) await Task.Delay(10); }")]
    [InlineData("async Task M() { [|while|] (!_task.IsCompleted) await Task.Delay(10); }")]
    [InlineData("void M() { [|while|] (Interlocked.CompareExchange(ref _count, 1, 0) != 0) Thread.Sleep(1); }")]
    [InlineData("void M() { [|while|] (Volatile.Read(ref _count) == 0) Thread.Sleep(1); }")]
    [InlineData("async Task M(Task t) { var done = false; _ = t.ContinueWith(_ => done = true); [|while|] (!done) await Task.Delay(5); }")]
    [InlineData("async Task M(C other) { [|while|] (!other.Ready) await Task.Delay(5); }")]
    [InlineData("async Task M() { [|while|] (true) { lock (_queue) { if (_queue.Count > 0) break; } await Task.Delay(5); } }")]
    [InlineData("async Task M() { var wait = 1; [|while|] (!_done) { await Task.Delay(wait); wait = Math.Min(wait * 2, 100); } }")]
    [InlineData("void M() { [|while|] (true) { if (_jobs.TryDequeue(out var job)) Work(job); else Thread.Sleep(1); } }")]
    [InlineData(
        "async Task M() { [|while|] (!_done) { if (!_jobs.TryDequeue(out var job)) { await Task.Delay(10); continue; } Work(job); } }")]
    [InlineData("async Task M() { Func<Task> f = async () => { [|while|] (!_done) await Task.Delay(1); }; await f(); }")]
    public Task Loop_ThatOnlyLooksAndSleeps_IsReported(string source) => Reports(source + Members);

    [Theory]
    [InlineData("async Task M(CancellationToken c) { while (!c.IsCancellationRequested) await Task.Delay(1000, c); }")]
    [InlineData("async Task M(CancellationToken c) { while (true) { c.ThrowIfCancellationRequested(); await Task.Delay(1000, c); } }")]
    [InlineData("async Task M() { for (var i = 0; i < 3; i++) await Task.Delay(10); }")]
    [InlineData("async Task M() { while (true) await Task.Delay(10); }")]
    [InlineData("async Task M() { var end = DateTime.UtcNow.AddSeconds(1); while (DateTime.UtcNow < end) await Task.Delay(10); }")]
    [InlineData("async Task M() { while (_count++ < 3) await Task.Delay(10); }")]
    [InlineData("async Task M() { for (var i = 0; i < _queue.Count; i++) { Console.WriteLine(i); await Task.Delay(10); } }")]
    [InlineData("async Task M() { var i = 0; while (i < _queue.Count) { i++; await Task.Delay(10); } }")]
    [InlineData("async Task M() { var waited = 0; while (waited < _count) { await Task.Delay(10); waited += 10; } }")]
    [InlineData("async Task M() { _count = 0; while (_count < 3) { await Task.Delay(10); _count++; } }")]
    [InlineData("async Task M() { while (!_done) await Task.Delay(Timeout.Infinite); }")]
    public Task Loop_ThatWaitsForItsTokenOrTheTime_IsSilent(string source) => Silent(source + Members);

    [Theory]
    [InlineData("async Task M() { while (!_done) { Work(1); await Task.Delay(1000); } }")]
    [InlineData("async Task M() { while (!_done) { await WorkAsync(); await Task.Delay(1000); } }")]
    [InlineData("async Task M() { while (!await Task.FromResult(_done)) await Task.Delay(1000); }")]
    [InlineData("async Task M() { while (!File.Exists(\"x\")) await Task.Delay(1000); }")]
    [InlineData("async Task M() { while (!External) await Task.Delay(1000); }")]
    [InlineData("async Task M() { while (!Ask()) await Task.Delay(1000); }")]
    [InlineData("async Task M(Func<bool> condition) { while (!condition()) await Task.Delay(1000); }")]
    [InlineData("void M(System.Diagnostics.Process p) { while (!p.HasExited) Thread.Sleep(100); }")]
    [InlineData("async Task M() { while (!_done) { if (_jobs.TryDequeue(out var job)) await WorkAsync(); else await Task.Delay(10); } }")]
    [InlineData("async Task M() { while (!_done) { if (Ask()) break; await Task.Delay(10); } }")]
    [InlineData("async Task M(I i) { while (!i.Ready) await Task.Delay(10); } interface I { bool Ready { get; } }")]
    [InlineData("async Task M() { while (!_done) { try { Work(1); break; } catch { await Task.Delay(10); } } }")]
    public Task Loop_ThatWorksOrAsksOthers_IsSilent(string source) => Silent(source + Members);

    // An item was there, and the pause follows it.
    [Theory]
    [InlineData("async Task M() { while (_jobs.TryDequeue(out var x)) await Task.Delay(x); }")]
    [InlineData("async Task M() { while (_jobs.TryDequeue(out var x)) { Console.WriteLine(x); await Task.Delay(x); } }")]
    [InlineData("async Task M() { while (true) { if (!_jobs.TryDequeue(out var x)) break; await Task.Delay(x); } }")]
    [InlineData("async Task M() { while (true) { if (!_jobs.TryDequeue(out var x)) return; await Task.Delay(x); } }")]
    [InlineData("async Task M() { while (_queue.Count > 0 && _queue.TryDequeue(out var x)) await Task.Delay(x); }")]
    [InlineData("async Task M() { do { await Task.Delay(30); } while (_jobs.TryDequeue(out _)); }")]
    [InlineData("async Task M() { for (; _jobs.TryDequeue(out var x);) { Console.WriteLine(x); await Task.Delay(x); } }")]
    [InlineData(
        "async Task M() { while (true) { if (_jobs.TryDequeue(out var x)) { Console.WriteLine(x); } else { break; } await Task.Delay(5); } }")]
    [InlineData("async Task M() { while (_jobs.TryDequeue(out var x) is true) await Task.Delay(x); }")]
    [InlineData("async Task M() { while (_jobs.TryDequeue(out var x) == true) await Task.Delay(x); }")]
    public Task Loop_ThatPausesAfterEachItem_IsSilent(string source) => Silent(source + Members);

    [Theory]
    [InlineData("async Task M() { [|while|] (!_jobs.TryDequeue(out var x)) await Task.Delay(10); }")]
    [InlineData("async Task<int> M() { [|while|] (true) { if (_jobs.TryDequeue(out var x)) return x; await Task.Delay(10); } }")]
    [InlineData("async Task M() { [|while|] (true) { if (_jobs.TryDequeue(out var x)) { Console.WriteLine(x); break; } await Task.Delay(10); } }")]
    [InlineData("async Task M() { [|while|] (_jobs.TryPeek(out _)) await Task.Delay(10); }")]
    [InlineData("async Task M() { [|while|] (_jobs.TryDequeue(out _) == false) await Task.Delay(3); }")]
    [InlineData("async Task M() { [|while|] (_done || !_jobs.TryDequeue(out _)) await Task.Delay(3); }")]
    public Task Loop_ThatPausesWhereNothingIsThere_IsReported(string source) => Reports(source + Members);

    [Theory]
    [InlineData(
        "async Task M(System.Threading.Channels.ChannelReader<int> r) { while (await r.WaitToReadAsync()) { while (r.TryRead(out var x)) Work(x); } }")]
    [InlineData(
        "async Task M() { using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync()) Work(1); }")]
    [InlineData("void M() { while (_queue.Count > 0) Work(_queue.Dequeue()); }")]
    [InlineData("void M() { while (!_done) { } }")]
    [InlineData("async Task M() { foreach (var i in _queue) await Task.Delay(1); }")]
    public Task OtherLoops_AreSilent(string source) => Silent(source + Members);

    [Fact]
    public Task Polling_HasNoFix() => NoFix("async Task M() { [|while|] (!_done) await Task.Delay(10); }" + Members);

    private const string Time =
        "\nDateTime? _startAt; DateTime StartAt { get; set; } TimeSpan _pause; long _end; volatile bool _done; "
        + "System.Diagnostics.Stopwatch _watch = new(); void Set() { _startAt = null; _pause = default; _end = 1; _done = true; }";

    [Theory]
    [InlineData("while (_startAt > DateTime.Now) await Task.Delay(1000);")]
    [InlineData("while (StartAt > DateTime.UtcNow) await Task.Delay(1000);")]
    [InlineData("while (DateTime.UtcNow - start < _pause) await Task.Delay(1000);")]
    [InlineData("while (_watch.Elapsed <= _pause) await Task.Delay(1000);")]
    [InlineData("while (Environment.TickCount64 < _end) await Task.Delay(1000);")]
    [InlineData("while (true) { if (StartAt < DateTime.Now) break; await Task.Delay(1000); }")]
    [InlineData("while (!c.IsCancellationRequested && StartAt > DateTime.Now) await Task.Delay(1000, c);")]
    public Task Loop_UntilATimeThatIsKept_IsSilent(string body) =>
        Silent("async Task M(DateTime start, CancellationToken c) { " + body + " }" + Time);

    [Theory]
    [InlineData("[|while|] (!_done && StartAt > DateTime.Now) await Task.Delay(1000);")]
    [InlineData("[|while|] (_end < 3) await Task.Delay(1000);")]
    [InlineData("var n = 0; [|while|] (n < 10 && !_done) { n++; await Task.Delay(10); }")]
    [InlineData("long n = 3; [|while|] (_end < n) await Task.Delay(10);")]
    [InlineData("[|while|] (!_done) { if (StartAt < DateTime.Now) throw new TimeoutException(); await Task.Delay(1000); }")]
    public Task Loop_UntilOthersHaveDoneOrATime_IsReported(string body) => Reports("async Task M() { " + body + " }" + Time);

    [Theory]
    [InlineData("async Task M(List<Task> ts) { [|while|] (!ts.All(t => t.IsCompleted)) await Task.Delay(100); }")]
    [InlineData("async Task M(Task[] ts) { [|while|] (ts.Any(t => !t.IsCompleted)) { Console.WriteLine(1); await Task.Delay(100); } }")]
    [InlineData("async Task M(List<Task<int>> ts) { [|while|] (ts.Count(t => t.IsCompleted) < ts.Count) await Task.Delay(100); }")]
    [InlineData("void M() { var ts = new List<Task> { WorkAsync() }; [|while|] (ts.Any(t => t.Status == TaskStatus.Running)) Thread.Sleep(9); }")]
    [InlineData("async Task M(Task t) { [|while|] (!(t.IsCompleted || t.IsFaulted)) await Task.Delay(5); }")]
    public Task Loop_ThatLooksAtTasks_IsReported(string source) => Reports(source + Members);

    [Theory]
    [InlineData("async Task M(List<Task> ts) { while (ts.Any(t => Ask())) await Task.Delay(100); }")]
    [InlineData("async Task M(List<string> ps) { while (ps.All(p => !File.Exists(p))) await Task.Delay(100); }")]
    [InlineData("async Task M(List<Task> ts) { while (ts.Any(t => !t.IsCompleted)) { await WorkAsync(); await Task.Delay(100); } }")]
    [InlineData("async Task M(List<Task> ts) { while (ts.Any(t => t is null)) await Task.Delay(100); }")]
    public Task Loop_ThatAsksMoreThanTasks_IsSilent(string source) => Silent(source + Members);
}
