using System.Collections.Immutable;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class CpuWorkBehaviourTests : RuleTest<CpuWorkAnalyzer, CpuWorkFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    private static readonly RuleTestOptions Options =
        new() { GlobalConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_cpu_budget", "1000") };

    [Theory]
    [InlineData("""var sum = 0; [|for|] (var i = 0; i < 2000; i++) sum += i; return sum;""")]
    [InlineData("""var sum = 0L; [|for|] (var i = 0; i < 2000; i++) { if (i % 1000 == 0) Observed.Note("at " + i); sum += i; } Observed.Note("summed"); return sum;""")]
    [InlineData("""int a = 0, b = 0; [|for|] (var i = 0; i < 2000; i++) { a += i; b ^= i; } return a + b;""")]
    [InlineData("""int last; var i = 0; [|do|] { last = i * 2; i++; } while (i < 2000); return last;""")]
    [InlineData("""var table = new int[8]; [|for|] (var i = 0; i < 2000; i++) table[i % 8] += i; return table[3];""")]
    [InlineData("""[|for|] (var i = 0; i < 2000; i++) _total += i; return _total;""")]
    [InlineData("""return [|Count(2)|];""")]
    [InlineData("""var n = [|Count(2)|] + 1; Observed.Note("counted"); return n;""")]
    [InlineData("""if ([|Count(2)|] > 5) Observed.Note("many"); return 1;""")]
    [InlineData("""try { return [|Count(2)|]; } catch (InvalidOperationException) { Observed.Note("known"); return 0; } finally { Observed.Note("closed"); }""")]
    [InlineData("""using (new Resource()) { var n = [|Count(2)|]; return n; }""")]
    [InlineData("""foreach (var i in new[] { 1, 2 }) [|Count(i)|]; return 1;""")]
    [InlineData("""Func<Task<int>> work = async () => { await Observed.StepAsync("in"); return [|Count(2)|]; }; return await work();""")]
    [InlineData("""return await InnerAsync(); async Task<int> InnerAsync() { await Observed.StepAsync("in"); return [|Count(2)|]; }""")]
    [InlineData("""return [|_counter.Count(2)|];""")]
    [InlineData("""var n = token.IsCancellationRequested ? 0 : [|Count(2)|]; return n;""")]
    public Task Work_IsTheSameOnAnotherThread(string body) => Behaves(Program(body), Mends, Options);

    [Theory]
    [InlineData("""lock (_lock) { [|for|] (var i = 0; i < 2000; i++) _total += i; } return _total;""")]
    [InlineData("""Monitor.Enter(_lock); try { return [|Count(2)|]; } finally { Monitor.Exit(_lock); }""")]
    [InlineData("""_counts += [|Count(2)|]; return _counts;""")]
    [InlineData("""_local.Value = "x"; var n = [|Count(2)|]; return n + _local.Value;""")]
    [InlineData("""_local.Value = "x"; [|for|] (var i = 0; i < 2000; i++) _local.Value = "y" + i % 3; return _local.Value;""")]
    [InlineData("""_gate.Wait(); try { Observed.Enter("gate"); return [|Count(2)|]; } finally { Observed.Leave("gate"); _gate.Release(); }""")]
    [InlineData("""try { await Observed.WorkAsync("a", token); } finally { [|Count(2)|]; Observed.Note("closed"); } return 1;""")]
    [InlineData("""var busy = true; [|for|] (var i = 0; i < 2000; i++) _total += i; busy = false; Observed.Note("busy " + busy); return _total;""")]
    public Task Work_ThatNeedsItsThreadOrItsOrder_KeepsIt(string body) => BehavesOrRefuses(Program(body), Mends, Options);

    private static string Program(string body) =>
        $$"""
        sealed class Resource : IDisposable { public void Dispose() => Observed.Note("disposed"); }
        sealed class Counter { public int Count(int n) => C.Count(n); }
        readonly Counter _counter = new();
        readonly object _lock = new();
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly AsyncLocal<string> _local = new();
        int _total, _counts;
        static int Count(int n) { Observed.Note("count"); var sum = 0; for (var i = 0; i < 2000; i++) sum += n; return sum; }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
