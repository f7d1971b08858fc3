using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>Calls and functions that AGD0301 is silent on.</summary>
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

    // The body is in memory: a token would end nothing
    [Theory]
    [InlineData("var r = await c.GetAsync(\"u\", t); await r.Content.ReadAsStringAsync();")]
    [InlineData("using var r = await c.SendAsync(m, HttpCompletionOption.ResponseContentRead, t); await r.Content.ReadAsByteArrayAsync().ConfigureAwait(false);")]
    [InlineData("var r = await c.PostAsync(\"u\", null, t); await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<int>(r.Content);")]
    [InlineData("HttpResponseMessage r; try { r = await c.SendAsync(m, t); } catch (HttpRequestException) { return; } await r.Content.ReadAsStreamAsync();")]
    [InlineData("var s = new StringContent(\"a\"); await s.ReadAsStringAsync();")]
    [InlineData("var q = new HttpRequestMessage { Content = new StringContent(\"a\") }; await c.SendAsync(q, t); await q.Content.ReadAsStringAsync();")]
    public Task BodyInMemory_IsSilent(string body) =>
        Silent("async Task M(HttpClient c, HttpRequestMessage m, CancellationToken t) { " + body + " }");

    [Theory]
    [InlineData("var r = await c.SendAsync(m, HttpCompletionOption.ResponseHeadersRead, t); await r.Content.[|ReadAsStringAsync|]();")]
    [InlineData("var r = await c.SendAsync(m, o, t); await r.Content.[|ReadAsByteArrayAsync|]();")]
    [InlineData("await m.Content!.[|ReadAsStringAsync|]();")]
    public Task BodyThatMayArriveLater_IsReported(string body) =>
        Reports("async Task M(HttpClient c, HttpRequestMessage m, HttpCompletionOption o, CancellationToken t) { " + body + " }");

    [Fact]
    public Task MakingOfAContext_IsSilent() => Silent(
        "async Task M(IDbContextFactory<DbContext> f, CancellationToken t) { await using var db = await f.CreateDbContextAsync(); await db.SaveChangesAsync(t); }",
        WithDatabase);
}
