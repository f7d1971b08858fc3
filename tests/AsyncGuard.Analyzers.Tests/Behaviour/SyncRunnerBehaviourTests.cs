using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class SyncRunnerBehaviourTests : RuleTest<SyncRunnerAnalyzer, SyncRunnerFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited, Mend.HandlerSees];

    [Theory]
    [InlineData("""[|_retry.Execute(async () => await SaveAsync())|]; return 1;""")]
    [InlineData("""[|_retry.Execute(() => SaveAsync())|]; Observed.Note("b"); return 1;""")]
    [InlineData("""await [|_retry.Execute(async () => await SaveAsync())|]; return 1;""")]
    [InlineData("""await [|_retry.Execute(SaveAsync)|]; Observed.Note("b"); return 1;""")]
    [InlineData("""var n = await [|_retry.Execute(async () => await LoadAsync())|]; return n;""")]
    [InlineData("""var n = await [|_retry.Execute(() => LoadAsync())|]; Observed.Note("b"); return n;""")]
    [InlineData("""try { await [|_retry.Execute(() => SaveAsync())|]; } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData(
        """try { await [|_retry.Execute(() => SaveAsync())|]; } catch (InvalidOperationException) { Observed.Note("handler: known"); } return 1;""")]
    [InlineData("""await [|_retry.Execute(ct => Observed.WorkAsync("a", ct), token)|]; return 1;""")]
    [InlineData(
        """return await InnerAsync(); async Task<object> InnerAsync() { await Task.Yield(); return await [|_retry.Execute(LoadAsync)|]; }""")]
    public Task Work_IsAwaitedByItsRunner(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        sealed class Policy
        {
            public TResult Execute<TResult>(Func<TResult> work) => work();
            public TResult Execute<TResult>(Func<CancellationToken, TResult> work, CancellationToken token) => work(token);
            public async Task ExecuteAsync(Func<Task> work) => await work();
            public async Task<TResult> ExecuteAsync<TResult>(Func<Task<TResult>> work) => await work();
            public Task ExecuteAsync(Func<CancellationToken, Task> work, CancellationToken token) => work(token);
            public Task<TResult> ExecuteAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken token) => work(token);
        }
        readonly Policy _retry = new();
        static Task SaveAsync() => Observed.StepAsync("a");
        static Task<int> LoadAsync() => Observed.GetAsync("a", 1);
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
