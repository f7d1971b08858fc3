using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class TokenNotPassedBehaviourTests : RuleTest<TokenNotPassedAnalyzer, TokenNotPassedFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData("""await Observed.[|WorkAsync|]("a"); Observed.Note("b"); return 1;""")]
    [InlineData("""return await Observed.[|GetAsync|]("a", 2);""")]
    [InlineData("""await Task.[|Delay|](1); Observed.Note("b"); return 1;""")]
    [InlineData("""for (var i = 0; i < 2; i++) await Observed.[|WorkAsync|]("a"); return 1;""")]
    [InlineData("""try { await Observed.[|WorkAsync|]("a"); } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData("""try { await Observed.[|WorkAsync|]("a"); } catch (InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData("""Observed.Enter("x"); try { await Observed.[|WorkAsync|]("a"); } finally { Observed.Leave("x"); } return 1;""")]
    [InlineData("""await Observed.WorkAsync("a", token); await Observed.[|WorkAsync|]("b"); await Observed.StepAsync("c"); return 1;""")]
    [InlineData("""var work = Observed.[|WorkAsync|]("a"); Observed.Note("meanwhile"); await work; return 1;""")]
    [InlineData("""await Task.WhenAll(Observed.[|WorkAsync|]("a"), Observed.[|WorkAsync|]("b")); return 1;""")]
    [InlineData("""await Task.WhenAll(new[] { "a", "b" }.Select(x => Observed.[|WorkAsync|](x))); return 1;""")]
    [InlineData("""await using (new Closing()) { await Observed.[|WorkAsync|]("a"); } return 1;""")]
    [InlineData("""await _gate.WaitAsync(token); try { await Observed.[|WorkAsync|]("a"); } finally { _gate.Release(); } return 1;""")]
    [InlineData("""while (!token.IsCancellationRequested) { await Observed.[|WorkAsync|]("a"); if (_n++ > 0) break; } return 1;""")]
    public Task Call_ObeysTheToken(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """var taken = false; try { taken = await _gate.[|WaitAsync|](TimeSpan.FromSeconds(30)); Observed.Enter("gate"); await Observed.StepAsync("a"); Observed.Leave("gate"); } finally { if (taken) _gate.Release(); } return 1;""")]
    [InlineData("""await _gate.WaitAsync(token); await Observed.[|WorkAsync|]("a"); _gate.Release(); return 1;""")]
    [InlineData("""_gate.Wait(token); Observed.Note("x"); if (_n == 0) await Observed.[|WorkAsync|]("a"); _gate.Release(); return 1;""")]
    [InlineData("""for (var i = 0; i < 2; i++) { try { await Observed.[|WorkAsync|]("a"); } catch (Exception) { Observed.Note("failed"); } } return 1;""")]
    [InlineData("""Func<Task> work = () => Observed.[|WorkAsync|]("a"); try { await work(); } catch (Exception) { Observed.Note("failed"); } return 1;""")]
    [InlineData("""if (Observed.TryTake(out var item)) await Observed.[|HandleAsync|](item); return 1;""")]
    [InlineData("""if (!Observed.TryTake(out var item)) return 0; await Observed.[|WorkAsync|]("a"); await Observed.HandleAsync(item); return 1;""")]
    [InlineData("""var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); async Task WaitAsync() { await ready.Task; Observed.Note("woken"); } var waiting = WaitAsync(); await Observed.[|WorkAsync|]("a"); ready.SetResult(); await waiting; return 1;""")]
    [InlineData("""_n++; Observed.Enter("n"); if (_n > 0) await Observed.[|WorkAsync|]("a"); Observed.Leave("n"); Interlocked.Decrement(ref _n); return 1;""")]
    public Task Call_WhoseCancellationIsSeen_ChangesNothingElse(string body) =>
        new RuleVerifier([new TokenNotPassedAnalyzer()], new TokenNotPassedFix()).BehavesWhateverIsReportedAsync(
            Program(body).Replace("[|", "").Replace("|]", ""), Mends, BehaviourVerifier.Options(RuleTestOptions.Default));

    [Theory]
    [InlineData("_works.Add(Load.[|CountAsync|](1)); await Task.Yield();")]
    [InlineData("_byId.TryAdd(1, Load.[|CountAsync|](1)); await Task.Yield();")]
    [InlineData("var work = Load.[|CountAsync|](1); _byId[1] = work; await work;")]
    [InlineData("_entry = new Entry(Load.[|CountAsync|](1)); await Task.Yield();")]
    [InlineData("_entries[1] = new(Load.[|CountAsync|](1)); await Task.Yield();")]
    [InlineData("Track(Load.[|CountAsync|](1)); await Task.Yield();")]
    public Task Task_ThatTheObjectKeeps_IsNotEndedByACaller(string body) => NoFix(Keeper(body));

    [Theory]
    [InlineData("_byId[1] = Task.FromResult(1); await Load.CountAsync(1); _byId.TryRemove(1, out _);")]
    [InlineData("_byId.TryAdd(1, Task.FromResult(1)); await Load.CountAsync(1); try { await Task.Yield(); } finally { _byId.TryRemove(1, out _); }")]
    public Task Entry_ThatWouldStay_IsNotLeftByACancellation(string body) => Silent(Keeper(body));

    [Theory]
    [InlineData("var work = Load.CountAsync(1, token); if (await Task.WhenAny(work, Task.[|Delay|](1000)) != work) throw new TimeoutException();")]
    [InlineData("var work = Load.CountAsync(1, token); var limit = Task.[|Delay|](1000); var first = await Task.WhenAny(work, limit); if (first == limit) throw new TimeoutException();")]
    [InlineData("var work = Load.CountAsync(1, token); await Task.WhenAny(work, Task.[|Delay|](1000)); if (!work.IsCompleted) throw new TimeoutException();")]
    public Task Limit_OfOtherWork_IsNoTimeOutWhereItIsCancelled(string body) => NoFix(Keeper(body));

    [Fact]
    public Task Pause_ThatMayEndEarlier_GetsTheToken() => Fixes(
        Keeper("var work = Load.CountAsync(1, token); await Task.WhenAny(work, Task.[|Delay|](1000)); Track(work);"),
        Keeper("var work = Load.CountAsync(1, token); await Task.WhenAny(work, Task.Delay(1000, token)); Track(work);"));

    [Theory]
    [InlineData("var works = new List<Task>(); works.Add(Load.[|CountAsync|](1)); await Task.WhenAll(works);",
        "var works = new List<Task>(); works.Add(Load.CountAsync(1, token)); await Task.WhenAll(works);")]
    [InlineData("var work = Load.[|CountAsync|](1); Track(1); await work;", "var work = Load.CountAsync(1, token); Track(1); await work;")]
    [InlineData("_byId[1] = Task.FromResult(1); try { await Load.[|CountAsync|](1); } finally { _byId.TryRemove(1, out _); }",
        "_byId[1] = Task.FromResult(1); try { await Load.CountAsync(1, token); } finally { _byId.TryRemove(1, out _); }")]
    public Task Task_OfTheFunction_EndsWithIt(string body, string changed) => Fixes(Keeper(body), Keeper(changed));

    private static string Keeper(string body) =>
        $$"""
        static class Load { public static Task<int> CountAsync(int id, CancellationToken token = default) => Task.FromResult(id); }
        record Entry(Task<int> Work);
        readonly List<Task> _works = new();
        readonly System.Collections.Concurrent.ConcurrentDictionary<int, Task<int>> _byId = new();
        readonly Dictionary<int, Entry> _entries = new();
        Entry? _entry;
        void Track(Task work) => _works.Add(work);
        void Track(int id) => _entry = _entries[id];
        async Task M(CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            {{body}}
        }
        """;

    private static string Program(string body) =>
        $$"""
        int _n;
        readonly SemaphoreSlim _gate = new(1, 1);
        sealed class Closing : IAsyncDisposable { public ValueTask DisposeAsync() => new(Observed.StepAsync("close")); }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
