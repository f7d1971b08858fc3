using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingPrimitiveTests : RuleTest<BlockingPrimitiveAnalyzer, BlockingPrimitiveFix>
{
    private static readonly RuleTestOptions Framework =
        RuleTestOptions.Default with { ExtraUsings = ["System.Collections.Concurrent", "System.Diagnostics", "System.Net.Sockets"] };

    [Theory]
    [InlineData("async Task M(AutoResetEvent e) { [|e.WaitOne()|]; await Task.Yield(); }")]
    [InlineData("async Task M(EventWaitHandle e) { if (![|e.WaitOne(1000)|]) throw new TimeoutException(); await Task.Yield(); }")]
    [InlineData("async Task M(WaitHandle[] es) { [|WaitHandle.WaitAll(es)|]; await Task.Yield(); }")]
    [InlineData("async Task<int> M(WaitHandle[] es) { await Task.Yield(); return [|WaitHandle.WaitAny(es, TimeSpan.FromSeconds(1))|]; }")]
    [InlineData("async Task M(ManualResetEventSlim e) { [|e.Wait()|]; await Task.Yield(); }")]
    [InlineData("async Task M(ManualResetEventSlim e, CancellationToken t) { [|e.Wait(t)|]; await Task.Yield(); }")]
    [InlineData("async Task M(CountdownEvent e) { [|e.Wait(TimeSpan.FromSeconds(1))|]; await Task.Yield(); }")]
    [InlineData("async Task M(Barrier b) { [|b.SignalAndWait()|]; await Task.Yield(); }")]
    [InlineData("async Task M(object o) { lock (o) { [|Monitor.Wait(o)|]; } await Task.Yield(); }")]
    [InlineData("async Task M(Thread t) { [|t.Join()|]; await Task.Yield(); }")]
    [InlineData("async Task M(Thread t) { if ([|t.Join(TimeSpan.FromSeconds(5))|]) await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<int> q) { var x = [|q.Take()|]; await Task.Delay(x); }")]
    [InlineData("async Task M(BlockingCollection<int> q, CancellationToken t) { [|q.Add(1, t)|]; await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<int> q) { if ([|q.TryTake(out var x, 100)|]) await Task.Delay(x); }")]
    [InlineData("async Task M(BlockingCollection<int> q) { [|q.TryAdd(1, Timeout.InfiniteTimeSpan)|]; await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<int> q) { foreach (var x in [|q.GetConsumingEnumerable()|]) await Task.Delay(x); }")]
    [InlineData("async Task M() { var line = [|Console.ReadLine()|]; await Task.Yield(); }")]
    [InlineData("async Task M() { while ([|Console.ReadKey(true)|].Key != ConsoleKey.Enter) await Task.Yield(); }")]
    [InlineData("async Task M() { [|Console.Read()|]; await Task.Yield(); }")]
    [InlineData("async Task M(int[] xs) { [|Parallel.ForEach(xs, x => Use(x))|]; await Task.Yield(); } void Use(int x) { }")]
    [InlineData("async Task M() { [|Parallel.For(0, 10, i => { })|]; await Task.Yield(); }")]
    [InlineData("async Task M() { [|Parallel.Invoke(() => { }, () => { })|]; await Task.Yield(); }")]
    [InlineData("async Task M(int[] xs) { [|xs.AsParallel().ForAll(x => { })|]; await Task.Yield(); }")]
    [InlineData("async Task M(Process p) { [|p.WaitForExit(1000)|]; await Task.Yield(); }")]
    [InlineData("async Task M(Process p) { [|p.WaitForInputIdle()|]; await Task.Yield(); }")]
    [InlineData("async Task M(Socket s) { [|s.Poll(1000, SelectMode.SelectRead)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string a, string b) { [|File.Copy(a, b)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string a, string b) { [|File.Copy(a, b, overwrite: true)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string a) { [|Directory.Delete(a, true)|]; await Task.Yield(); }")]
    [InlineData("async Task M(DirectoryInfo a) { [|a.Delete(recursive: true)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string a) { var all = [|Directory.GetFiles(a, \"*\", SearchOption.AllDirectories)|]; await Task.Yield(); }")]
    [InlineData("async Task M(Task t) { [|t.RunSynchronously()|]; await Task.Yield(); }")]
    [InlineData("async Task M(string host) { using var c = [|new TcpClient(host, 80)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string host) { using TcpClient c = [|new(host, 80)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string host) { using var c = [|new UdpClient(host, 80)|]; await Task.Yield(); }")]
    public Task Primitive_InAsyncCode_IsReported(string source) => Reports(source, Framework);

    [Theory]
    [InlineData("Task M(Thread t) { [|t.Join()|]; return Task.CompletedTask; }")]
    [InlineData("async ValueTask M(Thread t) { [|t.Join()|]; await Task.Yield(); }")]
    [InlineData("async void OnClick(object sender, EventArgs e) { [|Console.ReadLine()|]; await Task.Yield(); }")]
    [InlineData("async IAsyncEnumerable<int> M(BlockingCollection<int> q) { yield return [|q.Take()|]; await Task.Yield(); }")]
    [InlineData("Func<Thread, Task> F => async t => { [|t.Join()|]; await Task.Yield(); };")]
    [InlineData("void M(Thread t) { Func<Task> f = () => { [|t.Join()|]; return Task.CompletedTask; }; }")]
    [InlineData("void M(Thread t) { Func<Task> f = async delegate { [|t.Join()|]; await Task.Yield(); }; }")]
    [InlineData("void M(Thread t) { Local(); async Task Local() { [|t.Join()|]; await Task.Yield(); } }")]
    [InlineData("async Task M(Thread[] ts) { ts.ToList().ForEach(t => [|t.Join()|]); await Task.Yield(); }")]
    [InlineData("async Task M(Thread[] ts) { var all = ts.Select(t => [|t.Join(5)|]).ToList(); await Task.Yield(); }")]
    [InlineData("async Task<T> M<T>(BlockingCollection<T> q) where T : class { await Task.Yield(); return [|q.Take()|]; }")]
    [InlineData("async Task M<TEvent>(TEvent e) where TEvent : WaitHandle { [|e.WaitOne()|]; await Task.Yield(); }")]
    [InlineData("async Task M(Thread? t) { t?[|.Join()|]; await Task.Yield(); }")]
    [InlineData("async Task M(Thread t) { try { await Task.Yield(); } finally { [|t.Join()|]; } }")]
    [InlineData("async Task M(int n, Thread t) { switch (n) { case 1: [|t.Join()|]; break; } await Task.Yield(); }")]
    [InlineData(
        "class D : EventWaitHandle { public D() : base(false, EventResetMode.AutoReset) { } } async Task M(D d) { [|d.WaitOne()|]; await Task.Yield(); }")]
    public Task Primitive_InEveryKindOfAsyncCode_IsReported(string source) => Reports(source, Framework);

    [Theory]
    [InlineData("void M(Thread t) => t.Join();")]
    [InlineData("int P { get { new ManualResetEventSlim().Wait(); return 1; } }")]
    [InlineData("C(Thread t) { t.Join(); }")]
    [InlineData("IEnumerable<int> M(BlockingCollection<int> q) { yield return q.Take(); }")]
    [InlineData("async Task M(Thread t) { await Task.Run(() => t.Join()); }")]
    [InlineData("async Task M(Thread t) { await Task.Run(() => { t.Join(); return 1; }); }")]
    [InlineData("async Task M(Thread t) { await Task.Factory.StartNew(() => t.Join(), TaskCreationOptions.LongRunning); }")]
    [InlineData("async Task M(Thread t) { new Thread(() => t.Join()).Start(); await Task.Yield(); }")]
    [InlineData("async Task M(Thread t) { Local(); await Task.Yield(); void Local() => t.Join(); }")]
    [InlineData("async Task M(Thread t) { Action a = () => t.Join(); await Task.Yield(); a(); }")]
    [InlineData("async Task M(Thread t) { var n = nameof(t.Join); await Task.Yield(); }")]
    [InlineData("async Task M() { System.Linq.Expressions.Expression<Action> e = () => Console.ReadLine(); await Task.Yield(); }")]
    [InlineData("async Task M(AutoResetEvent e) { e.WaitOne(0); e.WaitOne(TimeSpan.Zero); await Task.Yield(); }")]
    [InlineData("async Task M(ManualResetEventSlim e) { e.Wait(0); e.Wait(millisecondsTimeout: 0); await Task.Yield(); }")]
    [InlineData("async Task M(Thread t) { t.Join(0); await Task.Yield(); }")]
    [InlineData("async Task M(Process p) { p.WaitForExit(0); await Task.Yield(); }")]
    [InlineData("async Task M(Socket s) { s.Poll(0, SelectMode.SelectRead); await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<int> q) { q.TryTake(out _); q.TryAdd(1); q.CompleteAdding(); await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<int> q) { q.TryTake(out _, 0); q.TryAdd(1, TimeSpan.Zero); await Task.Yield(); }")]
    [InlineData(
        "async Task M(object o) { lock (o) { } Monitor.Enter(o); Monitor.Exit(o); Monitor.TryEnter(o); Monitor.PulseAll(o); await Task.Yield(); }")]
    [InlineData("async Task M(Mutex m) { m.WaitOne(); m.ReleaseMutex(); await Task.Yield(); }")]
    [InlineData("async Task M(ReaderWriterLockSlim l) { l.EnterReadLock(); l.ExitReadLock(); await Task.Yield(); }")]
    [InlineData(
        "async Task M(string a) { File.Exists(a); File.Delete(a); File.Move(a, a); Directory.Exists(a); Path.GetFullPath(a); await Task.Yield(); }")]
    [InlineData("async Task M(FileInfo a) { var n = a.Length; var e = a.Exists; a.Refresh(); a.Delete(); await Task.Yield(); }")]
    [InlineData("async Task M(string a) { Directory.CreateDirectory(a); Directory.Delete(a); Directory.GetFiles(a); await Task.Yield(); }")]
    [InlineData(
        "async Task M(string a) { Directory.Delete(a, recursive: false); Directory.GetFiles(a, \"*\", SearchOption.TopDirectoryOnly); await Task.Yield(); }")]
    [InlineData(
        "async Task M(string a, bool all, SearchOption option) { Directory.Delete(a, all); Directory.GetFiles(a, \"*\", option); await Task.Yield(); }")]
    [InlineData("async Task M(string a) { var t = File.ReadAllText(a); await Task.Yield(); }")]
    [InlineData("async Task M() { Thread.Sleep(1); SpinWait.SpinUntil(() => true); await Task.Yield(); }")]
    [InlineData("async Task M(Task t) { t.Wait(); Task.WaitAll(t); await Task.Yield(); }")]
    [InlineData("async Task M(SemaphoreSlim s) { s.Wait(); await Task.Yield(); }")]
    [InlineData("async Task M(Process p) { p.WaitForExit(); await Task.Yield(); }")]
    [InlineData("async Task M(Process p) { await p.WaitForExitAsync(); p.WaitForExit(1000); }")]
    [InlineData("async Task M(Process p) { if (p.HasExited) { p.WaitForExit(1000); } await Task.Yield(); }")]
    [InlineData("async Task M() { Console.WriteLine(); Console.Write(1); var k = Console.KeyAvailable; await Task.Yield(); }")]
    [InlineData(
        "async Task M() { using var c = new TcpClient(); using var d = new TcpClient(AddressFamily.InterNetwork); await Task.Yield(); }")]
    [InlineData(
        "async Task M(int[] xs) { var ys = xs.AsParallel().Where(x => x > 1); await Parallel.ForEachAsync(xs, async (x, t) => await Task.Delay(x, t)); }")]
    [InlineData("async Task M(bool async, Thread t) { if (async) await Task.Yield(); else t.Join(); }")]
    [InlineData("async Task M(bool isAsync, Thread t) { if (isAsync) { await Task.Yield(); return; } t.Join(); }")]
    [InlineData(
        "async Task M(int[] xs) { Parallel.ForEach(xs, x => { }); await Task.Yield(); } static class Parallel { public static void ForEach(int[] xs, Action<int> a) { } }")]
    public Task Code_ThatMayBlockOrDoesNot_IsSilent(string source) => Silent(source, Framework);

    [Fact]
    public Task Primitive_InTopLevelProgram_IsReported() => Fixes(
        """
        using System;
        using System.Threading.Tasks;

        await Task.Yield();
        var line = [|Console.ReadLine()|];
        """,
        """
        using System;
        using System.Threading.Tasks;

        await Task.Yield();
        var line = await Task.Run(() => Console.ReadLine());
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Primitive_InTopLevelProgramWithoutAwait_IsSilent() => Silent("System.Console.ReadLine();", RuleTestOptions.TopLevel);

    [Fact]
    public Task Primitive_InGeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        class C { async System.Threading.Tasks.Task M() { System.Console.ReadLine(); } }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Join_AsStatement_MovesToThePool_WithTheToken() => Fixes(
        """
        async Task M(Thread worker, CancellationToken cancellationToken)
        {
            // let it end
            [|worker.Join()|]; // at last
        }
        """,
        """
        async Task M(Thread worker, CancellationToken cancellationToken)
        {
            // let it end
            await Task.Run(() => worker.Join(), cancellationToken); // at last
        }
        """);

    [Fact]
    public Task WaitOne_InCondition_KeepsItsValue() => Fixes(
        """
        async Task<bool> M(AutoResetEvent signal)
        {
            return ![|signal.WaitOne(1000)|] || [|signal.WaitOne(TimeSpan.FromSeconds(1))|].Equals(true);
        }
        """,
        """
        async Task<bool> M(AutoResetEvent signal)
        {
            return !await Task.Run(() => signal.WaitOne(1000)) || (await Task.Run(() => signal.WaitOne(TimeSpan.FromSeconds(1)))).Equals(true);
        }
        """);

    [Fact]
    public Task Take_InMethodReturningTask_MakesItAsync() => Fixes(
        """
        Task<int> M(BlockingCollection<int> queue)
        {
            return Task.FromResult([|queue.Take()|]);
        }
        """,
        """
        async Task<int> M(BlockingCollection<int> queue)
        {
            return await Task.Run(() => queue.Take());
        }
        """,
        Framework);

    [Fact]
    public Task Creation_InUsing_IsAwaited() => Fixes(
        """
        async Task M(string host)
        {
            using var client = [|new TcpClient(host, 80)|];
            using TcpClient other = [|new(host, 81)|];
        }
        """,
        """
        async Task M(string host)
        {
            using var client = await Task.Run(() => new TcpClient(host, 80));
            using TcpClient other = await Task.Run(() => new TcpClient(host, 81));
        }
        """,
        Framework);

    [Fact]
    public Task Copy_WithConfigureAwaitAround_KeepsTheStyle() => Fixes(
        """
        async Task M(string a, string b)
        {
            await Task.Delay(1).ConfigureAwait(false);
            [|File.Copy(a, b)|];
        }
        """,
        """
        async Task M(string a, string b)
        {
            await Task.Delay(1).ConfigureAwait(false);
            await Task.Run(() => File.Copy(a, b)).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Copy_InFinally_IsNotCancelled() => Fixes(
        """
        async Task M(string a, string b, CancellationToken token)
        {
            try { await Task.Delay(1, token); }
            finally { [|File.Copy(a, b)|]; }
        }
        """,
        """
        async Task M(string a, string b, CancellationToken token)
        {
            try { await Task.Delay(1, token); }
            finally { await Task.Run(() => File.Copy(a, b)); }
        }
        """);

    [Fact]
    public Task Wait_ThatRefusesToBeCancelled_IsNotCancelled() => Fixes(
        """
        async Task M(CountdownEvent running, CancellationToken token)
        {
            [|running.Wait(CancellationToken.None)|];
            [|running.Wait(default(CancellationToken))|];
            [|running.Wait(token)|];
            await Task.Yield();
        }
        """,
        """
        async Task M(CountdownEvent running, CancellationToken token)
        {
            await Task.Run(() => running.Wait(CancellationToken.None));
            await Task.Run(() => running.Wait(default(CancellationToken)));
            await Task.Run(() => running.Wait(token), token);
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Primitive_InPrimitive_MovesWithTheOuterOne() => Fixes(
        """
        async Task M(string host)
        {
            var ready = [|[|new TcpClient(host, 80)|].Client.Poll(1000, SelectMode.SelectRead)|];
        }
        """,
        """
        async Task M(string host)
        {
            var ready = await Task.Run(() => new TcpClient(host, 80).Client.Poll(1000, SelectMode.SelectRead));
        }
        """,
        Framework);

    [Fact]
    public Task Primitive_OverSeveralLines_KeepsItsLayout() => Fixes(
        """
        async Task M(string path, string target)
        {
            [|File.Copy(
                path, // from
                target)|];
        }
        """,
        """
        async Task M(string path, string target)
        {
            await Task.Run(() => File.Copy(
                path, // from
                target));
        }
        """);

    [Fact]
    public Task Primitive_WithoutUsingOfTasks_AddsIt() => Fixes(
        """
        using System;

        public class C
        {
            public async System.Threading.Tasks.Task<string?> M() => [|Console.ReadLine()|];
        }
        """,
        """
        using System;
        using System.Threading.Tasks;

        public class C
        {
            public async System.Threading.Tasks.Task<string?> M() => await Task.Run(() => Console.ReadLine());
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task ForEach_OverComputation_MovesToThePool() => Fixes(
        """
        async Task M(int[] xs, CancellationToken token)
        {
            [|Parallel.ForEach(xs, x => Use(x))|];
        }

        void Use(int x) { }
        """,
        """
        async Task M(int[] xs, CancellationToken token)
        {
            await Task.Run(() => Parallel.ForEach(xs, x => Use(x)), token);
        }

        void Use(int x) { }
        """);

    private static RuleTestOptions ForEachAsync => RuleTestOptions.Default with { ActionKey = "AGD0104.ForEachAsync" };

    // The compiler of the floor still warns of an async lambda without an await.
#if !ROSLYN_FLOOR
    [Fact]
    public Task ForEach_OverSomethingToAwait_BecomesForEachAsync() => Fixes(
        """
        async Task M(string[] paths, CancellationToken token)
        {
            [|Parallel.ForEach(paths, path => File.WriteAllText(path, ""))|];
            [|Parallel.ForEach(paths, (string path) =>
            {
                Thread.Sleep(100);
            })|];
        }
        """,
        """
        async Task M(string[] paths, CancellationToken token)
        {
            await Parallel.ForEachAsync(paths, token, async (path, _) => File.WriteAllText(path, ""));
            await Parallel.ForEachAsync(paths, token, async (string path, CancellationToken _) =>
            {
                Thread.Sleep(100);
            });
        }
        """,
        ForEachAsync);
#endif

    [Fact]
    public Task ForEach_WithOptions_KeepsThem() => Fixes(
        """
        async Task M(string[] paths, CancellationToken token)
        {
            var options = new ParallelOptions { CancellationToken = token };
            [|Parallel.ForEach(paths, options, path => File.WriteAllText(path, ""))|];
        }
        """,
        """
        async Task M(string[] paths, CancellationToken token)
        {
            var options = new ParallelOptions { CancellationToken = token };
            await Parallel.ForEachAsync(paths, options, async (path, _) => File.WriteAllText(path, ""));
        }
        """,
        ForEachAsync);

    [Fact]
    public Task ForEach_OverSomethingToAwait_OffersBoth() => Offers(
        "async Task M(string[] paths) { [|Parallel.ForEach(paths, path => File.Delete(File.ReadAllText(path)))|]; await Task.Yield(); }",
        ["Run on the thread pool and await", "Await 'Parallel.ForEachAsync' instead (review)"]);

    [Theory]
    [InlineData("async Task M(string[] ps) { var r = [|Parallel.ForEach(ps, p => File.WriteAllText(p, \"\"))|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(string[] ps) { [|Parallel.ForEach(ps, (p, state) => { File.WriteAllText(p, \"\"); state.Break(); })|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(string[] ps) { try { [|Parallel.ForEach(ps, p => File.WriteAllText(p, \"\"))|]; } catch (AggregateException) { } await Task.Yield(); }")]
    [InlineData("async Task M(string[] ps) { [|Parallel.For(0, 3, i => File.WriteAllText(ps[i], \"\"))|]; await Task.Yield(); }")]
    public Task Loop_WhoseMeaningWouldChange_IsOnlyOffloaded(string source) => Offers(source, ["Run on the thread pool and await"]);

    [Theory]
    [InlineData("async Task M(object o) { lock (o) { [|Monitor.Wait(o)|]; } await Task.Yield(); }")]
    [InlineData("async Task M(object o) { Monitor.Enter(o); [|Monitor.Wait(o)|]; await Task.Yield(); }")]
    [InlineData("async Task M(Thread t) { lock (this) { [|t.Join()|]; } await Task.Yield(); }")]
    [InlineData("async Task M(Thread t) { try { await Task.Yield(); } catch (Exception) when ([|t.Join(1)|]) { } }")]
    [InlineData("async Task M(Thread[] ts) { ts.ToList().ForEach(t => [|t.Join()|]); await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<int> q) { foreach (var x in [|q.GetConsumingEnumerable()|]) await Task.Delay(x); }")]
    [InlineData("async Task M(BlockingCollection<int> q) { if ([|q.TryTake(out var x, 100)|]) await Task.Delay(x); }")]
    [InlineData("async Task M(BlockingCollection<int> q) { int x; [|q.TryTake(out x, 100)|]; await Task.Yield(); }")]
    [InlineData("async Task M(Thread? t) { t?[|.Join()|]; await Task.Yield(); }")]
    [InlineData("Task M(Thread t, ref int x) { [|t.Join()|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Thread t, out int x) { x = 1; [|t.Join(x)|]; return Task.CompletedTask; }")]
    [InlineData("async Task M(BlockingCollection<int> q) { [|q.Add(await Task.FromResult(1))|]; }")]
    [InlineData("struct S { Thread t; async Task M() { [|t.Join()|]; await Task.Yield(); } }")]
    [InlineData("async Task M(BlockingCollection<Task> q) { [|q.Take()|]; await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<Task<int>> q) { object o = [|q.Take()|]; await Task.Yield(); Console.WriteLine(o); }")]
    [InlineData("async Task M(BlockingCollection<Task<int>> q) { dynamic o = [|q.Take()|]; await Task.Yield(); Console.WriteLine(o); }")]
    [InlineData("object _o = 1; async Task M(BlockingCollection<Task<int>> q) { await Task.Yield(); _o = [|q.Take()|]; }")]
    [InlineData("async Task M(Thread t) { unsafe { [|t.Join()|]; } await Task.Yield(); }")]
#if !ROSLYN_FLOOR
    [InlineData("async Task M(Thread t, int[] a) { Span<int> s = a; [|t.Join(s[0])|]; await Task.Yield(); }")]
    [InlineData("async Task M(Thread t, int[] a) { ReadOnlySpan<int> s = a; [|t.Join()|]; Use(s.Length); } void Use(int x) { }")]
#endif
    public Task Primitive_ThatCannotMove_OffersNoFix(string source) => NoFix(source, Framework);

    [Theory]
    [InlineData("async Task M(Thread t) { {|#0:t.Join()|}; await Task.Yield(); }",
        "'Thread.Join' blocks the thread in async code; run it on the thread pool with 'Task.Run'")]
    [InlineData("async Task M(string h) { {|#0:new TcpClient(h, 1)|}.Close(); await Task.Yield(); }",
        "'new TcpClient' blocks the thread in async code; run it on the thread pool with 'Task.Run'")]
    [InlineData("async Task M(Thread t) { lock (t) { {|#0:t.Join()|}; } await Task.Yield(); }",
        "'Thread.Join' blocks the thread in async code inside a 'lock', where 'await' is not allowed; run it on the thread pool with 'Task.Run'")]
    [InlineData("async Task M(object o) { {|#0:Monitor.Wait(o)|}; await Task.Yield(); }",
        "'Monitor.Wait' blocks the thread in async code; await a 'SemaphoreSlim' or a 'TaskCompletionSource' in its place")]
    [InlineData("async Task M(BlockingCollection<int> q) { foreach (var x in {|#0:q.GetConsumingEnumerable()|}) { } await Task.Yield(); }",
        "'BlockingCollection.GetConsumingEnumerable' blocks the thread in async code; enumerate it on the thread pool with 'Task.Run'")]
    public Task Message_SaysWhatToDo(string source, string message) =>
        Reports(source,
        Framework with { Expected = [new DiagnosticResult("AGD0104", DiagnosticSeverity.Warning).WithLocation(0).WithMessage(message)] });

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.Preview)]
    public Task Primitive_InEveryLanguageVersion_IsFixed(LanguageVersion version) => Fixes(
        """
        async Task M(Thread worker) { [|worker.Join()|]; }
        """,
        """
        async Task M(Thread worker) { await Task.Run(() => worker.Join()); }
        """,
        RuleTestOptions.Default with { LanguageVersion = version });

    [Fact]
    public Task Primitive_OnNetStandard_IsFixed() => Fixes(
        """
        async Task M(string a, string b) { [|File.Copy(a, b)|]; }
        """,
        """
        async Task M(string a, string b) { await Task.Run(() => File.Copy(a, b)); }
        """,
        RuleTestOptions.Default with { References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task Call_WhoseCounterpartTheFrameworkLacks_IsReported() => Fixes(
        """
        async Task<string> M(string a) { return [|File.ReadAllText(a)|]; }
        """,
        """
        async Task<string> M(string a) { return await Task.Run(() => File.ReadAllText(a)); }
        """,
        RuleTestOptions.Default with { References = ReferenceSet.NetStandard20 });

    [Theory]
    [InlineData("async Task M(System.Data.Common.DbConnection c) { c.Close(); await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { s.WriteByte(1); await Task.Yield(); }")]
    public Task Call_WhoseCounterpartTheFrameworkLacks_ThatMayEndAtOnce_IsSilent(string source) =>
        Silent(source, RuleTestOptions.Default with { References = ReferenceSet.NetStandard20 });

    [Theory]
    [InlineData("async Task M(System.Data.IDbCommand c) { [|c.ExecuteNonQuery()|]; await Task.Yield(); }")]
    [InlineData("async Task M(System.Data.IDbConnection c) { [|c.Open()|]; await Task.Yield(); }")]
    [InlineData("async Task M(System.Data.Common.DbDataAdapter a, System.Data.DataTable t) { [|a.Fill(t)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string p) { var d = [|System.Xml.Linq.XDocument.Load(p)|]; await Task.Yield(); }")]
    [InlineData("async Task M(System.Xml.XmlDocument d, string p) { [|d.Load(p)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string p) { var d = [|new System.Xml.XPath.XPathDocument(p)|]; await Task.Yield(); }")]
    [InlineData("async Task M(FileSystemWatcher w) { [|w.WaitForChanged(WatcherChangeTypes.All)|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(System.Security.Cryptography.X509Certificates.X509Chain c, System.Security.Cryptography.X509Certificates.X509Certificate2 x) { [|c.Build(x)|]; await Task.Yield(); }")]
    [InlineData("async Task M() { [|GC.WaitForPendingFinalizers()|]; await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<int>[] qs) { [|BlockingCollection<int>.TakeFromAny(qs, out _)|]; await Task.Yield(); }")]
    public Task Api_OfEveryNamespace_IsReported(string source) => Reports(source, Framework);

    [Theory]
    [InlineData("async Task M(System.Data.IDataReader r) { while (r.Read()) await Task.Yield(); }")]
    [InlineData("async Task M(System.Data.IDbConnection c) { using var d = c.CreateCommand(); d.CreateParameter(); await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { s.ReadByte(); s.WriteByte(1); s.Seek(0, SeekOrigin.Begin); await Task.Yield(); }")]
    [InlineData("async Task M(string p) { foreach (var f in Directory.EnumerateFiles(p)) await Task.Yield(); }")]
    [InlineData(
        "async Task M(string x) { System.Xml.Linq.XDocument.Parse(x); new System.Xml.XmlDocument().LoadXml(x); await Task.Yield(); }")]
    [InlineData(
        "async Task M(System.Security.Cryptography.RSA r, MemoryStream s) { System.Security.Cryptography.SHA256.HashData(s); r.ExportParameters(true); await Task.Yield(); }")]
    [InlineData("async Task M(BinaryReader r, BinaryWriter w) { w.Write(r.ReadInt32()); w.Flush(); await Task.Yield(); }")]
    [InlineData("async Task M(System.Data.DataTable t, StringWriter w) { t.WriteXml(w); t.Clear(); await Task.Yield(); }")]
    [InlineData("async Task M(Microsoft.Win32.SafeHandles.SafeFileHandle h, byte[] b) { RandomAccess.GetLength(h); await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<int>[] qs) { BlockingCollection<int>.TryTakeFromAny(qs, out _); await Task.Yield(); }")]
    public Task Api_ThatEndsAtOnceOrCannotMoveAsAWhole_IsSilent(string source) => Silent(source, Framework);

    [Theory]
    [InlineData("async Task M(System.IO.Ports.SerialPort p) { var line = [|p.ReadLine()|]; await Task.Yield(); }", Stubs.SystemIOPorts)]
    [InlineData("async Task M(System.Management.ManagementObjectSearcher s) { [|s.Get()|]; await Task.Yield(); }", Stubs.SystemManagement)]
    [InlineData("async Task M(RabbitMQ.Client.IModel m) { [|m.WaitForConfirmsOrDie()|]; m.BasicAck(1, false); await Task.Yield(); }",
        Stubs.RabbitMQ)]
    [InlineData("async Task M(RabbitMQ.Client.ConnectionFactory f) { using var c = [|f.CreateConnection()|]; await Task.Yield(); }",
        Stubs.RabbitMQ)]
    public Task Api_OfPackage_IsReported(string source, string stub) => Reports(source, Framework with { Stubs = [stub] });

    [Fact]
    public Task ForEach_OnNetStandard_IsOnlyOffloaded() => Offers(
        "async Task M(string[] ps) { [|Parallel.ForEach(ps, p => Thread.Sleep(1))|]; await Task.Yield(); }",
        ["Run on the thread pool and await"],
        RuleTestOptions.Default with { References = ReferenceSet.NetStandard20 });
}
