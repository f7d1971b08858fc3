using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class BlockingPrimitiveBehaviourTests : RuleTest<BlockingPrimitiveAnalyzer, BlockingPrimitiveFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData(
        """[|_slots.WaitOne()|]; try { Observed.Enter("slot"); await Observed.StepAsync("work"); Observed.Leave("slot"); } finally { _slots.Release(); }""")]
    [InlineData("""_set.Set(); [|_set.Wait()|]; Observed.Note("set");""")]
    [InlineData("""_items.Add("x"); Observed.Note([|_items.Take()|]);""")]
    [InlineData("""_event.Set(); [|_event.WaitOne()|]; await Observed.StepAsync("set");""")]
    [InlineData("""var thread = new Thread(() => Thread.Sleep(1)); thread.Start(); [|thread.Join()|]; Observed.Note("joined");""")]
    [InlineData("""if ([|_event.WaitOne(1)|]) Observed.Note("set"); else Observed.Note("late");""")]
    [InlineData("""_set.Set(); var isSet = [|_set.Wait(5000)|]; Observed.Note("set " + isSet);""")]
    [InlineData("""var list = new List<int>(); [|Parallel.For(0, 3, i => { lock (list) list.Add(i); })|]; Observed.Note("n" + list.Count);""")]
    [InlineData("""try { [|Parallel.ForEach(new[] { 1 }, i => throw new InvalidOperationException("x"))|]; } catch (AggregateException e) { Observed.Note(e.InnerExceptions[0].Message); }""")]
    [InlineData("""for (var i = 0; i < 2; i++) { _items.Add("x" + i); Observed.Note([|_items.Take()|]); }""")]
    public Task Call_OnAnotherThread_IsTheSame(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """try { [|_slots.WaitOne()|]; Observed.Enter("slot"); await Observed.StepAsync("work"); Observed.Leave("slot"); } finally { _slots.Release(); }""")]
    [InlineData("""try { await Observed.WorkAsync("work", token); } finally { _set.Set(); [|_set.Wait()|]; Observed.Note("closed"); }""")]
    [InlineData("""Monitor.Enter(_lock); try { _set.Set(); [|_set.Wait()|]; Observed.Note("set"); } finally { Monitor.Exit(_lock); }""")]
    [InlineData(
        """_lockSlim.EnterWriteLock(); try { _set.Set(); [|_set.Wait()|]; Observed.Note("set"); } finally { _lockSlim.ExitWriteLock(); }""")]
    public Task Call_UnderALock_OrThatTakesOne_KeepsIt(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        readonly object _lock = new();
        readonly ReaderWriterLockSlim _lockSlim = new();
        readonly Semaphore _slots = new(1, 1);
        readonly ManualResetEventSlim _set = new();
        readonly ManualResetEvent _event = new(false);
        readonly System.Collections.Concurrent.BlockingCollection<string> _items = new();
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
