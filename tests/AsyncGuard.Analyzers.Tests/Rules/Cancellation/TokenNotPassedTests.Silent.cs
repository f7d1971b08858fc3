using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed partial class TokenNotPassedTests
{
    [Fact]
    public Task NoToken_InScope_IsSilent() => Silent("async Task M() => await Task.Delay(1);");

    [Fact]
    public Task Token_Given_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            await Task.Delay(1, token);
            await Task.Delay(millisecondsDelay: 1, cancellationToken: token);
        }
        """);

    [Fact]
    public Task ExplicitNone_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            await Task.Delay(1, CancellationToken.None);
            await Task.Delay(1, default);
            await Task.Delay(1, default(CancellationToken));
            await LoadAsync(null);
        }
        Task LoadAsync(CancellationToken? token = null) => Task.CompletedTask;
        """);

    [Fact]
    public Task CalleeWithoutToken_IsSilent() => Silent("Task Plain() => Task.CompletedTask; Task M(CancellationToken token) => Plain();");

    [Fact]
    public Task Overload_WithOtherExtraParameters_IsSilent() => Silent(
        """
        bool TryAdd(int x) => true;
        bool TryAdd(int x, int time, CancellationToken token) => true;
        bool TryAdd(int x, CancellationToken token, bool now = false) => true;
        bool M(CancellationToken token) => TryAdd(1);
        """);

    [Fact]
    public Task Overload_LongerWithoutToken_IsSilent() => Silent(
        """
        Task LoadAsync() => Task.CompletedTask;
        Task LoadAsync(int x) => Task.CompletedTask;
        Task LoadAsync(int x, CancellationToken token) => Task.CompletedTask;
        Task M(CancellationToken token) => LoadAsync();
        """);

    [Fact]
    public Task Overload_OfBlockingCollection_IsSilent() => Silent(
        """
        bool M(System.Collections.Concurrent.BlockingCollection<int> items, CancellationToken token) => items.TryAdd(1);
        """);

    [Fact]
    public Task Overload_WithOtherParameterType_IsSilent() => Silent(
        """
        Task LoadAsync(int x) => Task.CompletedTask;
        Task LoadAsync(string x, CancellationToken token) => Task.CompletedTask;
        Task LoadAsync(ref int x, CancellationToken token) => Task.CompletedTask;
        Task M(CancellationToken token) => LoadAsync(1);
        """);

    [Fact]
    public Task Overload_ReturningSomethingElse_IsSilent() => Silent(
        """
        Task<int> LoadAsync() => throw null!;
        Task<string> LoadAsync(CancellationToken token) => throw null!;
        void Run() { }
        Task Run(CancellationToken token) => Task.CompletedTask;
        async Task M(CancellationToken token) { await LoadAsync(); Local(); void Local() => Run(); }
        """);

    [Fact]
    public Task Overload_Obsolete_IsSilent() => Silent(
        """
        Task LoadAsync() => Task.CompletedTask;
        [Obsolete] Task LoadAsync(CancellationToken token) => Task.CompletedTask;
        Task M(CancellationToken token) => LoadAsync();
        """);

    [Fact]
    public Task Overload_Inaccessible_IsSilent() => Silent(
        """
        public class Store
        {
            public Task SaveAsync() => Task.CompletedTask;
            private Task SaveAsync(CancellationToken token) => Task.CompletedTask;
            public Task LoadAsync() => Task.CompletedTask;
            protected Task LoadAsync(CancellationToken token) => Task.CompletedTask;
        }
        public class Sub : Store { Task M(Store other, CancellationToken token) => Task.WhenAll(other.SaveAsync(), other.LoadAsync()); }
        """);

    [Fact]
    public Task Overload_InExtensionClassOfInstanceMethod_IsSilent() => Silent(
        """
        Task M(Store store, CancellationToken token) => store.SaveAsync();
        """,
        new() { OtherFiles = [("Store.cs", """
            using System.Threading;
            using System.Threading.Tasks;

            public class Store { public Task SaveAsync() => Task.CompletedTask; }
            public static class Stores { public static Task SaveAsync(this Store store, CancellationToken token) => store.SaveAsync(); }
            """)] });

    [Fact]
    public Task Overload_OfOtherArity_IsSilent() => Silent(
        """
        Task<T> GetAsync<T>() => throw null!;
        Task<T> GetAsync<T, U>(CancellationToken token) => throw null!;
        Task<T> GetAsync<T>(Type type, CancellationToken token) => throw null!;
        Task M(CancellationToken token) => GetAsync<int>();
        """);

    [Fact]
    public Task Overload_CalledFromItself_IsSilent() => Silent(
        """
        Task SaveAsync() => Task.CompletedTask;
        Task SaveAsync(CancellationToken token) { token.ThrowIfCancellationRequested(); return SaveAsync(); }
        Task LoadAsync() => Task.CompletedTask;
        Task LoadAsync(CancellationToken token) => Task.WhenAll(new[] { 1 }.Select(_ => LoadAsync()));
        """);

    [Fact]
    public Task Overload_CalledFromItsOverride_IsSilent() => Silent(
        """
        public class Store { public Task SaveAsync() => Task.CompletedTask; public virtual Task SaveAsync(CancellationToken token) => Task.CompletedTask; }
        public class Sub : Store { public override Task SaveAsync(CancellationToken token) => SaveAsync(); }
        """);

    [Fact]
    public Task Params_HoldingToken_IsSilent() => Silent(
        """
        Task LogAsync(string text, params object[] values) => Task.CompletedTask;
        Task LogAsync(string text, object[] values, CancellationToken token) => Task.CompletedTask;
        Task M(CancellationToken token) => LogAsync("a", 1, token);
        """);

    [Fact]
    public Task Lambda_RunningLater_IsSilent() => Silent(
        """
        void M(CancellationToken token)
        {
            Func<Task> later = () => Task.Delay(1);
            Started += async () => await Task.Delay(1);
            Keep(() => Task.Delay(1));
            Task.Run(() => Task.Delay(1));
        }
        void Keep(Func<Task> work) { }
        event Func<Task>? Started;
        """);

    [Fact]
    public Task Lambda_DiscardingItsToken_IsSilent() => Silent(
        """
        Task M(int[] ids, CancellationToken token) => Parallel.ForEachAsync(ids, token, async (id, _) => await Task.Delay(id));
        Task N(int[] ids, CancellationToken token) => Parallel.ForEachAsync(ids, token, async (_, _) => await Task.Delay(1));
        """);

    [Fact]
    public Task Method_DiscardingItsToken_IsSilent() => Silent(
        """
        readonly CancellationToken _stopping;
        Task M(CancellationToken _) => Task.Delay(1);
        """);

    [Fact]
    public Task Lambda_Static_IsSilent() => Silent(
        """
        Task M(int[] ids, CancellationToken token) => Task.WhenAll(ids.Select(static id => Task.Delay(id)));
        """);

    [Fact]
    public Task LocalFunction_Static_IsSilent() => Silent(
        """
        Task M(CancellationToken token) { return Local(); static Task Local() => Task.Delay(1); }
        """);

    [Fact]
    public Task LocalFunction_RunningLater_IsSilent() => Silent(
        """
        void M(CancellationToken token)
        {
            Started += Later;
            Started += () => Later2();
            Task Later() => Task.Delay(1);
            Task Later2() => Task.Delay(1);
        }
        event Func<Task>? Started;
        """);

    [Fact]
    public Task LocalFunction_CalledBeforeTheTokenIsAssigned_IsSilent() => Silent(
        """
        async Task M(Func<CancellationToken> make)
        {
            await Local();
            var token = make();
            async Task Local() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task LocalToken_NotAssignedForSure_IsSilent() => Silent(
        """
        async Task M(bool x, object o, Func<CancellationToken> make)
        {
            CancellationToken later;
            if (x) later = make();
            if (o is not CancellationToken found) await Task.Delay(1);
            await Task.Delay(1);
            var after = make();
            { var inner = make(); }
        }
        """);

    [Fact]
    public Task LocalToken_BeingDeclared_IsSilent() => Silent(
        """
        void M() { var token = Make(); var other = Make2(() => { }); }
        CancellationToken Make(CancellationToken parent = default) => parent;
        CancellationToken Make2(Action a, CancellationToken parent = default) => parent;
        """);

    [Fact]
    public Task LocalToken_OfSwitchSection_IsSilent() => Silent(
        """
        async Task M(int x, Func<CancellationToken> make)
        {
            switch (x)
            {
                case 1: var token = make(); break;
                default: await Task.Delay(1); break;
            }
        }
        """);

    [Fact]
    public Task LocalToken_Constant_IsSilent() => Silent(
        """
        async Task M()
        {
            var none = CancellationToken.None;
            CancellationToken zero = default;
            var cancelled = new CancellationToken(true);
            await Task.Delay(1);
        }
        """);

    [Fact]
    public Task LocalSource_CancelledAround_IsSilent() => Silent(
        """
        async Task M(Func<CancellationToken, Task> work)
        {
            var source = new CancellationTokenSource();
            var token = source.Token;
            var running = work(token);
            await Task.Delay(1);
            source.Cancel();
            await running;
        }
        """);

    [Fact]
    public Task Token_OfAnotherScope_IsSilent() => Silent(
        """
        static readonly CancellationTokenSource s_all = new();
        readonly CancellationToken _stopping;
        static Task A() => Task.Delay(1);
        C() { Task.Delay(1); }
        Task _first = Task.Delay(1);
        public class Inner { Task M() => Task.Delay(1); }
        public class Sub { private protected Task M() => Task.Delay(1); }
        Task B(string _stopping) => Task.Delay(1);
        """);

    [Fact]
    public Task Token_PrivateInBaseClass_IsSilent() => Silent(
        """
        public class Worker { private readonly CancellationToken _stopping; }
        public class Sub : Worker { Task M() => Task.Delay(1); }
        """);

    [Fact]
    public Task Source_ReplacedPerOperation_IsSilent() => Silent(
        """
        CancellationTokenSource _search = new();
        CancellationTokenSource? _maybe;
        void Restart() { _search.Cancel(); _search = new(); _maybe = null; }
        Task M() => Task.Delay(1);
        """);

    [Fact]
    public Task Source_CancelledInTheSameMethod_IsSilent() => Silent(
        """
        readonly CancellationTokenSource _stopping = new();
        async Task EndAsync() { _stopping.Cancel(); await Task.Delay(1); }
        async Task KillAsync() { this._stopping?.Cancel(); await Task.Delay(1); }
        """);

    [Fact]
    public Task StopAsync_WithFieldToken_IsSilent() => Silent(
        """
        readonly CancellationToken _stopping;
        public Task StopAsync() => Task.Delay(1);
        public Task CloseConnectionAsync() => Task.Delay(1);
        """);

    [Fact]
    public Task Struct_FieldInLambda_IsSilent() => Silent(
        """
        struct Worker { CancellationToken _stopping; Task M() => Task.WhenAll(new[] { 1 }.Select(x => Task.Delay(x))); }
        """);

    [Fact]
    public Task Parameter_ByReference_IsSilentWhereItCannotBeCaptured() => Silent(
        """
        void A(in CancellationToken token) => Array.ForEach(new[] { 1 }, x => Work(x));
        void B(out CancellationToken token) { Work(1); token = default; }
        void Work(int x, CancellationToken token = default) { }
        """);

    [Fact]
    public Task Parameter_ThatMayBeNull_IsSilent() => Silent(
        """
        public class Request { public CancellationToken CancellationToken { get; set; } }
        Task M(Request? request) => Task.Delay(1);
        """);

    [Fact]
    public Task Parameter_WithAnUnknownToken_IsSilent() => Silent(
        """
        public class Peer { public CancellationToken Closed { get; } }
        public class Two { public CancellationToken CancellationToken { get; } public CancellationToken Other { get; } }
        Task A(Peer peer) => Task.Delay(1);
        Task B(Two two) => Task.Delay(1);
        Task D(OperationCanceledException exception, CancellationTokenRegistration registration, TaskFactory factory) => Task.Delay(1);
        """);

    [Fact]
    public Task Exception_HoldingItsToken_IsSilent() => Silent(
        """
        public class Stopped : OperationCanceledException { public Task M() => Task.Delay(1); }
        """);

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
        new() { Stubs = [Stubs.Xunit], GlobalConfig = RuleTestOptions.Default.GlobalConfig.Add("build_property.IsTestProject", "false"), Expected = [Delay(0, "token")] });
}
