using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class SyncOverAsyncBehaviourTests : RuleTest<SyncOverAsyncAnalyzer, SyncOverAsyncFix>
{
    private static readonly Mend[] Mends = [Mend.Unwrapped];

    [Theory]
    [InlineData("""int Load() => [|Observed.GetAsync("a", 1).Result|];""", "return Load();")]
    [InlineData("""int Load() { Observed.Note("first"); return [|Observed.GetAsync("a", 1).Result|] + 1; }""", "return Load() * 2;")]
    [InlineData("""void Load() { [|Observed.StepAsync("a").Wait()|]; Observed.Note("b"); }""", "Load(); return 1;")]
    [InlineData("""void Load() => [|Observed.StepAsync("a").GetAwaiter().GetResult()|];""", "Load(); Load(); return 1;")]
    [InlineData("""int Load() => [|Observed.GetAsync("a", 1).Result|]; int Twice() => Load() + Load();""", "return Twice();")]
    [InlineData("""int Load(int n) => n == 0 ? [|Observed.GetAsync("a", 1).Result|] : Load(n - 1);""", "return Load(2);")]
    [InlineData("""int Load() { try { return [|Observed.GetAsync("a", 1).Result|]; } finally { Observed.Note("closed"); } }""", "return Load();")]
    [InlineData("""int Load() { try { return [|Observed.GetAsync("a", 1).GetAwaiter().GetResult()|]; } catch (InvalidOperationException) { Observed.Note("known"); return 2; } }""", "return Load();")]
    [InlineData("""int Load() { _gate.Wait(); try { Observed.Enter("gate"); return [|Observed.GetAsync("a", 1).Result|]; } finally { Observed.Leave("gate"); _gate.Release(); } }""", "return Load();")]
    [InlineData("""void Load(string s) { [|Observed.StepAsync(s).Wait()|]; }""", """foreach (var x in new[] { "a", "b" }) Load(x); return 1;""")]
    [InlineData("""int Load(CancellationToken t) => [|Observed.GetAsync("a", 1, t).GetAwaiter().GetResult()|];""", "return Load(token);")]
    public Task Wait_IsTheSameAwaited(string member, string body) => BehavesOrRefuses(Program(member, body), Mends);

    [Theory]
    [InlineData("""int Load() => [|Observed.GetAsync("a", 1).Result|];""", """try { return Load(); } catch (AggregateException) { Observed.Note("known"); return 2; }""")]
    [InlineData("""int Load() { lock (_lock) return [|Observed.GetAsync("a", 1).Result|]; }""", "return Load();")]
    [InlineData("""int Load() => [|Observed.GetAsync("a", 1).Result|];""", "lock (_lock) { return Load(); }")]
    [InlineData("""int Load() => [|Observed.GetAsync("a", 1).Result|];""", "Monitor.Enter(_lock); try { return Load(); } finally { Monitor.Exit(_lock); }")]
    [InlineData("""int Load() => [|Observed.GetAsync("a", 1).Result|]; int Safe() { try { return Load(); } catch (AggregateException e) when (e.InnerException is InvalidOperationException) { Observed.Note("known"); return 2; } }""", "return Safe();")]
    [InlineData("""void Load() { [|Observed.StepAsync("a").Wait(5000)|]; Observed.Note("b"); }""", "Load(); return 1;")]
    [InlineData("""int Load() => [|Observed.GetAsync("a", 1).Result|];""", """Func<int> load = Load; return load();""")]
    public Task Wait_WhoseEndMatters_ChangesNothing(string member, string body) => BehavesOrRefuses(Program(member, body), Mends);

    private static string Program(string member, string body) =>
        $$"""
        readonly object _lock = new();
        readonly SemaphoreSlim _gate = new(1, 1);
        {{member}}
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
