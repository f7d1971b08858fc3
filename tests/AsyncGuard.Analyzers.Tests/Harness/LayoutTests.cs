using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Fixes in files that are indented by two spaces or by tabs, end lines as Windows does, or do not end the last one.</summary>
public sealed class LayoutTests
{
    [Fact]
    public Task Check_StandsInTheFilesOwnSteps() =>
        new RuleVerifier([new LoopIgnoresTokenAnalyzer()], new LoopIgnoresTokenFix()).FixesInLayoutsAsync(
            """
            async Task M(Func<Task<bool>> next, CancellationToken token)
            {
                await Task.Delay(1, token);
                [|while|] (true)
                    await next();
            }
            """,
            """
            async Task M(Func<Task<bool>> next, CancellationToken token)
            {
                await Task.Delay(1, token);
                while (true)
                {
                    token.ThrowIfCancellationRequested();
                    await next();
                }
            }
            """,
            RuleTestOptions.Default);

    [Fact]
    public Task List_IsKeptInItsLine() =>
        new RuleVerifier([new TaskSequenceRepeatedAnalyzer()], new TaskSequenceRepeatedFix()).FixesInLayoutsAsync(
            """
            async Task M(int[] items)
            {
                var tasks = items.Select(i => Task.Delay(i));
                await Task.WhenAll(tasks);
                await Task.WhenAll([|tasks|]);
            }
            """,
            """
            async Task M(int[] items)
            {
                var tasks = items.Select(i => Task.Delay(i)).ToList();
                await Task.WhenAll(tasks);
                await Task.WhenAll(tasks);
            }
            """,
            RuleTestOptions.Default);
}
