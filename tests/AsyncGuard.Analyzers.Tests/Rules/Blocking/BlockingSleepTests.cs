using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.Rules.Blocking;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed class BlockingSleepTests : RuleTest<BlockingSleepAnalyzer, BlockingSleepFix>
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
}
