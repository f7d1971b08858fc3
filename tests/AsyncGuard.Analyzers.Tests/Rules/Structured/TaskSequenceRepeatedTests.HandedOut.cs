using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// Work that comes as a delegate; sequences that are handed out after they were enumerated.
public sealed partial class TaskSequenceRepeatedTests
{
    [Theory]
    [InlineData(
        "async Task<IEnumerable<int>> M(int[] ids, Func<int, Task<int>> load) { var tasks = ids.Select(load); await Task.WhenAll(tasks); return [|tasks|].Where(t => t.IsCompleted).Select(t => t.Result); }")]
    [InlineData(
        "async Task<int> M(int[] ids, Func<int, Task<int>> load) { var tasks = ids.Select(load); await Task.WhenAll(tasks); return [|tasks|].Count(); }")]
    [InlineData(
        "Task<int> LoadAsync(int i) => Task.FromResult(i); async Task<IEnumerable<int>> M(int[] ids) { var tasks = ids.Select(LoadAsync); await Task.WhenAll(tasks); return [|tasks|].Select(t => t.Result); }")]
    public Task SequenceThatIsHandedOut_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData(
        "async Task<IEnumerable<int>> M(int[] ids, Func<int, Task<int>> load) { var tasks = ids.Select(load); var done = await Task.WhenAll(tasks); return done.Where(d => d > 0); }")]
    [InlineData("IEnumerable<Task<int>> M(int[] ids, Func<int, Task<int>> load) { var tasks = ids.Select(load); return tasks; }")]
    [InlineData(
        "async Task<int> M(int[] ids, Func<int, Task<int>> load) { var tasks = ids.Select(load).ToList(); await Task.WhenAll(tasks); return tasks.Count; }")]
    public Task SequenceThatIsEnumeratedOnce_IsSilent(string source) => Silent(source);
}
