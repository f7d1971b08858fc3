using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class TransactionWithoutFlowBehaviourTests : RuleTest<TransactionWithoutFlowAnalyzer, TransactionWithoutFlowFix>
{
    // Each await goes on with another thread.
    [Theory]
    [InlineData("""using (var scope = [|new TransactionScope()|]) { await Observed.StepAsync("a"); scope.Complete(); } return 1;""")]
    [InlineData("""using (var scope = [|new TransactionScope()|]) { Watch(); await Observed.StepAsync("a"); scope.Complete(); } return 1;""")]
    [InlineData("""using (var scope = [|new TransactionScope()|]) { Watch(); await Observed.StepAsync("a"); } return 1;""")]
    [InlineData("""using var scope = [|new TransactionScope()|]; Watch(); await Observed.StepAsync("a"); await Observed.StepAsync("b"); scope.Complete(); return 1;""")]
    [InlineData("""using TransactionScope scope = [|new()|]; Watch(); await Observed.StepAsync("a"); scope.Complete(); return 1;""")]
    [InlineData("""using (var scope = [|new TransactionScope(TransactionScopeOption.RequiresNew)|]) { Watch(); await Observed.StepAsync("a"); scope.Complete(); } return 1;""")]
    [InlineData("""using (var scope = [|new TransactionScope(TransactionScopeOption.Required, TimeSpan.FromMinutes(5))|]) { Watch(); await Observed.StepAsync("a"); scope.Complete(); } return 1;""")]
    [InlineData("""using (var scope = [|new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted })|]) { Watch(); Observed.Note(Transaction.Current!.IsolationLevel.ToString()); await Observed.StepAsync("a"); scope.Complete(); } return 1;""")]
    [InlineData("""using (var scope = [|new TransactionScope(scopeOption: TransactionScopeOption.Required)|]) { Watch(); await Observed.StepAsync("a"); scope.Complete(); } return 1;""")]
    [InlineData("""using (var scope = [|new TransactionScope(TransactionScopeAsyncFlowOption.Suppress)|]) { Watch(); await Observed.StepAsync("a"); scope.Complete(); } return 1;""")]
    [InlineData("""foreach (var i in new[] { "a", "b" }) { using var scope = [|new TransactionScope()|]; Watch(); await Observed.StepAsync(i); scope.Complete(); } return 1;""")]
    [InlineData("""var scope = [|new TransactionScope()|]; try { Watch(); await Observed.StepAsync("a"); scope.Complete(); } finally { scope.Dispose(); } return 1;""")]
    [InlineData("""using (var scope = [|new TransactionScope()|]) { Watch(); try { await Observed.StepAsync("a"); scope.Complete(); } catch (TaskCanceledException) { Observed.Note("late"); } } return 1;""")]
    [InlineData("""Func<Task> work = async () => { using var scope = [|new TransactionScope()|]; Watch(); await Observed.StepAsync("a"); scope.Complete(); }; await work(); return 1;""")]
    [InlineData("""await InnerAsync(); return 1; async Task InnerAsync() { using var scope = [|new TransactionScope()|]; Watch(); await Observed.StepAsync("a"); scope.Complete(); }""")]
    [InlineData("""using (var scope = [|new TransactionScope()|]) { Watch(); await foreach (var i in RowsAsync()) Observed.Note("row " + i); scope.Complete(); } return 1;""")]
    public Task Transaction_IsThereAfterTheAwait_AndEndsWithItsScope(string body) => Behaves(
        $$"""
        static void Watch() => Transaction.Current!.TransactionCompleted += (_, e) => Observed.Note("end: " + e.Transaction!.TransactionInformation.Status);
        static async IAsyncEnumerable<int> RowsAsync() { await Observed.StepAsync("a"); yield return 1; await Observed.StepAsync("b"); yield return 2; }
        async Task<object> RunAsync()
        {
            await Observed.StepAsync("begin");
            try { return await SaveAsync(); }
            catch (InvalidOperationException e) when (e.Message.Contains("TransactionScope", StringComparison.Ordinal)) { return "thread"; }
        }
        async Task<object> SaveAsync()
        {
            {{body}}
        }
        """,
        [Mend.Flows],
        new() { ExtraUsings = ["System.Transactions"] });
}
