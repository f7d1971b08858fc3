using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// What the fix leaves as it is.
public sealed partial class BlockingPrimitiveTests
{
    [Fact]
    public Task Acquire_InTheTryThatGivesItBack_GetsNoToken() => Fixes(
        "readonly Semaphore _slots = new(1, 1); async Task M(CancellationToken token) { try { [|_slots.WaitOne()|]; await Task.Delay(10, token); } finally { _slots.Release(); } }",
        "readonly Semaphore _slots = new(1, 1); async Task M(CancellationToken token) { try { await Task.Run(() => _slots.WaitOne()); await Task.Delay(10, token); } finally { _slots.Release(); } }");

    // With a token that is cancelled already, the work would not be done, and those who wait for it would wait without an end.
    [Theory]
    [InlineData("[|work.RunSynchronously()|];", "await Task.Run(() => work.RunSynchronously());")]
    [InlineData("[|barrier.SignalAndWait()|];", "await Task.Run(() => barrier.SignalAndWait());")]
    [InlineData("[|Parallel.Invoke(() => work.Start(), () => _ready.SetResult())|];",
        "await Task.Run(() => Parallel.Invoke(() => work.Start(), () => _ready.SetResult()));")]
    [InlineData("[|Parallel.Invoke(Free, () => Tell())|];", "await Task.Run(() => Parallel.Invoke(Free, () => Tell()));")]
    [InlineData("[|Parallel.Invoke(() => _file.Dispose())|];", "await Task.Run(() => Parallel.Invoke(() => _file.Dispose()));")]
    [InlineData("[|_lines.Add(\"a\")|];", "await Task.Run(() => _lines.Add(\"a\"));")]
    [InlineData("[|_lines.TryAdd(\"a\", 100)|];", "await Task.Run(() => _lines.TryAdd(\"a\", 100));")]
    [InlineData("[|_lines.Add(\"a\", token)|];", "await Task.Run(() => _lines.Add(\"a\", token), token);")]
    [InlineData("[|_lines.Take(token)|];", "await Task.Run(() => _lines.Take(token), token);")]
    [InlineData("[|work.Join()|];", "await Task.Run(() => work.Join(), token);", "Thread")]
    [InlineData("[|Parallel.Invoke(() => { using var own = new MemoryStream(); })|];",
        "await Task.Run(() => Parallel.Invoke(() => { using var own = new MemoryStream(); }), token);")]
    public Task Work_ThatOthersWaitFor_GetsNoToken(string body, string expected, string type = "Task") => Fixes(
        Others + $"async Task M({type} work, Barrier barrier, CancellationToken token) {{ await Task.Delay(1, token); {body} }}",
        Others + $"async Task M({type} work, Barrier barrier, CancellationToken token) {{ await Task.Delay(1, token); {expected} }}");

    private const string Others =
        "readonly TaskCompletionSource _ready = new(); readonly Stream _file = null!; "
        + "readonly System.Collections.Concurrent.BlockingCollection<string> _lines = new(9); void Free() { } "
        + "void Tell() => TellAll(); void TellAll() => _ready.TrySetResult();\n";

#if !ROSLYN_FLOOR
    // Written as a collection, it has no bound.
    [Theory]
    [InlineData("readonly System.Collections.Concurrent.BlockingCollection<int> _q = []; async Task M() { _q.Add(1); await Task.Yield(); }")]
    [InlineData("System.Collections.Concurrent.BlockingCollection<int> Q { get; } C() { Q = []; } async Task M() { this.Q.Add(1); await Task.Yield(); }")]
    [InlineData("async Task M() { System.Collections.Concurrent.BlockingCollection<int> q = []; q.Add(1); await Task.Yield(); }")]
    public Task Add_ToACollectionWithoutABound_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("System.Collections.Concurrent.BlockingCollection<int> Q { get; set; } = []; async Task M() { [|Q.Add(1)|]; await Task.Yield(); }")]
    [InlineData("readonly System.Collections.Concurrent.BlockingCollection<int> _q = []; async Task M() { await Task.Delay([|_q.Take()|]); }")]
    public Task Call_OfACollectionThatMayBlock_IsReported(string source) => Reports(source);
#endif

    [Fact]
    public Task Wait_UnderAThreadsLock_HasNoFix() => NoFix(
        "readonly object _gate = new(); Task M(ManualResetEvent e) { Monitor.Enter(_gate); try { [|e.WaitOne()|]; } finally { Monitor.Exit(_gate); } return Task.CompletedTask; }");

    [Fact]
    public Task Wait_OnWhatBelongsToAThread_AsksForAReview() => Offers(
        Waits("Microsoft.EntityFrameworkCore.DbContext"),
        ["Run on the thread pool and await (review)"],
        RuleTestOptions.Default with
        {
            OtherFiles = [("Ef.cs", "namespace Microsoft.EntityFrameworkCore { public class DbContext { public int Rows; } }")],
        });

    [Fact]
    public Task Wait_OnAnObjectOfTheSameShortName_AsksForNone() => Offers(
        Waits("DbContext") + " class DbContext { public int Rows; }", ["Run on the thread pool and await"]);

    private static string Waits(string type) =>
        $"static int Count({type} c, bool b) => c.Rows; async Task<int> M({type} c, ManualResetEvent e) {{ await Task.Yield(); return Count(c, [|e.WaitOne(c.Rows)|]); }}";

    [Fact]
    public Task Wait_BeforeTheProcessEnds_IsSilent() => Silent(
        "async Task M(ManualResetEventSlim e) { await Task.Yield(); e.Wait(); Console.ReadKey(); Environment.Exit(1); }");

    [Fact]
    public Task Wait_AfterWhichTheProcessMayGoOn_IsReported() => Reports(
        "async Task M(ManualResetEventSlim e) { await Task.Yield(); [|e.Wait()|]; if (e.IsSet) Environment.Exit(1); }");
}
