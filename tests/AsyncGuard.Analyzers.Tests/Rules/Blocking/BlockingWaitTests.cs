using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingWaitTests : RuleTest<BlockingWaitAnalyzer, BlockingWaitFix>
{
    [Theory]
    [InlineData("async Task<int> M(Task<int> t) => [|t.Result|];")]
    [InlineData("async Task<int> M(ValueTask<int> t) => [|t.Result|];")]
    [InlineData("Task<int> M(Task<int> t) => Task.FromResult([|t.Result|]);")]
    [InlineData("async Task M(Task t) { [|t.Wait()|]; }")]
    [InlineData("async Task M(Task t) { [|t.Wait(1000)|]; }")]
    [InlineData("async Task M(Task t, CancellationToken c) { [|t.Wait(c)|]; }")]
    [InlineData("async Task M(Task t) { [|t.GetAwaiter().GetResult()|]; }")]
    [InlineData("async Task<int> M(Task<int> t) { return [|t.GetAwaiter().GetResult()|]; }")]
    [InlineData("async Task<int> M(Task<int> t) { return [|t.ConfigureAwait(false).GetAwaiter().GetResult()|]; }")]
    [InlineData("async Task<int> M(ValueTask<int> t) { return [|t.GetAwaiter().GetResult()|]; }")]
    [InlineData("async Task M(Task a, Task b) { [|Task.WaitAll(a, b)|]; }")]
    [InlineData("async Task M(Task[] ts) { [|Task.WaitAll(ts)|]; }")]
    [InlineData("async Task M(Task[] ts) { [|Task.WaitAny(ts)|]; }")]
    [InlineData("async Task<int> M(Task[] ts) { return [|Task.WaitAny(ts)|]; }")]
    [InlineData("void M(Task<int> t) { Func<Task<int>> f = async () => [|t.Result|]; }")]
    [InlineData("async Task M(Task<int>[] ts) { foreach (var t in ts) Console.WriteLine([|t.Result|]); await Task.Yield(); }")]
    [InlineData("async Task M(List<Task<int>> ts) { var s = ts.Select(t => [|t.Result|]).Sum(); await Task.Yield(); }")]
    [InlineData("async Task M(List<Task> ts) { ts.ForEach(t => { [|t.Wait()|]; }); await Task.Yield(); }")]
    [InlineData("async Task<int> M<T>(T t) where T : Task<int> => [|t.Result|];")]
    [InlineData("async Task M() { Console.WriteLine([|Task.Run(() => 1).Result|]); await Task.Yield(); }")]
    [InlineData("async Task M(Task<int> t) { lock (t) { Console.WriteLine([|t.Result|]); } await Task.Yield(); }")]
    [InlineData("async Task<int?> M(Task<int>? t) { await Task.Yield(); return t?[|.Result|]; }")]
    [InlineData(
        "async Task M(Custom c) { [|c.GetAwaiter().GetResult()|]; } class Custom { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => default; }")]
    public Task Wait_InAsyncCode_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("async Task<int> M(Task<int> a, Task<int> b, bool x) { if (x) await a; else await b; return [|a.Result|]; }")]
    [InlineData("async Task<int> M(Task<int> t, bool x) { if (x) await t; return [|t.Result|]; }")]
    [InlineData("async Task<int> M(Task<int> t) { await t; t = Task.Run(() => 1); return [|t.Result|]; }")]
    [InlineData("async Task<int> M(Task<int> t) { await t; Swap(ref t); return [|t.Result|]; } void Swap(ref Task<int> t) { }")]
    [InlineData("async Task<int> M(Task<int>[] ts, Task<int> t) { await Task.WhenAll(ts); ts[0] = t; return [|ts[0].Result|]; }")]
    [InlineData("async Task<int> M(List<Task<int>> ts, Task<int> t) { await Task.WhenAll(ts); ts.Add(t); return [|ts[0].Result|]; }")]
    [InlineData("async Task<int> M(Task<int> t) { if (t.IsCompleted) { } return [|t.Result|]; }")]
    [InlineData("async Task<int> M(Task<int> t, bool x) { if (t.IsCompleted || x) return [|t.Result|]; return await t; }")]
    [InlineData("async Task<int> M(Task<int> t) { if (!t.IsCompleted) return [|t.Result|]; return await t; }")]
    [InlineData("async Task<int> M(Task<int> t, Task u) { var all = Task.WhenAll(u); await all; return [|t.Result|]; }")]
    [InlineData("async Task<int> M(Task<int> t, Task u) { var w = await Task.WhenAny(t, u); if (w == u) return [|t.Result|]; return 1; }")]
    [InlineData(
        "async Task<int> M(Task<int> t, Task<int> u) { await t; Func<int> f = () => 1; var x = new[] { 1 }.Select(i => i + [|u.Result|]).Sum(); return x; }")]
    [InlineData("async Task<int> M(Task t) { await Task.Yield(); return t is Task<int> typed ? [|typed.Result|] : 0; }")]
    public Task Wait_NotProvenOnEveryPath_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("async Task<int> M(Task<int> t) { if (t.IsCompletedSuccessfully) return t.Result; return await t; }")]
    [InlineData("async Task<int> M(Task<int> t) { if (t.IsCompleted) return t.Result; return await t; }")]
    [InlineData("async Task<int> M(Task<int> t) { if (!t.IsCompleted) await t; return t.Result; }")]
    [InlineData("async Task<int> M(Task<int> t) { if (!t.IsCompleted) throw new Exception(); await Task.Yield(); return t.Result; }")]
    [InlineData("async Task<int> M(Task<int> t) { await Task.Yield(); return t.IsCompleted ? t.Result : await t; }")]
    [InlineData("async Task<int> M(Task<int> t) { await Task.Yield(); return t.IsCompleted && t.Result > 1 ? 1 : 0; }")]
    [InlineData("async Task<int> M(Task<int> t) { await Task.Yield(); return !t.IsCompleted || t.Result > 1 ? 1 : 0; }")]
    [InlineData(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (t.Status == TaskStatus.RanToCompletion) return t.Result; return 0; }")]
    [InlineData(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (t.Status is TaskStatus.RanToCompletion or TaskStatus.Faulted) return t.Result; return 0; }")]
    [InlineData(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (t is { IsCompletedSuccessfully: true }) return t.Result; return 0; }")]
    [InlineData("async Task<int> M(Task<int> t) { await Task.Yield(); if (t.IsCompleted == false) return 0; return t.Result; }")]
    [InlineData(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (t.IsFaulted || t.IsCanceled) return 0; while (!t.IsCompleted) await Task.Delay(1); return t.Result; }")]
    [InlineData("async Task<int> M(ValueTask<int> t) { if (t.IsCompletedSuccessfully) return t.Result; return await t; }")]
    [InlineData("async Task<int> M(ValueTask<int> t) { await t; return t.Result; }")]
    [InlineData("ValueTask<int> M(ValueTask<int> t) { if (t.IsCompletedSuccessfully) return new ValueTask<int>(t.Result); return t; }")]
    [InlineData(
        "Task<int> M(Task<int> t) { return t.IsCompletedSuccessfully ? Task.FromResult(t.Result + 1) : Go(t); } async Task<int> Go(Task<int> t) => await t;")]
    [InlineData("async Task<int> M(Task<int> t) { await t; return t.Result; }")]
    [InlineData("async Task<int> M(Task<int> t) { await t.ConfigureAwait(false); return t.GetAwaiter().GetResult(); }")]
    [InlineData("async Task<int> M(Task<int> a, Task<int> b) { await Task.WhenAll(a, b); return a.Result + b.Result; }")]
    [InlineData("async Task<int> M(Task<int> a, Task<int> b) { await Task.WhenAll(new Task[] { a, b }); return a.Result + b.Result; }")]
    [InlineData("async Task<int> M(Task<int> a, Task<int> b) { var all = Task.WhenAll(a, b); await all; return a.Result + b.Result; }")]
    [InlineData("async Task<int> M(Task<int> a, Task<int> b, CancellationToken c) { await Task.WhenAll(a, b).WaitAsync(c); return 1; }")]
    [InlineData("async Task<int> M(Task<int> a, CancellationToken c) { await a.WaitAsync(c); return a.Result; }")]
    [InlineData("async Task<int> M(Task<int>[] ts) { await Task.WhenAll(ts); return ts[0].Result + ts.Select(t => t.Result).Sum(); }")]
    [InlineData(
        "async Task<int> M(List<Task<int>> ts) { await Task.WhenAll(ts); return ts[0].Result + ts.Where(t => t != null).Sum(t => t.Result); }")]
    [InlineData("async Task M(List<Task<int>> ts) { await Task.WhenAll(ts); foreach (var t in ts) Console.WriteLine(t.Result); }")]
    [InlineData(
        "async Task M(List<Task<int>> ts) { await Task.WhenAll(ts); foreach (var t in ts.OrderBy(x => x.Id)) Console.WriteLine(t.Result); }")]
    [InlineData(
        "async Task M(List<Task<int>> ts) { await Task.Yield(); foreach (var t in ts.Where(x => x.IsCompletedSuccessfully)) Console.WriteLine(t.Result); }")]
    [InlineData("async Task M(Task<int> a) { await a; var xs = new[] { 1 }.Select(x => x + a.Result).ToList(); }")]
    [InlineData("async Task<int> M(Task<int> t) => await t.ContinueWith(x => x.Result);")]
    [InlineData("Task<int> M(Task<int>[] ts) => Task.Factory.ContinueWhenAll(ts, done => done.Sum(t => t.Result));")]
    [InlineData("async Task<int> M() { await Task.Yield(); return Task.FromResult(1).Result; }")]
    [InlineData("async Task<int> M() { var t = Task.FromResult(1); await Task.Yield(); return t.Result; }")]
    [InlineData("async Task M() { Task.CompletedTask.Wait(); await Task.Yield(); }")]
    [InlineData("async Task<int> M(Task<int> a, Task<int> b) { var w = await Task.WhenAny(a, b); return w.Result; }")]
    [InlineData("async Task<int> M(Task<int> a, Task<int> b) => (await Task.WhenAny(a, b)).Result;")]
    [InlineData("async Task<int> M(Task<int> a) { if (await Task.WhenAny(a, Task.Delay(1)) == a) return a.Result; return 0; }")]
    [InlineData(
        "async Task<int> M(Task<int> a) { var w = await Task.WhenAny(a, Task.Delay(1)); if (w != a) throw new TimeoutException(); return a.Result; }")]
    [InlineData("async Task M(List<Task<int>> ts) { await foreach (var t in Task.WhenEach(ts)) Console.WriteLine(t.Result); }")]
    [InlineData("async Task M(Task t) { t.Wait(0); t.Wait(TimeSpan.Zero); await t; }")]
    [InlineData("async Task<int> M(Task<int> t) { System.Diagnostics.Debug.Assert(t.IsCompleted); await Task.Yield(); return t.Result; }")]
    [InlineData("Task<int>? _t; async Task<int> M() { if (_t!.IsCompleted) return _t.Result; return await _t; }")]
    [InlineData("async Task M(Task t) { await t; Task.WaitAll(t); }")]
    [InlineData("async Task<int> M(Task<int> t) { try { await t; return t.Result; } catch (Exception) { return 0; } }")]
    [InlineData(
        "async Task<int> M(Task<int> t) { await t; try { return t.Result; } catch (Exception) { return t.Id; } finally { Console.WriteLine(t.Result); } }")]
    [InlineData(
        "async Task<int> M(Task t) { await Task.Yield(); return t is Task<int> { Status: TaskStatus.RanToCompletion } done ? done.Result : 0; }")]
    [InlineData("async Task<int> M(Task t) { await t; return t is Task<int> typed ? typed.Result : 0; }")]
    [InlineData("async Task<int> M(Task<int>? t) { await Task.Yield(); return t is { IsCompleted: true } done ? done.Result : 0; }")]
    [InlineData("async Task<int> M(Task<int> t) { try { await t; } catch { } return t.Result; }")]
    [InlineData(
        "async Task<int> M(Task<int> t) { try { await t.ConfigureAwait(false); } catch (Exception e) { Console.WriteLine(e); } return t.Result; }")]
    [InlineData(
        "async Task<int> M(Task<int> a, Task<int> b) { try { await Task.WhenAll(a, b); } catch (Exception) { } return a.Result + b.Result; }")]
    public Task Wait_OnCompleteTask_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("int M(Task<int> t) => t.Result;")]
    [InlineData("int P => Task.Run(() => 1).Result;")]
    [InlineData("C(Task t) { t.Wait(); }")]
    [InlineData("async Task<int> M(Task<int> t) => await Task.Run(() => t.Result);")]
    [InlineData("async Task M() { var s = nameof(Task<int>.Result); await Task.Yield(); }")]
    [InlineData("async Task M() { System.Linq.Expressions.Expression<Func<Task<int>, int>> e = t => t.Result; await Task.Yield(); }")]
    [InlineData("async Task M(IQueryable<Task<int>> q) { var r = q.Select(t => t.Result); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Holder h) { Console.WriteLine(h.Result); h.Wait(); await Task.Yield(); } class Holder { public int Result => 1; public void Wait() { } }")]
    [InlineData("async Task M(Task<int> t) { Local(); await t; int Local() => t.Result; }")]
    [InlineData("async Task M(Task<int> t) { Func<int> f = () => t.Result; await t; f(); }")]
    [InlineData("async Task M(Task t) { var awaiter = t.GetAwaiter(); if (!awaiter.IsCompleted) await t; awaiter.GetResult(); }")]
    [InlineData("async Task M(Task t, bool async) { if (async) await t.ConfigureAwait(false); else t.GetAwaiter().GetResult(); }")]
    [InlineData("async Task<int> M(Task<int> t, bool b) => b ? await t : t.Result;")]
    [InlineData(
        "async Task<int> M(bool runSynchronously) { if (runSynchronously) return Task.Run(() => 1).Result; return await Task.Run(() => 1); }")]
    public Task Wait_WhereBlockingIsAllowed_IsSilent(string source) => Silent(source);

    [Fact]
    public Task Wait_InTopLevelProgramWithoutAwait_IsSilent() =>
    Silent("System.Threading.Tasks.Task.Delay(1).Wait();", RuleTestOptions.TopLevel);

    [Fact]
    public Task Wait_InTopLevelProgram_IsFixed() => Fixes(
        """
        using System.Threading.Tasks;
        await Task.Yield();
        var n = [|Task.Run(() => 1).Result|];
        """,
        """
        using System.Threading.Tasks;
        await Task.Yield();
        var n = await Task.Run(() => 1);
        """,
        RuleTestOptions.TopLevel);

    [Theory]
    [InlineData("async Task<int> M(Task<string> t) => [|t.Result|].Length;", "async Task<int> M(Task<string> t) => (await t).Length;")]
    [InlineData("async Task<char> M(Task<string> t) => [|t.Result|][0];", "async Task<char> M(Task<string> t) => (await t)[0];")]
    [InlineData("async Task<int?> M(Task<string?> t) => [|t.Result|]?.Length;",
        "async Task<int?> M(Task<string?> t) => (await t)?.Length;")]
    [InlineData("async Task<string> M(Task<string?> t) => [|t.Result|]!;", "async Task<string> M(Task<string?> t) => (await t)!;")]
    [InlineData("async Task<int> M(Task<Func<int>> t) => [|t.Result|]();", "async Task<int> M(Task<Func<int>> t) => (await t)();")]
    [InlineData("async Task<long> M(Task<int> t) => (long)[|t.Result|];", "async Task<long> M(Task<int> t) => (long)await t;")]
    [InlineData("async Task<int> M(Task<int> t, Task<int> u) => -[|t.Result|] + [|u.Result|];",
        "async Task<int> M(Task<int> t, Task<int> u) => -await t + await u;")]
    [InlineData("async Task<string> M(Task<int> t) => $\"{[|t.Result|]}\";", "async Task<string> M(Task<int> t) => $\"{await t}\";")]
    [InlineData("async Task<int> M(Task<int> a, Task<int>? b) => [|(b ?? a).Result|];",
        "async Task<int> M(Task<int> a, Task<int>? b) => await (b ?? a);")]
    [InlineData("async Task<int> M(object o) => [|((Task<int>)o).Result|];", "async Task<int> M(object o) => await ((Task<int>)o);")]
    [InlineData("async Task<bool> M(Task<int> t) => [|t.Result|] is 1 or 2;", "async Task<bool> M(Task<int> t) => await t is 1 or 2;")]
    [InlineData("async Task<int> M(Task<int> t) => [|t.Result|] switch { 1 => 2, _ => 3 };",
        "async Task<int> M(Task<int> t) => (await t) switch { 1 => 2, _ => 3 };")]
    [InlineData("async Task M(Task<StreamWriter> t) { await [|t.Result|].WriteAsync(\"x\"); }",
        "async Task M(Task<StreamWriter> t) { await (await t).WriteAsync(\"x\"); }")]
    [InlineData("async Task M(Task<Task<int>> t) { Console.WriteLine([|[|t.Result|].Result|]); }",
        "async Task M(Task<Task<int>> t) { Console.WriteLine(await (await t)); }")]
    [InlineData("async Task M(Task t) { [|t.Wait()|]; }", "async Task M(Task t) { await t; }")]
    [InlineData("async Task M(Task t, CancellationToken c) { [|t.Wait(c)|]; }",
        "async Task M(Task t, CancellationToken c) { await t.WaitAsync(c); }")]
    [InlineData("async Task M(Task t) { if (![|t.Wait(1000)|]) throw new TimeoutException(); }",
        "async Task M(Task t) { await t.WaitAsync(TimeSpan.FromMilliseconds(1000)); }")]
    [InlineData("async Task M(Task t, TimeSpan s) { if (![|t.Wait(s)|]) { throw new TimeoutException(); } }",
        "async Task M(Task t, TimeSpan s) { await t.WaitAsync(s); }")]
    [InlineData("async Task M(Task<int> t, int s) { if ([|t.Wait(s)|] == false) throw new TimeoutException(); }",
        "async Task M(Task<int> t, int s) { await t.WaitAsync(TimeSpan.FromMilliseconds(s)); }")]
    [InlineData(
        "async Task M(Task t, TimeSpan s) { await t.ConfigureAwait(false); t = N(); if (!([|t.Wait(s)|])) throw new TimeoutException(); } Task N() => Task.CompletedTask;",
            "async Task M(Task t, TimeSpan s) { await t.ConfigureAwait(false); t = N(); await t.WaitAsync(s).ConfigureAwait(false); } Task N() => Task.CompletedTask;")]
    [InlineData("async Task<int> M(Task<int> t) => [|t.GetAwaiter().GetResult()|];", "async Task<int> M(Task<int> t) => await t;")]
    [InlineData("async Task<int> M(Task<int> t) => [|t.ConfigureAwait(false).GetAwaiter().GetResult()|];",
        "async Task<int> M(Task<int> t) => await t.ConfigureAwait(false);")]
    [InlineData("async Task M(Task a, Task b) { [|Task.WaitAll(a, b)|]; }", "async Task M(Task a, Task b) { await Task.WhenAll(a, b); }")]
    [InlineData("async Task M(Task[] ts) { [|Task.WaitAll(ts)|]; }", "async Task M(Task[] ts) { await Task.WhenAll(ts); }")]
    [InlineData("async Task M(Task[] ts) { [|Task.WaitAny(ts)|]; }", "async Task M(Task[] ts) { await Task.WhenAny(ts); }")]
    [InlineData("Task<int> M(Task<int> t) => Task.FromResult([|t.Result|] + 1);", "async Task<int> M(Task<int> t) => await t + 1;")]
    [InlineData("void M(Task<int> t) { Func<Task<int>> f = () => Task.FromResult([|t.Result|]); }",
        "void M(Task<int> t) { Func<Task<int>> f = async () => await t; }")]
    [InlineData("async ValueTask<int> M(ValueTask<int> t) => [|t.Result|];", "async ValueTask<int> M(ValueTask<int> t) => await t;")]
    public Task Wait_IsAwaited(string source, string fixedSource) => Fixes(source, fixedSource);

    [Theory]
    [InlineData("async Task<bool> M(Task t) => [|t.Wait(1000)|];")]
    [InlineData("async Task M(Task t) { await Task.Yield(); if (![|t.Wait(1000)|]) throw new TimeoutException(\"late\"); }")]
    [InlineData("async Task M(Task t) { await Task.Yield(); if (![|t.Wait(1000)|]) throw new IOException(); }")]
    [InlineData(
        "async Task M(Task t, CancellationToken c) { await Task.Yield(); if (![|t.Wait(1000, c)|]) throw new TimeoutException(); }")]
    [InlineData("async Task M(Task t) { await Task.Yield(); if ([|t.Wait(1000)|]) throw new TimeoutException(); }")]
    [InlineData(
        "async Task M(Task t) { await Task.Yield(); if (![|t.Wait(1000)|]) throw new TimeoutException(); else Console.WriteLine(); }")]
    [InlineData(
        "async Task M(Task t) { await Task.Yield(); if (![|t.Wait(1000)|]) { Console.WriteLine(); throw new TimeoutException(); } }")]
    [InlineData("async Task<int> M(Task[] ts) => [|Task.WaitAny(ts)|];")]
    [InlineData("async Task<bool> M(Task[] ts) => [|Task.WaitAll(ts, 5)|];")]
    [InlineData("async Task<int?> M(Task<int>? t) { await Task.Yield(); return t?[|.Result|]; }")]
    [InlineData("async Task M(Task<int> t) { lock (t) { Console.WriteLine([|t.Result|]); } await Task.Yield(); }")]
    [InlineData("async Task M(Task t) { try { [|t.Wait()|]; } catch (AggregateException e) { Console.WriteLine(e); } }")]
    [InlineData("async Task M(List<Task> ts) { ts.ForEach(t => [|t.Wait()|]); await Task.Yield(); }")]
    [InlineData("async Task<int> M(Task<bool> t) { try { await Task.Yield(); } catch (Exception) when ([|t.Result|]) { } return 1; }")]
    [InlineData(
        "async Task<int> M(Task<int> t, int[] xs) { await Task.Yield(); return (from x in xs where x > [|t.Result|] select x).Count(); }")]
    [InlineData("Task<int> M(Task<int> t, out int x) { x = 1; return Task.FromResult([|t.Result|]); }")]
    [InlineData("unsafe Task<int> M(Task<int> t) => Task.FromResult([|t.Result|]);")]
    public Task Wait_WhereAwaitIsIllegalOrMeansMore_OffersNoFix(string source) => NoFix(source);

    [Fact]
    public Task Result_OnItsOwnLine_KeepsComments() => Fixes(
        """
        async Task<string> M(HttpClient client)
        {
            // fetch it
            var text = [|client
                .GetStringAsync("http://x") // the page
                .Result|]; // done
            return text;
        }
        """,
        """
        async Task<string> M(HttpClient client)
        {
            // fetch it
            var text = await client
                .GetStringAsync("http://x") /* the page */; // done
            return text;
        }
        """);

    [Fact]
    public Task Result_InChainOverLines_StaysOverLines() => Fixes(
        """
        async Task<string> M(HttpClient client)
        {
            return [|client
                .GetStringAsync("http://x")
                .Result|]
                .Trim();
        }
        """,
        """
        async Task<string> M(HttpClient client)
        {
            return (await client
                .GetStringAsync("http://x"))
                .Trim();
        }
        """);

    [Fact]
    public Task Result_AsAnArgument_KeepsTheCallAroundIt() => Fixes(
        """
        static void NotNull(object o) { }
        async Task M(Task<string> op) { NotNull([|op.Result|]); }
        """,
        """
        static void NotNull(object o) { }
        async Task M(Task<string> op) { NotNull(await op); }
        """);

    [Fact]
    public Task Result_WhereConfigureAwaitIsUsed_UsesItToo() => Fixes(
        """
        async Task<int> M(Task<int> t, Task u)
        {
            await u.ConfigureAwait(false);
            return [|t.Result|] + [|Task.Run(() => 1).ConfigureAwait(true).GetAwaiter().GetResult()|];
        }
        """,
        """
        async Task<int> M(Task<int> t, Task u)
        {
            await u.ConfigureAwait(false);
            return await t.ConfigureAwait(false) + await Task.Run(() => 1).ConfigureAwait(true);
        }
        """);

    [Fact]
    public Task WaitAll_WithTimeout_OnNetStandard_OffersNoFix() => NoFix(
        """
        async Task M(Task t) { [|t.Wait(100)|]; }
        """,
        RuleTestOptions.Default with { References = ReferenceSet.NetStandard20 });

    [Theory]
    [InlineData("async Task M(Task t) { [|t.WaitAndUnwrapException()|]; await Task.Yield(); }")]
    [InlineData("async Task<int> M(Task<int> t) { await Task.Yield(); return [|t.WaitAndUnwrapException()|]; }")]
    [InlineData("async Task M(Task t) { [|t.WaitWithoutException()|]; await Task.Yield(); }")]
    public Task WaitOfAPackage_IsReported_WithoutAFix(string source) =>
        NoFix(source, RuleTestOptions.Default with { Stubs = [Stubs.NitoAsyncEx], ExtraUsings = ["Nito.AsyncEx.Synchronous"] });

    [Theory]
    [InlineData("async Task<int> M(Task<int> t) { await t; return t.WaitAndUnwrapException(); }")]
    [InlineData("int M(Task<int> t) => t.WaitAndUnwrapException();")]
    public Task WaitOfAPackage_OnACompleteTaskOrInSynchronousCode_IsSilent(string source) =>
        Silent(source, RuleTestOptions.Default with { Stubs = [Stubs.NitoAsyncEx], ExtraUsings = ["Nito.AsyncEx.Synchronous"] });
}
