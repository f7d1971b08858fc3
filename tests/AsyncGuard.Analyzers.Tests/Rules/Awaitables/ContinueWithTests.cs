using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Awaitables;

public sealed class ContinueWithTests : RuleTest<ContinueWithAnalyzer, ContinueWithFix>
{
    private const string Members =
        "\nTask WorkAsync() => Task.CompletedTask; Task<string> LoadAsync() => Task.FromResult(\"\"); void Log(object o) { } void Handle(Task t) { } int Parse(string s) => 0; int Add(int a, string b) => 0;";

    // Reported

    [Theory]
    [InlineData("async Task M() { await WorkAsync().[|ContinueWith|](t => Log(t)); }")]
    [InlineData("async Task M() { await WorkAsync().[|ContinueWith|](t => Log(t)).ConfigureAwait(false); }")]
    [InlineData("async Task<int> M() { return await LoadAsync().[|ContinueWith|](t => t.Result.Length); }")]
    [InlineData("async Task<int> M() => await LoadAsync().[|ContinueWith|](t => t.Result.Length);")]
    [InlineData("Task<int> M() => LoadAsync().[|ContinueWith|](t => t.Result.Length);")]
    [InlineData("Task<int> M() { return LoadAsync().[|ContinueWith|](t => t.Result.Length); }")]
    [InlineData("Task M() { return LoadAsync().[|ContinueWith|](t => { Log(t.Result); }); }")]
    [InlineData("Task M() => WorkAsync().[|ContinueWith|](Handle);")]
    [InlineData("Task M(Action<Task> next) => WorkAsync().[|ContinueWith|](next);")]
    [InlineData("Task M() => WorkAsync().[|ContinueWith|](_ => LoadAsync()).Unwrap();")]
    [InlineData("async Task M() => await await WorkAsync().[|ContinueWith|](_ => WorkAsync());")]
    [InlineData("async Task M() => await WorkAsync().[|ContinueWith|](async _ => await WorkAsync()).Unwrap();")]
    [InlineData("Task M(Task[] all) => Task.WhenAll(all).[|ContinueWith|](_ => Log(1));")]
    [InlineData("Func<Task<int>> M() => () => LoadAsync().[|ContinueWith|](t => t.Result.Length);")]
    [InlineData("Func<Task> M() => async () => await WorkAsync().[|ContinueWith|](t => Log(t));")]
    [InlineData("Task<int> M() { return Local(); Task<int> Local() => LoadAsync().[|ContinueWith|](t => 1); }")]
    [InlineData("async ValueTask M() { await WorkAsync().[|ContinueWith|](t => Log(t)); }")]
    [InlineData("async Task M() { var n = await LoadAsync().[|ContinueWith|](t => t.Result.Length); Log(n); }")]
    [InlineData("async Task M() { try { await WorkAsync().[|ContinueWith|](t => Log(t)); } finally { Log(1); } }")]
    [InlineData("Task<object> M() => LoadAsync().[|ContinueWith<object>|](t => t.Result);")]
    public Task AwaitedOrReturned_IsReported(string member) => Reports(member + Members);

    // From real code

    [Fact]
    public Task Chain_IsReportedAtEach() => Reports(
        """
        Task<int> M() => LoadAsync()
            .[|ContinueWith|](t => t.Result.Trim())
            .[|ContinueWith|](t => t.Result.Length);
        """ + Members);

    [Fact]
    public Task LookAtTheFailure_IsReported() => Reports(
        """
        async Task M()
        {
            await WorkAsync().[|ContinueWith|](t =>
            {
                if (t.IsFaulted) Log(t.Exception!);
                else Log("done");
            });
        }
        """ + Members);

    [Fact]
    public Task CastOfTheResult_IsReported() =>
    Reports("Task<object> M() => LoadAsync().[|ContinueWith|](task => (object)task.Result);" + Members);

    [Fact]
    public Task HttpRequest_IsReported() => Reports(
        """
        Task<string> M(HttpClient client) => client.GetAsync("/").[|ContinueWith|](r => r.Result.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Unwrap();
        """);

    [Fact]
    public Task AfterADelay_IsReported() => Reports("Task M() => Task.Delay(100).[|ContinueWith|](_ => WorkAsync()).Unwrap();" + Members);

    [Fact]
    public Task InAnArgumentOfAnAwait_IsReported() =>
    Reports("async Task M(Task<string>? t) { await t!.[|ContinueWith|](x => Log(x.Result)); }" + Members);

    // Silent

    [Theory]
    [InlineData("Task M() => WorkAsync().ContinueWith(t => Log(t), TaskScheduler.Default);")]
    [InlineData("Task M() => WorkAsync().ContinueWith(t => Log(t), TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("Task M() => WorkAsync().ContinueWith(t => Log(t), TaskContinuationOptions.ExecuteSynchronously);")]
    [InlineData("Task M(CancellationToken token) => WorkAsync().ContinueWith(t => Log(t), token);")]
    [InlineData("Task M() => WorkAsync().ContinueWith((t, s) => Log(s!), this);")]
    [InlineData(
        "Task M(CancellationToken token) => WorkAsync().ContinueWith(t => Log(t), token, TaskContinuationOptions.None, TaskScheduler.Default);")]
    [InlineData("void M() => WorkAsync().ContinueWith(t => Log(t));")]
    [InlineData("void M() { var t = WorkAsync().ContinueWith(x => Log(x)); }")]
    [InlineData("async Task M() { _ = WorkAsync().ContinueWith(t => Log(t)); await Task.Yield(); }")]
    [InlineData("async Task M() { WorkAsync().ContinueWith(t => Log(t)); await Task.Yield(); }")]
    [InlineData("async Task M() { var a = WorkAsync().ContinueWith(t => Log(t)); var b = WorkAsync(); await Task.WhenAll(a, b); }")]
    [InlineData("async Task M() { await Task.WhenAll(WorkAsync().ContinueWith(t => Log(t)), WorkAsync()); }")]
    [InlineData("async Task M() => await WorkAsync().ContinueWith(_ => { });")]
    [InlineData("Task M() => WorkAsync().ContinueWith(delegate { });")]
    [InlineData("Task M() => WorkAsync().ContinueWith(async _ => await WorkAsync());")]
    [InlineData("async Task M() => await WorkAsync().ContinueWith(_ => WorkAsync());")]
    [InlineData("C() => _t = WorkAsync().ContinueWith(t => Log(t)); Task _t;")]
    [InlineData("Task P => WorkAsync().ContinueWith(t => Log(t));")]
    [InlineData("async Task M() { object gate = new(); Task x; lock (gate) { x = WorkAsync().ContinueWith(t => Log(t)); } await x; }")]
    [InlineData("Task M() => Task.Factory.ContinueWhenAll(new[] { WorkAsync() }, all => Log(all));")]
    public Task WhereAwaitSaysLess_IsSilent(string member) => Silent(member + Members);

    // From real code

    [Fact]
    public Task BackgroundFailureLog_IsSilent() =>
    Silent(
    "void Start() { WorkAsync().ContinueWith(t => Log(t.Exception!.Flatten()), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default); }" +
        Members);

    [Fact]
    public Task CacheEviction_IsSilent() => Silent(
        """
        readonly Dictionary<string, Task<string>> _cache = new();
        Task<string> Get(string key)
        {
            var load = LoadAsync();
            load.ContinueWith(_ => _cache.Remove(key));
            return _cache[key] = load;
        }
        """ + Members);

    [Fact]
    public Task OwnMethodOfThatName_IsSilent() =>
    Silent(
    "class Step { public Task ContinueWith(Action<Step> next) => Task.CompletedTask; } Task M(Step s) => s.ContinueWith(x => { Console.WriteLine(x); });");

    [Fact]
    public Task SynchronousWait_IsSilent() => Silent("int M() => LoadAsync().ContinueWith(t => t.Result.Length).Result;" + Members);

    [Fact]
    public Task KeptInADictionary_IsSilent() =>
    Silent("readonly List<Task> _all = new(); void M() => _all.Add(WorkAsync().ContinueWith(t => Log(t)));" + Members);

    [Fact]
    public Task Ternary_IsSilent() =>
    Silent("Task M(bool b) { var t = b ? WorkAsync().ContinueWith(x => Log(x)) : WorkAsync(); return t; }" + Members);

    [Fact]
    public Task ExpressionTree_IsSilent() =>
    Silent("System.Linq.Expressions.Expression<Func<Task>> M() => () => WorkAsync().ContinueWith(t => Log(t));" + Members);

    // Fixes

    [Theory]
    [InlineData("Task<int> M() => LoadAsync().[|ContinueWith|](t => t.Result.Length);",
        "async Task<int> M() => (await LoadAsync()).Length;")]
    [InlineData("Task<int> M() { return LoadAsync().[|ContinueWith|](t => Parse(t.Result)); }",
        "async Task<int> M() { return Parse(await LoadAsync()); }")]
    [InlineData("async Task<int> M() => await LoadAsync().[|ContinueWith|](t => int.Parse(t.Result));",
        "async Task<int> M() => int.Parse(await LoadAsync());")]
    [InlineData("async Task M() { await LoadAsync().[|ContinueWith|](t => Log(t.Result)); }", "async Task M() { Log(await LoadAsync()); }")]
    [InlineData("async Task M() { await LoadAsync().[|ContinueWith|](t => { Log(t.Result); }); }",
        "async Task M() { Log(await LoadAsync()); }")]
    [InlineData("async Task M() { var n = await LoadAsync().[|ContinueWith|](t => { return t.Result.Trim().Length; }); Log(n); }",
        "async Task M() { var n = (await LoadAsync()).Trim().Length; Log(n); }")]
    [InlineData("Task M() { return LoadAsync().[|ContinueWith|](t => Log(t.Result)); }", "async Task M() { Log(await LoadAsync()); }")]
    [InlineData("Task<bool> M() => LoadAsync().[|ContinueWith|](t => t.Result == \"x\");",
        "async Task<bool> M() => await LoadAsync() == \"x\";")]
    [InlineData(
        "async Task<int> M() { await Task.Yield(); return await LoadAsync().[|ContinueWith|](t => t.Result.Length).ConfigureAwait(false); }",
            "async Task<int> M() { await Task.Yield(); return (await LoadAsync().ConfigureAwait(false)).Length; }")]
    [InlineData("Func<Task<int>> M() => () => LoadAsync().[|ContinueWith|](t => t.Result.Length);",
        "Func<Task<int>> M() => async () => (await LoadAsync()).Length;")]
    public Task Fix_Awaits(string before, string after) => Fixes(before + Members, after + Members);

    [Theory]
    [InlineData("async Task M() { await WorkAsync().[|ContinueWith|](t => Log(t)); }")]
    [InlineData("async Task M() { await WorkAsync().[|ContinueWith|](_ => Log(1)); }")]
    [InlineData("async Task M() { await LoadAsync().[|ContinueWith|](t => Log(t.IsFaulted ? \"\" : t.Result)); }")]
    [InlineData("async Task<int> M() => await LoadAsync().[|ContinueWith|](t => Add(DateTime.Now.Day, t.Result));")]
    [InlineData(
        "async Task<int> M() { try { return await LoadAsync().[|ContinueWith|](t => t.Result.Length); } catch (AggregateException) { return 0; } }")]
    [InlineData("Task M() => WorkAsync().[|ContinueWith|](Handle);")]
    [InlineData("Task<object> M() => LoadAsync().[|ContinueWith<object>|](t => t.Result);")]
    public Task WhereAwaitWouldChangeMore_HasNoFix(string member) => NoFix(member + Members);

    [Theory]
    [InlineData("async Task M(Task<int> t) { await t.[|ContinueWith|](x => { /* one */ Console.WriteLine(x.Result); /* two */ }); }")]
    [InlineData("async Task<int> M(Task<string> t) => await t // the rows\n    .[|ContinueWith|](x => x.Result.Length);")]
    public Task Fix_ThatWouldLoseAComment_IsNotOffered(string source) => NoFix(source);
}
