using System.Collections.Immutable;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class AbandonedTaskTests : RuleTest<AbandonedTaskAnalyzer, AbandonedTaskFix>
{
    private const string Run =
        "Task RunAsync(int i = 0) => Task.Delay(i); Task<int> CountAsync(int i = 0) => Task.FromResult(i); ValueTask SaveAsync() => default; void Use(object? o) { }\n";

    // Reported

    [Theory]
    [InlineData("var [|t|] = RunAsync();")]
    [InlineData("Task [|t|] = RunAsync();")]
    [InlineData("Task<int> [|t|] = CountAsync();")]
    [InlineData("var [|t|] = SaveAsync();")]
    [InlineData("var [|t|] = Task.Run(() => { });")]
    [InlineData("var [|t|] = RunAsync().ConfigureAwait(false);")]
    [InlineData("var [|t|] = SaveAsync().AsTask();")]
    [InlineData("var [|t|] = Task.Factory.StartNew(() => { });")]
    [InlineData("var [|t|] = RunAsync().ContinueWith(_ => { });")]
    [InlineData("Task [|t|]; t = RunAsync();")]
    [InlineData("Task? [|t|] = null; if (n > 0) t = RunAsync();")]
    [InlineData("var [|t|] = n > 0 ? RunAsync(1) : RunAsync(2);")]
    [InlineData("var [|t|] = other?.RunAsync();")]
    [InlineData("var [|t|] = other?.RunAsync() ?? Task.CompletedTask;")]
    [InlineData("var [|t|] = n switch { 1 => RunAsync(1), _ => Task.CompletedTask };")]
    [InlineData("var ([|t|], [|u|]) = (RunAsync(1), RunAsync(2));")]
    [InlineData("var [|t|] = RunAsync(1); var [|u|] = RunAsync(2);")]
    [InlineData("Task [|t|] = RunAsync(1), [|u|] = RunAsync(2);")]
    [InlineData("if (RunAsync() is { } [|t|]) Use(1);")]
    [InlineData("var [|t|] = Task.WhenAll(RunAsync(1), RunAsync(2));")]
    [InlineData("var [|t|] = Task.Delay(100);")]
    [InlineData("var [|t|] = n > 0 ? RunAsync() : Task.Delay(100); while (!t.IsCompleted) Use(1);")]
    public Task Task_KeptAndForgotten_IsReported(string body) =>
    Reports(Run + $"async Task M(int n, C? other) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("Use(t.IsCompleted);")]
    [InlineData("Use(t.Status);")]
    [InlineData("Use(t.Id); Use(t.ToString());")]
    [InlineData("while (!t.IsCompleted) await Task.Delay(1);")]
    [InlineData("if (t == null) Use(1);")]
    [InlineData("if (t is null) Use(1);")]
    [InlineData("if (t is { IsCompleted: true }) Use(1);")]
    [InlineData("Use(nameof(t));")]
    [InlineData("Use($\"{t}\");")]
    [InlineData("var u = t; Use(u.IsFaulted);")]
    [InlineData("t.Dispose();")]
    [InlineData("Use(t?.Status);")]
    [InlineData("t.ConfigureAwait(false);")]
    [InlineData("Func<Task> never = async () => await t;")]
    [InlineData("if (t is { IsCompleted: true } done) Use(done.Status);")]
    [InlineData("if (t is not Task<int> other) Use(1); else Use(other.IsFaulted);")]
    [InlineData("var state = t switch { { IsCompleted: true } => 1, _ => 2 }; Use(state);")]
    public Task Task_OnlyLookedAt_IsReported(string use) =>
    Reports(Run + $"async Task M() {{ await Task.Yield(); var [|t|] = RunAsync(); {use} }}");

    [Fact]
    public Task Task_InLocalFunctionThatIsNotCalled_IsReported() =>
    Reports(Run + "async Task M() { await Task.Yield(); var [|t|] = RunAsync(); async Task Later() => await t; }");

    [Theory]
    [InlineData("var [|tasks|] = new List<Task>(); foreach (var i in items) tasks.Add(RunAsync(i));")]
    [InlineData("var [|tasks|] = new List<Task>(); foreach (var i in items) { var t = RunAsync(i); tasks.Add(t); }")]
    [InlineData("var [|tasks|] = new List<Task> { RunAsync(1), RunAsync(2) };")]
    [InlineData("var [|tasks|] = new[] { RunAsync(1), RunAsync(2) };")]
    [InlineData("Task[] [|tasks|] = { RunAsync(1), RunAsync(2) };")]
    [InlineData("var [|tasks|] = new Task[2]; for (var i = 0; i < 2; i++) tasks[i] = RunAsync(i);")]
    [InlineData("var [|tasks|] = items.Select(i => RunAsync(i)).ToList();")]
    [InlineData("var [|tasks|] = items.Select(async i => await RunAsync(i)).ToArray();")]
    [InlineData("var [|tasks|] = items.Select(CountAsync).ToList();")]
    [InlineData("var [|tasks|] = items.Select(i => RunAsync(i));")]
    [InlineData("var [|tasks|] = new Dictionary<int, Task>(); foreach (var i in items) tasks[i] = RunAsync(i);")]
    [InlineData("var [|tasks|] = new Dictionary<int, Task>(); foreach (var i in items) tasks.Add(i, RunAsync(i));")]
    [InlineData("var [|tasks|] = new Queue<Task>(); tasks.Enqueue(RunAsync());")]
    [InlineData("var [|tasks|] = new List<(int, Task)>(); foreach (var i in items) tasks.Add((i, RunAsync(i)));")]
    [InlineData(
        "var [|tasks|] = new System.Collections.Concurrent.ConcurrentBag<Task>(); Parallel.ForEach(items, i => tasks.Add(RunAsync(i)));")]
    [InlineData("IList<Task> [|tasks|] = new List<Task>(); tasks.Add(RunAsync()); Use(tasks.Count);")]
    [InlineData("var [|tasks|] = new List<Task>(); tasks.Add(RunAsync()); tasks.RemoveAll(t => t.IsCompleted);")]
    [InlineData("var [|tasks|] = new List<Task>(); tasks.Add(RunAsync()); Use(tasks.Any(t => !t.IsCompleted));")]
    [InlineData("var [|tasks|] = new List<Task>(); tasks.Add(RunAsync()); foreach (var t in tasks) Use(t.Status);")]
    [InlineData("var [|tasks|] = new List<Task>(); tasks.Add(RunAsync()); var copy = tasks.ToArray(); Use(copy.Length);")]
    [InlineData("var [|tasks|] = new List<Task>(); tasks.Add(RunAsync()); Use(tasks[0].IsCompleted);")]
    [InlineData("var [|tasks|] = new List<Task>(); tasks.Add(RunAsync()); Use(tasks.Select(t => t.Status).ToList());")]
    [InlineData(
        "var [|tasks|] = System.Collections.Immutable.ImmutableList<Task>.Empty; foreach (var i in items) tasks = tasks.Add(RunAsync(i));")]
    public Task Collection_FilledAndForgotten_IsReported(string body) =>
    Reports(Run + $"async Task M(int[] items) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("var [|t|] = RunAsync(1); t = RunAsync(2); await t;")]
    [InlineData("var [|t|] = RunAsync(1); if (n > 0) { t = RunAsync(2); } else { t = RunAsync(3); } await t;")]
    [InlineData("Task [|t|]; t = RunAsync(1); t = RunAsync(2); t = RunAsync(3); await t;")]
    [InlineData("Task [|t|] = Task.CompletedTask; await t; t = RunAsync(1);")]
    [InlineData("var [|t|] = RunAsync(1); t = RunAsync(2); Check(async () => await t); void Check(Func<Task> f) { }")]
    [InlineData("Task [|t|] = Task.CompletedTask; if (n > 0) { t = RunAsync(1); return; } await t;")]
    [InlineData("Task [|t|] = Task.CompletedTask; if (n > 0) { t = RunAsync(1); throw new Exception(); } await t;")]
    public Task Task_LostOnEveryPath_IsReported(string body) => Reports(Run + $"async Task M(int n) {{ {body} }}");

    [Theory]
    [InlineData("var t = RunAsync(1); Check(async () => await t); t = RunAsync(2); await t;")]
    [InlineData(
        "var t = RunAsync(1); if (n > 0) { Check(() => t); return; } Check(async () => { await RunAsync(); await t; }); t = RunAsync(2); await t;")]
    [InlineData("var t = RunAsync(1); await Both(); t = RunAsync(2); await t; Task Both() => Task.WhenAll(t, RunAsync());")]
    [InlineData("Func<Task> f = async () => { var t = RunAsync(1); Check(() => t); t = RunAsync(2); await t; }; await f();")]
    public Task Task_GivenAwayInALambdaBeforeTheNext_IsSilent(string body) =>
    Silent(Run + $"void Check(Func<Task> f) {{ }} async Task M(int n) {{ {body} }}");

    [Fact]
    public Task Task_InSynchronousMember_IsReported() => Reports(
        Run +
        """
        void A() { var [|t|] = RunAsync(); }
        C() { var [|t|] = RunAsync(); }
        int P { get { var [|t|] = RunAsync(); return 1; } set { var [|t|] = RunAsync(); } }
        Action L() => () => { var [|t|] = RunAsync(); };
        void F() { Local(); void Local() { var [|t|] = RunAsync(); } }
        IEnumerable<int> I() { var [|t|] = RunAsync(); yield return 1; }
        async IAsyncEnumerable<int> AI() { var [|t|] = RunAsync(); await Task.Yield(); yield return 1; }
        Task<T> G<T>(Func<Task<T>> f) { var [|t|] = f(); return f(); }
        void O(out Task o) { var [|t|] = RunAsync(); o = Task.CompletedTask; }
        void S() { var [|t|] = RunAsync(); ref var s = ref t; Use(s.IsCompleted); }
        void R(ref Task r) { var [|t|] = RunAsync(); if (t.IsCompleted) r = Task.CompletedTask; }
        """);

    [Fact]
    public Task Task_InTopLevelProgram_IsReported() => Reports(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        var [|tasks|] = new List<Task>();
        for (var i = 0; i < 3; i++) tasks.Add(Task.Run(() => { }));
        var [|t|] = Task.Run(() => { });
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Task_InOldLanguage_IsReported() => Reports(
        "Task RunAsync() { return Task.Delay(1); } async Task M() { await Task.Delay(1); var [|t|] = RunAsync(); }",
        new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

#if !ROSLYN_FLOOR
    [Theory]
    [InlineData("List<Task> [|tasks|] = [RunAsync(1), RunAsync(2)];")]
    [InlineData("Task[] [|tasks|] = [RunAsync(1), .. items.Select(i => RunAsync(i))];")]
    public Task CollectionExpression_Forgotten_IsReported(string body) =>
    Reports(Run + $"async Task M(int[] items) {{ await Task.Yield(); {body} }}");

    [Fact]
    public Task CollectionExpression_Awaited_IsSilent() =>
    Silent(Run + "async Task M() { List<Task> tasks = [RunAsync(1), RunAsync(2)]; Task[] more = [.. tasks]; await Task.WhenAll(more); }");

    [Fact]
    public Task Task_InExtensionBlock_IsReported() => Reports(
        """
        public static class E
        {
            extension(System.IO.Stream s)
            {
                public void M() { var [|t|] = s.FlushAsync(); }
            }
        }
        """,
        RuleTestOptions.File);
#endif

    [Fact]
    public Task SaysWhatIsKept() => Reports(
        Run +
            "async Task M(int[] items) { await Task.Yield(); var {|#0:t|} = RunAsync(); var {|#1:tasks|} = items.Select(RunAsync).ToList(); }",
        new()
        {
            Expected =
            [
                new DiagnosticResult("AGD0205", DiagnosticSeverity.Warning).WithLocation(0)
                    .WithMessage("'t' holds a task that is never awaited, returned or passed on, so its failure goes unnoticed; await it"),
                new DiagnosticResult("AGD0205", DiagnosticSeverity.Warning).WithLocation(1)
                    .WithMessage(
                    "'tasks' holds tasks that are never awaited, returned or passed on, so their failures go unnoticed; await 'Task.WhenAll'"),
            ],
        });

    // Silent

    [Theory]
    [InlineData("await t;")]
    [InlineData("await t.ConfigureAwait(false);")]
    [InlineData("await t.WaitAsync(TimeSpan.Zero);")]
    [InlineData("await (t ?? Task.CompletedTask);")]
    [InlineData("t.Wait();")]
    [InlineData("t.GetAwaiter().GetResult();")]
    [InlineData("t?.Wait();")]
    [InlineData("_field = t;")]
    [InlineData("this.Field = t;")]
    [InlineData("_all.Add(t);")]
    [InlineData("Use(t);")]
    [InlineData("await Task.WhenAll(t, RunAsync());")]
    [InlineData("await Task.WhenAny(t, RunAsync());")]
    [InlineData("Use(t.Exception);")]
    [InlineData("_ = t;")]
    [InlineData("_ = t.ContinueWith(x => Use(x.Exception), TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("var u = t; await u;")]
    [InlineData("if (t is Task<int> typed) await typed;")]
    [InlineData("var all = new List<Task> { t }; await Task.WhenAll(all);")]
    [InlineData("var pair = (1, t); await pair.t;")]
    [InlineData("Action a = () => Use(t.IsCompleted); a();")]
    [InlineData("Func<Task> a = async () => await t; await a();")]
    [InlineData("await Later(); async Task Later() => await t;")]
    [InlineData("if (t.IsCompleted) await t;")]
    [InlineData("try { Use(1); } finally { await t; }")]
    [InlineData("lock (_all) _all.Add(t);")]
    [InlineData("foreach (var x in new[] { t }) await x;")]
    [InlineData("Func<Task> a = () => t; Use(a);")]
    [InlineData("Interlocked.Exchange(ref t, Task.CompletedTask);")]
    [InlineData("Swap(ref t); void Swap(ref Task other) { }")]
    [InlineData("Give(out var same); await same; void Give(out Task o) => o = t;")]
    [InlineData("if (t is { IsCompleted: false } open) await open;")]
    [InlineData("await (t switch { { IsCompleted: true } => Task.CompletedTask, var open => open });")]
    [InlineData("var (n, u) = (1, t); await u;")]
    public Task Task_TakenCareOf_IsSilent(string use) =>
    Silent(Run +
    $"Task? _field; Task? Field {{ get; set; }} List<Task> _all = new(); async Task M() {{ await Task.Yield(); var t = RunAsync(); {use} Use(_field); }}");

    [Theory]
    [InlineData("Task M() { var t = RunAsync(); return t; }")]
    [InlineData("(int, Task) M() { var t = RunAsync(); return (1, t); }")]
    [InlineData("IEnumerable<Task> M() { var t = RunAsync(); yield return t; }")]
    [InlineData("Task M(bool b) { var t = RunAsync(); return b ? t : Task.CompletedTask; }")]
    [InlineData("void M(out Task o) { var t = RunAsync(); o = t; }")]
    [InlineData("Task M() { var t = RunAsync(); ref var r = ref t; return r; }")]
    [InlineData("object M() { var t = RunAsync(); return new { t }; }")]
    [InlineData("Func<Task> M() { var t = RunAsync(); return () => t; }")]
    [InlineData("async Task<int> M() { var t = CountAsync(); if (t.IsCompleted) return t.Result; return await t; }")]
    [InlineData("Task M() { var all = new List<Task>(); all.Add(RunAsync()); return Task.WhenAll(all); }")]
    public Task Task_Returned_IsSilent(string member) => Silent(Run + member);

    [Theory]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToList(); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToList(); foreach (var t in tasks) await t;")]
    [InlineData(
        "var tasks = items.Select(i => RunAsync(i)).ToList(); while (tasks.Count > 0) { var t = await Task.WhenAny(tasks); tasks.Remove(t); }")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToArray(); for (var i = 0; i < tasks.Length; i++) await tasks[i];")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToArray(); Task.WaitAll(tasks);")]
    [InlineData(
        "var tasks = new Dictionary<int, Task>(); foreach (var i in items) tasks[i] = RunAsync(i); await Task.WhenAll(tasks.Values);")]
    [InlineData(
        "var tasks = new Dictionary<int, Task>(); foreach (var i in items) tasks[i] = RunAsync(i); if (tasks.TryGetValue(1, out var one)) await one;")]
    [InlineData("var tasks = new Queue<Task>(); tasks.Enqueue(RunAsync()); await tasks.Dequeue();")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync()); tasks.ForEach(t => t.Wait());")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync()); Use(tasks);")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync()); _kept = tasks;")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync()); await Task.WhenAll(tasks.Where(t => !t.IsCompleted));")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync()); await tasks[^1];")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync()); foreach (var t in tasks) Use(t.Exception);")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync()); foreach (var t in tasks.Select(async t => await t)) await t;")]
    [InlineData("var tasks = new List<(int Id, Task Work)>(); tasks.Add((1, RunAsync())); foreach (var (id, work) in tasks) await work;")]
    [InlineData(
        "var tasks = System.Collections.Immutable.ImmutableList<Task>.Empty; tasks = tasks.Add(RunAsync()); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = items.Select(async i => await RunAsync(i)).ToList(); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = items.Select(async i => { await RunAsync(i); return i; }); Use(await Task.WhenAll(tasks));")]
    [InlineData("var tasks = from i in items select RunAsync(i); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync()); var more = tasks.ToArray(); await Task.WhenAll(more);")]
    public Task Collection_TakenCareOf_IsSilent(string body) =>
    Silent(Run + $"object? _kept; async Task M(int[] items) {{ await Task.Yield(); {body} Use(_kept); }}");

    [Theory]
    [InlineData("Task t = Task.CompletedTask; if (n > 0) t = RunAsync(); await t;")]
    [InlineData("var t = n > 0 ? RunAsync(1) : RunAsync(2); await t;")]
    [InlineData("C? other = this; var t = other?.RunAsync(); if (t != null) await t;")]
    [InlineData("if (RunAsync() is { } t) await t;")]
    [InlineData("Task t = Task.CompletedTask; if (n > 0) { t = RunAsync(1); await t; return; } await t;")]
    [InlineData("Task t = Task.CompletedTask; if (n > 0) { t = RunAsync(1); await t; throw new Exception(); } await t;")]
    [InlineData("var t = RunAsync(1); await t; t = RunAsync(2); await t;")]
    [InlineData("Task t = Task.CompletedTask; while (n-- > 0) { await t; t = RunAsync(1); }")]
    [InlineData("Task? t = null; try { t = RunAsync(1); Use(1); } finally { if (t != null) await t; }")]
    [InlineData("Task? t = null; try { t = RunAsync(1); throw new Exception(); } catch { await t!; }")]
    [InlineData("Task t; if (n > 0) t = RunAsync(1); else t = RunAsync(2); await t;")]
    [InlineData("Task t; switch (n) { case 1: t = RunAsync(1); break; default: t = RunAsync(2); break; } await t;")]
    [InlineData("var t = RunAsync(1); if (n > 0) return; await t;")]
    [InlineData("var t = RunAsync(1); if (n > 0) throw new Exception(); await t;")]
    [InlineData("var t = RunAsync(1); t = Task.WhenAll(t, RunAsync(2)); await t;")]
    public Task Task_AwaitedOnSomePath_IsSilent(string body) => Silent(Run + $"async Task M(int n) {{ {body} }}");

    [Theory]
    [InlineData("var limit = Task.Delay(100); while (!limit.IsCompleted) Use(1);")]
    [InlineData("var limit = source == null ? new TaskCompletionSource<int>().Task : Task.Delay(100); if (limit.IsCompleted) Use(1);")]
    [InlineData("var t = _field; Use(1);")]
    [InlineData("var t = p; Use(1);")]
    [InlineData("var t = Task.CompletedTask; Use(1);")]
    [InlineData("var t = Task.FromResult(1); Use(1);")]
    [InlineData("Task? t = null; Use(1);")]
    [InlineData("var t = source.Task; Use(1);")]
    [InlineData("var t = _queue.Dequeue(); Use(1);")]
    [InlineData("Give(out var t); Use(t.Status); void Give(out Task o) => o = p;")]
    [InlineData("var t = new Task(() => { }); Use(1);")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(p); Use(1);")]
    [InlineData("var tasks = new List<Task>(); Use(tasks.Count);")]
    [InlineData("var tasks = new List<Task>(_queue); Use(1);")]
    [InlineData("var tasks = _queue.Where(t => t.IsCompleted).ToList(); Use(tasks.Count);")]
    [InlineData("var tasks = _queue.Select(t => t).ToList(); Use(tasks.Count);")]
    [InlineData("var names = new List<string>(); Use(names);")]
    [InlineData("var winner = await Task.WhenAny(p, source.Task); Use(winner == p);")]
    public Task Task_OfOtherCode_IsSilent(string body) =>
    Silent(Run +
    $"Task _field = Task.CompletedTask; Queue<Task> _queue = new(); async Task M(Task p, TaskCompletionSource<int> source) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("_")]
    [InlineData("__")]
    [InlineData("ignored")]
    [InlineData("unusedTask")]
    [InlineData("_discard")]
    public Task Task_UnderANameThatDiscards_IsSilent(string name) =>
    Silent(Run + $"async Task M() {{ await Task.Yield(); var {name} = RunAsync(); }}");

    [Fact]
    public Task Task_OfAnObserver_IsSilent() => Silent(
        """
        using System.Threading.Tasks;
        public static class E { public static Task Forget(this Task task) => task; }
        public class D
        {
            async Task M(Task task)
            {
                await task;
                var a = Task.Run(() => { }).Forget();
                var b = Task.Run(() => { }); b.Forget();
                var c = Task.Run(() => { }).ContinueWith(x => System.Console.WriteLine(x.Exception));
                var d = Task.Run(() => { }); E.Forget(d);
            }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Task_OfAConfiguredRegistry_IsSilent() => Silent(
        """
        Task Track(Task task) => task;
        async Task M() { await Task.Yield(); var t = Track(Task.Run(() => { })); }
        """,
        new() { EditorConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_task_observers", "Track") });

    [Fact]
    public Task Task_OfATaskGroup_IsSilent() => Silent(
        """
        Task M(Stream s, CancellationToken t) => TaskGroup.RunAsync(async group =>
        {
            await Task.Yield();
            var first = group.Start(token => s.FlushAsync(token));
            var tasks = new List<Task>();
            tasks.Add(group.Start(token => s.FlushAsync(token)));
        }, t);
        """,
        new() { Stubs = [Stubs.AsyncGuardRuntime], ExtraUsings = ["AsyncGuard"] });

    [Fact]
    public Task Awaitable_ThatIsDisposed_IsSilent() => Silent(
        """
        class Call : IDisposable { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => default; public void Dispose() { } public Task Head => Task.CompletedTask; }
        Call Start() => new Call();
        async Task M() { using var call = Start(); await Task.Yield(); using (var other = Start()) await Task.Yield(); var third = Start(); await third.Head; }
        """);

    [Fact]
    public Task MockedCall_IsSilent() => Silent(
        """
        public interface ILog { Task InfoAsync(string s); }
        void M(Mock<ILog> mock) { mock.Verify(x => x.InfoAsync("a"), Times.Never); }
        void N(System.Linq.Expressions.Expression<Func<Stream, Task>> e) { N(s => s.FlushAsync()); }
        """,
        new() { Stubs = [Stubs.Moq], ExtraUsings = ["Moq"] });

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading.Tasks;
        class D { void M() { var t = Task.Run(() => { }); } }
        """,
        RuleTestOptions.File);
}
