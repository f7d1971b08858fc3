using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class GroupMisuseTests
{
    private static readonly RuleTestOptions Running = RuleTestOptions.Default with { ExtraUsings = ["AsyncGuard"] };

    // One child each: a second one is refused where the first has failed already, which a block cannot tell from its own cancellation.
    [Fact]
    public Task Group_IsOpenedWithAwaitUsing() => FixesAndRuns(
        """
        async Task RunAsync(CancellationToken token)
        {
            // all of them
            var scope = [|TaskGroup.Open(cancellationToken: token)|]; // here
            _ = scope.Start(ct => Probe.WorkAsync("a", ct));
            await scope.JoinAsync();
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            // all of them
            await using var scope = TaskGroup.Open(cancellationToken: token); // here
            _ = scope.Start(ct => Probe.WorkAsync("a", ct));
            await scope.JoinAsync();
        }
        """,
        Running);

    [Fact]
    public Task Group_IsJoinedAtItsEnd() => Fixes(
        """
        async Task<int> RunAsync()
        {
            await using var scope = [|TaskGroup.Open()|];
            _ = scope.Start(ct => Probe.WorkAsync("a", ct));
            var count = await Probe.CountAsync("b", 3, scope.CancellationToken);

            return count; // done
        }
        async Task WithBlockAsync()
        {
            await using (var scope = [|TaskGroup.Open()|])
            {
                await Task.Delay(1).ConfigureAwait(false);
                _ = scope.Start(ct => Probe.WorkAsync("a", ct)); // last
            }
        }
        async Task LoopAsync()
        {
            for (var i = 0; i < 3; i++)
            {
                await using var scope = [|TaskGroup.Open()|];
                _ = scope.Start(ct => Probe.WorkAsync("a", ct));
                if (i == 2) continue;
                Probe.Note("b");
            }
        }
        async Task LineAsync() { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => Probe.WorkAsync("a", ct)); }
        """,
        """
        async Task<int> RunAsync()
        {
            await using var scope = TaskGroup.Open();
            _ = scope.Start(ct => Probe.WorkAsync("a", ct));
            var count = await Probe.CountAsync("b", 3, scope.CancellationToken);
            await scope.JoinAsync();

            return count; // done
        }
        async Task WithBlockAsync()
        {
            await using (var scope = TaskGroup.Open())
            {
                await Task.Delay(1).ConfigureAwait(false);
                _ = scope.Start(ct => Probe.WorkAsync("a", ct)); // last
                await scope.JoinAsync().ConfigureAwait(false);
            }
        }
        async Task LoopAsync()
        {
            for (var i = 0; i < 3; i++)
            {
                await using var scope = TaskGroup.Open();
                _ = scope.Start(ct => Probe.WorkAsync("a", ct));
                if (i == 2) continue;
                Probe.Note("b");
                await scope.JoinAsync().ConfigureAwait(false);
            }
        }
        async Task LineAsync() { await using var scope = TaskGroup.Open(); _ = scope.Start(ct => Probe.WorkAsync("a", ct)); await scope.JoinAsync().ConfigureAwait(false); }
        """,
        Probed with { ExtraUsings = ["AsyncGuard"] });

    // Without any end the child runs on, so both programs have the same outcome.
    [Fact]
    public Task Group_LackingBoth_GetsBoth() => FixesAndRuns(
        """
        Task RunAsync()
        {
            var scope = [|TaskGroup.Open()|];
            _ = scope.Start(ct => Probe.WorkAsync("a", ct));
            return Task.CompletedTask;
        }
        """,
        """
        async Task RunAsync()
        {
            await using var scope = TaskGroup.Open();
            _ = scope.Start(ct => Probe.WorkAsync("a", ct));
            await scope.JoinAsync();
        }
        """,
        Running);

    [Fact]
    public Task Join_ThatIsReturned_IsAwaited() => FixesAndRuns(
        """
        Task RunAsync()
        {
            var scope = [|TaskGroup.Open()|];
            _ = scope.Start(ct => Probe.WorkAsync("a", ct));
            return scope.JoinAsync();
        }
        """,
        """
        async Task RunAsync()
        {
            await using var scope = TaskGroup.Open();
            _ = scope.Start(ct => Probe.WorkAsync("a", ct));
            await scope.JoinAsync();
        }
        """,
        Running);

    [Fact]
    public Task Token_IsPassedToTheCalls() => FixesAndRuns(
        """
        Task RunAsync(CancellationToken token) => TaskGroup.RunAsync(async group =>
        {
            _ = group.Start([|_|] => Probe.WorkAsync("a")); // first
            _ = group.Start([|_|] => Probe.WorkAsync("b", token));
            _ = group.Start(async ([|CancellationToken cancel|]) =>
            {
                // slowly
                await Task.Delay(1);
                await Probe.CountAsync("c", 3);
            });
            _ = group.StartValue(delegate ([|CancellationToken t|]) { return Probe.SaveAsync("d"); });
            _ = group.Start((name, [|_|]) => Probe.WorkAsync(name), "e");
        }, token);
        """.Replace("[|CancellationToken cancel|]", "CancellationToken [|cancel|]", System.StringComparison.Ordinal)
            .Replace("[|CancellationToken t|]", "CancellationToken [|t|]", System.StringComparison.Ordinal),
        """
        Task RunAsync(CancellationToken token) => TaskGroup.RunAsync(async group =>
        {
            _ = group.Start(ct => Probe.WorkAsync("a", ct)); // first
            _ = group.Start(ct => Probe.WorkAsync("b", ct));
            _ = group.Start(async (CancellationToken cancel) =>
            {
                // slowly
                await Task.Delay(1, cancel);
                await Probe.CountAsync("c", 3, cancel);
            });
            _ = group.StartValue(delegate (CancellationToken t) { return Probe.SaveAsync("d", t); });
            _ = group.Start((name, ct) => Probe.WorkAsync(name, ct), "e");
        }, token);
        """,
        Running);

    [Fact]
    public Task Token_HasAFreeName() => Fixes(
        """
        Task RunAsync(CancellationToken ct, string token) => TaskGroup.WhenAllAsync(ct, [|_|] => Probe.WorkAsync(token, ct), [|_|] => Probe.WorkAsync("b"));
        """,
        """
        Task RunAsync(CancellationToken ct, string token) => TaskGroup.WhenAllAsync(ct, childToken => Probe.WorkAsync(token, childToken), childToken => Probe.WorkAsync("b", childToken));
        """,
        Probed with { ExtraUsings = ["AsyncGuard"] });

    [Fact]
    public Task Group_InATopLevelProgram_IsJoined() => Fixes(
        """
        using System.Threading.Tasks;
        using AsyncGuard;
        var scope = [|TaskGroup.Open()|];
        _ = scope.Start(ct => Task.Delay(1, ct));

        """,
        """
        using System.Threading.Tasks;
        using AsyncGuard;
        await using var scope = TaskGroup.Open();
        _ = scope.Start(ct => Task.Delay(1, ct));
        await scope.JoinAsync();

        """,
        RuleTestOptions.TopLevel with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Theory]
    [InlineData("void M() { var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); }")]
    [InlineData("Task M(ref int i) { var scope = [|TaskGroup.Open()|]; return scope.Start(ct => RunAsync(1, ct)); }")]
    [InlineData(
        "async Task<int> M() { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); return await CountAsync(1); }")]
    [InlineData("async Task M() { await Task.Yield(); _ = [|TaskGroup.Open()|].Start(ct => RunAsync(1, ct)); }")]
    [InlineData("void M() { var background = [|new BackgroundTaskGroup(f => { })|]; background.Start(ct => RunAsync(1, ct)); }")]
    [InlineData("Task M() => TaskGroup.RunAsync(group => { _group = [|group|]; });")]
    [InlineData(
        "async Task M() { await using var scope = TaskGroup.Open(); _ = scope.Start(_ => [|scope.JoinAsync()|]); await scope.JoinAsync(); }")]
    [InlineData(
        "async Task M() { await using var scope = TaskGroup.Open(); await scope.JoinAsync(); _ = [|scope.Start(ct => RunAsync(1, ct))|]; }")]
    [InlineData(
        "async Task M(object o) { await Task.Yield(); lock (o) { var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); } }")]
    public Task Misuse_WhereNoMoveIsCertain_HasNoFix(string member) => NoFix(Run + member, WithRuntime);
}
