using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed class UnawaitedResourceTests : RuleTest<UnawaitedResourceAnalyzer, UnawaitedResourceFix>
{
    private const string Gate =
        """
        readonly AsyncGate _gate = new();
        Task<IDisposable> LockAsync() => throw null!;
        Task<FileStream> OpenAsync(string path) => throw null!;
        Task<List<int>> ListAsync() => throw null!;
        Task WaitAsync() => Task.CompletedTask;
        Task<Releaser> _held = null!;
        static Task<IDisposable> Shared => throw null!;
        struct Releaser : IDisposable { public void Dispose() { } }
        sealed class AsyncOnly : IAsyncDisposable { public ValueTask DisposeAsync() => default; }
        Task<AsyncOnly> StartAsync() => throw null!;
        sealed class AsyncGate
        {
            public Task<Releaser> EnterAsync() => throw null!;
            public Task<IDisposable> LockAsync(string key, CancellationToken token = default) => throw null!;
            public Task<Releaser> LockAsync(object key) => throw null!;
            public IDisposable Lock() => throw null!;
            public ValueTask<Releaser> TryAsync() => throw null!;
        }

        """;

    private static string In(string code,
        string head = "async Task M(string path, bool quick, Task<IDisposable> given, CancellationToken token)") =>
            Gate + head + "\n{\n    await Task.Yield();\n    " + code + "\n}";

    [Theory]
    [InlineData("using ([|LockAsync()|]) { }")]
    [InlineData("using ([|_gate.EnterAsync()|]) await Task.Delay(1);")]
    [InlineData("using var held = [|_gate.EnterAsync()|]; await Task.Delay(1);")]
    [InlineData("using (var held = [|LockAsync()|]) { await Task.Delay(1); }")]
    [InlineData("using Task<IDisposable> held = [|LockAsync()|];")]
    [InlineData("using var file = [|OpenAsync(path)|];")]
    [InlineData("using (([|LockAsync()|])) { }")]
    [InlineData("using ([|quick ? LockAsync() : _gate.LockAsync(path)|]) { }")]
    [InlineData("var entering = LockAsync(); using ([|entering|]) { }")]
    [InlineData("using var held = [|LockAsync()|]; Console.WriteLine(held.IsCompleted);")]
    [InlineData("using (Task<IDisposable> one = [|LockAsync()|], two = [|_gate.LockAsync(path)|]) { }")]
    [InlineData("using ([|StartAsync()|]) { }")]
    [InlineData("using ([|Task.Run(() => _gate.Lock())|]) { }")]
    [InlineData("using ([|Task.FromResult(_gate.Lock())|]) { }")]
    [InlineData("var nested = Task.FromResult(LockAsync()); using ([|await nested|]) { }")]
    [InlineData("foreach (var key in path) { using ([|_gate.LockAsync(path, token)|]) { } }")]

    // Forms in public code: keyed locks, repository locks, a lock before the guard of a cache, connections, files.
    [InlineData(
        "using ([|_gate.LockAsync($\"user:{path}\", token)|]) { if (File.Exists(path)) return; await File.WriteAllTextAsync(path, \"\", token); }")]
    [InlineData("using (var l = [|_gate.LockAsync((object)path)|]) { try { await Task.Delay(1, token); } catch (IOException) { } }")]
    [InlineData("using var _ = [|_gate.EnterAsync()|]; if (quick) return; await Task.Delay(10, token);")]
    [InlineData("try { using ([|this._gate.EnterAsync()|]) { await Task.Delay(1); } } finally { Console.WriteLine(path); }")]
    [InlineData("using (var reader = [|OpenAsync(path)|]) { await Task.Delay(1); }")]
    public Task Task_ThatAUsingDisposes_IsReported(string code) => Reports(In(code));

    [Theory]
    [InlineData("using (await LockAsync()) { }")]
    [InlineData("using var held = await _gate.EnterAsync();")]
    [InlineData("using (await LockAsync().ConfigureAwait(false)) { }")]
    [InlineData("using (_gate.Lock()) { }")]
    [InlineData("using (var held = await _gate.TryAsync()) { }")]
    [InlineData("using (WaitAsync()) { }")]
    [InlineData("using var waiting = ListAsync();")]
    [InlineData("using var opening = OpenAsync(path); var file = await opening;")]
    [InlineData("using (var opening = OpenAsync(path)) { using var file = await opening; }")]
    [InlineData("var opening = LockAsync(); using (opening) { using var held = await opening; }")]
    [InlineData("using (_held) { }")]
    [InlineData("using (given) { }")]
    [InlineData("using (Shared) { }")]
    [InlineData("using var opening = OpenAsync(path); await Task.WhenAll(opening, WaitAsync());")]
    [InlineData("await using (await StartAsync()) { }")]

    // Forms in public code.
    [InlineData("using (var response = await new HttpClient().GetAsync(path, token)) { }")]
    [InlineData("using var source = CancellationTokenSource.CreateLinkedTokenSource(token);")]
    [InlineData("using var load = Task.Run(() => new StreamReader(path)); (await load).Dispose();")]
    [InlineData("using var load = OpenAsync(path); load.Wait();")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); await timer.WaitForNextTickAsync(token);")]
    public Task Resource_ThatIsNoLostTask_IsSilent(string code) => Silent(In(code));

    [Fact]
    public Task Using_WithoutAsync_BecomesAsync() => Fixes(
        """
        Task<IDisposable> LockAsync() => throw null!;
        Task SaveAsync(string path)
        {
            using ([|LockAsync()|])
            {
                return File.WriteAllTextAsync(path, "");
            }
        }
        """,
        """
        Task<IDisposable> LockAsync() => throw null!;
        async Task SaveAsync(string path)
        {
            using (await LockAsync())
            {
                await File.WriteAllTextAsync(path, "");
            }
        }
        """);

    [Fact]
    public Task Using_WithConfigureAwaitAround_GetsItToo() => Fixes(
        """
        Task<IDisposable> LockAsync() => throw null!;
        async Task SaveAsync(string path)
        {
            using var held = [|LockAsync()|]; // one writer
            await File.WriteAllTextAsync(path, "").ConfigureAwait(false);
        }
        """,
        """
        Task<IDisposable> LockAsync() => throw null!;
        async Task SaveAsync(string path)
        {
            using var held = await LockAsync().ConfigureAwait(false); // one writer
            await File.WriteAllTextAsync(path, "").ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Result_ThatIsDisposedAsynchronously_GetsAwaitUsing() => Fixes(
        """
        Task<FileStream> OpenAsync(string path) => throw null!;
        async Task ReadAsync(string path)
        {
            using (var file = [|OpenAsync(path)|])
            {
                await Task.Yield();
            }
        }
        """,
        """
        Task<FileStream> OpenAsync(string path) => throw null!;
        async Task ReadAsync(string path)
        {
            await using (var file = await OpenAsync(path))
            {
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Using_InSynchronousCode_HasNoFix() => NoFix(
        """
        Task<IDisposable> LockAsync() => throw null!;
        void Save(string path)
        {
            using ([|LockAsync()|]) File.WriteAllText(path, "");
        }
        """);

    [Theory]
    [InlineData("class Gate { public Task<IDisposable> LockAsync() => null!; } async Task M(Gate g) { using ([|g?.LockAsync()|]) await Task.Yield(); }")]
    [InlineData(
        "class Gate { public Task<IDisposable> LockAsync() => null!; } async Task M(Gate g, bool b) { using ([|b ? g.LockAsync() : null|]) await Task.Yield(); }")]
    public Task Task_ThatMayBeNull_HasNoFix(string source) => NoFix(source);

    [Fact]
    public Task Variable_WhoseTypeIsWritten_HasNoFix() => NoFix(
        """
        Task<IDisposable> LockAsync() => throw null!;
        async Task SaveAsync()
        {
            using Task<IDisposable> held = [|LockAsync()|];
            await Task.Yield();
        }
        """);

    [Theory]
    [InlineData("using var watching = Task.Factory.StartNew(async () => await WaitAsync());")]
    [InlineData("using (Task.Factory.StartNew(() => LockAsync())) { }")]
    [InlineData("using var watching = Task.Run<Task>(() => WaitAsync());")]
    public Task TaskOfATask_IsSilent(string code) => Silent(In(code));
}
