using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed class TransactionWithoutFlowTests : RuleTest<TransactionWithoutFlowAnalyzer, TransactionWithoutFlowFix>
{
    private static readonly RuleTestOptions Transactions = new() { ExtraUsings = ["System.Transactions"] };

    private static string In(string code) =>
        $$"""
        Task SaveAsync() => Task.CompletedTask;
        void Save() { }
        IAsyncEnumerable<int> Rows() => throw null!;
        TransactionScope _open = null!;
        TransactionScope Make() => new();
        async Task M(bool quick, TransactionScopeAsyncFlowOption flow, TransactionOptions options, Transaction outer)
        {
            await Task.Yield();
            {{code}}
        }
        """;

    [Theory]
    [InlineData("using (var scope = [|new TransactionScope()|]) { await SaveAsync(); scope.Complete(); }")]
    [InlineData("using ([|new TransactionScope()|]) await SaveAsync();")]
    [InlineData("using var scope = [|new TransactionScope()|]; await SaveAsync(); scope.Complete();")]
    [InlineData("using TransactionScope scope = [|new()|]; await SaveAsync(); scope.Complete();")]
    [InlineData("using (var scope = [|new TransactionScope(TransactionScopeOption.RequiresNew)|]) { await SaveAsync(); }")]
    [InlineData("using (var scope = [|new TransactionScope(TransactionScopeOption.Required, options)|]) { await SaveAsync(); }")]
    [InlineData(
        "using (var scope = [|new TransactionScope(TransactionScopeOption.Required, TimeSpan.FromSeconds(5))|]) { await SaveAsync(); }")]
    [InlineData("using (var scope = [|new TransactionScope(outer)|]) { await SaveAsync(); }")]
    [InlineData("using (quick ? [|new TransactionScope()|] : null) { await SaveAsync(); }")]
    [InlineData("using var scope = quick ? null : [|new TransactionScope()|]; await SaveAsync();")]
    [InlineData("using var scope = _open ?? [|new TransactionScope()|]; await SaveAsync();")]
    [InlineData("using (quick switch { true => [|new TransactionScope()|], _ => null }) await SaveAsync();")]
    [InlineData("using (var scope = [|new TransactionScope(TransactionScopeAsyncFlowOption.Suppress)|]) { await SaveAsync(); }")]
    [InlineData("using (var scope = [|new TransactionScope()|]) { await foreach (var row in Rows()) Save(); }")]
    [InlineData("using (var scope = [|new TransactionScope()|]) { await using var stream = new MemoryStream(); }")]
    [InlineData("using (var scope = [|new TransactionScope()|]) { if (quick) await SaveAsync(); else Save(); }")]
    [InlineData("var scope = [|new TransactionScope()|]; try { await SaveAsync(); scope.Complete(); } finally { scope.Dispose(); }")]
    [InlineData("TransactionScope scope; scope = [|new TransactionScope()|]; await SaveAsync(); scope.Dispose();")]
    [InlineData(
        "using (var scope = [|new TransactionScope(TransactionScopeOption.Required, options, EnterpriseServicesInteropOption.None)|]) await SaveAsync();")]

    // Forms in public code: repositories, command handlers, decorators, nested scopes, retries.
    [InlineData(
        "using (var ts = [|new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted })|]) { await SaveAsync().ConfigureAwait(false); await SaveAsync().ConfigureAwait(false); ts.Complete(); }")]
    [InlineData(
        "try { using (var scope = [|new TransactionScope()|]) { await SaveAsync(); scope.Complete(); } } catch (TransactionAbortedException ex) { Console.WriteLine(ex); }")]
    [InlineData(
        "using (var outerScope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)) { using (var inner = [|new TransactionScope(TransactionScopeOption.Suppress)|]) { await SaveAsync(); } }")]
    [InlineData("for (var i = 0; i < 3; i++) { using var scope = [|new TransactionScope()|]; await SaveAsync(); scope.Complete(); }")]
    [InlineData("using (var scope = [|new TransactionScope()|]) { var rows = await Task.WhenAll(Task.FromResult(1)); scope.Complete(); }")]
    public Task Scope_AliveOverAwait_IsReported(string code) => Reports(In(code), Transactions);

    [Theory]
    [InlineData(
        "using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)) { await SaveAsync(); scope.Complete(); }")]
    [InlineData(
        "using (var scope = new TransactionScope(TransactionScopeOption.Required, TransactionScopeAsyncFlowOption.Enabled)) { await SaveAsync(); }")]
    [InlineData(
        "using (var scope = new TransactionScope(TransactionScopeOption.Required, options, TransactionScopeAsyncFlowOption.Enabled)) { await SaveAsync(); }")]
    [InlineData("using (var scope = new TransactionScope(flow)) { await SaveAsync(); }")]
    [InlineData(
        "using (var scope = new TransactionScope(asyncFlowOption: TransactionScopeAsyncFlowOption.Enabled)) { await SaveAsync(); }")]
    [InlineData("using (var scope = new TransactionScope()) { Save(); scope.Complete(); }")]
    [InlineData("using (var scope = new TransactionScope()) { Save(); } await SaveAsync();")]
    [InlineData("{ using var scope = new TransactionScope(); Save(); } await SaveAsync();")]
    [InlineData("await SaveAsync(); using var scope = new TransactionScope(); Save();")]
    [InlineData("using (var scope = new TransactionScope()) { Func<Task> later = async () => await SaveAsync(); Save(); }")]
    [InlineData("var scope = new TransactionScope(); Save(); scope.Complete(); scope.Dispose(); await SaveAsync();")]
    [InlineData("_open = new TransactionScope(); await SaveAsync();")]
    [InlineData("using (var scope = Make()) { await SaveAsync(); }")]
    [InlineData("using (var scope = new TransactionScope(await Task.FromResult(TransactionScopeOption.Required))) { Save(); }")]
    [InlineData(
        "using (var scope = new TransactionScope(TransactionScopeOption.RequiresNew, TimeSpan.FromSeconds(1), TransactionScopeAsyncFlowOption.Enabled)) { await SaveAsync(); }")]

    // Forms in public code.
    [InlineData(
        "using var tx = new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted }, TransactionScopeAsyncFlowOption.Enabled); await SaveAsync(); tx.Complete();")]
    [InlineData(
        "var scope = quick ? new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) : null; await SaveAsync(); scope?.Dispose();")]
    [InlineData("await Task.Run(() => { using var scope = new TransactionScope(); Save(); scope.Complete(); });")]
    [InlineData("void Run() { using var scope = new TransactionScope(); Save(); scope.Complete(); } Run(); await SaveAsync();")]
    [InlineData("try { using var scope = new TransactionScope(); Save(); scope.Complete(); } catch (Exception) { await SaveAsync(); }")]
    public Task Scope_ThatFlowsOrEndsBefore_IsSilent(string code) => Silent(In(code), Transactions);

    [Theory]
    [InlineData("new TransactionScope()", "new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)")]
    [InlineData("new TransactionScope { }", "new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) { }")]
    [InlineData("new TransactionScope(TransactionScopeOption.Required)",
        "new TransactionScope(TransactionScopeOption.Required, TransactionScopeAsyncFlowOption.Enabled)")]
    [InlineData("new TransactionScope(TransactionScopeOption.Required, options)",
        "new TransactionScope(TransactionScopeOption.Required, options, TransactionScopeAsyncFlowOption.Enabled)")]
    [InlineData("new TransactionScope(scopeOption: TransactionScopeOption.Required)",
        "new TransactionScope(scopeOption: TransactionScopeOption.Required, asyncFlowOption: TransactionScopeAsyncFlowOption.Enabled)")]
    [InlineData("new TransactionScope(TransactionScopeAsyncFlowOption.Suppress)",
        "new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)")]
    [InlineData("new TransactionScope(outer, TimeSpan.Zero)",
        "new TransactionScope(outer, TimeSpan.Zero, TransactionScopeAsyncFlowOption.Enabled)")]
    public Task Creation_GetsTheOption(string before, string after) => Fixes(
        In("using (var scope = [|" + before + "|]) { await SaveAsync(); scope.Complete(); }"),
        In("using (var scope = " + after + ") { await SaveAsync(); scope.Complete(); }"),
        Transactions);

    [Fact]
    public Task Creation_ForEnterpriseServices_HasNoFix() => NoFix(
        In("using (var scope = [|new TransactionScope(TransactionScopeOption.Required, options, EnterpriseServicesInteropOption.None)|]) await SaveAsync();"),
            Transactions);

    [Fact]
    public Task File_WithoutTheNamespace_GetsIt() => Fixes(
        """
        async Task SaveAsync()
        {
            using var scope = [|new System.Transactions.TransactionScope()|];
            await Task.Delay(1);
            scope.Complete();
        }
        """,
        """
        async Task SaveAsync()
        {
            using var scope = new System.Transactions.TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            await Task.Delay(1);
            scope.Complete();
        }
        """,
        RuleTestOptions.Default with { FixedUsings = ["System.Transactions"] });
}
