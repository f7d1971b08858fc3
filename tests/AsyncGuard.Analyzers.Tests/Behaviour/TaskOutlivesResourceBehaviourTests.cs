using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class TaskOutlivesResourceBehaviourTests : RuleTest<TaskOutlivesResourceAnalyzer, TaskOutlivesResourceFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited, Mend.HandlerSees];

    [Theory]
    [InlineData("""Task WorkAsync() { using var r = new Resource("r"); return [|r.UseAsync()|]; }""")]
    [InlineData("""Task WorkAsync() { using (var r = new Resource("r")) return [|r.UseAsync()|]; }""")]
    [InlineData("""Task<int> WorkAsync() { using var r = new Resource("r"); return [|r.ReadAsync()|]; }""")]
    [InlineData("""Task WorkAsync() { using (var r = new Resource("r")) { Observed.Note("x"); return [|r.UseAsync()|]; } }""")]
    [InlineData("""Task WorkAsync() { using var r = new Resource("r"); using var s = new Resource("s"); return [|r.UseAsync()|]; }""")]
    [InlineData("""Task WorkAsync() { var r = new Resource("r"); try { return [|r.UseAsync()|]; } finally { r.Dispose(); } }""")]
    [InlineData("""Task WorkAsync() { var r = new Resource("r"); using (r) { return [|r.UseAsync()|]; } }""")]
    [InlineData(
        """Task WorkAsync() { using var r = new Resource("r"); if (_skip) return Task.CompletedTask; return [|r.UseAsync()|]; }""")]
    [InlineData(
        """Task WorkAsync() { try { using var r = new Resource("r"); return [|r.UseAsync()|]; } catch (InvalidOperationException) { Observed.Note("handler: known"); return Task.CompletedTask; } }""")]
    [InlineData(
        """Task WorkAsync() { return InnerAsync(); Task InnerAsync() { using var r = new Resource("r"); return [|r.UseAsync()|]; } }""")]
    [InlineData(
        """Task WorkAsync() { Func<Task> f = () => { using var r = new Resource("r"); return [|r.UseAsync()|]; }; return f(); }""")]
    public Task Task_EndsBeforeItsResource(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        bool _skip;
        sealed class Resource : IDisposable
        {
            readonly string _name;
            public Resource(string name) { _name = name; Observed.Note("open " + name); }
            public async Task UseAsync() { await Observed.StepAsync("use " + _name); GC.KeepAlive(this); }
            public async Task<int> ReadAsync() { await Observed.StepAsync("read " + _name); return _name.Length; }
            public void Dispose() => Observed.Note("close " + _name);
        }
        {{body}}
        async Task RunAsync()
        {
            await Observed.StepAsync("begin");
            await WorkAsync();
            Observed.Note("done");
        }
        """;
}
