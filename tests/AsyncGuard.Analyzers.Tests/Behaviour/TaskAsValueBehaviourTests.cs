using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class TaskAsValueBehaviourTests : RuleTest<TaskAsValueAnalyzer, TaskAsValueFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited, Mend.HandlerSees];

    [Theory]
    [InlineData("""Use($"got {[|LoadAsync()|]}"); Observed.Note("b"); return 1;""")]
    [InlineData("""Use("got " + [|LoadAsync()|]); Observed.Note("b"); return 1;""")]
    [InlineData("""if ([|FindAsync()|] == null) Use("none"); Observed.Note("b"); return 1;""")]
    [InlineData("""var s = [|LoadAsync()|].ToString(); Use("got " + s); Observed.Note("b"); return 1;""")]
    [InlineData("""var s = string.Format("got {0}", [|LoadAsync()|]); Use(s); Observed.Note("b"); return 1;""")]
    [InlineData("""try { Use($"got {[|LoadAsync()|]}"); } finally { Observed.Note("closed"); } Observed.Note("b"); return 1;""")]
    [InlineData("""for (var i = 0; i < 2; i++) Use($"got {[|LoadAsync()|]}"); Observed.Note("b"); return 1;""")]
    [InlineData(
        """return await InnerAsync(); async Task<object> InnerAsync() { await Task.Yield(); Use($"got {[|LoadAsync()|]}"); return 2; }""")]
    [InlineData("""var s = $"got {[|LoadAsync()|]} and {[|LoadAsync()|]}"; Use(s); Observed.Note("b"); return 1;""")]
    [InlineData(
        """try { Use($"got {[|LoadAsync()|]}"); } catch (InvalidOperationException) { Observed.Note("handler: known"); } Observed.Note("b"); return 1;""")]
    public Task Result_TakesThePlaceOfTheTask(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        static void Use(string s) { }
        static async Task<int> LoadAsync() => await Observed.GetAsync("a", 1);
        static async Task<string?> FindAsync() { await Observed.StepAsync("a"); return null; }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
