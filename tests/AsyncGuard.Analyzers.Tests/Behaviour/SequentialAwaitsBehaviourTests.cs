using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class SequentialAwaitsBehaviourTests : RuleTest<SequentialAwaitsAnalyzer, SequentialAwaitsFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited];

    [Theory]
    [InlineData("""var a = Observed.GetAsync("a", 1); var b = Observed.GetAsync("b", 2); return [|await a|] + await b;""")]
    [InlineData("""var a = Observed.StepAsync("a"); var b = Observed.StepAsync("b"); [|await a|]; await b; return 1;""")]
    [InlineData(
        """var a = Observed.GetAsync("a", 1); var b = Observed.GetAsync("b", 2L); var x = [|await a|]; var y = await b; return x + y;""")]
    [InlineData(
        """var a = Observed.StepAsync("a"); var b = Observed.StepAsync("b"); var c = Observed.StepAsync("c"); [|await a|]; await b; await c; return 1;""")]
    [InlineData(
        """var work = new[] { "a", "b" }.Select(name => Observed.StepAsync(name)).ToList(); foreach (var one in work) [|await one|]; return 1;""")]
    [InlineData(
        """var work = new[] { "a", "b" }.Select(name => Observed.GetAsync(name, 1)).ToArray(); var sum = 0; foreach (var one in work) sum += [|await one|]; return sum;""")]
    [InlineData(
        """var a = Observed.GetAsync("a", 1); var b = Observed.GetAsync("b", 2); try { return [|await a|] + await b; } catch (InvalidOperationException) { Observed.Note("failed"); return 0; }""")]
    [InlineData(
        """var a = Observed.GetAsync("a", 1); var b = Observed.GetAsync("b", 2); try { return ([|await a|], await b); } finally { Observed.Note("closed"); }""")]
    [InlineData(
        """var a = Observed.GetAsync("a", 1); var b = Observed.GetAsync("b", 2); var list = new List<int>(); list.Add([|await a|]); list.Add(await b); return list.Count;""")]
    public Task Tasks_AreAwaitedTogether(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """var a = Observed.GetAsync("a", 1); var b = Observed.GetAsync("b", 2); var x = [|await a|]; Observed.Note("got " + x); return x + await b;""")]
    [InlineData(
        """var a = Observed.StepAsync("a"); var b = Observed.StepAsync("b"); [|await a|]; await Observed.StepAsync("saved"); await b; return 1;""")]
    [InlineData(
        """var work = new[] { "a", "b" }.Select(name => Observed.GetAsync(name, name)).ToList(); foreach (var one in work) Observed.Note("got " + [|await one|]); return 1;""")]
    [InlineData(
        """var work = new[] { "a", "b" }.Select(name => Observed.GetAsync(name, name)).ToList(); foreach (var one in work) { var x = [|await one|]; if (x == "a") return x; } return 1;""")]
    [InlineData(
        """var a = Observed.GetAsync("a", 1); var b = Observed.GetAsync("b", 2); if ([|await a|] == 1) return 0; return await b;""")]
    [InlineData(
        """var a = Observed.StepAsync("a"); var b = Observed.StepAsync("b"); try { [|await a|]; Observed.Note("saved"); await b; } finally { Observed.Note("closed"); } return 1;""")]
    public Task What_IsDoneBetween_IsStillDone(string body) => BehavesOrRefuses(Program(body), Mends);

    [Theory]
    [InlineData(
        """var queue = new System.Collections.Concurrent.BlockingCollection<int>(); var a = Observed.StepAsync("a"); var b = Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Observed.Note("took"); }); [|await a|]; queue.CompleteAdding(); await b; return 1;""")]
    [InlineData(
        """var queue = new System.Collections.Concurrent.ConcurrentQueue<int>(); var a = Observed.StepAsync("a"); var b = UntilAsync(queue); [|await a|]; queue.Enqueue(1); await b; return 1;""")]
    public Task Queue_ThatTheOtherWaitsFor_IsFilledBefore(string body) => BehavesOrRefuses(Program(body), Mends);

    [Theory]
    [InlineData(
        """var a = Observed.GetAsync("a", 1); Task<int>? b = No() ? Observed.GetAsync("b", 2) : null; var x = await a; return x + (b is null ? 0 : await b);""")]
    [InlineData(
        """Task<int>? b = null; var a = Observed.GetAsync("a", 1); if (No()) b = Observed.GetAsync("b", 2); var x = await a; return b is null ? x : x + await b;""")]
    public Task Task_ThatMayBeNull_IsNotAwaitedBlindly(string body) =>
        new RuleVerifier([new SequentialAwaitsAnalyzer()], new SequentialAwaitsFix())
            .BehavesWhateverIsReportedAsync(Program(body), Mends, BehaviourVerifier.Options(RuleTestOptions.Default));

    private static string Program(string body) =>
        $$"""
        static bool No() => false;
        static async Task UntilAsync(System.Collections.Concurrent.ConcurrentQueue<int> queue) { while (queue.IsEmpty) await Task.Delay(1); Observed.Note("seen"); }
        async Task<object> RunAsync()
        {
            Observed.Note("begin");
            {{body}}
        }
        """;
}
