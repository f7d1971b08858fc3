using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class LosersOfWhenAnyBehaviourTests : RuleTest<LosersOfWhenAnyAnalyzer, LosersOfWhenAnyFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1); if (await [|Task.WhenAny(work, Task.Delay(5000))|] != work) throw new TimeoutException(); return await work;""")]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1); if (await [|Task.WhenAny(work, Task.Delay(5000))|] == work) return await work; throw new TimeoutException();""")]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1); var winner = await [|Task.WhenAny(work, Task.Delay(5000))|]; if (winner != work) throw new TimeoutException(); var x = await work; Observed.Note("got"); return x;""")]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1); var delay = Task.Delay(5000, token); if (await [|Task.WhenAny(work, delay)|] == delay) throw new TimeoutException(); return await work;""")]
    [InlineData(
        """var work = Observed.StepAsync("ask"); if (await [|Task.WhenAny(work, Task.Delay(5000))|] == work) { await work; Observed.Note("got"); } else { throw new TimeoutException(); } return 1;""")]
    [InlineData(
        """var work = Never(); try { if (await [|Task.WhenAny(work, Task.Delay(5))|] != work) throw new TimeoutException(); return await work; } catch (TimeoutException) { Observed.Note("late"); return 0; }""")]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1, token); try { if (await [|Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(5)), work)|] != work) throw new TimeoutException(); return await work; } finally { Observed.Note("end: closed"); }""")]
    [InlineData(
        """for (var i = 0; ; i++) { var work = Observed.GetAsync("ask", i); try { if (await [|Task.WhenAny(work, Task.Delay(5000))|] != work) throw new TimeoutException(); return await work; } catch (TimeoutException) when (i < 2) { Observed.Note("again"); } }""")]
    [InlineData(
        """int x; var work = Observed.GetAsync("ask", 1); if (await [|Task.WhenAny(work, Task.Delay(5000))|] != work) { throw new TimeoutException(); } x = await work; return x + 1;""")]
    public Task TimeOut_StaysOne(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """var work = Observed.StepAsync("ask"); if (await [|Task.WhenAny(work, Task.Delay(5000))|] != work) throw new TimeoutException(); Observed.Note("done"); return 1;""")]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1); if (await [|Task.WhenAny(work, Task.Delay(5000))|] != work) throw new TimeoutException(); Observed.Note("won"); return await work;""")]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1); if (await [|Task.WhenAny(work, Task.Delay(5000))|] == work) { Observed.Note("won"); return await work; } throw new TimeoutException();""")]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1); if (await [|Task.WhenAny(work, Task.Delay(5000))|] != work) throw new TimeoutException(); return work.IsFaulted ? -1 : await work;""")]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1); if (await [|Task.WhenAny(work, Task.Delay(5000))|] != work) throw new TimeoutException(); try { return await work; } catch (InvalidOperationException) { Observed.Note("failed"); return 0; }""")]
    [InlineData(
        """var work = Observed.GetAsync("ask", 1); if (await [|Task.WhenAny(work, Task.Delay(5000))|] != work) throw new TimeoutException(); return await Observed.GetAsync("more", 1) + await work;""")]
    public Task Work_ThatIsNotAwaitedNext_KeepsItsFailure(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        static async Task<int> Never() { await Task.Delay(200); return 1; }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
