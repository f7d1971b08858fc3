using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0301's fix writes.</summary>
public sealed partial class TokenNotPassedTests
{
    private static readonly RuleTestOptions WithDatabase =
        new() { Stubs = [Stubs.EntityFrameworkCore], ExtraUsings = ["Microsoft.EntityFrameworkCore"] };

    [Theory]
    [InlineData("try { await Task.Delay(Timeout.Infinite, token); } catch (OperationCanceledException) { } await SaveAsync();")]
    [InlineData("try { while (true) await Task.Delay(1, token); } catch (TaskCanceledException) { Console.WriteLine(); } await SaveAsync();")]
    [InlineData("for (var i = 0; !token.IsCancellationRequested; i++) { } await SaveAsync();")]
    public Task WorkBehindTheCancellation_IsSilent(string body) => Silent(
        $"async Task M(CancellationToken token) {{ {body} }} Task SaveAsync(CancellationToken token = default) => Task.Delay(1, token);");

    [Theory]
    [InlineData("try { await Task.Delay(1, token); } catch (OperationCanceledException) { return; } await [|SaveAsync|]();")]
    [InlineData(
        "try { await Task.Delay(1, token); } catch (OperationCanceledException) when (!token.IsCancellationRequested) { } await [|SaveAsync|]();")]
    [InlineData("try { await Task.Delay(1, token); } catch (Exception) { } await [|SaveAsync|]();")]
    public Task WorkBehindAnotherHandler_IsReported(string body) => Reports(
        $"async Task M(CancellationToken token) {{ {body} }} Task SaveAsync(CancellationToken token = default) => Task.Delay(1, token);");

    [Fact]
    public Task Fix_WithSeveralTokens_OffersTheInnermost() => Offers(
        """
        readonly CancellationTokenSource _stopping = new();
        async Task M(HttpContext context, CancellationToken token)
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
            await Task.[|Delay|](1);
        }
        """,
        ["Pass 'limited.Token'"],
        Web);

    [Fact]
    public Task Fix_WithSeveralParameters_PassesTheFirst() => Fixes(
        """
        async Task M(CancellationToken first, CancellationToken second) => await Task.[|Delay|](1);
        """,
        """
        async Task M(CancellationToken first, CancellationToken second) => await Task.Delay(1, first);
        """);

    [Fact]
    public Task Fix_OfArgumentsOutOfOrder_NamesTheToken() => Fixes(
        """
        Task LoadAsync(int x, int y, CancellationToken cancellationToken = default) => Task.CompletedTask;
        Task M(CancellationToken token) => [|LoadAsync|](y: 2, x: 1);
        """,
        """
        Task LoadAsync(int x, int y, CancellationToken cancellationToken = default) => Task.CompletedTask;
        Task M(CancellationToken token) => LoadAsync(y: 2, x: 1, cancellationToken: token);
        """);

    [Fact]
    public Task Fix_WithOptionalParametersBetween_NamesTheToken() => Fixes(
        """
        Task LoadAsync(object? x = null, [System.Runtime.CompilerServices.CallerMemberName] string y = "", CancellationToken cancel = default) => Task.CompletedTask;
        Task M(CancellationToken token) => Task.WhenAll([|LoadAsync|](), [|LoadAsync|](1));
        """,
        """
        Task LoadAsync(object? x = null, [System.Runtime.CompilerServices.CallerMemberName] string y = "", CancellationToken cancel = default) => Task.CompletedTask;
        Task M(CancellationToken token) => Task.WhenAll(LoadAsync(cancel: token), LoadAsync(1, cancel: token));
        """);

    [Fact]
    public Task Fix_OfParams_WrapsThem() => Fixes(
        """
        async Task M(DbSet<string> set, CancellationToken token)
        {
            await set.[|FindAsync|](5);
            await set.[|FindAsync|](5, "a");
            await set.[|FindAsync|](new object[] { 5 });
        }
        """,
        """
        async Task M(DbSet<string> set, CancellationToken token)
        {
            await set.FindAsync(new object[] { 5 }, token);
            await set.FindAsync(new object[] { 5, "a" }, token);
            await set.FindAsync(new object[] { 5 }, token);
        }
        """,
        WithDatabase);

    [Fact]
    public Task Fix_OfParamsWithCallInside_KeepsBothEdits() => Fixes(
        """
        async Task M(DbSet<string> set, CancellationToken token) => await set.[|FindAsync|](await KeyAsync.[|Get|](), 2);
        static class KeyAsync { public static Task<int> Get(CancellationToken token = default) => throw null!; }
        """,
        """
        async Task M(DbSet<string> set, CancellationToken token) => await set.FindAsync(new object[] { await KeyAsync.Get(token), 2 }, token);
        static class KeyAsync { public static Task<int> Get(CancellationToken token = default) => throw null!; }
        """,
        WithDatabase);

    [Fact]
    public Task Fix_OfExtensionMethod_AddsTheToken() => Fixes(
        """
        async Task M(DbSet<string> set, CancellationToken token) => await set.Where(x => x != "").[|ToListAsync|]();
        """,
        """
        async Task M(DbSet<string> set, CancellationToken token) => await set.Where(x => x != "").ToListAsync(token);
        """,
        WithDatabase);

    [Fact]
    public Task Fix_OfNestedCalls_AddsTheTokenToEach() => Fixes(
        """
        Task<int> AddAsync(int x, CancellationToken token = default) => Task.FromResult(x);
        async Task M(CancellationToken token) => await [|AddAsync|](await [|AddAsync|](await [|AddAsync|](1)));
        """,
        """
        Task<int> AddAsync(int x, CancellationToken token = default) => Task.FromResult(x);
        async Task M(CancellationToken token) => await AddAsync(await AddAsync(await AddAsync(1, token), token), token);
        """);

    [Fact]
    public Task Fix_OfChainedCalls_AddsTheTokenToEach() => Fixes(
        """
        Task<C> AddAsync(int x, CancellationToken token = default) => Task.FromResult(this);
        async Task M(CancellationToken token) => await (await [|AddAsync|](1)).[|AddAsync|](2);
        """,
        """
        Task<C> AddAsync(int x, CancellationToken token = default) => Task.FromResult(this);
        async Task M(CancellationToken token) => await (await AddAsync(1, token)).AddAsync(2, token);
        """);

    [Fact]
    public Task Fix_OfArgumentsOnePerLine_KeepsThemSo() => Fixes(
        """
        Task LoadAsync(int x, int y, CancellationToken token = default) => Task.CompletedTask;
        async Task M(CancellationToken token)
        {
            await [|LoadAsync|](
                1, // first
                2); // done
            await [|LoadAsync|](
                1,
                2 // second
            );
            await [|LoadAsync|](1,
                2);
            await [|LoadAsync|](
                1, 2
            );
        }
        """,
        """
        Task LoadAsync(int x, int y, CancellationToken token = default) => Task.CompletedTask;
        async Task M(CancellationToken token)
        {
            await LoadAsync(
                1, // first
                2,
                token); // done
            await LoadAsync(
                1,
                2, // second
                token
            );
            await LoadAsync(1,
                2,
                token);
            await LoadAsync(
                1, 2, token
            );
        }
        """);

    [Fact]
    public Task Fix_WithComments_KeepsThem() => Fixes(
        """
        async Task M(CancellationToken token)
        {
            // wait
            await Task.[|Delay|](1 /* ms */); // a bit
            await Task.[|Delay|]( 1 );
            await Task.[|Delay|](1 // ms
            );
        }
        """,
        """
        async Task M(CancellationToken token)
        {
            // wait
            await Task.Delay(1 /* ms */, token); // a bit
            await Task.Delay( 1, token );
            await Task.Delay(1, token // ms
            );
        }
        """);

    [Fact]
    public Task Fix_BeforeLambdaArgument_StaysInLine() => Fixes(
        """
        async Task M(List<int> items, CancellationToken token)
        {
            await Parallel.[|ForEachAsync|](
                items,
                async (item, t) =>
                {
                    await Task.[|Delay|](item);
                });
        }
        """,
        """
        async Task M(List<int> items, CancellationToken token)
        {
            await Parallel.ForEachAsync(
                items,
                token,
                async (item, t) =>
                {
                    await Task.Delay(item, t);
                });
        }
        """);

    [Fact]
    public Task Fix_OfGoodbyeCall_KeepsReturnType() => Fixes(
        """
        async Task<string?> M(StreamReader reader, CancellationToken token) => await reader.[|ReadLineAsync|]();
        """,
        """
        async Task<string?> M(StreamReader reader, CancellationToken token) => await reader.ReadLineAsync(token);
        """);

    [Fact]
    public Task Fix_WhereNothingBinds_IsNotOffered() => NoFix(
        """
        Task LoadAsync(params object[] keys) => Task.CompletedTask;
        Task LoadAsync(object[] keys, CancellationToken token) => Task.CompletedTask;
        Task M(CancellationToken token) => [|LoadAsync|]();
        """);

    [Fact]
    public Task Fix_InTopLevelProgram_PassesTheToken() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        await RunAsync(async token => await Task.[|Delay|](1));

        static Task RunAsync(System.Func<CancellationToken, Task> work) => work(default);
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        await RunAsync(async token => await Task.Delay(1, token));

        static Task RunAsync(System.Func<CancellationToken, Task> work) => work(default);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Fix_OfConstructorInitializer_PassesTheToken() => Fixes(
        """
        C(int x, CancellationToken token) : this(Task.[|Delay|](x)) { }
        C(Task work) { }
        """,
        """
        C(int x, CancellationToken token) : this(Task.Delay(x, token)) { }
        C(Task work) { }
        """);

    [Fact]
    public Task Fix_OfKeywordName_KeepsTheAt() => Fixes(
        """
        Task M(CancellationToken @event) => Task.[|Delay|](1);
        """,
        """
        Task M(CancellationToken @event) => Task.Delay(1, @event);
        """);

    [Fact]
    public Task Program_GivenItsToken_DoesTheSame() => FixesAndRuns(
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            await Probe.[|WorkAsync|]("a");
            return await Probe.[|CountAsync|]("b", value: 2);
        }
        """,
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            await Probe.WorkAsync("a", token);
            return await Probe.CountAsync("b", value: 2, cancellationToken: token);
        }
        """);

    // The work goes on when its caller has ended, and is not to end with the caller's request.
    [Theory]
    [InlineData("_ = Store.[|RunAsync|]();")]
    [InlineData("_work = Store.[|RunAsync|]();")]
    [InlineData("Task work; _works[1] = work = Store.[|RunAsync|](); await work;")]
    public Task Token_ThatWouldEndWhatGoesOn_IsNotOffered(string body) => NoFix(
        "static class Store { public static Task RunAsync(CancellationToken token = default) => Task.Delay(1, token); } Task? _work; readonly Dictionary<int, Task> _works = new(); bool _isBusy; int _running; "
            + $"async Task M(CancellationToken token) {{ await Task.Delay(1, token); {body} }}");

    // A call that gives no task has ended where its statement has.
    [Theory]
    [InlineData("rows.[|Add|](1);", "rows.Add(1, token);")]
    [InlineData("rows?.[|Add|](1);", "rows?.Add(1, token);")]
    public Task Token_ForASynchronousCall_IsPassed(string body, string expected) => Fixes(
        $"void M(System.Collections.Concurrent.BlockingCollection<int> rows, CancellationToken token) {{ token.ThrowIfCancellationRequested(); {body} }}",
        $"void M(System.Collections.Concurrent.BlockingCollection<int> rows, CancellationToken token) {{ token.ThrowIfCancellationRequested(); {expected} }}");

    // What is set before would stay so.
    [Theory]
    [InlineData("_isBusy = true; await Store.RunAsync(); _isBusy = false;")]
    [InlineData("_running++; await Store.RunAsync(); _running--;")]
    [InlineData("Interlocked.Increment(ref _running); await Store.RunAsync(); Interlocked.Decrement(ref _running);")]
    public Task Token_ThatWouldLeaveAFlagSet_IsSilent(string body) => Silent(
        "static class Store { public static Task RunAsync(CancellationToken token = default) => Task.Delay(1, token); } bool _isBusy; int _running; "
            + $"async Task M(CancellationToken token) {{ await Task.Delay(1, token); {body} }}");

    [Theory]
    [InlineData("_isBusy = true; await Store.[|RunAsync|](); _isBusy = true;", "_isBusy = true; await Store.RunAsync(token); _isBusy = true;")]
    [InlineData("_isBusy = false; await Store.[|RunAsync|](); Console.WriteLine(_isBusy);", "_isBusy = false; await Store.RunAsync(token); Console.WriteLine(_isBusy);")]
    public Task Token_BesideAFlag_IsPassed(string body, string expected) => Fixes(
        $"static class Store {{ public static Task RunAsync(CancellationToken token = default) => Task.Delay(1, token); }} bool _isBusy; async Task M(CancellationToken token) {{ await Task.Delay(1, token); {body} }}",
        $"static class Store {{ public static Task RunAsync(CancellationToken token = default) => Task.Delay(1, token); }} bool _isBusy; async Task M(CancellationToken token) {{ await Task.Delay(1, token); {expected} }}");

    // What all requests read is not left behind what was written because one of them has gone.
    [Theory]
    [InlineData("await cache.RemoveByTagAsync(\"rows\");")]
    [InlineData("await cache.SetAsync(\"rows\", 1);")]
    public Task TokenOfARequest_ForACacheThatIsChanged_IsSilent(string body) => Silent(Cache + body + "\n}", InRequest);

    [Fact]
    public Task TokenOfARequest_ForACacheThatIsRead_IsPassed() => Fixes(
        Cache + "await cache.[|GetAsync|](\"rows\");\n}", Cache + "await cache.GetAsync(\"rows\", context.RequestAborted);\n}", InRequest);

    private const string Cache =
        """
        sealed class RowCache
        {
            public Task SetAsync(string key, int row, CancellationToken token = default) => Task.Delay(row, token);
            public Task RemoveByTagAsync(string tag, CancellationToken token = default) => Task.Delay(1, token);
            public Task GetAsync(string key, CancellationToken token = default) => Task.Delay(1, token);
        }
        async Task M(Microsoft.AspNetCore.Http.HttpContext context, RowCache cache)
        {
        """;

    private static readonly RuleTestOptions InRequest = new() { References = ReferenceSet.AspNetCore };
}
