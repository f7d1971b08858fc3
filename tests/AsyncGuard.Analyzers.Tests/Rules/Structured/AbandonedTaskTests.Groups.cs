using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class AbandonedTaskTests
{
    private static readonly RuleTestOptions Grouped = new() { ActionKey = "AGD0205.Group", FixedUsings = ["AsyncGuard"] };

    private static readonly RuleTestOptions Joined = new() { ActionKey = "AGD0205.Join" };

    [Fact]
    public Task Group_AroundTheLoop_TakesTheListsPlace() => FixesAndRuns(
        """
        async Task RunAsync(CancellationToken token)
        {
            await Task.Yield();
            var [|tasks|] = new List<Task>();
            foreach (var name in new[] { "a", "b" })
            {
                tasks.Add(Probe.WorkAsync(name));
            }
            Probe.Note("end");
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            await Task.Yield();
            await TaskGroup.RunAsync(group =>
            {
                foreach (var name in new[] { "a", "b" })
                {
                    _ = group.Start(ct => Probe.WorkAsync(name, ct));
                }
                Probe.Note("end");
            }, token);
        }
        """,
        Grouped);

    [Fact]
    public Task Group_WhoseListIsRead_KeepsIt() => FixesAndRuns(
        """
        async Task<int> RunAsync()
        {
            await Task.Yield();
            var [|tasks|] = new List<Task>();
            foreach (var name in new[] { "a", "b" }) tasks.Add(Probe.WorkAsync(name));
            return tasks.Count;
        }
        """,
        """
        async Task<int> RunAsync()
        {
            await Task.Yield();
            var tasks = new List<Task>();
            await TaskGroup.RunAsync(group =>
            {
                foreach (var name in new[] { "a", "b" }) tasks.Add(group.Start(ct => Probe.WorkAsync(name, ct)));
            });
            return tasks.Count;
        }
        """,
        Grouped);

    [Fact]
    public Task Group_OfATask_AndOfAnArray_AndOfSelectors() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            await Task.Yield();
            var [|first|] = Probe.WorkAsync("a");
            var [|second|] = Probe.CountAsync("b", 2);
            Probe.Note(second.IsCanceled.ToString());
        }
        """,
        """
        async Task RunAsync()
        {
            await Task.Yield();
            await TaskGroup.RunAsync(group =>
            {
                _ = group.Start(ct => Probe.WorkAsync("a", ct));
                var second = group.Start(ct => Probe.CountAsync("b", 2, ct));
                Probe.Note(second.IsCanceled.ToString());
            });
        }
        """,
        Grouped);

    [Fact]
    public Task Group_OfSelectors() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            await Task.Yield();
            var [|tasks|] = new[] { "a", "b" }.Select(name => Probe.WorkAsync(name)).ToList();
            var [|more|] = new[] { "c" }.Select(async name => await Probe.StubbornAsync(name)).ToArray();
            Task[] [|last|] = { Probe.WorkAsync("d"), Probe.WorkAsync("e") };
        }
        """,
        """
        async Task RunAsync()
        {
            await Task.Yield();
            await TaskGroup.RunAsync(group =>
            {
                var tasks = new[] { "a", "b" }.Select(name => group.Start(ct => Probe.WorkAsync(name, ct))).ToList();
                var more = new[] { "c" }.Select(name => group.Start(async _ => await Probe.StubbornAsync(name))).ToArray();
                Task[] last = { group.Start(ct => Probe.WorkAsync("d", ct)), group.Start(ct => Probe.WorkAsync("e", ct)) };
            });
        }
        """,
        Grouped);

    [Fact]
    public Task Group_OfAsyncSelectors_GivesThemItsToken() => FixesAndRuns(
        """
        async Task RunAsync(CancellationToken token)
        {
            await Task.Yield();
            var [|tasks|] = new[] { "a", "b" }.Select(async name => await Probe.WorkAsync(name, token)).ToList();
            var [|more|] = new[] { "c" }.Select(async name =>
            {
                try
                {
                    var count = await Probe.CountAsync(name, 1).ConfigureAwait(false);
                    await Task.Delay(1, CancellationToken.None);
                    Func<Task> later = async () => await Task.Delay(1);
                    if (token.IsCancellationRequested) await later();
                }
                finally
                {
                    await Task.Delay(1);
                }
            }).ToArray();
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            await Task.Yield();
            await TaskGroup.RunAsync(group =>
            {
                var tasks = new[] { "a", "b" }.Select(name => group.Start(async ct => await Probe.WorkAsync(name, ct))).ToList();
                var more = new[] { "c" }.Select(name => group.Start(async ct =>
                {
                    try
                    {
                        var count = await Probe.CountAsync(name, 1, ct).ConfigureAwait(false);
                        await Task.Delay(1, CancellationToken.None);
                        Func<Task> later = async () => await Task.Delay(1);
                        if (ct.IsCancellationRequested) await later();
                    }
                    finally
                    {
                        await Task.Delay(1);
                    }
                })).ToArray();
            }, token).ConfigureAwait(false);
        }
        """,
        Grouped);

    [Fact]
    public Task Join_OfTasks_WaitsForThem() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            await Task.Yield();
            var [|tasks|] = new List<Task>();
            foreach (var name in new[] { "a", "b" })
            {
                tasks.Add(Probe.WorkAsync(name));
            }
            Probe.Note("end");
        }
        """,
        """
        async Task RunAsync()
        {
            await Task.Yield();
            var tasks = new List<Task>();
            foreach (var name in new[] { "a", "b" })
            {
                tasks.Add(Probe.WorkAsync(name));
            }
            Probe.Note("end");
            await Task.WhenAll(tasks);
        }
        """,
        Joined,
        uncancelled: "'Task.WhenAll' waits for all of them and cancels none");

    [Theory]
    [InlineData("void M() { var [|t|] = Probe.WorkAsync(\"a\"); }")]
    [InlineData("C() { var [|t|] = Probe.WorkAsync(\"a\"); }")]
    [InlineData("async Task M(string[] names) { await Task.Yield(); var [|t|] = names.Select(Probe.StubbornAsync).ToList(); }")]
    [InlineData("async Task M() { await Task.Yield(); var [|t|] = Probe.CountAsync(\"a\", await Probe.CountAsync(\"b\", 1)); }")]
    public Task Group_WhereNoneFits_IsNotOffered(string member) => NoFix(member, Probed, key: "AGD0205.Group");
}
