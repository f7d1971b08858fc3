using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>AGD0102 and what proves that a task is complete: winners, sequences, fields, tasks that are run on the spot.</summary>
public sealed class CompletionProofTests : RuleTest<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private const string Members = "\nstatic Task<int> RunAsync() => Task.Run(() => 1); void Use(object o) { }";

    [Theory]
    [InlineData("await a; return a switch { { Result: > 3 } => 1, _ => 0 };")]
    [InlineData("await a; switch (a) { case { Result: > 3 }: return 1; } return 0;")]
    [InlineData("await a; return a is not { Result: > 3 } ? 1 : 0;")]
    [InlineData("await Task.WhenAny(a); return a.Result;")]
    [InlineData("await Task.WhenAny(a).ConfigureAwait(false); return a.Result;")]
    [InlineData("await Task.WhenAny(new[] { a }); return a.Result;")]
    [InlineData("await Task.WhenAll(a, b); return (a, b) switch { var (x, y) when x == y => 0, _ => a.Result };")]
    public Task Pattern_OverACompleteTask_IsSilent(string body) =>
        Silent("async Task<int> M(Task<int> a, Task<int> b) { " + body + " }" + Members);

    [Theory]
    [InlineData("var w = await Task.WhenAny(a, b); if (w == b) return 0; return a.Result;")]
    [InlineData("var w = await Task.WhenAny(a, b); if (b == w) return 0; return a.Result;")]
    [InlineData("var w = await Task.WhenAny(a, b); return w != a ? b.Result : 0;")]
    [InlineData("if (await Task.WhenAny(a, b) == b) throw new TimeoutException(); return a.Result;")]
    [InlineData("if (await Task.WhenAny(a, b).ConfigureAwait(false) != b) return a.Result; return 0;")]
    [InlineData("var limit = Task.Delay(1); var w = await Task.WhenAny(a, limit); if (w == limit) throw new TimeoutException(); "
        + "return a.Result;")]
    [InlineData("var w = await Task.WhenAny(new Task[] { a, b }); if (w == b) return 0; return a.Result;")]
    [InlineData("while (true) { var c = RunAsync(); var w = await Task.WhenAny(c, b); if (w == b) break; Use(c.Result); } return 0;")]
    public Task Winner_ByExclusion_IsComplete(string body) =>
        Silent("async Task<int> M(Task<int> a, Task<int> b) { " + body + " }" + Members);

    [Theory]
    [InlineData("var w = await Task.WhenAny(a, b); if (w == a) return 0; return [|a.Result|];")]
    [InlineData("var w = await Task.WhenAny(a, b, RunAsync()); if (w == b) return 0; return [|a.Result|];")]
    [InlineData("var w = await Task.WhenAny(a, b); a = RunAsync(); if (w == b) return 0; return [|a.Result|];")]
    [InlineData("var w = await Task.WhenAny(a, b); w = RunAsync(); if (w == b) return 0; return [|a.Result|];")]
    [InlineData("var w = await Task.WhenAny(a, b); if (w == b && b.IsFaulted) return 0; return [|a.Result|];")]
    [InlineData("var w = await Task.WhenAny(a, RunAsync()); if (w == b) return 0; return [|a.Result|];")]
    [InlineData("await Task.WhenAny(a, b); return [|a.Result|];")]
    public Task Loser_IsNotComplete(string body) => Reports("async Task<int> M(Task<int> a, Task<int> b) { " + body + " }" + Members);

    [Theory]
    [InlineData("await foreach (var t in Task.WhenEach(ts).WithCancellation(c)) Use(t.Result);")]
    [InlineData("await foreach (var t in Task.WhenEach(ts).ConfigureAwait(false)) Use(t.Result);")]
    [InlineData("await foreach (var t in Task.WhenEach(ts).WithCancellation(c).ConfigureAwait(false)) Use(t.Result);")]
    [InlineData("await Task.WhenAll(ts.ToArray()); foreach (var t in ts) Use(t.Result);")]
    [InlineData("await Task.WhenAll(ts.Cast<Task>()); Use(ts[0].Result);")]
    public Task Items_ThatAreHandedOutComplete_AreSilent(string body) =>
        Silent("async Task M(List<Task<int>> ts, CancellationToken c) { " + body + " }" + Members);

    [Theory]
    [InlineData("await foreach (var t in Go(ts).WithCancellation(c)) Use([|t.Result|]);")]
    [InlineData("await Task.WhenAll(ts.Where(t => t.Id > 1)); Use([|ts[0].Result|]);")]
    [InlineData("await Task.WhenAll(ts.Take(1)); foreach (var t in ts) Use([|t.Result|]);")]
    public Task Items_OfAnotherSequence_AreReported(string body) => Reports(
        "async Task M(List<Task<int>> ts, CancellationToken c) { " + body + " } async IAsyncEnumerable<Task<int>> "
        + "Go(List<Task<int>> ts) { foreach (var t in ts) { await Task.Yield(); yield return t; } }" + Members);

    [Theory]
    [InlineData("readonly Task<int> _t = Task.FromResult(1);")]
    [InlineData("static readonly Task<int> _t = Task.FromResult(1);")]
    [InlineData("readonly Task<int> _t; C() { _t = Task.FromResult(1); }")]
    [InlineData("readonly ValueTask<int> _t = new(1);")]
    [InlineData("Task<int> _t { get; } = Task.FromResult(1);")]
    public Task ReadOnlyField_MadeComplete_IsSilent(string field) =>
        Silent(field + " async Task<int> M() { await Task.Yield(); return _t.Result; }");

    [Theory]
    [InlineData("Task<int> _t = Task.FromResult(1);")]
    [InlineData("readonly Task<int> _t = Task.Run(() => 1);")]
    [InlineData("readonly Task<int> _t; C(Task<int> t) { _t = t; }")]
    [InlineData("protected virtual Task<int> _t { get; } = Task.FromResult(1);")]
    [InlineData("Task<int> _t { get; set; } = Task.FromResult(1);")]
    public Task OtherField_IsReported(string field) =>
        Reports(field + " async Task<int> M() { await Task.Yield(); return [|_t.Result|]; }");

    [Theory]
    [InlineData("async Task<int> M(Task<int> t) { await Task.Yield(); t.RunSynchronously(); return t.Result; }")]
    [InlineData("async Task<int> M() { var t = new Task<int>(() => 1); t.RunSynchronously(TaskScheduler.Default); await "
        + "Task.Yield(); return t.Result; }")]
    public Task Task_RunOnTheSpot_IsComplete(string source) => Silent(source);

    [Theory]
    [InlineData("async Task<int> M(Task<int> t, Task<int> u) { await Task.Yield(); u.RunSynchronously(); return [|t.Result|]; }")]
    [InlineData("async Task<int> M(Task<int> t, bool x) { await Task.Yield(); if (x) t.RunSynchronously(); return [|t.Result|]; }")]
    public Task Task_NotRunOnEveryPath_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("async Task M(List<Task> ts) { [|Task.WaitAll(ts.ToArray())|]; await Task.Yield(); }")]
    [InlineData("async Task M(IEnumerable<Task> ts) { [|Task.WaitAll(ts)|]; await Task.Yield(); }")]
    [InlineData("async Task M(IEnumerable<Task> ts, CancellationToken c) { [|Task.WaitAll(ts, c)|]; await Task.Yield(); }")]
    [InlineData("async Task M(List<int> items) { [|Task.WaitAll(items.Select(i => Task.Delay(i)).ToArray())|]; await Task.Yield(); }")]
    [InlineData("async Task M(Dictionary<int, Task> ts) { [|Task.WaitAny(ts.Values.ToArray())|]; await Task.Yield(); }")]
    [InlineData("List<Task> _ts = new(); async Task M() { await Task.Yield(); [|Task.WaitAny(_ts.ToArray())|]; }")]
    [InlineData("Task[] _ts = null!; async Task M() { await Task.Yield(); var i = [|Task.WaitAny(_ts)|]; Use(i); } void Use(int i) { }")]
    [InlineData("async Task M(object o) { await Task.Yield(); [|Task.WaitAll((Task[])o)|]; }")]
    [InlineData("async Task M(Task a, Task b) { await a; [|Task.WaitAll(a, b)|]; }")]
    [InlineData("async Task M(Task[] ts) { foreach (var t in ts) if (t.Id > 1) await t; [|Task.WaitAny(ts, 1000)|]; }")]
    [InlineData("async Task M(Stack<Task> ts) { while (ts.Count > 0) { [|Task.WaitAny(ts.ToArray())|]; ts.Pop(); } await Task.Yield(); }")]
    [InlineData("async Task M() { var ts = new ConcurrentBag<Task>(); [|Task.WaitAll(ts.ToArray())|]; await Task.Yield(); }")]
    public Task Wait_ForAnySequence_IsReported(string source) =>
        Reports(source, RuleTestOptions.Default with { ExtraUsings = ["System.Collections.Concurrent"] });

#if !ROSLYN_FLOOR
    [Fact]
    public Task Wait_ForACollectionExpression_IsReported() =>
        Reports("async Task M(List<Task> ts) { [|Task.WaitAll([.. ts, Task.Delay(1)])|]; await Task.Yield(); }");
#endif

    private const string Awaiters =
        """

        class Switch { public SwitchAwaiter GetAwaiter() => default; }
        struct SwitchAwaiter : System.Runtime.CompilerServices.INotifyCompletion
        {
            public bool IsCompleted => false;
            public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());
            public void GetResult() { }
        }
        class Later { public LaterAwaiter GetAwaiter() => new(); }
        class LaterAwaiter : System.Runtime.CompilerServices.INotifyCompletion
        {
            Task<int> _task = Task.Run(() => 1);
            public bool IsCompleted => false;
            public void OnCompleted(Action continuation) => continuation();
            public int GetResult() => _task.Result;
        }
        """;

    [Theory]
    [InlineData("async Task M() { Task.Yield().GetAwaiter().GetResult(); await Task.Yield(); }")]
    [InlineData("async Task M(Switch s) { s.GetAwaiter().GetResult(); await Task.Yield(); }")]
    public Task Awaitable_ThatNeverWaits_IsSilent(string source) => Silent(source + Awaiters);

    [Fact]
    public Task Awaitable_ThatMayWait_IsReported() => Reports(
        "async Task<int> M(Later l) { await Task.Yield(); return [|l.GetAwaiter().GetResult()|]; }" + Awaiters);

    [Theory]
    [InlineData("Task<int> CountAsync() => Task.FromResult(_n);")]
    [InlineData("Task<int> CountAsync() { if (_n == 0) return Task.FromResult(0); Use(this); return Task.FromResult(_n); }")]
    [InlineData("public Task<int> CountAsync() => _n == 0 ? Task.FromResult(0) : Task.FromException<int>(new IOException());")]
    [InlineData("static Task<int> CountAsync() => Task.FromResult(1);")]
    [InlineData("Task<int> CountAsync() => InnerAsync(); Task<int> InnerAsync() => Task.FromResult(_n);")]
    [InlineData("Task<int> CountAsync() { Func<Task<int>> other = () => { return RunAsync(); }; return Task.FromResult(_n); }")]
    public Task MethodOfOurs_ThatReturnsCompleteTasks_IsComplete(string method) =>
        Silent("int _n; async Task<int> M() { await Task.Yield(); return CountAsync().Result; } " + method + Members);

    [Theory]
    [InlineData("Task<int> CountAsync() => RunAsync();")]
    [InlineData("Task<int> CountAsync() => _n == 0 ? Task.FromResult(0) : RunAsync();")]
    [InlineData("Task<int> CountAsync() { if (_n == 0) return Task.FromResult(0); return RunAsync(); }")]
    [InlineData("protected virtual Task<int> CountAsync() => Task.FromResult(_n);")]
    [InlineData("async Task<int> CountAsync() { await Task.Yield(); return _n; }")]
    [InlineData("Task<int> CountAsync() => _n == 0 ? Task.FromResult(0) : CountAsync();")]
    public Task MethodOfOurs_ThatMayReturnARunningTask_IsNot(string method) =>
        Reports("int _n; async Task<int> M() { await Task.Yield(); return [|CountAsync().Result|]; } " + method + Members);

    [Theory]
    [InlineData("var all = new List<Task>(); all.Add(a); all.AddRange(ts); await Task.WhenAll(all); Use(a.Result); Use(ts[0].Result);")]
    [InlineData("var all = new List<Task>(); all.Add(a); all.AddRange(ts); try { await Task.WhenAll(all); } catch (IOException) { return; } Use(a.Result); foreach (var t in ts) Use(t.Result);")]
    [InlineData("var all = new List<Task>(); all.AddRange(ts); await Task.WhenAll(all); Use(ts.Select(t => t.Result).ToArray());")]
    [InlineData("var all = new List<Task<int>>(ts.Count) { }; all.Add(a); Use(all.Count); await Task.WhenAll(all.ToArray()); Use(a.Result);")]
    [InlineData("Task[] all = { a, b }; await Task.WhenAll(all); Use(a.Result + b.Result);")]
    [InlineData("var all = new Task<int>[] { a, b }; Task.WaitAll(all); Use(a.Result + b.Result);", "Task.WaitAll")]
    public Task Task_InAListThatIsAwaited_IsComplete(string body, string blocking = "") => blocking.Length == 0
        ? Silent("async Task M(List<Task<int>> ts, Task<int> a, Task<int> b) { " + body + " }" + Members)
        : Reports("async Task M(List<Task<int>> ts, Task<int> a, Task<int> b) { await Task.Yield(); "
            + body.Replace("Task.WaitAll(all)", "[|Task.WaitAll(all)|]") + " }" + Members);

    [Theory]
    [InlineData("var all = new List<Task>(); if (ts.Count > 1) all.Add(a); await Task.WhenAll(all); Use([|a.Result|]);")]
    [InlineData("var all = new List<Task>(); all.Add(a); all.Remove(a); await Task.WhenAll(all); Use([|a.Result|]);")]
    [InlineData("var all = new List<Task>(); all.Add(a); all.Clear(); await Task.WhenAll(all); Use([|a.Result|]);")]
    [InlineData("var all = new List<Task>(); all.Add(a); a = RunAsync(); await Task.WhenAll(all); Use([|a.Result|]);")]
    [InlineData("var all = new List<Task>(); all.Add(a); all = new List<Task>(); await Task.WhenAll(all); Use([|a.Result|]);")]
    [InlineData("var all = new List<Task>(); await Task.WhenAll(all); all.Add(a); Use([|a.Result|]);")]
    [InlineData("var all = new List<Task>(); all.Add(a); await Task.WhenAny(all); Use([|a.Result|]);")]
    [InlineData("var all = new List<Task>(); all.Add(a); Empty(all); await Task.WhenAll(all); Use([|a.Result|]); void Empty(List<Task> l) => l.Clear();")]
    [InlineData("Task[] all = { a, b }; a = RunAsync(); await Task.WhenAll(all); Use([|a.Result|] + b.Result);")]
    [InlineData("var all = new List<Task>(); all.AddRange(ts); await Task.WhenAll(all); ts.Add(a); Use([|ts[0].Result|]);")]
    public Task Task_ThatMayNotBeInTheList_IsReported(string body) =>
        Reports("async Task M(List<Task<int>> ts, Task<int> a, Task<int> b) { " + body + " }" + Members);

    [Theory]
    [InlineData("Task<int>? won = null; foreach (var t in ts) { if (t.IsCompletedSuccessfully) { won = t; break; } } if (won == null) throw new TimeoutException(); Use(won.Result);")]
    [InlineData("Task<int>? won = default; if (b.IsCompleted) won = b; await Task.Yield(); Use(won!.Result);")]
    [InlineData("Task<int>? won = null; while (won is null) { var c = await Task.WhenAny(ts); if (c.IsCompletedSuccessfully) won = c; } Use(won.Result);")]
    public Task Variable_OfNothingOrACompleteTask_IsSilent(string body) =>
        Silent("async Task M(List<Task<int>> ts, Task<int> a, Task<int> b) { await Task.Yield(); " + body + " }" + Members);

    [Theory]
    [InlineData("Task<int>? won = null; foreach (var t in ts) { if (!t.IsFaulted) { won = t; break; } } if (won == null) throw new TimeoutException(); Use([|won.Result|]);")]
    [InlineData("Task<int>? won = null; if (b.IsCompleted) won = b; else won = a; Use([|won.Result|]);")]
    public Task Variable_OfARunningTask_IsReported(string body) =>
        Reports("async Task M(List<Task<int>> ts, Task<int> a, Task<int> b) { await Task.Yield(); " + body + " }" + Members);
}
