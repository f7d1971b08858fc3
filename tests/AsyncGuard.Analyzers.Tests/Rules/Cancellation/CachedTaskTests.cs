using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed class CachedTaskTests : RuleTest<CachedTaskAnalyzer>
{
    private static readonly RuleTestOptions Web = new()
    {
        References = ReferenceSet.AspNetCore,
        ExtraUsings = ["System.Collections.Concurrent", "Microsoft.Extensions.Caching.Memory", "Microsoft.Extensions.Hosting",
            "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Http"],
    };

    private const string Members =
        """
        readonly ConcurrentDictionary<string, Task<int>> _loads = new();
        readonly ConcurrentDictionary<string, Task<int>> _cleaned = new();
        readonly ConcurrentDictionary<string, Lazy<Task<int>>> _lazy = new();
        internal readonly ConcurrentDictionary<string, Task<int>> Shared = new();
        Task<int>? _load, _again;
        static Task<int>? s_load;
        readonly CancellationToken _stopping;
        readonly CancellationTokenSource _closing = new();
        async Task<int> LoadAsync(string key, CancellationToken token = default) { await Task.Delay(1, token); return 1; }
        void Clean(string key) { _cleaned.TryRemove(key, out _); _lazy.Clear(); _again = null; }

        """;

    private static string In(string code) =>
        Members +
        "async Task M(string key, IMemoryCache cache, HttpContext context, CancellationToken token)\n{\n    await Task.Yield();\n    " +
        code + "\n}";

    [Theory]
    [InlineData("await _loads.GetOrAdd(key, k => LoadAsync(k, [|token|]));")]
    [InlineData("await _loads.GetOrAdd(key, async k => await LoadAsync(k, [|token|]));")]
    [InlineData("await _loads.GetOrAdd(key, static (k, s) => s.self.LoadAsync(k, [|s.token|]), (self: this, token));")]
    [InlineData("await _cleaned.GetOrAdd(key, (k, s) => LoadAsync(k, [|s.Item2|]), (1, token));")]
    [InlineData("await _cleaned.GetOrAdd(key, (k, s) => s.Item1(k, [|s.Item2|]), ((Func<string, CancellationToken, Task<int>>)LoadAsync, context.RequestAborted));")]
    [InlineData("await _loads.GetOrAdd(key, LoadAsync(key, [|token|]));")]
    [InlineData("await _cleaned.GetOrAdd(key, k => LoadAsync(k, [|token|]));")]
    [InlineData("await _lazy.GetOrAdd(key, k => new Lazy<Task<int>>(() => LoadAsync(k, [|token|]))).Value;")]
    [InlineData("await (_load ??= LoadAsync(key, [|token|]));")]
    [InlineData("if (_load == null) _load = LoadAsync(key, [|token|]); await _load;")]
    [InlineData("if (_load is null) { _load = LoadAsync(key, [|token|]); } await _load;")]
    [InlineData("await (s_load ??= LoadAsync(key, [|token|]));")]
    [InlineData("await _loads.GetOrAdd(key, k => LoadAsync(k, [|context.RequestAborted|]));")]
    [InlineData("using var limit = new CancellationTokenSource(1000); await _loads.GetOrAdd(key, k => LoadAsync(k, [|limit.Token|]));")]
    [InlineData("await Shared.GetOrAdd(key, k => LoadAsync(k, [|token|]));")]
    [InlineData("await cache.GetOrCreate(key, entry => LoadAsync(key, [|token|]))!;")]
    [InlineData("await LazyInitializer.EnsureInitialized(ref _load, () => LoadAsync(key, [|token|]));")]
    [InlineData("if (!_loads.TryGetValue(key, out var load)) _loads[key] = load = LoadAsync(key, [|token|]); await load;")]
    [InlineData("if (!_loads.TryGetValue(key, out var load)) { load = LoadAsync(key); _loads[key] = LoadAsync(key, [|token|]); } await load;")]
    [InlineData("if (!_loads.ContainsKey(key)) _loads[key] = LoadAsync(key, [|token|]); await _loads[key];")]
    [InlineData("if (!_loads.ContainsKey(key)) { _loads[key] = LoadAsync(key, [|token|]); } var load = _loads[key]; await load;")]
    [InlineData("if (_loads.TryGetValue(key, out var load)) { await load; } else { if (!_loads.ContainsKey(key)) _loads[key] = LoadAsync(key, [|token|]); }")]

    // The failure stays.
    [InlineData("if (!_loads.TryGetValue(key, out var load)) _loads[key] = load = [|LoadAsync(key)|]; await load;")]
    [InlineData("await [|_loads.GetOrAdd(key, k => LoadAsync(k))|];")]
    [InlineData("await [|_loads.GetOrAdd(key, async k => { await Task.Yield(); return await LoadAsync(k); })|];")]
    [InlineData("await (_load ??= [|LoadAsync(key)|]);")]
    [InlineData("if (_load == null) _load = [|LoadAsync(key)|]; await _load;")]

    // Forms in public code: a token for a remote service, a client that connects once, a key set, a table of users, a start that all wait
    // for.
    [InlineData(
        "var task = _loads.GetOrAdd($\"user:{key}\", _ => Task.Run(() => LoadAsync(key, [|token|]), CancellationToken.None)); await task.WaitAsync(token);")]
    [InlineData("lock (_loads) { if (_load == null) { _load = LoadAsync(key, [|token|]); } } await _load;")]
    [InlineData("var task = (_again ??= LoadAsync(key, [|token|])); await task.ConfigureAwait(false);")]
    [InlineData("await [|_loads.GetOrAdd(key, _ => Task.Run(async () => await LoadAsync(key)))|];")]
    [InlineData("var all = new[] { key }.Select(k => _loads.GetOrAdd(k, x => LoadAsync(x, [|token|]))); await Task.WhenAll(all);")]
    public Task Task_ThatIsKeptForOthers_IsReported(string code) => Reports(In(code), Web);

    [Theory]
    [InlineData("await _cleaned.GetOrAdd(key, k => LoadAsync(k));")]
    [InlineData("await _cleaned.GetOrAdd(key, k => LoadAsync(k, CancellationToken.None)).WaitAsync(token);")]
    [InlineData("await _cleaned.GetOrAdd(key, k => LoadAsync(k, _stopping));")]
    [InlineData("await _cleaned.GetOrAdd(key, k => LoadAsync(k, _closing.Token));")]
    [InlineData("await (_again ??= LoadAsync(key));")]
    [InlineData("await _lazy.GetOrAdd(key, k => new Lazy<Task<int>>(() => LoadAsync(k))).Value;")]
    [InlineData("await Shared.GetOrAdd(key, k => LoadAsync(k));")]
    [InlineData("var local = new ConcurrentDictionary<string, Task<int>>(); await local.GetOrAdd(key, k => LoadAsync(k, token));")]
    [InlineData("_load = LoadAsync(key, token); await _load;")]
    [InlineData("await _loads.GetOrAdd(key, k => Task.FromResult(1));")]
    [InlineData("await _loads.GetOrAdd(key, async k => { try { return await LoadAsync(k); } catch (IOException) { return 0; } });")]
    [InlineData("Task<int>? local = null; local ??= LoadAsync(key, token); await local;")]
    [InlineData("var n = await cache.GetOrCreateAsync(key, entry => LoadAsync(key, token));")]
    [InlineData("await cache.GetOrCreate(key, entry => LoadAsync(key))!;")]
    [InlineData("var names = new ConcurrentDictionary<string, int>(); names.GetOrAdd(key, k => k.Length); await LoadAsync(key, token);")]

    // Forms in public code.
    [InlineData("_loads[key] = LoadAsync(key, token); await _loads[key];")]
    [InlineData("if (!_loads.ContainsKey(key)) _loads[key] = LoadAsync(key, token);")]
    [InlineData("if (!_loads.TryGetValue(key, out _)) _loads[key] = LoadAsync(key, token);")]
    [InlineData("if (!_loads.TryGetValue(key, out var load) || load.IsCompleted) _loads[key] = load = LoadAsync(key, token); await load;")]
    [InlineData("var local = new Dictionary<string, Task<int>>(); if (!local.ContainsKey(key)) local[key] = LoadAsync(key, token); await local[key];")]
    [InlineData("if (!_loads.ContainsKey(key)) _loads[key] = LoadAsync(key, _stopping); await _loads[key].WaitAsync(token); _loads.Clear();")]
    [InlineData("if (_load?.IsCompleted != false) _load = LoadAsync(key, token); await _load;")]
    [InlineData("if (!_cleaned.TryGetValue(key, out var load)) _cleaned[key] = load = LoadAsync(key); await load;")]
    [InlineData("_closing.Cancel(); _load = LoadAsync(key, token); await _load;")]
    [InlineData("var lazy = new Lazy<Task<int>>(() => LoadAsync(key, token)); await lazy.Value;")]
    public Task Task_OfThisCallOrCleaned_IsSilent(string code) => Silent(In(code), Web);

    [Fact]
    public Task Lazy_InAMember_IsReported() => Reports(
        """
        static async Task<int> LoadAsync() { await Task.Yield(); return 1; }
        static readonly Lazy<Task<int>> s_first = [|new(LoadAsync)|];
        readonly Lazy<Task<int>> _second = [|new Lazy<Task<int>>(() => LoadAsync())|];
        readonly Lazy<Task<int>> _third = new(() => Task.FromResult(1));
        Lazy<Task<int>> _fourth = new(() => LoadAsync());
        internal readonly Lazy<Task<int>> Fifth = new(() => LoadAsync());
        readonly Lazy<int> _sixth = new(() => 1);
        void Reset() => _fourth = new(() => LoadAsync());
        """);

    [Fact]
    public Task Controller_AndService_AreSilent() => Silent(
        """
        class Orders : ControllerBase
        {
            Task<int>? _user;
            Task<int> LoadAsync(CancellationToken token) => Task.FromResult(1);
            [HttpGet] public async Task<int> Get(CancellationToken token) => await (_user ??= LoadAsync(token));
        }
        class Worker : IHostedService
        {
            Task? _running;
            Task RunAsync(CancellationToken token) => Task.CompletedTask;
            public Task StartAsync(CancellationToken token) => _running ??= RunAsync(token);
            public Task StopAsync(CancellationToken token) { _running = null; return Task.CompletedTask; }
        }
        """,
        Web);

    // Work that is started once and whose task no caller gets

    [Theory]
    [InlineData(
        "Task? _running; void Start() { _running ??= RunAsync(); } public async ValueTask DisposeAsync() { if (_running != null) await _running; } async Task RunAsync() { await Task.Yield(); }")]
    [InlineData(
        "Task? _running; void Start(CancellationToken token) { _running ??= RunAsync(token); } async Task StopAsync() { await (_running ?? Task.CompletedTask); } async Task RunAsync(CancellationToken token) { await Task.Delay(1, token); }")]
    [InlineData(
        "Task? _running; void Start() { if (_running == null) _running = RunAsync(); } bool IsDone => _running?.IsCompleted == true; async Task RunAsync() { await Task.Yield(); }")]
    public Task WorkThatIsStartedOnce_IsSilent(string members) => Silent(members);

    [Theory]
    [InlineData(
        "Task? _ready; void Start() { _ready ??= [|RunAsync()|]; } async Task UseAsync() { await _ready!; } async Task RunAsync() { await Task.Yield(); }")]
    [InlineData(
        "Task? _ready; Task Ready => _ready!; void Start() { _ready ??= [|RunAsync()|]; } async Task RunAsync() { await Task.Yield(); }")]
    public Task WorkThatCallersWaitFor_IsReported(string members) => Reports(members);

    [Theory]
    [InlineData(
        "readonly Lazy<Task<int>> _empty = new(GetEmpty); static Task<int> GetEmpty() => Task.FromResult(0); Task<int> Get() => _empty.Value;")]
    [InlineData("Task? _ready; Task Ready() => _ready ??= Make(); static Task Make() { return Task.CompletedTask; }")]
    public Task WorkThatIsComplete_IsSilent(string members) => Silent(members);

    [Fact]
    public Task WorkThatCatchesEverything_IsSilent() => Silent(
        """
        Task<int>? _load;
        Task<int> Loaded => _load ??= LoadAsync();
        async Task<int> LoadAsync() { try { await Task.Yield(); return 1; } catch (Exception) { return 0; } }
        """);
}
