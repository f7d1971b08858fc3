using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class TaskSequenceRepeatedTests : RuleTest<TaskSequenceRepeatedAnalyzer, TaskSequenceRepeatedFix>
{
    private const string Run =
        "Task RunAsync(int i) => Task.Delay(i); Task<int> CountAsync(int i) => Task.FromResult(i); ValueTask<int> SaveAsync(int i) => new(i); void Use(object? o) { }\n";

    // Reported

    [Theory]
    [InlineData("items.Select(i => RunAsync(i))", "await Task.WhenAll(tasks); foreach (var t in [|tasks|]) await t;")]
    [InlineData("items.Select(async i => await RunAsync(i))", "await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]);")]
    [InlineData("items.Select(RunAsync)", "Use(tasks.Count()); await Task.WhenAll([|tasks|]);")]
    [InlineData("items.Select(CountAsync)", "await Task.WhenAll(tasks); Use([|tasks|].Select(t => t.Result).ToList());")]
    [InlineData("items.Select(SaveAsync)", "foreach (var t in tasks) await t; foreach (var t in [|tasks|]) await t;")]
    [InlineData("items.Where(i => i > 0).Select(RunAsync)", "if (tasks.Any()) await Task.WhenAll([|tasks|]);")]
    [InlineData("items.Select(RunAsync).Where(t => !t.IsCompleted)", "await Task.WhenAny(tasks); await Task.WhenAll([|tasks|]);")]
    [InlineData("from i in items select RunAsync(i)", "await Task.WhenAll(tasks); Use([|tasks|].First().Status);")]
    [InlineData("(from i in items where i > 0 select RunAsync(i))", "await Task.WhenAll(tasks); Use([|tasks|].ToArray());")]
    [InlineData("items.Select(RunAsync)", "while (n-- > 0) await Task.WhenAll([|tasks|]);")]
    [InlineData("items.Select(RunAsync)", "foreach (var i in items) { foreach (var t in [|tasks|]) await t; }")]
    [InlineData("items.Select(RunAsync)", "var list = new List<Task>(); list.AddRange(tasks); await Task.WhenAll([|tasks|]);")]
    [InlineData("items.Select(RunAsync)", "var list = new List<Task>(tasks); await Task.WhenAll([|tasks|]);")]
    [InlineData("items.Select(RunAsync)", "if (n > 0) Use(tasks.Count()); await Task.WhenAll([|tasks|]);")]
    [InlineData("items.Select(RunAsync)", "try { await Task.WhenAll(tasks); } finally { Use([|tasks|].Count()); }")]
    [InlineData("items.Select(RunAsync)", "try { if (n > 0) return; } finally { Use(tasks.Count()); } await Task.WhenAll([|tasks|]);")]
    [InlineData("items.Select(RunAsync)",
        "await Task.WhenAll(tasks.Skip(1)); await Task.WhenAll([|tasks|].Take(1)); await Task.WhenAll(tasks);")]
    [InlineData("items.Select(i => { Use(i); return RunAsync(i); })", "await Task.WhenAll(tasks); Use([|tasks|].ToList());")]
    [InlineData("items.Select((i, index) => RunAsync(i + index))", "await Task.WhenAll(tasks); Use([|tasks|].ToList());")]
    public Task Query_EnumeratedTwice_IsReported(string query, string body) =>
    Reports(Run + $"async Task M(int[] items, int n) {{ var tasks = {query}; {body} await Task.Yield(); }}");

    [Fact]
    public Task Query_InEveryKindOfFunction_IsReported() => Reports(
        Run +
        """
        C(int[] items) { IEnumerable<Task> tasks = items.Select(RunAsync); Use(tasks.ToList()); Use([|tasks|].ToList()); }
        int P { get { var tasks = new[] { 1 }.Select(RunAsync); Use(tasks.ToList()); Use([|tasks|].ToList()); return 1; } }
        Func<int[], Task> L() => async items => { var tasks = items.Select(RunAsync); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]); };
        async Task F(int[] items) { await Local(); async Task Local() { var tasks = items.Select(RunAsync); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]); } }
        async Task G<T>(IEnumerable<T> items, Func<T, Task> run) { var tasks = items.Select(i => run(i)); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]); }
        async Task S(IEnumerable<int> items) { foreach (var i in items) { var tasks = items.Select(RunAsync); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]); } }
        """);

    [Fact]
    public Task Query_InTopLevelProgram_IsReported() => Reports(
        """
        using System.Linq;
        using System.Threading.Tasks;
        var tasks = args.Select(arg => Task.Run(() => arg));
        await Task.WhenAll(tasks);
        foreach (var t in [|tasks|]) await t;
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Query_InOldCSharp_IsReported() => Reports(
        "Task RunAsync(int i) => Task.Delay(i); async Task M(int[] items) { var tasks = items.Select(RunAsync); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]); }",
        RuleTestOptions.Default with { LanguageVersion = LanguageVersion.CSharp7_3 });

#if !ROSLYN_FLOOR
    [Fact]
    public Task Query_Spread_IsReported() =>
    Reports(Run +
    "async Task M(int[] items) { var tasks = items.Select(RunAsync); Task[] all = [.. tasks]; await Task.WhenAll([|tasks|]); }");
#endif

    // What the query reads is changed behind it: a list would not see the change.
    [Theory]
    [InlineData("items.Add(9); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]);")]
    [InlineData("await Task.WhenAll(tasks); items.Remove(1); await Task.WhenAll([|tasks|]);")]
    [InlineData("await Task.WhenAll(tasks); items[0] = 2; await Task.WhenAll([|tasks|]);")]
    [InlineData("await Task.WhenAll(tasks); n = 2; await Task.WhenAll([|tasks|]);")]
    [InlineData("await Task.WhenAll(tasks); n++; await Task.WhenAll([|tasks|]);")]
    [InlineData("await Task.WhenAll(tasks); items = new(); await Task.WhenAll([|tasks|]);")]
    public Task Query_WhoseSourceChanges_HasNoFix(string body) => NoFix(
        Run + $"async Task M(List<int> items, int n) {{ var tasks = items.Select(i => RunAsync(i + n)); {body} }}");

    // Silent

    [Theory]
    [InlineData("items.Select(RunAsync).ToList()", "await Task.WhenAll(tasks); foreach (var t in tasks) await t;")]
    [InlineData("items.Select(RunAsync).ToArray()", "await Task.WhenAll(tasks); await Task.WhenAll(tasks);")]
    [InlineData("items.Select(RunAsync).ToList().Where(t => !t.IsCompleted)", "await Task.WhenAll(tasks); await Task.WhenAll(tasks);")]
    [InlineData("items.Select(RunAsync)", "await Task.WhenAll(tasks);")]
    [InlineData("items.Select(RunAsync)", "foreach (var t in tasks) await t;")]
    [InlineData("items.Select(RunAsync)", "var list = tasks.ToList(); await Task.WhenAll(list); foreach (var t in list) await t;")]
    [InlineData("items.Select(RunAsync)", "if (n > 0) { await Task.WhenAll(tasks); } else { foreach (var t in tasks) await t; }")]
    [InlineData("items.Select(RunAsync)", "if (n > 0) { await Task.WhenAll(tasks); return; } foreach (var t in tasks) await t;")]
    [InlineData("items.Select(RunAsync)",
        "switch (n) { case 1: await Task.WhenAll(tasks); break; default: await Task.WhenAny(tasks); break; }")]
    [InlineData("items.Select(RunAsync)", "Keep(tasks); await Task.WhenAll(tasks);")]
    [InlineData("items.Select(RunAsync)", "var first = tasks.Take(1); var rest = tasks.Skip(1); Use(first); Use(rest);")]
    [InlineData("items.Select(RunAsync)", "await Task.WhenAll(tasks); tasks = items.Select(RunAsync); await Task.WhenAll(tasks);")]
    [InlineData("items.Select(RunAsync)", "try { await Task.WhenAll(tasks); } catch { await Task.WhenAll(tasks); }")]
    [InlineData("items.Select(RunAsync)", "Use(nameof(tasks)); Use(tasks != null); await Task.WhenAll(tasks);")]
    [InlineData("items.Select(i => i + 1)", "Use(tasks.Count()); Use(tasks.Count());")]
    [InlineData("items.Select(i => _known[i])", "await Task.WhenAll(tasks); await Task.WhenAll(tasks);")]
    [InlineData("_sources.Select(s => s.Task)", "await Task.WhenAll(tasks); foreach (var t in tasks) Use(t.Result);")]
    [InlineData("_known.Values.Where(t => !t.IsCompleted)", "await Task.WhenAll(tasks); await Task.WhenAll(tasks);")]
    [InlineData("items.Select(i => Task.FromResult(i))", "await Task.WhenAll(tasks); foreach (var t in tasks) Use(t.Result);")]
    [InlineData("items.Select(RunAsync)", "Func<Task> later = () => Task.WhenAll(tasks); await Task.WhenAll(tasks); Use(later);")]
    [InlineData("items.Select(i => new Func<Task>(() => RunAsync(i)))",
        "foreach (var t in tasks) await t(); foreach (var t in tasks) await t();")]
    public Task Tasks_StartedOnce_IsSilent(string query, string body) => Silent(
        Run +
            $"Dictionary<int, Task> _known = new(); List<TaskCompletionSource<int>> _sources = new(); void Keep(IEnumerable<Task> t) {{ }} async Task M(int[] items, int n) {{ var tasks = {query}; {body} await Task.Yield(); }}");

    [Fact]
    public Task Query_MadeAnewInTheLoop_IsSilent() =>
    Silent(Run + "async Task M(int[] items) { while (true) { var tasks = items.Select(RunAsync); await Task.WhenAll(tasks); } }");

    [Fact]
    public Task Query_InExpressionTreeOrParameter_IsSilent() =>
    Silent(Run + "async Task M(IEnumerable<Task> tasks) { await Task.WhenAll(tasks); await Task.WhenAll(tasks); }");

    // Fixed

    [Theory]
    [InlineData("items.Select(RunAsync)", "items.Select(RunAsync).ToList()")]
    [InlineData("items\n        .Where(i => i > 0)\n        .Select(i => RunAsync(i)) /* all */",
        "items\n        .Where(i => i > 0)\n        .Select(i => RunAsync(i)).ToList() /* all */")]
    [InlineData("from i in items select RunAsync(i)", "(from i in items select RunAsync(i)).ToList()")]
    [InlineData("(from i in items select RunAsync(i))", "(from i in items select RunAsync(i)).ToList()")]
    public Task Query_IsKeptInList(string query, string expected) => Fixes(
        Run +
            $"async Task M(int[] items)\n{{\n    var tasks = {query};\n    await Task.WhenAll(tasks);\n    foreach (var t in [|tasks|]) await t;\n}}",
        Run +
            $"async Task M(int[] items)\n{{\n    var tasks = {expected};\n    await Task.WhenAll(tasks);\n    foreach (var t in tasks) await t;\n}}");

    [Fact]
    public Task Query_IsKeptInArray() => Fixes(
        Run +
            "async Task M(int[] items) { IEnumerable<Task> tasks = items.Select(RunAsync); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]); }",
        Run +
            "async Task M(int[] items) { IEnumerable<Task> tasks = items.Select(RunAsync).ToArray(); await Task.WhenAll(tasks); await Task.WhenAll(tasks); }",
        RuleTestOptions.Default with { ActionKey = "AGD0212.ToArray" });

    [Fact]
    public Task Queries_Several_AreKept() => Fixes(
        Run +
            "async Task M(int[] items) { var a = items.Select(RunAsync); await Task.WhenAll(a); await Task.WhenAll([|a|]); var b = items.Select(CountAsync); await Task.WhenAll(b); await Task.WhenAll([|b|]); await Task.WhenAll(b); }",
        Run +
            "async Task M(int[] items) { var a = items.Select(RunAsync).ToList(); await Task.WhenAll(a); await Task.WhenAll(a); var b = items.Select(CountAsync).ToList(); await Task.WhenAll(b); await Task.WhenAll(b); await Task.WhenAll(b); }");

    [Fact]
    public Task Query_OffersListAndArray() => Offers(
        Run + "async Task M(int[] items) { var tasks = items.Select(RunAsync); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]); }",
        ["Start the tasks once with '.ToList()'", "Start the tasks once with '.ToArray()'"]);

    // The tasks would start before something else, or all at once.
    [Theory]
    [InlineData("if (items.Length == 0) return; await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]);")]
    [InlineData("items[0] = 3; Use(items); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]);")]
    [InlineData("await Task.Yield(); await Task.WhenAll(tasks); await Task.WhenAll([|tasks|]);")]
    [InlineData("foreach (var t in tasks) await t; await Task.WhenAll([|tasks|]);")]
    public Task Fix_ThatStartsTheTasksEarlier_IsNotOffered(string body) =>
        NoFix(Run + $"async Task M(int[] items) {{ var tasks = items.Select(RunAsync); {body} }}");
}
