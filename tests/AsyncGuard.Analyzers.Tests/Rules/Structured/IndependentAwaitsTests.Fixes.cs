using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class IndependentAwaitsTests
{
    private static readonly RuleTestOptions Probes =
        new()
        {
            EditorConfig = RuleTestOptions.Default.EditorConfig.Add("asyncguard_concurrent_calls",
        "CountAsync, WorkAsync, SaveAsync")
        };

    private static readonly RuleTestOptions Grouped = Probes with { ActionKey = "AGD0207.Group", FixedUsings = ["AsyncGuard"] };

    [Fact]
    public Task Fix_OfLocals_StartsThemFirst() => Fixes(
        """
        async Task<string> M(HttpClient orders, HttpClient users, string url, CancellationToken token)
        {
            // the orders
            var order = await orders.GetStringAsync(url, token); // one
            // the users
            var user = [|await users.GetStringAsync(url + "/user", token)|];

            return order + user;
        }
        """,
        """
        async Task<string> M(HttpClient orders, HttpClient users, string url, CancellationToken token)
        {
            // the orders
            var orderTask = orders.GetStringAsync(url, token); // one
            // the users
            var userTask = users.GetStringAsync(url + "/user", token);
            await Task.WhenAll(orderTask, userTask);
            var order = await orderTask;
            var user = await userTask;

            return order + user;
        }
        """);

    [Fact]
    public Task Fix_OfAssignmentsAndAReturn_StartsThemFirst() => Fixes(
        """
        async Task<string> M(HttpClient orders, HttpClient users, HttpClient items, string url)
        {
            string order;
            order = await orders.GetStringAsync(url).ConfigureAwait(false);
            var path = url + "/user";
            var user = [|await users.GetStringAsync(path).ConfigureAwait(false)|];
            return order + user + await items.GetStringAsync(url).ConfigureAwait(false);
        }
        """,
        """
        async Task<string> M(HttpClient orders, HttpClient users, HttpClient items, string url)
        {
            string order;
            var first = orders.GetStringAsync(url);
            var path = url + "/user";
            var userTask = users.GetStringAsync(path);
            var third = items.GetStringAsync(url);
            await Task.WhenAll(first, userTask, third).ConfigureAwait(false);
            order = await first.ConfigureAwait(false);
            var user = await userTask.ConfigureAwait(false);
            return order + user + await third.ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Fix_InOneExpression_StartsThemFirst() => Fixes(
        """
        async Task<string> M(HttpClient orders, HttpClient users, string url)
        {
            return await orders.GetStringAsync(url) + [|await users.GetStringAsync(url)|];
        }
        """,
        """
        async Task<string> M(HttpClient orders, HttpClient users, string url)
        {
            var first = orders.GetStringAsync(url);
            var second = users.GetStringAsync(url);
            await Task.WhenAll(first, second);
            return await first + await second;
        }
        """);

    [Fact]
    public Task Fix_WithoutResults_AwaitsBothAtOnce() => Fixes(
        """
        async Task M(System.Data.Common.DbConnection source, System.Data.Common.DbConnection target, CancellationToken token)
        {
            // both
            await source.OpenAsync(token);
            [|await target.OpenAsync(token)|];
        }
        """,
        """
        async Task M(System.Data.Common.DbConnection source, System.Data.Common.DbConnection target, CancellationToken token)
        {
            // both
            await Task.WhenAll(source.OpenAsync(token), target.OpenAsync(token));
        }
        """);

    [Fact]
    public Task Fix_InATopLevelProgram_StartsThemFirst() => Fixes(
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        var one = new HttpClient();
        var two = new HttpClient();
        var a = await one.GetStringAsync("https://a");
        var b = [|await two.GetStringAsync("https://b")|];
        System.Console.WriteLine(a + b);
        """,
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        var one = new HttpClient();
        var two = new HttpClient();
        var aTask = one.GetStringAsync("https://a");
        var bTask = two.GetStringAsync("https://b");
        await Task.WhenAll(aTask, bTask);
        var a = await aTask;
        var b = await bTask;
        System.Console.WriteLine(a + b);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Fix_Runs() => FixesAndRuns(
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            Probe.Note("begin");
            var a = await Probe.CountAsync("a", 1, token);
            var b = [|await Probe.CountAsync("b", 2, token)|];
            var c = await Probe.CountAsync("c", 3, token);
            Probe.Note("end");
            return a + b + c;
        }
        """,
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            Probe.Note("begin");
            var aTask = Probe.CountAsync("a", 1, token);
            var bTask = Probe.CountAsync("b", 2, token);
            var cTask = Probe.CountAsync("c", 3, token);
            await Task.WhenAll(aTask, bTask, cTask);
            var a = await aTask;
            var b = await bTask;
            var c = await cTask;
            Probe.Note("end");
            return a + b + c;
        }
        """,
        Probes,
        uncancelled: "'Task.WhenAll' waits for all of them and cancels none");

    [Fact]
    public Task Fix_OfValueTasks_Runs() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            await Probe.SaveAsync("a");
            [|await Probe.WorkAsync("b")|];
        }
        """,
        """
        async Task RunAsync()
        {
            await Task.WhenAll(Probe.SaveAsync("a").AsTask(), Probe.WorkAsync("b"));
        }
        """,
        Probes,
        uncancelled: "'Task.WhenAll' waits for all of them and cancels none");

    [Fact]
    public Task Group_OfLocals_Runs() => FixesAndRuns(
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            // both
            var a = await Probe.CountAsync("a", 1, token);
            var b = [|await Probe.CountAsync("b", 2, token)|];
            return a + b;
        }
        """,
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            // both
            var (a, b) = await TaskGroup.WhenAllAsync(ct => Probe.CountAsync("a", 1, ct), ct => Probe.CountAsync("b", 2, ct), token);
            return a + b;
        }
        """,
        Grouped);

    [Fact]
    public Task Group_WithoutResults_Runs() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            await Probe.WorkAsync("a");
            [|await Probe.WorkAsync("b")|];
            await Probe.WorkAsync("c");
        }
        """,
        """
        async Task RunAsync()
        {
            await TaskGroup.WhenAllAsync(CancellationToken.None, ct => Probe.WorkAsync("a", ct), ct => Probe.WorkAsync("b", ct), ct => Probe.WorkAsync("c", ct));
        }
        """,
        Grouped);

    [Fact]
    public Task Fix_WithTheRuntimeLibrary_OffersBoth() => Offers(
        """
        async Task<int> M()
        {
            var a = await Probe.CountAsync("a", 1);
            var b = [|await Probe.CountAsync("b", 2)|];
            return a + b;
        }
        """,
        ["Start them, then await 'Task.WhenAll' (review)", "Run them at once with 'TaskGroup.WhenAllAsync' (review)"],
        Probed with { EditorConfig = Probes.EditorConfig });

    [Theory]
    [InlineData("using var a = await _orders.GetAsync(url); using var b = [|await _users.GetAsync(url)|]; Use(a, b);")]
    [InlineData(
        "await using var a = await source.OpenConnectionAsync(); await using var b = [|await source.OpenConnectionAsync()|]; Use(a, b);")]
    public Task Fix_OfWhatIsDisposed_IsNotOffered(string body) =>
    NoFix(Members + $"async Task M(string url, DbDataSource source) {{ {body} }}", Wide);

    [Fact]
    public Task Fix_OfAnExpressionBody_IsNotOffered() =>
    NoFix(Members + "async Task<string> M(string url) => await _orders.GetStringAsync(url) + [|await _users.GetStringAsync(url)|];");
}
