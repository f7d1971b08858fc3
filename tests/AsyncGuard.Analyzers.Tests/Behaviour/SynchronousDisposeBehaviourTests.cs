using System.Threading.Tasks;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Resources;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class SynchronousDisposeBehaviourTests : RuleTest<SynchronousDisposeAnalyzer, SynchronousDisposeFix>
{
    [Theory]
    [InlineData("""[|using|] (Open("a")) { await Observed.StepAsync("work"); } return 1;""")]
    [InlineData("""[|using|] (var a = Open("a")) { await Observed.WorkAsync("work", token); } return 1;""")]
    [InlineData("""[|using|] var a = Open("a"); await Observed.StepAsync("work"); return 1;""")]
    [InlineData("""[|using|] var a = Open("a"); [|using|] var b = Open("b"); await Observed.StepAsync("work"); return 1;""")]
    [InlineData("""[|using|] (var a = Open("a")) [|using|] (var b = Open("b")) { Observed.Note("work"); } return 1;""")]
    [InlineData("""try { [|using|] var a = Open("a"); Observed.Note("work"); } catch (InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData("""try { [|using|] (var a = Open("a")) { await Observed.StepAsync("work"); return 2; } } finally { Observed.Note("last"); }""")]
    [InlineData("""for (var i = 0; i < 2; i++) { [|using|] var a = Open("a" + i); if (i == 0) continue; Observed.Note("work"); } return 1;""")]
    [InlineData("""Observed.Enter("x"); try { [|using|] var a = Open("a"); await Observed.StepAsync("work"); } finally { Observed.Leave("x"); } return 1;""")]
    [InlineData("""return await InnerAsync(); Task<int> InnerAsync() { [|using|] var a = Open("a"); Observed.Note("work"); return Task.FromResult(3); }""")]
    [InlineData("""Resource? none = null; [|using|] (none ?? Open("a")) { Observed.Note("work"); } return 1;""")]
    [InlineData("""[|using|] var a = Open("a"); throw new InvalidOperationException("late");""")]
    public Task Resource_IsDisposedAtTheSamePlace(string body) => BehavesOrRefuses(
        $$"""
        sealed class Resource : IDisposable, IAsyncDisposable
        {
            private readonly string name;
            public Resource(string name) => this.name = name;
            public void Dispose() => Observed.Note("close " + name);
            public async ValueTask DisposeAsync() => await Observed.StepAsync("close " + name);
        }
        static Resource Open(string name) { Observed.Note("open " + name); return new(name); }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            try { return await WorkAsync(token); }
            catch (InvalidOperationException e) when (e.Message == "late") { Observed.Note("late"); return -1; }
        }
        async Task<object> WorkAsync(CancellationToken token)
        {
            await Task.Yield();
            {{body}}
        }
        """,
        []);
}
