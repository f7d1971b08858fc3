using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingSleepTests : RuleTest<BlockingSleepAnalyzer, BlockingSleepFix>
{
    [Fact]
    public Task Sleep_InAsyncMethod_BecomesDelay() => Fixes(
        """
        async Task M()
        {
            [|Thread.Sleep(100)|];
        }
        """,
        """
        async Task M()
        {
            await Task.Delay(100);
        }
        """);

    [Fact]
    public Task Sleep_WithTokenInScope_PassesIt() => Fixes(
        """
        async Task M(CancellationToken cancellationToken)
        {
            [|Thread.Sleep(100)|];
        }
        """,
        """
        async Task M(CancellationToken cancellationToken)
        {
            await Task.Delay(100, cancellationToken);
        }
        """);

    [Fact]
    public Task Sleep_InMethodReturningTask_MakesItAsync() => Fixes(
        """
        Task<int> M(int r)
        {
            do
            {
                if (r > 3) return Task.FromResult(r);
                [|Thread.Sleep(100)|];
            } while (true);
        }
        """,
        """
        async Task<int> M(int r)
        {
            do
            {
                if (r > 3) return r;
                await Task.Delay(100);
            } while (true);
        }
        """);

    [Fact]
    public Task Sleep_InMethodReturningCompletedTask_LosesTheReturn() => Fixes(
        """
        public Task M()
        {
            // let it settle
            [|Thread.Sleep(TimeSpan.FromSeconds(1))|]; // one second
            return Task.CompletedTask;
        }
        """,
        """
        public async Task M()
        {
            // let it settle
            await Task.Delay(TimeSpan.FromSeconds(1)); // one second
        }
        """);

    [Fact]
    public Task Sleep_InAsyncLambda_IsReported() => Fixes(
        """
        void M() { Func<Task> f = async () => [|Thread.Sleep(1)|]; }
        """,
        """
        void M() { Func<Task> f = async () => await Task.Delay(1); }
        """);

    [Fact]
    public Task Sleep_InLambdaReturningTask_MakesTheLambdaAsync() => Fixes(
        """
        void M()
        {
            Func<int, Task<int>> f = x =>
            {
                [|Thread.Sleep(1)|];
                return Task.FromResult(x);
            };
        }
        """,
        """
        void M()
        {
            Func<int, Task<int>> f = async x =>
            {
                await Task.Delay(1);
                return x;
            };
        }
        """);

    [Fact]
    public Task Sleep_InAnonymousMethod_MakesItAsync() => Fixes(
        """
        void M()
        {
            Func<Task> f = delegate () { [|Thread.Sleep(1)|]; return Task.CompletedTask; };
        }
        """,
        """
        void M()
        {
            Func<Task> f = async delegate () { await Task.Delay(1); };
        }
        """);

    [Fact]
    public Task Sleep_InLocalFunctionReturningTask_MakesTheLocalFunctionAsync() => Fixes(
        """
        async Task M()
        {
            await Local();

            static Task Local()
            {
                [|Thread.Sleep(1)|];
                return Task.CompletedTask;
            }
        }
        """,
        """
        async Task M()
        {
            await Local();

            static async Task Local()
            {
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Sleep_InTopLevelProgram_IsReported() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        await Task.Yield();
        [|Thread.Sleep(1)|];
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        await Task.Yield();
        await Task.Delay(1);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Sleep_WithoutUsingOfTasks_AddsIt() => Fixes(
        """
        using System.Threading;

        public class C
        {
            public async System.Threading.Tasks.Task M() { [|Thread.Sleep(1)|]; }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        public class C
        {
            public async System.Threading.Tasks.Task M() { await Task.Delay(1); }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Sleep_InSynchronousMethod_IsSilent() => Silent("void M() => Thread.Sleep(1);");

    [Fact]
    public Task Sleep_OfZero_IsSilent() => Silent(
        """
        async Task M() { Thread.Sleep(0); Thread.Sleep(TimeSpan.Zero); }
        """);

    [Theory]
    [InlineData("async Task M() { [|Thread.Sleep(1)|]; }")]
    [InlineData("async ValueTask M() { [|Thread.Sleep(1)|]; await Task.Yield(); }")]
    [InlineData("async void OnClick(object sender, EventArgs e) { [|Thread.Sleep(1)|]; }")]
    [InlineData("Task M() { [|Thread.Sleep(1)|]; return Task.Delay(5); }")]
    [InlineData("ValueTask<int> M() { [|Thread.Sleep(1)|]; return new ValueTask<int>(1); }")]
    [InlineData("async IAsyncEnumerable<int> M() { [|Thread.Sleep(1)|]; yield return 1; await Task.Yield(); }")]
    [InlineData("async Task M() { [|SpinWait.SpinUntil(() => true)|]; }")]
    [InlineData("async Task M() { [|SpinWait.SpinUntil(() => true, 1000)|]; }")]
    [InlineData("async Task M() { [|Thread.SpinWait(1000)|]; }")]
    [InlineData("async Task M() { new List<int>().ForEach(i => [|Thread.Sleep(i)|]); await Task.Yield(); }")]
    [InlineData("async Task M(int[] xs) { var ys = xs.Select(x => { [|Thread.Sleep(x)|]; return x; }).ToList(); await Task.Yield(); }")]
    [InlineData("async Task M<T>(T x) where T : IDisposable { using (x) { [|Thread.Sleep(1)|]; } }")]
    [InlineData("async Task M() { try { await Task.Yield(); } finally { [|Thread.Sleep(1)|]; } }")]
    [InlineData("Func<Task> F => async () => { [|Thread.Sleep(1)|]; };")]
    [InlineData("C() { Func<Task> f = async () => { [|Thread.Sleep(1)|]; }; }")]
    [InlineData("object F() { return (Func<Task>)(async delegate { [|Thread.Sleep(1)|]; }); }")]
    public Task Sleep_InAsyncCode_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("int P { get { Thread.Sleep(1); return 1; } }")]
    [InlineData("C() { Thread.Sleep(1); }")]
    [InlineData("~C() { Thread.Sleep(1); }")]
    [InlineData("static int s = Wait(); static int Wait() { Thread.Sleep(1); return 1; }")]
    [InlineData("async Task M() { await Task.Run(() => Thread.Sleep(1)); }")]
    [InlineData("async Task M() { await Task.Run(() => { Thread.Sleep(1); return 2; }); }")]
    [InlineData("async Task M() { await Task.Factory.StartNew(() => Thread.Sleep(1), TaskCreationOptions.LongRunning); }")]
    [InlineData("async Task M() { new Thread(() => Thread.Sleep(1)).Start(); await Task.Yield(); }")]
    [InlineData("async Task M() { ThreadPool.QueueUserWorkItem(_ => Thread.Sleep(1)); await Task.Yield(); }")]
    [InlineData("async Task M() { Local(); await Task.Yield(); void Local() => Thread.Sleep(1); }")]
    [InlineData("async Task M() { Action a = () => Thread.Sleep(1); await Task.Yield(); a(); }")]
    [InlineData("async Task M() { var name = nameof(Thread.Sleep); await Task.Yield(); }")]
    [InlineData("async Task M() { System.Linq.Expressions.Expression<Action> e = () => Thread.Sleep(1); await Task.Yield(); }")]
    [InlineData("async Task M() { Parallel.For(0, 3, i => Thread.Sleep(i)); await Task.Yield(); }")]
    [InlineData("async Task M() { SpinWait.SpinUntil(() => true, 0); SpinWait.SpinUntil(() => true, TimeSpan.Zero); await Task.Yield(); }")]
    [InlineData("IEnumerable<int> M() { Thread.Sleep(1); yield return 1; }")]
    [InlineData("event EventHandler E { add { Thread.Sleep(1); } remove { } }")]
    [InlineData("public static C operator +(C a, C b) { Thread.Sleep(1); return a; }")]
    [InlineData("IAsyncEnumerable<int>? M() { Thread.Sleep(1); return null; }")]
    [InlineData("async Task M(bool async) { if (async) await Task.Delay(1); else Thread.Sleep(1); }")]
    public Task Sleep_WhereBlockingIsAllowed_IsSilent(string source) => Silent(source);

    [Fact]
    public Task Sleep_InTopLevelProgramWithoutAwait_IsSilent() => Silent("System.Threading.Thread.Sleep(1);", RuleTestOptions.TopLevel);

    [Fact]
    public Task Sleep_InGeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        class C { async System.Threading.Tasks.Task M() { System.Threading.Thread.Sleep(1); } }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Sleep_InSynchronousMain_IsSilent() => Silent(
        """
        class P { static void Main() { System.Threading.Thread.Sleep(1); } }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task OwnMethodCalledSleep_IsSilent() => Silent(
        """
        static class Thread { public static void Sleep(int x) { } }
        class C { async System.Threading.Tasks.Task M() { Thread.Sleep(1); } }
        """,
        RuleTestOptions.File);

    [Theory]
    [InlineData("async Task M() { lock (this) { [|Thread.Sleep(1)|]; } await Task.Yield(); }")]
    [InlineData(
        "async Task M() { try { await Task.Yield(); } catch (Exception) when (Slow()) { } bool Slow() => true; unsafe { [|Thread.Sleep(1)|]; } }")]
    [InlineData("async Task M() { new List<int>().ForEach(i => [|Thread.Sleep(i)|]); await Task.Yield(); }")]
    [InlineData("async Task M() { [|SpinWait.SpinUntil(() => true)|]; }")]
    [InlineData("Task M(out int x) { x = 1; [|Thread.Sleep(1)|]; return Task.CompletedTask; }")]
    [InlineData("Task M(ref int x) { [|Thread.Sleep(1)|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Span<int> x) { [|Thread.Sleep(1)|]; return Task.CompletedTask; }")]
    [InlineData("Task? M(bool b) { if (b) return null; [|Thread.Sleep(1)|]; return Task.CompletedTask; }")]
#if !ROSLYN_FLOOR
    [InlineData("async Task M(int[] a) { ReadOnlySpan<int> s = a; [|Thread.Sleep(1)|]; Use(s.Length); } void Use(int x) { }")]
#endif
    public Task Sleep_WhereAwaitIsIllegal_OffersNoFix(string source) => NoFix(source);

    [Fact]
    public Task Sleep_InLock_SaysWhy() => Reports(
        """
        async Task M() { lock (this) { {|#0:Thread.Sleep(1)|}; } await Task.Yield(); }
        """,
        RuleTestOptions.Default with
        {
            Expected = [new DiagnosticResult("AGD0101", DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage(
            "'Thread.Sleep' blocks the thread in async code inside a 'lock', where 'await' is not allowed; await 'Task.Delay'")]
        });

    [Fact]
    public Task Sleep_InMethodWithConfigureAwait_KeepsTheStyle() => Fixes(
        """
        async Task M()
        {
            await Task.Yield();
            await Task.Delay(1).ConfigureAwait(false);
            [|Thread.Sleep(100)|];
        }
        """,
        """
        async Task M()
        {
            await Task.Yield();
            await Task.Delay(1).ConfigureAwait(false);
            await Task.Delay(100).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Sleep_WithNamedArgument_DropsTheName() => Fixes(
        """
        async Task M() => [|Thread.Sleep(millisecondsTimeout: 100)|];
        """,
        """
        async Task M() => await Task.Delay(100);
        """);

    [Fact]
    public Task Sleep_BeforeReturnedCall_AwaitsTheCall() => Fixes(
        """
        Task<string> M(bool b)
        {
            [|Thread.Sleep(1)|];
            if (b) return Task.FromException<string>(new InvalidOperationException());
            return b ? File.ReadAllTextAsync("a") : Task.FromResult("b");
        }

        Task N(bool b)
        {
            [|Thread.Sleep(1)|];
            if (b)
                return File.WriteAllTextAsync("a", "b");
            return File.WriteAllTextAsync("c", "d"); // last
        }
        """,
        """
        async Task<string> M(bool b)
        {
            await Task.Delay(1);
            if (b) throw new InvalidOperationException();
            return b ? await File.ReadAllTextAsync("a") : "b";
        }

        async Task N(bool b)
        {
            await Task.Delay(1);
            if (b)
            {
                await File.WriteAllTextAsync("a", "b");
                return;
            }
            await File.WriteAllTextAsync("c", "d"); // last
        }
        """);

    [Fact]
    public Task Sleep_InPartialMethodReturningTask_PutsAsyncBeforePartial() => Fixes(
        """
        public partial Task M();
        public partial Task M() { [|Thread.Sleep(1)|]; return Task.CompletedTask; }
        """,
        """
        public partial Task M();
        public async partial Task M() { await Task.Delay(1); }
        """);

    [Fact]
    public Task Sleep_InOverride_MakesItAsync() => Fixes(
        """
        abstract class B { public abstract Task M(CancellationToken stoppingToken); }
        class D : B
        {
            /// <summary>Waits.</summary>
            public override Task M(CancellationToken stoppingToken)
            {
                [|Thread.Sleep(1)|];
                return Task.CompletedTask;
            }
        }
        """,
        """
        abstract class B { public abstract Task M(CancellationToken stoppingToken); }
        class D : B
        {
            /// <summary>Waits.</summary>
            public override async Task M(CancellationToken stoppingToken)
            {
                await Task.Delay(1, stoppingToken);
            }
        }
        """);

    [Fact]
    public Task Sleep_InLambdaWithOwnToken_PassesThatOne() => Fixes(
        """
        async Task M(CancellationToken outer)
        {
            await Parallel.ForEachAsync(new[] { 1 }, outer, async (i, inner) => { [|Thread.Sleep(i)|]; });
        }
        """,
        """
        async Task M(CancellationToken outer)
        {
            await Parallel.ForEachAsync(new[] { 1 }, outer, async (i, inner) => { await Task.Delay(i, inner); });
        }
        """);

    [Fact]
    public Task Sleep_InCSharp7_IsFixed() => Fixes(
        """
        async Task M() { [|Thread.Sleep(1)|]; }
        """,
        """
        async Task M() { await Task.Delay(1); }
        """,
        RuleTestOptions.Default with { LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp7_3 });

    [Fact]
    public Task Sleep_OnNetStandard_IsFixed() => Fixes(
        """
        async Task M() { [|Thread.Sleep(1)|]; }
        """,
        """
        async Task M() { await Task.Delay(1); }
        """,
        RuleTestOptions.Default with { References = ReferenceSet.NetStandard20 });
}
