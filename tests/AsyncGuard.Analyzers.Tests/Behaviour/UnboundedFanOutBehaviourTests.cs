using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class UnboundedFanOutBehaviourTests : RuleTest<UnboundedFanOutAnalyzer, UnboundedFanOutFix>
{
    private static readonly Mend[] Mends = [Mend.Limited, Mend.Cancellation];

    private static readonly RuleTestOptions WithGroups = new() { ExtraReferences = [RuntimeLibrary.Reference] };

    [Theory]
    [InlineData("""await Task.WhenAll([|Lines().Select(line => Observed.WorkAsync(line, token))|]); return 1;""")]
    [InlineData("""await Task.WhenAll([|Lines().Select(async line => { await Observed.WorkAsync(line, token); })|]); return 1;""")]
    [InlineData("""await Task.WhenAll([|Lines().Where(line => line != "b").Select(line => Observed.WorkAsync(line, token))|]); return 1;""")]
    [InlineData("""await Task.WhenAll([|Lines().Select(SendAsync)|]); return 1;""")]
    [InlineData("""var tasks = [|Lines().Select(line => Observed.WorkAsync(line, token))|].ToList(); await Task.WhenAll(tasks); return 1;""")]
    [InlineData("""try { await Task.WhenAll([|Lines().Select(line => Observed.WorkAsync(line, token))|]); } catch (InvalidOperationException) { Observed.Note("failed"); } return 1;""")]
    [InlineData("""try { await Task.WhenAll([|Lines().Select(line => Observed.WorkAsync(line, token))|]); } finally { Observed.Note("closed"); } return 1;""")]
    [InlineData("""using (new Resource()) { await Task.WhenAll([|Lines().Select(line => Observed.WorkAsync(line, token))|]); } return 1;""")]
    [InlineData("""var tasks = new List<Task>(); await foreach (var row in RowsAsync()) tasks.Add([|Observed.WorkAsync(row, token)|]); await Task.WhenAll(tasks); Observed.Note("done"); return 1;""")]
    [InlineData("""Func<Task> f = async () => await Task.WhenAll([|Lines().Select(line => Observed.WorkAsync(line, token))|]); await f(); return 1;""")]
    [InlineData("""await AllAsync(); return 1; Task AllAsync() => Task.WhenAll([|Lines().Select(line => Observed.WorkAsync(line, token))|]);""")]
    [InlineData("""await Task.WhenAll([|Lines().Select(line => _store.SaveAsync(line))|]); Observed.Note("saved"); return 1;""")]
    public Task Work_OfEachItem_IsDone(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""await Task.WhenAll([|Lines().Select(line => Observed.WorkAsync(line, token))|]); return 1;""")]
    [InlineData("""var all = await Task.WhenAll([|Lines().Select(line => Observed.GetAsync(line, line.Length, token))|]); return all.Sum();""")]
    [InlineData("""var all = await Task.WhenAll([|Lines().Select(async line => await Observed.GetAsync(line, line, token))|]); return string.Concat(all);""")]
    [InlineData("""var tasks = new List<Task>(); await foreach (var row in RowsAsync()) tasks.Add([|Observed.WorkAsync(row, token)|]); await Task.WhenAll(tasks); Observed.Note("done"); return 1;""")]
    [InlineData("""var tasks = new List<Task>(); await foreach (var row in RowsAsync()) { if (row == "b") continue; tasks.Add([|Observed.WorkAsync(row, token)|]); } await Task.WhenAll(tasks); return 1;""")]
    [InlineData("""var tasks = new List<Task<int>>(); await foreach (var row in RowsAsync()) { var n = row.Length; tasks.Add([|Observed.GetAsync(row, n, token)|]); } return (await Task.WhenAll(tasks)).Sum();""")]
    [InlineData("""await foreach (var row in RowsAsync()) _ = [|Observed.WorkAsync(row, token)|]; Observed.Note("done"); return 1;""")]
    [InlineData("""await foreach (var row in RowsAsync()) { Observed.Note("got " + row); _ = [|Observed.WorkAsync(row, token)|]; } Observed.Note("done"); return 1;""")]
    [InlineData("""try { await Task.WhenAll([|Lines().Select(line => Observed.WorkAsync(line, token))|]); } catch (InvalidOperationException) { Observed.Note("failed"); } return 1;""")]
    [InlineData("""await TaskGroup.ForEachAsync([|Lines()|], (line, ct) => Observed.WorkAsync(line, ct), cancellationToken: token); return 1;""")]
    public Task Work_InAGroup_IsDone(string body) => BehavesOrRefuses(
        Program(body.Replace("TaskGroup.ForEachAsync([|Lines()|], (line, ct) => Observed.WorkAsync(line, ct), cancellationToken: token)",
            "[|AsyncGuard.TaskGroup.ForEachAsync(Lines(), (line, ct) => Observed.WorkAsync(line, ct), cancellationToken: token)|]")),
        Mends, WithGroups);

    private static string Program(string body) =>
        $$"""
        sealed class Resource : IDisposable { public void Dispose() => Observed.Note("disposed"); }
        sealed class Store { public Task SaveAsync(string name) => Observed.StepAsync(name); }
        readonly Store _store = new();
        static IEnumerable<string> Lines(bool more = true) { while (more) { yield return "a"; yield return "b"; yield return "c"; more = false; } }
        static async IAsyncEnumerable<string> RowsAsync(bool more = true) { while (more) { yield return "a"; yield return "b"; yield return "c"; await Task.Yield(); more = false; } }
        Task SendAsync(string line) => Observed.StepAsync(line);
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
