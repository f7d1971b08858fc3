using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class SequentialAwaitsTests : RuleTest<SequentialAwaitsAnalyzer, SequentialAwaitsFix>
{
    private const string Run =
        "Task RunAsync(int i = 0) => Task.Delay(i); Task<int> CountAsync(int i = 0) => Task.FromResult(i); ValueTask SaveAsync() => default; void Use(object? o, object? p = null) { }\n";

    private static readonly RuleTestOptions Grouped = new() { ActionKey = "AGD0206.Group", FixedUsings = ["AsyncGuard"] };

    // Reported

    [Theory]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); [|await a|]; await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); [|await b|]; await a;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); var c = RunAsync(3); [|await a|]; await b; await c;")]
    [InlineData("var a = CountAsync(1); var b = CountAsync(2); Use([|await a|], await b);")]
    [InlineData("var a = CountAsync(1); var b = CountAsync(2); var sum = [|await a|] + await b; Use(sum);")]
    [InlineData("var a = CountAsync(1); var b = CountAsync(2); var (x, y) = ([|await a|], await b); Use(x, y);")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); [|await a.ConfigureAwait(false)|]; await b.ConfigureAwait(false);")]
    [InlineData("var (a, b) = (RunAsync(1), RunAsync(2)); [|await a|]; await b;")]
    [InlineData("Task a = RunAsync(1), b = RunAsync(2); [|await a|]; await b;")]
    [InlineData("Task a; Task b; a = RunAsync(1); b = RunAsync(2); [|await a|]; await b;")]
    [InlineData("var a = SaveAsync(); var b = SaveAsync(); [|await a|]; await b;")]
    [InlineData("var a = Task.Run(() => { }); var b = Task.Run(() => { }); Use(1); [|await a|]; Use(2); await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); await RunAsync(3); [|await a|]; await b;")]
    [InlineData("var a = RunAsync(1); await RunAsync(); var b = RunAsync(2); if (n > 0) return; [|await a|]; await b;")]
    [InlineData("var a = n > 0 ? RunAsync(1) : RunAsync(2); var b = RunAsync(3); [|await a|]; await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); if (!a.IsCompleted) Use(1); [|await a|]; await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { [|await a|]; await b; } catch (Exception e) { Use(e); }")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { [|await a|]; await b; } finally { Use(1); }")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); if (n > 0) { [|await a|]; await b; } else { await b; await Task.WhenAll(a); }")]
    [InlineData("while (n-- > 0) { var a = RunAsync(1); var b = RunAsync(2); [|await a|]; await b; }")]
    public Task Tasks_AwaitedOneAfterTheOther_AreReported(string body) => Reports(Run + $"async Task M(int n) {{ {body} }}");

    [Theory]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToList(); foreach (var t in tasks) [|await t|];")]
    [InlineData(
        "var tasks = items.Select(async i => await RunAsync(i)).ToArray(); foreach (var t in tasks) { [|await t.ConfigureAwait(false)|]; }")]
    [InlineData(
        "var tasks = new List<Task<int>>(); foreach (var i in items) tasks.Add(CountAsync(i)); foreach (var t in tasks) Use([|await t|]);")]
    [InlineData("var tasks = new[] { RunAsync(1), RunAsync(2) }; foreach (var t in tasks) [|await t|];")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync(1)); tasks.Add(RunAsync(2)); foreach (var t in tasks) [|await t|];")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToArray(); for (var i = 0; i < tasks.Length; i++) [|await tasks[i]|];")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToList(); for (var i = 0; i < tasks.Count; i++) [|await tasks[i]|];")]
    [InlineData(
        "var tasks = items.Select(i => RunAsync(i)).ToList(); try { foreach (var t in tasks) [|await t|]; } catch (Exception e) { Use(e); }")]
    public Task Collection_AwaitedOneAfterTheOther_IsReported(string body) => Reports(Run + $"async Task M(int[] items) {{ {body} }}");

    [Fact]
    public Task EveryKindOfFunction_IsReported() => Reports(
        Run +
        """
        Func<Task> L() => async () => { var a = RunAsync(1); var b = RunAsync(2); [|await a|]; await b; };
        Task F() { return Local(); async Task Local() { var a = RunAsync(1); var b = RunAsync(2); [|await a|]; await b; } }
        async void V() { var a = RunAsync(1); var b = RunAsync(2); [|await a|]; await b; }
        async IAsyncEnumerable<int> I() { var a = CountAsync(1); var b = CountAsync(2); yield return [|await a|]; yield return await b; }
        Func<Task> P { get { return async delegate { var a = RunAsync(1); var b = RunAsync(2); [|await a|]; await b; }; } }
        async Task<T> G<T>(Func<Task<T>> f) { var a = f(); var b = f(); [|await a|]; return await b; }
        """);

    [Fact]
    public Task TopLevelProgram_IsReported() => Reports(
        """
        using System.Threading.Tasks;
        var a = Task.Run(() => 1);
        var b = Task.Run(() => 2);
        System.Console.WriteLine([|await a|] + await b);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task OldLanguage_IsReported() => Reports(
        "Task RunAsync() { return Task.Delay(1); } async Task M() { var a = RunAsync(); var b = RunAsync(); [|await a|]; await b; }",
        new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

#if !ROSLYN_FLOOR
    [Fact]
    public Task CollectionExpression_IsReported() =>
    Reports(Run + "async Task M() { Task[] tasks = [RunAsync(1), RunAsync(2)]; foreach (var t in tasks) [|await t|]; }");
#endif

    [Fact]
    public Task SaysWhatIsLeftAlone() => Reports(
        Run +
        """
        async Task M(int[] items)
        {
            var a = RunAsync(1); var b = RunAsync(2); var c = RunAsync(3);
            {|#0:await a|}; await b; await c;
            var tasks = items.Select(i => RunAsync(i)).ToList();
            foreach (var t in tasks) {|#1:await t|};
        }
        """,
        new()
        {
            Expected =
            [
                new DiagnosticResult("AGD0206", DiagnosticSeverity.Warning).WithLocation(0)
                    .WithMessage("If 'a' fails here, 'b' and 'c' keep running and nothing observes them; await 'Task.WhenAll' first"),
                new DiagnosticResult("AGD0206", DiagnosticSeverity.Warning).WithLocation(1)
                    .WithMessage(
                    "If 't' fails here, the others in 'tasks' keep running and nothing observes them; await 'Task.WhenAll' first"),
            ],
        });

    // Silent

    [Theory]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); await Task.WhenAll(a, b);")]
    [InlineData("var a = CountAsync(1); var b = CountAsync(2); await Task.WhenAll(a, b); Use(await a, await b);")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); var all = Task.WhenAll(a, b); await a; await b; await all;")]
    [InlineData("var a = RunAsync(1); await a; var b = RunAsync(2); await b;")]
    [InlineData("var a = RunAsync(1); await RunAsync(2); await a;")]
    [InlineData("await RunAsync(1); await RunAsync(2);")]
    [InlineData("await p; await q;")]
    [InlineData("var a = RunAsync(1); await p; await a;")]
    [InlineData("var a = RunAsync(1); await a; await p;")]
    [InlineData("await _field; var a = RunAsync(1); await _field; await a;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { await a; } finally { await b; }")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { await a; } catch (Exception e) { Use(e); } await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { await a; await b; } finally { await Task.WhenAll(a, b); }")]
    [InlineData("var a = RunAsync(1); var b = Task.Delay(100); await a; await b;")]
    [InlineData("var a = RunAsync(1); var b = Task.CompletedTask; await a; await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); _field = b; await a; await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); Use(b); await a; await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); Action x = () => Use(b.Status); x(); await a; await b;")]
    [InlineData("Task a = Task.CompletedTask, b = Task.CompletedTask; if (n > 0) a = RunAsync(1); else b = RunAsync(2); await a; await b;")]
    [InlineData(
        "Task? a = null, b = null; if (n > 0) a = RunAsync(1); if (n > 1) b = RunAsync(2); if (a != null) await a; if (b != null) await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); await Task.WhenAny(a, b); await a; await b;")]
    [InlineData("var a = RunAsync(1); var b = a; await a; await b;")]
    [InlineData("var a = RunAsync(1); _ = RunAsync(2).ContinueWith(x => Use(x.Exception)); await a;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); await a.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); await b;")]
    [InlineData("var a = RunAsync(1); for (var i = 0; i < 2; i++) { await a; a = RunAsync(i); } await a;")]
    public Task Tasks_ThatAreNotLeftAlone_AreSilent(string body) =>
    Silent(Run + $"Task _field = Task.CompletedTask; async Task M(int n, Task p, Task q) {{ {body} }}");

    [Theory]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToList(); await Task.WhenAll(tasks); foreach (var t in tasks) await t;")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)); foreach (var t in tasks) await t;")]
    [InlineData("foreach (var t in items.Select(i => RunAsync(i))) await t;")]
    [InlineData(
        "var tasks = items.Select(i => RunAsync(i)).ToList(); foreach (var t in tasks) { try { await t; } catch (Exception e) { Use(e); } }")]
    [InlineData("foreach (var t in given) await t;")]
    [InlineData("var tasks = new List<Task>(given); foreach (var t in tasks) await t;")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(RunAsync(1)); foreach (var t in tasks) await t;")]
    [InlineData("foreach (var i in items) await RunAsync(i);")]
    [InlineData(
        "var tasks = items.Select(i => RunAsync(i)).ToList(); try { foreach (var t in tasks) await t; } finally { await Task.WhenAll(tasks); }")]
    [InlineData("var tasks = items.Select(i => Task.Delay(i)).ToList(); tasks.Add(Task.Delay(1)); await tasks[0];")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToList(); Use(tasks); foreach (var t in tasks) await t;")]
    public Task Collections_ThatAreNotLeftAlone_AreSilent(string body) =>
    Silent(Run + $"async Task M(int[] items, List<Task> given) {{ {body} await Task.Yield(); }}");

    private const string Waiter =
        "class Waiter { public Task<int> WaitAsync(string key, CancellationToken t = default) => Task.FromResult(1); public void Cancel(string key) { } public void Stop() { } } readonly Waiter _waiter = new(); Task PumpAsync(CancellationToken t) => Task.Delay(1, t); Task OtherAsync(int i = 0) => Task.Delay(i);\n";

    // What the cleanup ends does not keep running
    [Theory]
    [InlineData("var a = OtherAsync(); var b = PumpAsync(s.Token); try { await a; await b; } finally { s.Cancel(); }")]
    [InlineData("var a = OtherAsync(); var b = PumpAsync(s.Token); try { await a; await b; } finally { await s.CancelAsync(); }")]
    [InlineData("var a = OtherAsync(); var b = PumpAsync(s.Token); try { await a; await b; } catch { s?.Cancel(); throw; }")]
    [InlineData("var a = OtherAsync(); var b = PumpAsync(s.Token); try { await a; await b; } catch (Exception) { s.Cancel(); throw; }")]
    [InlineData("var t = s.Token; var a = OtherAsync(); var b = PumpAsync(t); try { await a; await b; } finally { if (!s.IsCancellationRequested) s.Cancel(); }")]
    [InlineData("try { var a = OtherAsync(); var b = Task.Run(() => PumpAsync(s.Token)); await a; await b; } finally { try { s.Cancel(); } catch (ObjectDisposedException) { } }")]
    [InlineData("try { var a = OtherAsync(); var b = _waiter.WaitAsync(k); await a; await b; } finally { try { try { _waiter.Cancel(k); } catch (Exception) { } } finally { OtherAsync(); } }")]
    [InlineData("try { var a = OtherAsync(); var b = _waiter.WaitAsync(k); await a; await b; } finally { _waiter.Stop(); }")]
    [InlineData("var l = new[] { 1, 2 }.Select(i => PumpAsync(s.Token)).ToList(); try { foreach (var t in l) await t; } finally { s.Cancel(); }")]
    public Task Tasks_ThatTheCleanupEnds_AreSilent(string body) =>
    Silent(Waiter + $"async Task M(CancellationTokenSource s, string k) {{ {body} }}");

    [Theory]
    [InlineData("var a = OtherAsync(); var b = OtherAsync(1); try { [|await a|]; await b; } finally { s.Cancel(); }")]
    [InlineData("var a = OtherAsync(); var b = PumpAsync(s.Token); try { [|await a|]; await b; } finally { s.Dispose(); }")]
    [InlineData("var a = OtherAsync(); var b = PumpAsync(s.Token); try { [|await a|]; await b; } catch (TimeoutException) { s.Cancel(); throw; }")]
    [InlineData("var a = OtherAsync(); var b = PumpAsync(s.Token); try { [|await a|]; await b; } finally { if (k == null) s.Cancel(); }")]
    [InlineData("var a = OtherAsync(); var b = PumpAsync(s.Token); [|await a|]; try { await b; } finally { s.Cancel(); }")]
    [InlineData("try { var a = OtherAsync(); var b = _waiter.WaitAsync(k); [|await a|]; await b; } finally { _waiter.Cancel(\"\" + 1); }")]
    [InlineData("var a = OtherAsync(); var b = PumpAsync(s.Token); var c = OtherAsync(2); try { [|await a|]; await b; await c; } finally { s.Cancel(); }")]
    public Task Tasks_ThatTheCleanupDoesNotEnd_AreReported(string body) =>
    Reports(Waiter + $"async Task M(CancellationTokenSource s, string k) {{ {body} }}");

    [Fact]
    public Task ChildrenOfAGroup_AreSilent() => Silent(
        """
        Task M(Stream s, CancellationToken t) => TaskGroup.RunAsync(async group =>
        {
            var a = group.Start(token => s.FlushAsync(token));
            var b = group.Start(token => s.FlushAsync(token));
            await a;
            await b;
        }, t);
        """,
        new() { Stubs = [Stubs.AsyncGuardRuntime], ExtraUsings = ["AsyncGuard"] });

    [Fact]
    public Task Loop_ThatHandsOutOneByOne_IsSilent() => Silent(
        """
        Task<int> CountAsync(int i) => Task.FromResult(i);
        async IAsyncEnumerable<int> A(int[] items)
        {
            var tasks = items.Select(i => CountAsync(i)).ToArray();
            foreach (var task in tasks) yield return await task;
            var more = items.Select(i => CountAsync(i)).ToArray();
            for (var i = 0; i < more.Length; i++)
            {
                var n = await more[i].ConfigureAwait(false);
                if (n > 0) yield return n;
            }
        }
        """);

    [Fact]
    public Task Loop_BesideAYield_IsReported() => Reports(
        """
        Task<int> CountAsync(int i) => Task.FromResult(i);
        async IAsyncEnumerable<int> A(int[] items)
        {
            var tasks = items.Select(i => CountAsync(i)).ToArray();
            var sum = 0;
            foreach (var task in tasks) sum += [|await task|];
            yield return sum;
        }
        """);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading.Tasks;
        class D { async Task M() { var a = Task.Run(() => { }); var b = Task.Run(() => { }); await a; await b; } }
        """,
        RuleTestOptions.File);

    // Fixes

    [Fact]
    public Task Fix_AwaitsAllFirst() => FixesAndRuns(
        """
        async Task<int> RunAsync()
        {
            var a = Probe.CountAsync("a", 1);
            var b = Probe.CountAsync("b", 2);

            // the sum
            return [|await a|] + await b;
        }
        """,
        """
        async Task<int> RunAsync()
        {
            var a = Probe.CountAsync("a", 1);
            var b = Probe.CountAsync("b", 2);

            // the sum
            await Task.WhenAll(a, b);
            return await a + await b;
        }
        """,
        uncancelled: "'Task.WhenAll' waits for all of them and cancels none");

    [Fact]
    public Task Fix_OfThree_AndOfALoop_AwaitsAllFirst() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            var a = Probe.WorkAsync("a");
            var b = Probe.WorkAsync("b");
            var c = Probe.WorkAsync("c");
            [|await b|];
            await a;
            await c;
            var tasks = new[] { "d", "e" }.Select(name => Probe.WorkAsync(name)).ToList();
            foreach (var task in tasks)
            {
                [|await task.ConfigureAwait(false)|];
            }
        }
        """,
        """
        async Task RunAsync()
        {
            var a = Probe.WorkAsync("a");
            var b = Probe.WorkAsync("b");
            var c = Probe.WorkAsync("c");
            await Task.WhenAll(a, b, c).ConfigureAwait(false);
            await b;
            await a;
            await c;
            var tasks = new[] { "d", "e" }.Select(name => Probe.WorkAsync(name)).ToList();
            await Task.WhenAll(tasks).ConfigureAwait(false);
            foreach (var task in tasks)
            {
                await task.ConfigureAwait(false);
            }
        }
        """,
        uncancelled: "'Task.WhenAll' waits for all of them and cancels none");

    [Fact]
    public Task Group_StartsTheTasks() => FixesAndRuns(
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            var a = Probe.CountAsync("a", 1, token);
            var b = Probe.CountAsync("b", 2, token);
            var sum = [|await a|] + await b;
            return sum;
        }
        """,
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            return await TaskGroup.RunAsync(async group =>
            {
                var a = group.Start(ct => Probe.CountAsync("a", 1, ct));
                var b = group.Start(ct => Probe.CountAsync("b", 2, ct));
                var sum = await a + await b;
                return sum;
            }, token);
        }
        """,
        Grouped);

    [Fact]
    public Task Group_OfALoop_StartsTheTasks() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            var tasks = new List<Task>();
            foreach (var name in new[] { "a", "b" })
                tasks.Add(Probe.WorkAsync(name));
            foreach (var task in tasks)
                [|await task|];
        }
        """,
        """
        async Task RunAsync()
        {
            var tasks = new List<Task>();
            await TaskGroup.RunAsync(async group =>
            {
                foreach (var name in new[] { "a", "b" })
                    tasks.Add(group.Start(ct => Probe.WorkAsync(name, ct)));
                foreach (var task in tasks)
                    await task;
            });
        }
        """,
        Grouped);

    [Theory]
    [InlineData("var a = SaveAsync(); var b = SaveAsync(); [|await a|]; await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); if (n > 0) [|await a|]; else Use(a); await b;")]
    public Task Fix_WhereNothingCanStandBefore_IsNotOffered(string body) => NoFix(Run + $"async Task M(int n) {{ {body} }}");

    [Fact]
    public Task Awaits_InOneLine_StayThere() => Fixes(
        """
        async Task M()
        {
            var a = A(); var b = A();
            [|await a|]; await b;
        }
        Task A() => Task.Delay(1);
        """,
        """
        async Task M()
        {
            var a = A(); var b = A();
            await Task.WhenAll(a, b); await a; await b;
        }
        Task A() => Task.Delay(1);
        """,
        RuleTestOptions.Default with { ActionKey = "AGD0206.WhenAll" });
}
