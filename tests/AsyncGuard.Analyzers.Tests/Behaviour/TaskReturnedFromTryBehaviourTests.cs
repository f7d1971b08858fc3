using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class TaskReturnedFromTryBehaviourTests : RuleTest<TaskReturnedFromTryAnalyzer, TaskReturnedFromTryFix>
{
    private static readonly Mend[] Mends = [Mend.Guarded];

    [Theory]
    [InlineData("""try { return [|WorkAsync()|]; } finally { Observed.Note("closed"); }""")]
    [InlineData("""try { return [|WorkAsync()|]; } catch (IOException) { Observed.Note("io"); return Task.CompletedTask; }""")]
    [InlineData("""try { return [|WorkAsync()|]; } catch (Exception e) { Observed.Note(e.GetType().Name); throw; }""")]
    [InlineData("""Observed.Enter("x"); try { return [|WorkAsync()|]; } finally { Observed.Leave("x"); }""")]
    [InlineData("""try { Observed.Note("first"); return [|WorkAsync()|]; } finally { Observed.Note("closed"); }""")]
    [InlineData("""if (_n++ > 0) return Task.CompletedTask; try { return [|WorkAsync()|]; } finally { Observed.Note("closed"); }""")]
    [InlineData("""try { if (_n++ > 0) return [|WorkAsync()|]; } finally { Observed.Note("closed"); } return WorkAsync();""")]
    [InlineData("""try { return [|Observed.WorkAsync("direct", token)|]; } finally { Observed.Note("closed"); }""")]
    [InlineData("""try { try { return [|WorkAsync()|]; } finally { Observed.Note("inner"); } } finally { Observed.Note("outer"); }""")]
    [InlineData("""try { return [|WorkAsync()|]; } catch (OperationCanceledException) { Observed.Note("cancelled"); throw; } finally { Observed.Note("closed"); }""")]
    public Task Task_IsAwaitedInside(string body) => Behaves(
        $$"""
        int _n;
        static async Task WorkAsync() { await Observed.StepAsync("work"); Observed.Note("worked"); }
        Task Guarded(CancellationToken token)
        {
            {{body}}
        }
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            await Guarded(token);
        }
        """,
        Mends);
}
