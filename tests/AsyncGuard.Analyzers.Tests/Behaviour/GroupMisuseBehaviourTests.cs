using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class GroupMisuseBehaviourTests : RuleTest<GroupMisuseAnalyzer, GroupMisuseFix>
{
    private static readonly RuleTestOptions Options = new() { ExtraReferences = [RuntimeLibrary.Reference], ExtraUsings = ["AsyncGuard"] };

    [Theory]
    [InlineData("""var scope = [|TaskGroup.Open(cancellationToken: token)|]; _ = scope.Start(ct => Observed.WorkAsync("a", ct)); await scope.JoinAsync(); return 1;""")]
    [InlineData("""await using var scope = [|TaskGroup.Open(cancellationToken: token)|]; _ = scope.Start(ct => Observed.WorkAsync("a", ct)); Observed.Note("started"); return 1;""")]
    [InlineData("""await using (var scope = [|TaskGroup.Open(cancellationToken: token)|]) { _ = scope.Start(ct => Observed.WorkAsync("a", ct)); _ = scope.Start(ct => Observed.WorkAsync("b", ct)); } Observed.Note("ended"); return 1;""")]
    [InlineData("""var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => Observed.WorkAsync("a", ct)); Observed.Note("started"); return 1;""")]
    [InlineData("""await using var scope = [|TaskGroup.Open(cancellationToken: token)|]; _ = scope.Start(ct => Observed.WorkAsync("a", ct)); await Observed.WorkAsync("work", token); return 1;""")]
    [InlineData("""foreach (var i in new[] { "a", "b" }) { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => Observed.WorkAsync(i, ct)); Observed.Note("next"); } return 1;""")]
    [InlineData("""try { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => Observed.WorkAsync("a", ct)); } catch (InvalidOperationException) { Observed.Note("failed"); } return 1;""")]
    [InlineData("""await using var scope = [|TaskGroup.Open(cancellationToken: token)|]; var a = scope.Start(ct => Observed.GetAsync("a", 2, ct)); var n = await a; _ = scope.Start(ct => Observed.WorkAsync("b", ct)); return n;""")]
    [InlineData("""await InnerAsync(); return 1; async Task InnerAsync() { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => Observed.WorkAsync("a", ct)); }""")]
    [InlineData("""Func<Task> f = async () => { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => Observed.WorkAsync("a", ct)); }; await f(); return 1;""")]
    [InlineData("""if (token.IsCancellationRequested) return 0; await using var scope = [|TaskGroup.Open(cancellationToken: token)|]; _ = scope.Start(ct => Observed.WorkAsync("a", ct)); if (_skip) return 2; return 1;""")]
    public Task Children_AreWaitedFor(string body) => Behaves(Program(body), [Mend.Joined], Options);

    [Theory]
    [InlineData("""await TaskGroup.RunAsync(async group => { _ = group.Start([|_|] => Observed.WorkAsync("a")); await Observed.StepAsync("body"); }, token); return 1;""")]
    [InlineData("""await TaskGroup.RunAsync(async group => { _ = group.Start([|_|] => Observed.WorkAsync("a", token)); await Observed.StepAsync("body"); }, token); return 1;""")]
    [InlineData("""await TaskGroup.RunAsync(async group => { _ = group.Start(async [|_|] => { await Observed.WorkAsync("a"); Observed.Note("saved"); }); await Observed.StepAsync("body"); }, token); return 1;""")]
    [InlineData("""await TaskGroup.RunAsync(async group => { _ = group.Start([|_|] => Observed.WorkAsync("a")); _ = group.Start([|_|] => Observed.WorkAsync("b")); await Observed.StepAsync("body"); }, token); return 1;""")]
    [InlineData("""var n = await TaskGroup.RunAsync(async group => { var a = group.Start([|_|] => Observed.GetAsync("a", 2)); return await a; }, token); return n;""")]
    [InlineData("""await using var scope = TaskGroup.Open(cancellationToken: token); _ = scope.Start([|_|] => Observed.WorkAsync("a", token)); await scope.JoinAsync(); return 1;""")]
    [InlineData("""var (a, b) = await TaskGroup.WhenAllAsync([|_|] => Observed.GetAsync("a", 1), [|_|] => Observed.GetAsync("b", 2), token); return a + b;""")]
    [InlineData("""await TaskGroup.RunAsync(async group => { _ = group.Start(async [|_|] => { try { await Observed.WorkAsync("a"); } finally { Observed.Note("closed"); } }); await Observed.StepAsync("body"); }, token); return 1;""")]
    [InlineData("""await TaskGroup.RunAsync(async group => { foreach (var i in new[] { "a", "b" }) _ = group.Start([|_|] => Observed.WorkAsync(i)); await Observed.StepAsync("body"); }, token); return 1;""")]
    [InlineData("""try { await TaskGroup.RunAsync(async group => { _ = group.Start([|_|] => Observed.WorkAsync("a")); await Observed.StepAsync("body"); }, token); } catch (InvalidOperationException) { Observed.Note("failed"); } return 1;""")]
    [InlineData("""await TaskGroup.RunAsync(async group => { _ = group.Start((name, [|_|]) => Observed.WorkAsync(name), "a"); await Observed.StepAsync("body"); }, token); return 1;""")]
    public Task Children_EndWithTheirGroup(string body) => Behaves(Program(body), [Mend.ChildEnds], Options);

    private static string Program(string body) =>
        $$"""
        bool _skip;
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
