using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// Who looks at the end of a task in a continuation that is async itself has a second task to lose.
public sealed partial class DroppedTaskTests
{
    private const string Shell =
        " Task ShowAsync(string s) => Task.Delay(1); Task StartAsync() => Task.Delay(1); void Log(Exception? e) { } ";

    [Theory]
    [InlineData("void M() { [|StartAsync().ContinueWith(async t => { Log(t.Exception); await ShowAsync(\"\"); })|]; }")]
    [InlineData(
        "void M() { [|StartAsync().ContinueWith(async t => { Log(t.Exception); await ShowAsync(\"\"); }, TaskContinuationOptions.OnlyOnFaulted)|]; }")]
    [InlineData(
        "Task _now = Task.CompletedTask; Task M() { _now = StartAsync(); [|_now.ContinueWith(Finish, TaskScheduler.Default)|]; return _now; } static void Finish(Task t) { if (t.IsCanceled) return; throw new InvalidOperationException(); }")]
    public Task ContinuationThatLosesItsOwnTask_IsReported(string source) => Reports(source + Shell);

    [Theory]
    [InlineData(
        "void M() { StartAsync().ContinueWith(async t => { try { await ShowAsync(\"\"); } catch (Exception e) { Log(e); } }, TaskContinuationOptions.OnlyOnFaulted); }")]
    [InlineData("void M() { StartAsync().ContinueWith(t => Log(t.Exception), TaskContinuationOptions.OnlyOnFaulted); }")]
    [InlineData("void M() { StartAsync().ContinueWith(Finish); } void Finish(Task t) => Log(t.Exception);")]
    public Task ContinuationThatLosesNothing_IsSilent(string source) => Silent(source + Shell);

    // After the other ends of its task it is cancelled, and who awaits it gets that as an exception.
    [Theory]
    [InlineData("Task M(Task t) { [|t.ContinueWith(x => { }, TaskContinuationOptions.OnlyOnCanceled)|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Task t) { [|t.ContinueWith(x => { }, TaskContinuationOptions.OnlyOnRanToCompletion)|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Task t) { [|t.ContinueWith(x => { }, TaskContinuationOptions.NotOnFaulted | TaskContinuationOptions.LongRunning)|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Task t, TaskContinuationOptions o) { [|t.ContinueWith(x => { }, o)|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Task? t) { [|t?.ContinueWith(x => { }, default, TaskContinuationOptions.OnlyOnCanceled, TaskScheduler.Default)|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Task t) { [|Then(t)|]; return Task.CompletedTask; } Task Then(Task t) => t.ContinueWith(x => { }, TaskContinuationOptions.OnlyOnCanceled);")]
    public Task ContinuationThatMayBeCancelled_IsNotAwaited(string source) => Offers(source, ["Discard it with '_ ='"]);

    [Theory]
    [InlineData("Task M(Task t) { [|t.ContinueWith(x => { }, TaskContinuationOptions.ExecuteSynchronously)|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Task t) { [|t.ContinueWith(x => { }, TaskContinuationOptions.OnlyOnCanceled).ContinueWith(x => { })|]; return Task.CompletedTask; }")]
    public Task ContinuationThatAlwaysRuns_IsAwaited(string source) =>
        Offers(source, ["Await it", "Keep it and await 'Task.WhenAll' at the end", "Discard it with '_ ='"]);

    private const string Kept = " System.Collections.Concurrent.ConcurrentDictionary<Task, int> _running = new(); "
        + "System.Collections.Concurrent.ConcurrentDictionary<string, Task> _byName = new(); ";

    [Theory]
    [InlineData("void M() { var t = StartAsync(); _running.TryAdd(t, 0); t.ContinueWith(_ => _running.TryRemove(t, out var _)); }")]
    [InlineData("void M() { var t = StartAsync(); _running[t] = 0; t.ContinueWith(_ => { _running.TryRemove(t, out int x); }); }")]
    [InlineData("void M(Task t) { _byName[\"a\"] = t; t.ContinueWith(_ => _byName.TryRemove(\"a\", out var _), TaskScheduler.Default); }")]
    public Task ContinuationThatTakesTheTaskOutOfThoseThatRun_IsSilent(string source) => Silent(source + Shell + Kept);

    [Theory]
    [InlineData("void M() { [|StartAsync().ContinueWith(_ => _byName.TryRemove(\"a\", out var _))|]; }")]
    [InlineData("void M(Task t) { [|t.ContinueWith(_ => { _byName.TryRemove(\"a\", out var _); Next(); })|]; } void Next() { }")]
    [InlineData("void M(Task t) { [|t.ContinueWith(_ => ShowAsync(\"\"))|]; }")]
    public Task ContinuationThatDoesMore_IsReported(string source) => Reports(source + Shell + Kept);

    private const string Events =
        """
         class Event
         {
             readonly List<Func<int, Task>> _handlers = new();
             public Task FireAsync(int x) => Task.WhenAll(_handlers.Select(h => Process(h, x)));
             public Task FireAllAsync(int x) { List<Func<int, Task>> all; lock (_handlers) all = _handlers; return Task.WhenAll(all.Select(h => SafeAsync(h, x))); }
             public Task BothAsync(int x) => Task.WhenAll(SafeAsync(_handlers[0], x), SafeAsync(_handlers[1], x));
             public Task RawAsync(int x) => Task.WhenAll(_handlers.Select(h => h(x)));
             public Task HalfAsync(int x) => x > 1 ? FireAsync(x) : RawAsync(x);
             Task Process(Func<int, Task> h, int x)
             {
                 try { return h.Invoke(x).ContinueWith(t => { if (t.IsFaulted) Log(t.Exception); }); }
                 catch (Exception e) { Log(e); return Task.CompletedTask; }
             }
             async Task SafeAsync(Func<int, Task> h, int x) { try { await h(x); } catch (Exception e) { Log(e); } }
             void Log(Exception? e) { }
         }
         class Events
         {
             readonly Event _started = new();
             public Task Fire(int x) => _started.FireAsync(x);
             public Task FireAll(int x) => _started.FireAllAsync(x);
             public Task FireBoth(int x) => _started.BothAsync(x);
             public Task FireRaw(int x) => _started.RawAsync(x);
             public Task FireHalf(int x) => _started.HalfAsync(x);
             public virtual Task FireAny(int x) => _started.FireAsync(x);
         }
         readonly Events _events = new();
        """;

    [Theory]
    [InlineData("_events.Fire(1);")]
    [InlineData("_events.FireAll(1);")]
    [InlineData("_events.FireBoth(1);")]
    public Task WorkThatHandsOnWhatCannotFail_IsSilent(string body) => Silent("void M() { " + body + " }" + Events);

    [Theory]
    [InlineData("[|_events.FireRaw(1)|];")]
    [InlineData("[|_events.FireHalf(1)|];")]
    [InlineData("[|_events.FireAny(1)|];")]
    public Task WorkThatHandsOnWhatMayFail_IsReported(string body) => Reports("void M() { " + body + " }" + Events);
}
