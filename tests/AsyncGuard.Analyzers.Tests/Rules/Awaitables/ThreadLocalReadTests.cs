using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Awaitables;

public sealed class ThreadLocalReadTests : RuleTest<ThreadLocalReadAnalyzer>
{
    private const string Members =
        "\n[ThreadStatic] static string? _user; static readonly ThreadLocal<string?> Local = new(); static readonly AsyncLocal<string?> Flow = new(); Task WorkAsync() => Task.Delay(1); static void Use(object? o) { } void Enter(string s) { _user = s; Local.Value = s; }";

    // Reported: what belongs to the thread

    [Theory]
    [InlineData("async Task M() { await WorkAsync(); Use([|_user|]); }")]
    [InlineData("async Task M() { _user = \"a\"; await WorkAsync(); Use([|_user|]); }")]
    [InlineData("async Task M() { Use(_user); await WorkAsync(); Use([|_user|]); }")]
    [InlineData("async Task M() { await WorkAsync().ConfigureAwait(false); Use([|C._user|]!.Length); }")]
    [InlineData("async Task M(bool b) { if (b) await WorkAsync(); Use([|_user|]); }")]
    [InlineData("async Task M() { while (true) { Use([|_user|]); await WorkAsync(); } }")]
    [InlineData("async Task M() { try { await WorkAsync(); } finally { Use([|_user|]); } }")]
    [InlineData("async Task M() { try { await WorkAsync(); } catch (IOException) { Use([|_user|]); } }")]
    [InlineData("async Task M(IAsyncEnumerable<int> all) { await foreach (var i in all) Use([|_user|]); }")]
    [InlineData("async Task<string?> M() { await WorkAsync(); return [|_user|]; }")]
    [InlineData("Func<Task> M() => async () => { await WorkAsync(); Use([|_user|]); };")]
    [InlineData("async Task M() { await L(); async Task L() { await WorkAsync(); Use([|_user|]); } }")]
    [InlineData("async Task M() { await WorkAsync(); if ([|_user|] == \"a\") Use(1); }")]
    [InlineData("async Task M() { await WorkAsync(); Use([|Local.Value|]); }")]
    [InlineData("async Task M() { Local.Value = \"a\"; await WorkAsync(); Use([|Local.Value|]!.Length); }")]
    [InlineData("async ValueTask M() { await Task.Yield(); Use($\"{[|Local.Value|]}\"); }")]
    [InlineData("async void M() { await WorkAsync(); Use([|_user|]); }")]
    public Task ReadAfterAnAwait_IsReported(string member) => Reports(member + Members);

    // Reported: what an async callee has set

    [Theory]
    [InlineData("async Task M() { await SignIn(); Use([|Flow.Value|]); } async Task SignIn() { await WorkAsync(); Flow.Value = \"a\"; }")]
    [InlineData(
        "async Task M() { await SignIn().ConfigureAwait(false); Use([|Flow.Value|]); } async Task SignIn() { Flow.Value = \"a\"; await WorkAsync(); }")]
    [InlineData(
        "async Task<string?> M() { if (await SignIn()) return [|Flow.Value|]; return null; } async Task<bool> SignIn() { Flow.Value = \"a\"; await WorkAsync(); return true; }")]
    public Task SetInAnAwaitedCallee_IsReported(string member) => Reports(member + Members);

    // Reported: what an async iterator has set, after it has handed out an item

    [Theory]
    [InlineData("async IAsyncEnumerable<int> M() { Flow.Value = \"a\"; await WorkAsync(); yield return 1; Use([|Flow.Value|]); }")]
    [InlineData(
        "async IAsyncEnumerable<int> M() { Flow.Value = \"a\"; yield return 1; await WorkAsync(); yield return 2; Use([|Flow.Value|]); }")]
    [InlineData(
        "async IAsyncEnumerable<string?> M() { await WorkAsync(); Flow.Value = \"a\"; yield return Flow.Value; yield return [|Flow.Value|]; }")]
    [InlineData("async IAsyncEnumerator<int> M() { Flow.Value = \"a\"; yield return 1; await WorkAsync(); Use([|Flow.Value|]); }")]
    [InlineData(
        "async IAsyncEnumerable<int> M(int[] all) { Flow.Value = \"a\"; foreach (var i in all) { await WorkAsync(); Use([|Flow.Value|]); yield return i; } }")]
    [InlineData(
        "async IAsyncEnumerable<int> M(IAsyncEnumerable<int> all) { Flow.Value = \"a\"; await foreach (var i in all) yield return i; Use([|Flow.Value|]); }")]
    [InlineData(
        "async IAsyncEnumerable<int> M() { var before = Flow.Value; Flow.Value = \"a\"; try { yield return 1; await WorkAsync(); Use([|Flow.Value|]); } finally { Flow.Value = before; } }")]
    [InlineData(
        "async Task M() { await foreach (var i in L()) Use(i); async IAsyncEnumerable<int> L() { Flow.Value = \"a\"; yield return 1; await WorkAsync(); Use([|Flow.Value|]); } }")]
    [InlineData(
        "async IAsyncEnumerable<int> M(bool b) { if (b) Flow.Value = \"a\"; yield return 1; await WorkAsync(); Use([|Flow.Value|]); }")]
    public Task SetBeforeAYield_IsReported(string member) => Reports(member + Members);

    [Theory]
    [InlineData("async IAsyncEnumerable<int> M() { Flow.Value = \"a\"; await WorkAsync(); Use(Flow.Value); yield return 1; }")]
    [InlineData("async IAsyncEnumerable<int> M() { yield return 1; Flow.Value = \"a\"; await WorkAsync(); Use(Flow.Value); }")]
    [InlineData("async IAsyncEnumerable<int> M() { await WorkAsync(); yield return 1; Use(Flow.Value); }")]
    [InlineData(
        "async IAsyncEnumerable<int> M(int[] all) { foreach (var i in all) { Flow.Value = \"a\"; await WorkAsync(); Use(Flow.Value); yield return i; } }")]
    [InlineData(
        "async IAsyncEnumerable<int> M() { Flow.Value = \"a\"; yield return 1; await WorkAsync(); Flow.Value = \"a\"; Use(Flow.Value); }")]
    [InlineData("async IAsyncEnumerable<int> M() { Flow.Value = null; yield return 1; await WorkAsync(); Use(Flow.Value); }")]
    [InlineData(
        "async IAsyncEnumerable<int> M(bool b) { if (b) { Flow.Value = \"a\"; yield break; } yield return 1; await WorkAsync(); Use(Flow.Value); }")]
    [InlineData("async IAsyncEnumerable<int> M() { Flow.Value = \"a\"; var a = Flow.Value; yield return 1; await WorkAsync(); Use(a); }")]
    [InlineData("IEnumerable<int> M() { Flow.Value = \"a\"; yield return 1; Use(Flow.Value); }")]
    [InlineData(
        "async IAsyncEnumerable<int> M() { Action set = () => Flow.Value = \"a\"; await WorkAsync(); yield return 1; Use(Flow.Value); set(); }")]
    [InlineData(
        "async Task M() { Flow.Value = \"a\"; await foreach (var i in L()) Use(Flow.Value); async IAsyncEnumerable<int> L() { await WorkAsync(); yield return 1; Use(Flow.Value); } }")]
    public Task SetAndNotLost_IsSilent(string member) => Silent(member + Members);

    // From real code

    [Fact]
    public Task Culture_IsReported() =>
    Reports(
    "class Ambient { [ThreadStatic] public static string? Tenant; } async Task Handle(string tenant) { Ambient.Tenant = tenant; await Task.Delay(1); Console.WriteLine([|Ambient.Tenant|]); }");

    [Fact]
    public Task DepthCounter_IsReported() =>
    Reports("[ThreadStatic] static int _depth; async Task Visit() { _depth++; try { await Task.Delay(1); } finally { [|_depth|]--; } }");

    [Fact]
    public Task CurrentSession_IsReported() =>
    Reports(
    "static class Session { static readonly ThreadLocal<object?> Store = new ThreadLocal<object?>(); public static void Open(object o) => Store.Value = o; public static async Task<object?> AfterAsync() { await Task.Yield(); return [|Store.Value|]; } }");

    [Fact]
    public Task CorrelationId_IsReported() =>
    Reports(
    "static readonly AsyncLocal<string?> Id = new(); async Task Invoke(Func<Task> next) { await StartAsync(); Console.WriteLine([|Id.Value|]); await next(); } static async Task StartAsync() { await Task.Yield(); Id.Value = Guid.NewGuid().ToString(); }");

    [Fact]
    public Task StackOfScopes_IsReported() =>
    Reports(
    "[ThreadStatic] static Stack<string>? _scopes; void Push(string s) { _scopes = new Stack<string>(); _scopes.Push(s); } async Task Run() { Push(\"a\"); await Task.Delay(1); [|_scopes|]!.Pop(); }");

    // Silent

    [Theory]
    [InlineData("async Task M() { Use(_user); await WorkAsync(); }")]
    [InlineData("async Task M() { await WorkAsync(); _user = \"a\"; Use(_user); }")]
    [InlineData("async Task M() { await WorkAsync(); _user = \"a\"; }")]
    [InlineData("void M() { WorkAsync(); Use(_user); }")]
    [InlineData("Task M() { Use(_user); return WorkAsync(); }")]
    [InlineData("async Task M() { var user = _user; await WorkAsync(); Use(user); }")]
    [InlineData("async Task M() { await WorkAsync(); Use(nameof(_user)); }")]
    [InlineData("async Task M() { await WorkAsync(); Action a = () => Use(_user); a(); }")]
    [InlineData("async Task M(bool b) { if (b) { await WorkAsync(); return; } Use(_user); }")]
    [InlineData("async Task M() { await WorkAsync(); Local.Value = \"a\"; Use(Local.Value); }")]
    [InlineData("async Task M() { await WorkAsync(); Use(Flow.Value); }")]
    [InlineData("async Task M() { Flow.Value = \"a\"; await WorkAsync(); Use(Flow.Value); }")]
    [InlineData("async Task M() { await SignIn(); Use(Flow.Value); } Task SignIn() { Flow.Value = \"a\"; return WorkAsync(); }")]
    [InlineData(
        "async Task M() { Flow.Value = \"b\"; await SignIn(); Use(Flow.Value); } async Task SignIn() { Flow.Value = \"a\"; await WorkAsync(); }")]
    [InlineData(
        "async Task M() { await SignIn(); Use(Flow.Value); } async Task SignIn() { Flow.Value = \"a\"; await WorkAsync(); Flow.Value = null; }")]
    [InlineData("async Task M() { Use(Flow.Value); await SignIn(); } async Task SignIn() { Flow.Value = \"a\"; await WorkAsync(); }")]
    [InlineData(
        "async Task M() { await SignIn(); Use(Flow.Value); } async Task SignIn() { await Task.Run(() => { Flow.Value = \"a\"; }); }")]
    public Task OtherOrder_IsSilent(string member) => Silent(member + Members);

    // From real code: each thread has its own, whichever it is

    [Theory]
    [InlineData(
        "[ThreadStatic] static Random? _r; static Random R => _r ??= new Random(); async Task M() { await Task.Yield(); Console.WriteLine(_r ??= new Random()); }")]
    [InlineData(
        "[ThreadStatic] static byte[]? _buffer; async Task M() { await Task.Yield(); if (_buffer == null) _buffer = new byte[10]; Console.WriteLine(_buffer.Length); }")]
    [InlineData(
        "static readonly ThreadLocal<Random> R = new(() => new Random()); async Task<int> M() { await Task.Yield(); return R.Value!.Next(); }")]
    [InlineData(
        "readonly ThreadLocal<int> _n = new(() => 1, trackAllValues: true); async Task<int> M() { await Task.Yield(); return _n.Value; }")]
    [InlineData(
        "[ThreadStatic] static List<int>? _pool; async Task M() { await Task.Yield(); var list = _pool ?? new List<int>(); _pool = null; Console.WriteLine(list); }")]
    [InlineData("static string? _user; async Task M() { _user = \"a\"; await Task.Yield(); Console.WriteLine(_user); }")]
    [InlineData("readonly Lazy<string> _l = new(() => \"\"); async Task M() { await Task.Yield(); Console.WriteLine(_l.Value); }")]
    public Task Tool_IsSilent(string member) => Silent(member);

    [Fact]
    public Task OwnThreadLocal_IsSilent() =>
    Silent(
    "class ThreadLocal<T> { public T? Value { get; set; } } readonly ThreadLocal<int> _l = new(); async Task M() { await Task.Yield(); Console.WriteLine(_l.Value); }");

    [Theory]
    [InlineData("await Task.CompletedTask;")]
    [InlineData("var n = await Task.FromResult(1);")]
    [InlineData("await Task.CompletedTask.ConfigureAwait(false);")]
    public Task AwaitOfWhatIsComplete_IsSilent(string code) =>
    Silent($"[ThreadStatic] static int s_depth; async Task M() {{ s_depth = 1; {code} Console.WriteLine(s_depth); }}");
}
