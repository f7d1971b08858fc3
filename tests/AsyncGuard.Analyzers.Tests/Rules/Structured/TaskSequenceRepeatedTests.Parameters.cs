using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// Sequences that a method receives: other code may pass it a query.
public sealed partial class TaskSequenceRepeatedTests
{
    [Theory]
    [InlineData("public async Task M(IEnumerable<Task> tasks) { if (!tasks.Any()) return; await Task.WhenAll([|tasks|]); }")]
    [InlineData("public async Task M(IEnumerable<Task<int>> tasks) { Console.WriteLine(tasks.Count()); foreach (var t in [|tasks|]) await t; }")]
    [InlineData("public static async Task M(IEnumerable<Task> tasks) { for (var i = 0; i < 3; i++) await Task.WhenAll([|tasks|]); }")]
    [InlineData("protected async Task M<T>(string name, IEnumerable<Task<T>> tasks) { await Task.WhenAny(tasks); await Task.WhenAll([|tasks|].Where(t => !t.IsFaulted)); }")]
    public Task ParameterOfTasks_EnumeratedTwice_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("public async Task M(IEnumerable<Task> tasks) { await Task.WhenAll(tasks); }")]
    [InlineData("public async Task M(IEnumerable<Task> tasks, bool b) { if (b) await Task.WhenAll(tasks); else await Task.WhenAny(tasks); }")]
    [InlineData("public async Task M(IEnumerable<Task> tasks) { var list = tasks.ToList(); Console.WriteLine(list.Count); await Task.WhenAll(list); }")]
    [InlineData("public async Task M(IEnumerable<Task> tasks) { tasks = tasks.ToList(); Console.WriteLine(tasks.Count()); await Task.WhenAll(tasks); }")]
    [InlineData("public async Task M(IEnumerable<Task> tasks) { var list = tasks as IList<Task> ?? tasks.ToList(); await Task.WhenAll(list); Console.WriteLine(tasks.Count()); }")]
    [InlineData("public async Task M(IEnumerable<Task> tasks) { if (tasks is ICollection<Task> { Count: 0 }) return; await Task.WhenAny(tasks); await Task.WhenAll(tasks); }")]
    [InlineData("public async Task M(IEnumerable<Task> tasks) { if (tasks is null || tasks == null) return; await Task.WhenAll(tasks); }")]
    [InlineData("public async Task M(IEnumerable<Task> tasks) { if (tasks.TryGetNonEnumeratedCount(out var n)) Console.WriteLine(n); await Task.WhenAll(tasks); }")]
    [InlineData("public async Task<IEnumerable<Task>> M(IEnumerable<Task> tasks) { await Task.WhenAll(tasks); return tasks; }")]
    [InlineData("public async Task M(IReadOnlyList<Task> tasks) { Console.WriteLine(tasks.Count()); await Task.WhenAll(tasks); }")]
    [InlineData("public async Task M(IEnumerable<string> names) { Console.WriteLine(names.Count()); await Task.Delay(names.Count()); }")]
    [InlineData("private async Task M(IEnumerable<Task> tasks) { Console.WriteLine(tasks.Count()); await Task.WhenAll(tasks); }")]
    public Task ParameterOfTasks_EnumeratedOnceOrKnown_IsSilent(string source) => Silent(source);
}
