using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class AbandonedTaskTests
{
    [Fact]
    public Task Fix_OfATask_AwaitsItAtTheEnd() => Fixes(
        Run +
        """
        async Task M()
        {
            // start
            var [|t|] = RunAsync(); // now
            Use(1);

            // done
            await Task.Yield();
        }
        """,
        Run +
        """
        async Task M()
        {
            // start
            var t = RunAsync(); // now
            Use(1);

            // done
            await Task.Yield();
            await t;
        }
        """);

    [Fact]
    public Task Fix_OfACollection_AwaitsWhenAll_BeforeTheReturn() => Fixes(
        Run +
        """
        async Task<int> M(int[] items)
        {
            await Task.Yield();
            var [|tasks|] = new List<Task>();
            foreach (var i in items)
            {
                tasks.Add(RunAsync(i));
            }

            // how many
            return tasks.Count;
        }
        """,
        Run +
        """
        async Task<int> M(int[] items)
        {
            await Task.Yield();
            var tasks = new List<Task>();
            foreach (var i in items)
            {
                tasks.Add(RunAsync(i));
            }
            await Task.WhenAll(tasks);

            // how many
            return tasks.Count;
        }
        """);

    [Fact]
    public Task Fix_InMethodReturningTask_MakesItAsync() => Fixes(
        Run +
        """
        Task M()
        {
            var [|t|] = RunAsync(1);
            var [|u|] = RunAsync(2);
            return Task.CompletedTask;
        }
        """,
        Run +
        """
        async Task M()
        {
            var t = RunAsync(1);
            var u = RunAsync(2);
            await Task.WhenAll(t, u);
        }
        """);

    [Theory]
    [InlineData("var u = RunAsync(2); await u; Use(1);")]
    [InlineData("var u = RunAsync(2); await u.ConfigureAwait(false); Use(1);")]
    [InlineData("var u = RunAsync(2); if (n > 0) await u;")]
    [InlineData("var u = SaveAsync(); await u;")]
    [InlineData("var u = RunAsync(2); var v = RunAsync(3); await u; await v;")]
    [InlineData("var u = CountAsync(2); Use(await u); Use(2);")]
    [InlineData("var us = new List<Task> { RunAsync(2) }; foreach (var u in us) await u;")]
    [InlineData("var u = CountAsync(2); try { await u; } finally { Use(1); }")]
    public Task Fix_BehindTheAwaitOfAnother_IsNotOffered(string rest) => NoFix(
        Run + $"async Task M(int n) {{ var [|t|] = RunAsync(1); {rest} }}", RuleTestOptions.Default, "AGD0205.Join");

    [Theory]
    [InlineData("var u = CountAsync(2); return await u;")]
    [InlineData("var u = CountAsync(2); Use(1); return 1 + await u.ConfigureAwait(false);")]
    public Task Fix_BeforeTheAwaitThatIsReturned_IsNotOffered(string rest) => NoFix(
        Run + $"async Task<int> M() {{ var [|t|] = RunAsync(1); {rest} }}", RuleTestOptions.Default, "AGD0205.Join");

    [Theory]
    [InlineData("Use(await CountAsync(2));")]
    [InlineData("await RunAsync(2);")]
    [InlineData("await Task.WhenAll(RunAsync(2), RunAsync(3)); Use(1);")]
    [InlineData("Func<Task> work = async () => { var u = RunAsync(2); await u; }; Use(work);")]
    public Task Fix_BehindOtherAwaits_AwaitsAtTheEnd(string rest) => Fixes(
        Run + $"async Task M() {{ var [|t|] = RunAsync(1); {rest} }}",
        Run + $"async Task M() {{ var t = RunAsync(1); {rest} await t; }}");

    [Fact]
    public Task Fix_InOneLine_Dictionary_Lambda_ConfigureAwait() => Fixes(
        Run +
        """
        async Task A() { await Task.Yield(); var [|t|] = RunAsync(); }
        async Task B()
        {
            await RunAsync().ConfigureAwait(false);
            var [|byId|] = new Dictionary<int, Task> { [1] = RunAsync(1) };
        }
        Func<Task> D() => async () => { var [|t|] = RunAsync(); await Task.Yield(); };
        """,
        Run +
        """
        async Task A() { await Task.Yield(); var t = RunAsync(); await t; }
        async Task B()
        {
            await RunAsync().ConfigureAwait(false);
            var byId = new Dictionary<int, Task> { [1] = RunAsync(1) };
            await Task.WhenAll(byId.Values).ConfigureAwait(false);
        }
        Func<Task> D() => async () => { var t = RunAsync(); await Task.Yield(); await t; };
        """);

    [Fact]
    public Task Fix_InTopLevelProgram_Awaits() => Fixes(
        """
        using System.Threading.Tasks;

        var [|t|] = Task.Run(() => { });
        await Task.Yield();
        Local();

        static void Local() { }
        """,
        """
        using System.Threading.Tasks;

        var t = Task.Run(() => { });
        await Task.Yield();
        Local();
        await t;

        static void Local() { }
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Fix_InTopLevelProgram_WithGlobalUsings_AddsNone() => Fixes(
        """
        var [|tasks|] = new List<Task>();
        tasks.Add(Task.Run(() => { }));
        await Task.Yield();

        static void Local() { }
        """,
        """
        var tasks = new List<Task>();
        tasks.Add(Task.Run(() => { }));
        await Task.Yield();
        await Task.WhenAll(tasks);

        static void Local() { }
        """,
        RuleTestOptions.TopLevel with
        {
            OtherFiles = [("Usings.cs", "global using System.Collections.Generic;\nglobal using System.Threading.Tasks;\n")],
        });

    [Theory]
    [InlineData("void M() { var [|t|] = RunAsync(); }")]
    [InlineData("C() { var [|t|] = RunAsync(); }")]
    [InlineData("async Task M() { var [|t|] = RunAsync(1); t = RunAsync(2); await t; }")]
    [InlineData("int P { get { var [|t|] = RunAsync(); return 1; } }")]
    [InlineData("async Task M(int n) { await Task.Yield(); var [|t|] = RunAsync(); if (n > 0) return; Use(n); }")]
    [InlineData("async Task M(int n) { await Task.Yield(); while (n-- > 0) { var [|t|] = RunAsync(); if (n == 3) break; Use(n); } }")]
    [InlineData("async Task M(int n) { await Task.Yield(); while (n-- > 0) { var [|t|] = RunAsync(); if (n == 3) continue; Use(n); } }")]
    [InlineData("async Task M(int n) { await Task.Yield(); var [|t|] = RunAsync(); throw new Exception(); }")]
    [InlineData("Task M(ref int n) { var [|t|] = RunAsync(); return Task.CompletedTask; }")]
    [InlineData("Task M(object o) { lock (o) { var [|t|] = RunAsync(); } return Task.CompletedTask; }")]
    [InlineData("IEnumerable<int> M() { var [|t|] = RunAsync(); yield return 1; }")]
    [InlineData("async Task M() { await Task.Yield(); var [|tasks|] = new List<ValueTask> { SaveAsync() }; }")]
    public Task Fix_WhereNothingCanAwaitAtTheEnd_IsNotOffered(string member) => NoFix(Run + member);

    [Theory]
    [InlineData("async Task M() { var [|loop|] = LoopAsync(); await Task.Yield(); } async Task LoopAsync() { while (true) await Task.Delay(1); }")]
    [InlineData("async Task M(ILoop l) { var [|loop|] = l.RunAsync(); await Task.Yield(); } interface ILoop { Task RunAsync(); } "
        + "class L : ILoop { public async Task RunAsync() { while (true) await Task.Delay(1); } }")]
    // Cancelled after the other ends of its task.
    [InlineData("async Task M(Task t) { var [|c|] = t.ContinueWith(x => { }, TaskContinuationOptions.OnlyOnRanToCompletion); await Task.Yield(); }")]
    // Ends with a cancellation that is its own.
    [InlineData("async Task M() { using var c = new CancellationTokenSource(); var [|t|] = LoopAsync(c.Token); await Task.Yield(); c.Cancel(); } "
        + "Task LoopAsync(CancellationToken token) => Task.Delay(100, token);")]
    [InlineData("async Task M() { var c = new CancellationTokenSource(); var [|t|] = Task.Run(() => LoopAsync(c.Token)); "
        + "try { await Task.Yield(); } finally { await c.CancelAsync(); } } Task LoopAsync(CancellationToken token) => Task.Delay(100, token);")]
    [InlineData("async Task M() { var c = new CancellationTokenSource(); var [|all|] = new List<Task>(); for (var i = 0; i < 3; i++) "
        + "all.Add(LoopAsync(c.Token)); await Task.Yield(); c.Cancel(); } Task LoopAsync(CancellationToken token) => Task.Delay(100, token);")]
    public Task Fix_OfWorkWithoutEnd_IsNotOffered(string member) => NoFix(member);
}
