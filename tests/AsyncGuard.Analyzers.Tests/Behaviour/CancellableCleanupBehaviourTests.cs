using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class CancellableCleanupBehaviourTests : RuleTest<CancellableCleanupAnalyzer, CancellableCleanupFix>
{
    private static readonly Mend[] Mends = [Mend.CleanedUp];

    [Theory]
    [InlineData("""try { await Observed.WorkAsync("work", token); } finally { await ReleaseAsync([|token|]); } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } finally { await ReleaseAsync([|token|]).ConfigureAwait(false); Observed.Note("closed"); } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } catch (Exception) { await RollbackAsync([|token|]); throw; } return 1;""")]
    [InlineData("""try { await Observed.WorkAsync("work", token); } catch { await RollbackAsync([|token|]); throw; } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } catch (InvalidOperationException) { await RollbackAsync([|token|]); Observed.Note("undone"); throw; } return 1;""")]
    [InlineData(
        """Observed.Enter("x"); try { await Observed.WorkAsync("work", token); } finally { await ReleaseAsync([|token|]); Observed.Leave("x"); } return 1;""")]
    [InlineData(
        """try { await Observed.WorkAsync("work", token); } finally { try { await ReleaseAsync([|token|]); } catch (InvalidOperationException) { Observed.Note("known"); } } return 1;""")]
    [InlineData(
        """try { try { await Observed.WorkAsync("work", token); } finally { await ReleaseAsync([|token|]); } } finally { Observed.Note("last"); } return 1;""")]
    [InlineData(
        """for (var i = 0; i < 2; i++) { try { await Observed.WorkAsync("work", token); } finally { await ReleaseAsync([|token|]); } } return 1;""")]
    [InlineData(
        """return await InnerAsync(token); async Task<object> InnerAsync(CancellationToken ct) { try { await Observed.WorkAsync("work", ct); return 2; } finally { await ReleaseAsync([|ct|]); } }""")]
    public Task Cleanup_RunsToItsEnd(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        static Task ReleaseAsync(CancellationToken token) => Observed.WorkAsync("release", token);
        static Task RollbackAsync(CancellationToken token) => Observed.WorkAsync("rollback", token);
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
