using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class DroppedTaskBehaviourTests : RuleTest<DroppedTaskAnalyzer, DroppedTaskFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited];

    // The compiler's own warning names the places in async functions; the rule those that are not async.
    [Theory]
    [InlineData("""[|WorkAsync("a")|]; return Task.CompletedTask;""")]
    [InlineData("""[|WorkAsync("a")|]; [|WorkAsync("b")|]; return Task.CompletedTask;""")]
    [InlineData("""Observed.Note("first"); [|WorkAsync("a")|]; return Task.CompletedTask;""")]
    [InlineData("""if (_n == 0) [|WorkAsync("a")|]; return Task.CompletedTask;""")]
    [InlineData("""foreach (var x in new[] { "a", "b" }) [|WorkAsync(x)|]; return Task.CompletedTask;""")]
    [InlineData("""[|WorkAsync("a").ConfigureAwait(false)|]; return Task.CompletedTask;""")]
    [InlineData("""[|Task.Run(() => WorkAsync("a"))|]; return Task.CompletedTask;""")]
    [InlineData("""[|Observed.WorkAsync("a", token)|]; return Task.CompletedTask;""")]
    [InlineData("""if (_n > 0) return Task.CompletedTask; [|WorkAsync("a")|]; return WorkAsync("b");""")]
    [InlineData("""_self?.WorkAsync("x"); [|WorkAsync("a")|]; return Task.FromResult(2);""")]
    public Task Task_EndsBeforeItsCaller(string body) => BehavesOrRefuses(
        Program(body.Replace("_self?.WorkAsync(\"x\")", "[|_self?.WorkAsync(\"x\")|]")), Mends);

    private static string Program(string body) =>
        $$"""
        int _n;
        readonly C? _self = null;
        Task WorkAsync(string s) => Observed.StepAsync(s);
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            await StartAsync(token);
            return 1;
        }
        Task StartAsync(CancellationToken token)
        {
            {{body}}
        }
        """;
}
