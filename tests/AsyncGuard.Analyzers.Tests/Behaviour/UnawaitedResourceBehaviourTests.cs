using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class UnawaitedResourceBehaviourTests : RuleTest<UnawaitedResourceAnalyzer, UnawaitedResourceFix>
{
    private static readonly Mend[] Mends = [Mend.ResultDisposed];

    [Theory]
    [InlineData("""using ([|LockAsync()|]) { await Observed.StepAsync("a"); } return 1;""")]
    [InlineData("""using (var held = [|LockAsync()|]) { await Observed.StepAsync("a"); } return 1;""")]
    [InlineData("""using var held = [|LockAsync()|]; await Observed.StepAsync("a"); return 1;""")]
    [InlineData("""using ([|LockAsync()|]) Observed.Note("a"); Observed.Note("b"); return 1;""")]
    [InlineData(
        """try { using ([|LockAsync()|]) { await Observed.StepAsync("a"); } } catch (InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData("""try { using var held = [|LockAsync()|]; Observed.Note("a"); return 2; } finally { Observed.Note("closed"); }""")]
    [InlineData("""using ([|LockAsync()|]) { if (DateTime.UtcNow.Year > 1) return 3; } return 1;""")]
    [InlineData(
        """return await InnerAsync(); async Task<object> InnerAsync() { using ([|LockAsync()|]) { await Observed.StepAsync("a"); return 2; } }""")]
    [InlineData("""using ([|LockAsync()|]) { Observed.Note("a"); await Observed.WorkAsync("b", token); } return 1;""")]
    [InlineData("""for (var i = 0; i < 1; i++) { using ([|LockAsync()|]) await Observed.StepAsync("a"); } return 1;""")]
    public Task Result_IsHeldUntilTheBlockEnds(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        sealed class Lease : IDisposable { public void Dispose() => Observed.Leave("lease"); }
        static Task<IDisposable> LockAsync() { Observed.Enter("lease"); return Task.FromResult<IDisposable>(new Lease()); }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
