using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>Places where the token is passed already, or must not be passed.</summary>
public sealed partial class TokenNotPassedTests
{
    [Fact]
    public Task Extension_OnTheToken_IsSilent() => Silent(
        """
        Task M(CancellationToken token) => token.WaitAsync();
        """,
        new() { OtherFiles = [("Tokens.cs", """
            using System.Threading;
            using System.Threading.Tasks;

            public static class Tokens { public static Task WaitAsync(this CancellationToken token, CancellationToken other = default) => Task.CompletedTask; }
            """)] });

    [Fact]
    public Task TokenReturningCall_IsSilent() => Silent(
        """
        CancellationToken Combine(CancellationToken other = default) => other;
        CancellationTokenSource Limit(CancellationToken other = default) => new();
        void M(CancellationToken token) { var a = Combine(); using var b = Limit(); }
        """);

    [Fact]
    public Task Receiver_MadeWithTheToken_IsSilent() => Silent(
        """
        async Task M(CancellationToken token) => await Task.Delay(1, token).WaitAsync(TimeSpan.FromSeconds(1));
        """);

    [Fact]
    public Task Receiver_HoldingTheToken_IsSilent() => Silent(
        """
        async Task Invoke(HttpContext context)
        {
            await context.Response.WriteAsync("a");
            await RunAsync(context);
        }
        Task RunAsync(HttpContext context, CancellationToken token = default) => Task.CompletedTask;
        """,
        Web);

    [Fact]
    public Task Argument_HoldingTheToken_IsSilent() => Silent(
        """
        class Options { public CancellationToken Token { get; set; } }
        Task RunAsync(Options options, CancellationToken token = default) => Task.CompletedTask;
        Task M(CancellationToken token) => RunAsync(new Options { Token = token });
        readonly CancellationTokenSource _all = new();
        Task RunAsync(CancellationTokenSource source, CancellationToken token = default) => Task.CompletedTask;
        Task N() => RunAsync(_all);
        """);

    [Fact]
    public Task AwaitForeach_IsSilent() => Silent(
        """
        async IAsyncEnumerable<int> Run([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default) { await Task.Yield(); yield return 1; }
        async Task M(CancellationToken token)
        {
            await foreach (var x in Run().WithCancellation(token)) { }
            await foreach (var x in Run()) { }
            await foreach (var x in Run().ConfigureAwait(false)) { }
            var run = Run();
            await foreach (var x in run.WithCancellation(token)) { }
        }
        """);

    [Fact]
    public Task Finally_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            try { await Task.Delay(1, token); }
            catch (Exception) { await Task.Delay(1); throw; }
            finally { if (true) await Task.Delay(1); }
        }
        """);

    [Fact]
    public Task Dispose_IsSilent() => Silent(
        """
        class Session : IAsyncDisposable
        {
            readonly CancellationToken _stopping;
            public async ValueTask DisposeAsync() => await Task.Delay(1);
            ValueTask IAsyncDisposable.DisposeAsync() => DisposeCoreAsync(default);
            async ValueTask DisposeCoreAsync(CancellationToken token) => await Task.Delay(1);
        }
        """);

    // What only cleanup calls is cleanup
    [Theory]
    [InlineData("public async Task M() { try { await Task.Yield(); } finally { await GiveBackAsync(); } }")]
    [InlineData("public async Task M() { try { await Task.Yield(); } catch (Exception) { await GiveBackAsync(); throw; } }")]
    [InlineData("public async Task M() { try { await Task.Yield(); } finally { if (HttpContext is not null) await this.GiveBackAsync(); } }")]
    [InlineData("public async ValueTask DisposeAsync() => await GiveBackAsync();")]
    [InlineData("async Task OnDisconnectedAsync() { await GiveBackAsync(); await Task.Yield(); }")]
    [InlineData(
        "public async Task M() { try { await Task.Yield(); } finally { await EndAsync(); } } async Task EndAsync() { await GiveBackAsync(); }")]
    public Task PrivateMethod_ThatOnlyCleanupCalls_IsSilent(string source) =>
        Silent(Controller(source, "async Task GiveBackAsync() { await Task.Delay(1); }"), Web);

    [Theory]
    [InlineData("public async Task M() { try { await GiveBackAsync(); } finally { await GiveBackAsync(); } }")]
    [InlineData("public async Task M() { try { await Task.Yield(); } finally { Func<Task> f = GiveBackAsync; await f(); } }")]
    [InlineData("public async Task M() { try { await Task.Yield(); } finally { Run(async () => await GiveBackAsync()); } }")]
    [InlineData("public async Task M() => await GiveBackAsync();")]
    [InlineData("")]
    public Task PrivateMethod_ThatOtherCodeCalls_IsReported(string source) =>
        Reports(Controller(source, "async Task GiveBackAsync() { await Task.[|Delay|](1); }"), Web);

    [Fact]
    public Task GenericMethod_ThatOtherCodeCalls_IsReported() => Reports(
        Controller("public async Task M() { try { await GiveBackAsync<int>(); } finally { await GiveBackAsync<string>(); } }",
            "async Task GiveBackAsync<T>() { await Task.[|Delay|](1); }"),
        Web);

    // What a request starts goes on when its client has left
    [Theory]
    [InlineData("CancellationTokenSource _stop; Task RunAsync(CancellationToken t = default) { _stop = CancellationTokenSource.CreateLinkedTokenSource(t); return Task.Delay(1, _stop.Token); }")]
    [InlineData(
        "Dictionary<int, CancellationTokenSource> _stops = new(); async Task RunAsync(CancellationToken t = default) { var stop = CancellationTokenSource.CreateLinkedTokenSource(t); _stops.Add(1, stop); await Task.Delay(1, stop.Token); }")]
    [InlineData(
        "Dictionary<int, CancellationTokenSource> _stops = new(); async Task RunAsync(CancellationToken t = default) { var stop = CancellationTokenSource.CreateLinkedTokenSource(t, default); _stops[1] = stop; await Task.Delay(1, stop.Token); }")]
    [InlineData("async Task RunAsync(CancellationToken t = default) { _ = Task.Run(async () => await Task.Delay(1, t)); await Task.Yield(); }")]
    [InlineData("Task _work; async Task RunAsync(CancellationToken t = default) { _work = Task.Delay(1, t); await Task.Yield(); }")]
    public Task RequestToken_ForAMethodThatKeepsIt_IsSilent(string source) =>
        Silent(Controller("public async Task Get() { await RunAsync(); }", source), Web);

    [Fact]
    public Task RequestToken_ForAnImplementationThatKeepsIt_IsSilent() => Silent(
        Controller("readonly IRunner _runner; public async Task Get() { await _runner.RunAsync(); }", "")
        + """

        internal interface IRunner { Task RunAsync(CancellationToken t = default); }
        internal class Runner : IRunner
        {
            CancellationTokenSource Stop { get; set; }
            public async Task RunAsync(CancellationToken t = default)
            {
                Stop = CancellationTokenSource.CreateLinkedTokenSource(t);
                await Task.Delay(1, Stop.Token);
            }
        }
        """,
        Web);

    [Theory]
    [InlineData("async Task RunAsync(CancellationToken t = default) { using var stop = CancellationTokenSource.CreateLinkedTokenSource(t); await Task.Delay(1, stop.Token); }")]
    [InlineData("async Task RunAsync(CancellationToken t = default) => await Task.Run(async () => await Task.Delay(1, t), t);")]
    [InlineData("async Task RunAsync(CancellationToken t = default) { var work = Task.Delay(1, t); await work; }")]
    public Task RequestToken_ForAMethodThatOnlyObeysIt_IsReported(string source) =>
        Reports(Controller("public async Task Get() { await [|RunAsync|](); }", source), Web);

    private static string Controller(string source, string method) =>
        "public class Home : Microsoft.AspNetCore.Mvc.ControllerBase { void Run(Func<Task> work) { } " + source + " " + method + " }";

    [Fact]
    public Task Rollback_IsSilent() => Silent(
        """
        class Transaction { public Task RollbackAsync(CancellationToken t = default) => Task.CompletedTask; public Task CloseAsync(CancellationToken t = default) => Task.CompletedTask; }
        async Task M(Transaction transaction, CancellationToken token) { await transaction.RollbackAsync(); await transaction.CloseAsync(); }
        async Task CompensatePaymentAsync(CancellationToken token) => await Task.Delay(1);
        """);

    [Fact]
    public Task AfterCommit_IsSilent() => Silent(
        """
        class Transaction : IDisposable { public Task CommitAsync(CancellationToken t = default) => Task.CompletedTask; public void Dispose() { } }
        async Task A(Transaction transaction, CancellationToken token)
        {
            await transaction.CommitAsync(token).ConfigureAwait(false);
            await Task.Delay(1);
            if (true) { await Task.Delay(1); }
        }
        async Task B(CancellationToken token)
        {
            using (var transaction = new Transaction()) { await transaction.CommitAsync(token); }
            await Task.Delay(1);
        }
        """);

    [Fact]
    public Task AfterCancellation_IsSilent() => Silent(
        """
        async Task A(CancellationToken token)
        {
            if (token.IsCancellationRequested && true) await Task.Delay(1);
            if (!token.IsCancellationRequested) await Task.Delay(1, token); else await Task.Delay(1);
        }
        async Task B(CancellationToken token)
        {
            while (!token.IsCancellationRequested) await Task.Delay(1, token);
            await Task.Delay(1);
        }
        void D(CancellationToken token) => token.Register((state, cancelled) => Task.Delay(1), null);
        """);

    [Fact]
    public Task ExpressionTree_IsSilent() => Silent(
        """
        Task LoadAsync(int x, CancellationToken token = default) => Task.CompletedTask;
        void M(CancellationToken token)
        {
            System.Linq.Expressions.Expression<Func<CancellationToken, Task>> e = t => Plain(1);
            Setup(t => Plain(1));
        }
        Task Plain(int x) => Task.CompletedTask;
        Task Plain(int x, CancellationToken token) => Task.CompletedTask;
        void Setup(System.Linq.Expressions.Expression<Func<CancellationToken, Task>> e) { }
        """);

    [Fact]
    public Task Nameof_IsSilent() => Silent("string M(CancellationToken token) => nameof(Task.Delay);");

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading;
        using System.Threading.Tasks;
        class C { Task M(CancellationToken token) => Task.Delay(1); }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task BlockingCall_OfOtherRules_IsSilent() => Silent(
        """
        async Task M(Task task, SemaphoreSlim gate, ManualResetEventSlim done, CancellationToken token)
        {
            task.Wait();
            task.Wait(100);
            gate.Wait();
            await Task.Yield();
        }
        void N(Task task, CancellationToken token) => task.Wait();
        """);

    [Fact]
    public Task CallThatNeverWaits_IsSilent() => Silent(
        """
        async Task M(SemaphoreSlim gate, CancellationToken token)
        {
            await gate.WaitAsync(0);
            await new MemoryStream().FlushAsync();
            await Task.Run(() => { });
            var source = new TaskCompletionSource();
            source.TrySetCanceled();
        }
        """);

    [Fact]
    public Task NetStandard_WithoutTheOverload_IsSilent() => Silent(
        """
        async Task<string> M(StreamReader reader, CancellationToken token) => await reader.ReadLineAsync();
        """,
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task TestProject_SaidNotToBeOne_KeepsItsSeverity() => Reports(
        """
        async Task Run(CancellationToken token) => await Task.{|#0:Delay|}(1);
        """,
        new()
        {
            Stubs = [Stubs.Xunit],
            GlobalConfig = RuleTestOptions.Default.GlobalConfig.Add("build_property.IsTestProject", "false"),
            Expected = [Delay(0, "token")]
        });
}
