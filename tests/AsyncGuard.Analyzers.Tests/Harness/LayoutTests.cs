using System.Collections.Immutable;
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

    [Fact]
    public Task Attribute_AtTheBeginningOfALine_StaysThere() =>
        new RuleVerifier([new EnumeratorTokenAnalyzer()], new EnumeratorTokenFix()).FixesInLayoutsAsync(
            """
            static async IAsyncEnumerable<T> D<T>(
                T x,
                CancellationToken [|cancellationToken|]) // a
            {
                await Task.Delay(1, cancellationToken);
                yield return x;
            }
            """,
            """
            static async IAsyncEnumerable<T> D<T>(
                T x,
                [EnumeratorCancellation] CancellationToken cancellationToken) // a
            {
                await Task.Delay(1, cancellationToken);
                yield return x;
            }
            """,
            RuleTestOptions.Default with { ExtraUsings = ["System.Runtime.CompilerServices"] });

    [Theory]
    [InlineData("", "    ")]
    [InlineData("indent_size = 3", "   ")]
    [InlineData("indent_style = tab", "\t")]
    public Task File_WithoutAnIndentedLine_TakesTheConfiguredStep(string option, string step) =>
        new RuleVerifier([new CancelledNotAwaitedAnalyzer()], new CancelledNotAwaitedFix()).FixesAsync(
            """
            using System;
            using System.Threading;
            using System.Threading.Tasks;

            using var cts = new CancellationTokenSource();
            var server = ServeAsync(cts.Token);
            await Task.Delay(100);
            [|cts.Cancel()|];

            static Task ServeAsync(CancellationToken token) => Task.Delay(-1, token);
            """,
            $$"""
            using System;
            using System.Threading;
            using System.Threading.Tasks;

            using var cts = new CancellationTokenSource();
            var server = ServeAsync(cts.Token);
            await Task.Delay(100);
            cts.Cancel();
            try
            {
            {{step}}await server;
            }
            catch (OperationCanceledException) when (cts.IsCancellationRequested)
            {
            }

            static Task ServeAsync(CancellationToken token) => Task.Delay(-1, token);
            """,
            RuleTestOptions.TopLevel with
            {
                EditorConfig = option.Length == 0 ? ImmutableDictionary<string, string>.Empty
                    : ImmutableDictionary<string, string>.Empty.Add(option.Split(" = ")[0], option.Split(" = ")[1]),
            });
}
