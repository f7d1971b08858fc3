using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// What the fix leaves as it is.
public sealed partial class BlockingSleepTests
{
    [Theory]
    [InlineData("try { await Task.Delay(10, token); } finally { [|Thread.Sleep(10)|]; s.Close(); }",
        "try { await Task.Delay(10, token); } finally { await Task.Delay(10); s.Close(); }")]
    [InlineData("try { await Task.Delay(10, token); } catch (IOException) { [|Thread.Sleep(10)|]; throw; }",
        "try { await Task.Delay(10, token); } catch (IOException) { await Task.Delay(10); throw; }")]
    [InlineData("_busy = true; [|Thread.Sleep(10)|]; try { await Task.Delay(10, token); } finally { _busy = false; }",
        "_busy = true; await Task.Delay(10); try { await Task.Delay(10, token); } finally { _busy = false; }")]
    [InlineData("while (true) { try { await Task.Delay(10, token); return; } catch (IOException) { [|Thread.Sleep(10)|]; } }",
        "while (true) { try { await Task.Delay(10, token); return; } catch (IOException) { await Task.Delay(10, token); } }")]
    public Task Pause_InCleanup_GetsNoToken_BeforeTheNextAttempt_ItDoes(string body, string expected) => Fixes(
        $"bool _busy; async Task M(Stream s, CancellationToken token) {{ {body} }}",
        $"bool _busy; async Task M(Stream s, CancellationToken token) {{ {expected} }}");

    [Theory]
    [InlineData("var job = _jobs.Dequeue(); [|Thread.Sleep(10)|]; await SendAsync(job);",
        "var job = _jobs.Dequeue(); await Task.Delay(10); await SendAsync(job);")]
    [InlineData("[|Thread.Sleep(10)|]; _ready.SetResult();", "await Task.Delay(10); _ready.SetResult();")]
    [InlineData("_from -= sum; [|Thread.Sleep(10)|]; _to += sum;", "_from -= sum; await Task.Delay(10); _to += sum;")]
    [InlineData("_from -= sum; [|Thread.Sleep(10)|]; _to += 1;", "_from -= sum; await Task.Delay(10, token); _to += 1;")]
    [InlineData("_ready.SetResult(); [|Thread.Sleep(10)|];", "_ready.SetResult(); await Task.Delay(10, token);")]
    public Task Pause_BeforeWhatOthersWaitFor_GetsNoToken(string body, string expected) => Fixes(
        Shared + $"async Task M(int sum, CancellationToken token) {{ await Task.Yield(); {body} }}",
        Shared + $"async Task M(int sum, CancellationToken token) {{ await Task.Yield(); {expected} }}");

    private const string Shared = "int _from, _to; readonly Queue<string> _jobs = new(); readonly TaskCompletionSource _ready = new(); "
        + "Task SendAsync(string job) => Task.CompletedTask;\n";

    [Fact]
    public Task Pause_InDispose_GetsNoToken() => Fixes(
        "readonly CancellationToken _token; C(CancellationToken token) => _token = token; async ValueTask DisposeAsync() { await Task.Yield(); [|Thread.Sleep(10)|]; }",
        "readonly CancellationToken _token; C(CancellationToken token) => _token = token; async ValueTask DisposeAsync() { await Task.Yield(); await Task.Delay(10); }");

    [Theory]
    [InlineData("Monitor.Enter(_gate); try { [|Thread.Sleep(10)|]; } finally { Monitor.Exit(_gate); }")]
    [InlineData("_lock.Enter(); [|Thread.Sleep(10)|]; _lock.Exit();")]
    [InlineData("_mutex.WaitOne(); if (n > 0) [|Thread.Sleep(10)|]; _mutex.ReleaseMutex();")]
    [InlineData("_rows.EnterReadLock(); for (var i = 0; i < n; i++) [|Thread.Sleep(10)|]; _rows.ExitReadLock();")]
    public Task Pause_UnderAThreadsLock_HasNoFix(string body) => NoFix(
        $"readonly object _gate = new(); readonly Mutex _mutex = new(); readonly Lock _lock = new(); readonly ReaderWriterLockSlim _rows = new(); Task M(int n) {{ {body} return Task.CompletedTask; }}");

    [Fact]
    public Task Pause_InAHandlerThatTakesCancellationForAnError_IsLetThrough() => Fixes(
        """
        async Task M(HttpClient c, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await c.GetAsync("u");
                    [|Thread.Sleep(1000)|];
                }
                catch (Exception)
                {
                }
            }
        }
        """,
        """
        async Task M(HttpClient c, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await c.GetAsync("u");
                    await Task.Delay(1000, token);
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested)
                {
                }
            }
        }
        """);

    [Fact]
    public Task Await_InAFileThatConfigures_DoesTheSame() => Fixes(
        "async Task A(Task t) { await t.ConfigureAwait(false); await t.ConfigureAwait(false); }\nTask M()\n{\n    [|Thread.Sleep(1)|];\n    return Task.CompletedTask;\n}\nasync Task Own(Task t) { await t; [|Thread.Sleep(1)|]; }",
        "async Task A(Task t) { await t.ConfigureAwait(false); await t.ConfigureAwait(false); }\nasync Task M()\n{\n    await Task.Delay(1).ConfigureAwait(false);\n}\nasync Task Own(Task t) { await t; await Task.Delay(1); }",
        RuleTestOptions.Default with { SkipFixAll = true });

    [Theory]
    [InlineData("Thread.Sleep(3000); Environment.Exit(1);")]
    [InlineData("Console.WriteLine(1); Thread.Sleep(10); Console.WriteLine(2); Environment.Exit(1);")]
    [InlineData("try { await Task.Yield(); } catch (Exception) { Thread.Sleep(10); Environment.Exit(1); }")]
    [InlineData("if (n > 0) { Thread.Sleep(10); } Environment.FailFast(\"\");")]
    public Task Pause_BeforeTheProcessEnds_IsSilent(string body) => Silent($"async Task M(int n) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("[|Thread.Sleep(10)|]; if (n > 0) Environment.Exit(1);")]
    [InlineData("[|Thread.Sleep(10)|]; if (n > 0) return; Environment.Exit(1);")]
    [InlineData("Environment.Exit(1); [|Thread.Sleep(10)|];")]
    [InlineData("Func<Task> f = async () => { await Task.Yield(); [|Thread.Sleep(10)|]; }; Environment.Exit(1);")]
    public Task Pause_AfterWhichTheProcessMayGoOn_IsReported(string body) => Reports($"async Task M(int n) {{ await Task.Yield(); {body} }}");
}
