using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed class SyncRunnerTests : RuleTest<SyncRunnerAnalyzer, SyncRunnerFix>
{
    private const string Runners =
        """
        sealed class Policy
        {
            public void Execute(Action work) => work();
            public TResult Execute<TResult>(Func<TResult> work) => work();
            public TResult Execute<TResult>(Func<CancellationToken, TResult> work, CancellationToken token) => work(token);
            public Task ExecuteAsync(Func<Task> work) => work();
            public Task<TResult> ExecuteAsync<TResult>(Func<Task<TResult>> work) => work();
            public Task ExecuteAsync(Func<CancellationToken, Task> work, CancellationToken token) => work(token);
            public Task<TResult> ExecuteAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken token) => work(token);
        }
        sealed class Pipeline
        {
            public TResult Execute<TResult>(Func<CancellationToken, TResult> work, CancellationToken token = default) => work(token);
            public ValueTask<TResult> ExecuteAsync<TResult>(Func<CancellationToken, ValueTask<TResult>> work, CancellationToken token = default) => work(token);
            public ValueTask ExecuteAsync(Func<CancellationToken, ValueTask> work, CancellationToken token = default) => work(token);
        }
        static class Measure
        {
            public static T Time<T>(string name, Func<T> work) => work();
            public static Task TimeAsync(string name, Func<Task> work) => work();
            public static Task<T> TimeAsync<T>(string name, Func<Task<T>> work) => work();
        }
        sealed class Cache
        {
            public T GetOrCreate<T>(string key, Func<T> make) => make();
            public Task<T> GetOrCreateAsync<T>(string key, Func<Task<T>> make) => make();
        }
        sealed class Lone
        {
            public T Run<T>(Func<T> work) => work();
            public T Wrap<T>(Func<T> work) => work();
            public Task WrapAsync(string name) => Task.CompletedTask;
            public T Post<T>(Func<T> work) => work();
            public Task<T> PostAsync<T>(Func<T> work) => Task.FromResult(work());
        }
        sealed class Of<T>
        {
            public T Execute(Func<T> work) => work();
            public Task<T> ExecuteAsync(Func<Task<T>> work) => work();
        }
        Task SaveAsync() => Task.CompletedTask;
        Task<int> LoadAsync() => Task.FromResult(1);
        ValueTask<int> PeekAsync(CancellationToken token) => new(1);

        """;

    private static string In(string code) =>
        Runners +
        "async Task M(Policy retry, Policy? maybe, Pipeline pipeline, Cache cache, Lone lone, Of<Task<int>> typed, Func<Task<int>> work, CancellationToken token)\n{\n    await Task.Yield();\n    " +
        code + "\n}";

    [Theory]
    [InlineData("[|retry.Execute(async () => await SaveAsync())|];")]
    [InlineData("await [|retry.Execute(async () => await SaveAsync())|];")]
    [InlineData("var n = await [|retry.Execute(async () => await LoadAsync())|];")]
    [InlineData("await [|retry.Execute(SaveAsync)|];")]
    [InlineData("await [|retry.Execute(() => SaveAsync())|];")]
    [InlineData("await [|retry.Execute(work)|];")]
    [InlineData("var load = [|retry.Execute(LoadAsync)|]; await load;")]
    [InlineData("[|retry.Execute(async () => await LoadAsync())|].Wait();")]
    [InlineData("await [|retry.Execute(async t => await Task.Delay(1, t), token)|];")]
    [InlineData("_ = [|retry.Execute(async () => { await SaveAsync(); })|];")]
    [InlineData("await [|Measure.Time(\"a\", async () => await SaveAsync())|];")]
    [InlineData("await [|Measure.Time(\"a\", LoadAsync)|];")]
    [InlineData("await [|Measure.Time(name: \"a\", work: async () => await LoadAsync())|];")]
    [InlineData("Func<Task> f = () => [|retry.Execute(async () => await SaveAsync())|]; await f();")]
    [InlineData("await Task.WhenAll([|retry.Execute(SaveAsync)|], [|retry.Execute(SaveAsync)|]);")]

    // Forms in public code: retries around requests, pipelines that turn the token on, wrapped twice, execution strategies, measured calls.
    [InlineData(
        "var text = await [|retry.Execute(async () => { using var client = new HttpClient(); return await client.GetStringAsync(\"a\"); })|];")]
    [InlineData("await [|retry.Execute(() => retry.ExecuteAsync(async () => await SaveAsync()))|];")]
    [InlineData("var n = await [|pipeline.Execute(t => PeekAsync(t), token)|];")]
    [InlineData("try { await [|retry.Execute(async () => { await SaveAsync(); throw new IOException(); })|]; } catch (IOException) { }")]
    [InlineData("for (var i = 0; i < 3; i++) await [|retry.Execute(async () => { await Task.Delay(i); })|];")]
    [InlineData("var n = [|retry.Execute(async () => { await Task.Delay(1); return 3; })|].Result;")]
    [InlineData("var n = await [|pipeline.Execute(t => LoadAsync(), token)|];")]
    [InlineData("await [|pipeline.Execute(async t => { await SaveAsync(); })|];")]
    public Task AsyncWork_OfSynchronousRunner_IsReported(string code) => Reports(In(code));

    [Theory]
    [InlineData("await retry.ExecuteAsync(async () => await SaveAsync());")]
    [InlineData("retry.Execute(() => Console.WriteLine());")]
    [InlineData("var n = retry.Execute(() => 1);")]
    [InlineData("await lone.Run(async () => await SaveAsync());")]
    [InlineData("await lone.Wrap(async () => await SaveAsync());")]
    [InlineData("await lone.Post(async () => await SaveAsync());")]
    [InlineData("await typed.Execute(async () => await LoadAsync());")]
    [InlineData("await cache.GetOrCreate(\"a\", async () => await LoadAsync());")]
    [InlineData("await Task.Run(async () => await SaveAsync());")]
    [InlineData("await await Task.Factory.StartNew(async () => await SaveAsync());")]
    [InlineData("var n = await retry.ExecuteAsync(LoadAsync);")]
    [InlineData("var f = retry.Execute(() => work);")]
    [InlineData("var name = nameof(retry.Execute);")]
    [InlineData("var all = new[] { 1 }.Select(async i => await SaveAsync()).ToList(); await Task.WhenAll(all);")]
    [InlineData("var first = new[] { LoadAsync() }.First(t => t.IsCompleted); await first;")]

    // Forms in public code.
    [InlineData(
        "var load = new System.Collections.Concurrent.ConcurrentDictionary<string, Task<int>>().GetOrAdd(\"a\", _ => LoadAsync()); await load;")]
    [InlineData("await pipeline.ExecuteAsync(async t => await PeekAsync(t), token);")]
    [InlineData("var t = LazyInitializer.EnsureInitialized(ref _load, LoadAsync); await t;")]
    [InlineData("Measure.Time(\"a\", () => LoadAsync().Result);")]
    [InlineData("await new Lazy<Task<int>>(LoadAsync).Value;")]
    public Task Work_ThatIsWaitedFor_IsSilent(string code) => Silent(In(code) + "\nTask<int> _load = null!;");

    [Theory]
    [InlineData("await d.Invoke(async () => await SaveAsync());")]
    [InlineData("await d.Invoke(async () => { await SaveAsync(); }).ConfigureAwait(false);")]
    [InlineData("var n = await d.Invoke(LoadAsync);")]
    public Task Dispatcher_WhoseTaskIsAwaited_IsSilent(string code) => Silent(
        "Task SaveAsync() => Task.Delay(1); Task<int> LoadAsync() => Task.FromResult(1); async Task M(Avalonia.Threading.Dispatcher d) { await Task.Yield(); "
        + code + " }",
        new() { Stubs = [Stubs.UserInterfaces] });

    [Theory]
    [InlineData("[|d.Invoke(async () => await SaveAsync())|];")]
    [InlineData("_ = [|d.Invoke(SaveAsync)|];")]
    public Task Dispatcher_WhoseTaskIsDropped_IsReported(string code) => Reports(
        "Task SaveAsync() => Task.Delay(1); async Task M(Avalonia.Threading.Dispatcher d) { await Task.Yield(); " + code + " }",
        new() { Stubs = [Stubs.UserInterfaces] });

    [Fact]
    public Task Runner_OfExtensionMethods_IsReported() => Reports(
        """
        using System;
        using System.Threading.Tasks;

        interface IStrategy { }
        static class Strategies
        {
            public static TResult Execute<TResult>(this IStrategy strategy, Func<TResult> operation) => operation();
            public static Task ExecuteAsync(this IStrategy strategy, Func<Task> operation) => operation();
            public static Task<TResult> ExecuteAsync<TResult>(this IStrategy strategy, Func<Task<TResult>> operation) => operation();
        }
        class User
        {
            async Task M(IStrategy strategy) => await [|strategy.Execute(async () => { await Task.Delay(1); })|];
            Task<int> N(IStrategy strategy) => [|strategy.Execute(async () => { await Task.Delay(1); return 1; })|];
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Call_GetsTheSibling() => Fixes(
        Runners +
        """
        async Task<int> M(Policy retry, CancellationToken token)
        {
            [|retry.Execute(async () => await SaveAsync())|]; // twice
            await [|retry.Execute(SaveAsync)|];
            var n = [|retry.Execute(LoadAsync)|];
            await [|Measure.Time("a", async () => await SaveAsync())|];
            return await n + await [|retry.Execute(async t => { await Task.Delay(1, t); return 1; }, token)|];
        }
        Task N(Policy retry) => [|retry.Execute(SaveAsync)|];
        """,
        Runners +
        """
        async Task<int> M(Policy retry, CancellationToken token)
        {
            await retry.ExecuteAsync(async () => await SaveAsync()); // twice
            await retry.ExecuteAsync(SaveAsync);
            var n = retry.ExecuteAsync(LoadAsync);
            await Measure.TimeAsync("a", async () => await SaveAsync());
            return await n + await retry.ExecuteAsync(async t => { await Task.Delay(1, t); return 1; }, token);
        }
        Task N(Policy retry) => retry.ExecuteAsync(SaveAsync);
        """);

    // MatchAsync throws where the work gives null.
    [Fact]
    public Task ValueOfAFunctionalLibrary_IsSilent() => Silent(
        Runners + "async Task<int> M(LanguageExt.Option<string> name) => await name.Match(async _ => { await SaveAsync(); return 1; }, LoadAsync);",
        RuleTestOptions.Default with { Stubs = [Stubs.LanguageExt] });

    [Fact]
    public Task DroppedCall_InSynchronousCode_HasNoFix() =>
    NoFix(Runners + "void M(Policy retry) { [|retry.Execute(async () => await SaveAsync())|]; }");
}
