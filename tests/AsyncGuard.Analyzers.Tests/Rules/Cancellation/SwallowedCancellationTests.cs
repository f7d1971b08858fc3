using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0304 reports. What it is silent on and what its fix writes stand in the other parts.</summary>
public sealed partial class SwallowedCancellationTests : RuleTest<SwallowedCancellationAnalyzer, SwallowedCancellationFix>
{
    private static readonly RuleTestOptions Hosting =
        new() { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.Extensions.Hosting"] };

    /// <summary>An endless loop that awaits work with a token and has this handler.</summary>
    private static string Loop(string handler) =>
        $$"""
        void Log(object? x) { }
        bool _running = true;
        async Task M(Func<CancellationToken, Task> work, List<Exception> errors, TaskCompletionSource<int> done, CancellationToken token)
        {
            var attempt = 0;
            var again = true;
            Exception? last = null;
            while (true)
            {
                try { await work(token); }
                {{handler}}
            }
        }
        """;

    [Theory]
    [InlineData("[|catch|] { }")]
    [InlineData("[|catch|] (Exception) { }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not ArgumentException) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not (ArgumentException or InvalidOperationException)) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (!(ex is ArgumentException)) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is IOException or OperationCanceledException) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is IOException || ex is OperationCanceledException) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not ArgumentException && ex is not IOException) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not ArgumentException) { Log(ex); } catch (Exception ex) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) { Log(ex.Message); continue; }")]
    [InlineData("[|catch|] (SystemException) { }")]
    [InlineData("[|catch|] (OperationCanceledException) { }")]
    [InlineData("[|catch|] (TaskCanceledException) { Log(null); }")]
    [InlineData("catch (InvalidOperationException) { throw; } [|catch|] (Exception ex) { Log(ex); }")]
    [InlineData("catch (Exception ex) when (ex is IOException) { throw; } [|catch|] (Exception ex) { Log(ex); }")]
    [InlineData("[|catch|] (Exception) when (attempt < 3) { attempt++; }")]
    [InlineData("[|catch|] (Exception) { if (++attempt == 3) throw; }")]
    [InlineData("[|catch|] (Exception) { if (++attempt == 3) return; }")]
    [InlineData("[|catch|] (Exception) { await Task.Delay(100); }")]
    [InlineData("[|catch|] (Exception) when (attempt < 3) { await Task.Delay(100, CancellationToken.None); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is OperationCanceledException) { }")]
    [InlineData("[|catch|] (Exception ex) { Log(ex.InnerException ?? ex); }")]
    [InlineData("[|catch|] (Exception ex) { if (ex is IOException) Log(ex); }")]
    [InlineData("[|catch|] (OperationCanceledException) { Log(1); } catch (Exception) { throw; }")]
    [InlineData("[|catch|] (Exception ex) { try { Log(ex); } catch { } } finally { Log(null); }")]
    public Task Handler_ThatGoesOn_IsReported(string handler) => Reports(Loop(handler));

    [Fact]
    public Task Loop_WhoseLaterAwaitHasNoToken_IsReported() => Reports(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            for (;;)
            {
                try { await work(token); } [|catch|] (Exception) { }
                await Task.Delay(1000);
            }
        }
        """);

    [Fact]
    public Task Loop_WithTheDelayInsideTheTry_IsReported() => Reports(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await work(token);
                    await Task.Delay(1000, token);
                }
                [|catch|] (Exception ex)
                {
                    Console.WriteLine(ex);
                }
            }
        }
        """);

    [Fact]
    public Task Loop_ThatThrowsIfCancelledInsideTheTry_IsReported() => Reports(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try { token.ThrowIfCancellationRequested(); await work(token); }
                [|catch|] (Exception) { }
            }
        }
        """);

    [Fact]
    public Task Loop_OverItems_IsReported() => Reports(
        """
        async Task M(List<int> items, Func<int, CancellationToken, Task> work, CancellationToken token)
        {
            foreach (var item in items)
            {
                try { await work(item, token); } [|catch|] (Exception ex) { Console.WriteLine(ex); }
            }
            for (var i = 0; i < 3; i++)
            {
                try { await work(i, token); return; } [|catch|] (Exception) { }
            }
            do
            {
                try { await work(0, token); } [|catch|] (Exception) { }
            }
            while (items.Count > 0);
        }
        """);

    [Fact]
    public Task Loop_OverStreamWithoutToken_IsReported() => Reports(
        """
        async Task M(IAsyncEnumerable<int> items, Func<int, CancellationToken, Task> work, CancellationToken token)
        {
            await foreach (var item in items)
            {
                try { await work(item, token); } [|catch|] { }
            }
        }
        """);

    [Fact]
    public Task Loop_WhoseLaterAwaitIsSwallowedToo_IsReportedAtTheFirstHandler() => Fixes(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try { await work(token); } [|catch|] (Exception) { }
                try { await Task.Delay(1000, token); } catch (Exception) { }
            }
        }
        """,
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try { await work(token); } catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested) { }
                try { await Task.Delay(1000, token); } catch (Exception) { }
            }
        }
        """);

    [Fact]
    public Task Branches_OfALoop_AreReportedEach() => Reports(
        """
        async Task M(Func<CancellationToken, Task> work, bool slow, CancellationToken token)
        {
            while (true)
            {
                if (slow)
                {
                    try { await work(token); } [|catch|] (Exception) { }
                }
                else
                {
                    try { await Task.Delay(1000, token); } [|catch|] (Exception) { }
                }
            }
        }
        """);

    [Fact]
    public Task TwoLoops_AreReportedEach() => Reports(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            for (var i = 0; i < 3; i++)
            {
                try { await work(token); } [|catch|] (Exception) { }
            }
            for (var i = 0; i < 3; i++)
            {
                try { await work(token); } [|catch|] (Exception) { }
            }
        }
        """);

    [Fact]
    public Task Goto_BackToTheTry_IsReportedInALoop() => Reports(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                again:
                try { await work(token); return; } [|catch|] (Exception) { goto again; }
            }
        }
        """);

    [Fact]
    public Task LinkedSource_PerAttempt_IsReported() => Reports(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                limit.CancelAfter(1000);
                try { await work(limit.Token); } [|catch|] (OperationCanceledException) { }
            }
        }
        """);

    [Fact]
    public Task Token_OfField_IsReported() => Reports(
        """
        readonly CancellationTokenSource _stopping = new();
        async Task M(Func<CancellationToken, Task> work)
        {
            while (true)
            {
                try { await work(_stopping.Token).ConfigureAwait(false); } [|catch|] (Exception) { }
            }
        }
        """);

    [Fact]
    public Task Token_OfContext_IsReported() => Reports(
        """
        async Task M(HttpContext context, Func<CancellationToken, Task> work)
        {
            while (true)
            {
                try { await work(context.RequestAborted); } [|catch|] (Exception) { }
            }
        }
        """,
        new() { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.AspNetCore.Http"] });

    [Fact]
    public Task AwaitForeach_InsideTheTry_IsReported() => Reports(
        """
        async Task M(Func<CancellationToken, IAsyncEnumerable<int>> items, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await foreach (var item in items(token)) Console.WriteLine(item);
                    await Task.Yield();
                }
                [|catch|] (Exception) { }
            }
        }
        """);

    [Fact]
    public Task Lambda_AndLocalFunction_AreReported() => Reports(
        """
        void M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            _ = Task.Run(async () =>
            {
                while (true)
                {
                    try { await work(token); } [|catch|] (Exception) { }
                }
            });
            _ = LocalAsync();
            async Task LocalAsync()
            {
                while (true)
                {
                    try { await work(token); } [|catch|] (Exception) { }
                }
            }
        }
        """);

    [Fact]
    public Task InnerTry_ThatRethrows_LeavesTheOuterReported() => Reports(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    try { await work(token); } catch (Exception) { Console.WriteLine(); throw; }
                }
                [|catch|] (Exception) { }
            }
        }
        """);

    [Fact]
    public Task Generic_AndAsyncIterator_AreReported() => Reports(
        """
        async IAsyncEnumerable<T> M<T>(Func<CancellationToken, Task<T>> next, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            while (true)
            {
                T? item = default;
                try { item = await next(token); } [|catch|] (Exception) { }
                if (item is not null) yield return item;
            }
        }
        """);

    [Fact]
    public Task BackgroundService_WhoseLoopSwallows_IsReported() => Reports(
        """
        class Poller : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    try { await Task.Delay(1000, stoppingToken); } {|#0:catch|} (OperationCanceledException) { }
                    Console.WriteLine();
                }
            }
        }
        """,
        Hosting with { Expected = [Swallowed(0, "the loop")] });

    [Fact]
    public Task BackgroundService_ThatGoesOnWithoutItsToken_IsReported() => Reports(
        """
        class Poller : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                try { await Task.Delay(1000, stoppingToken); } {|#0:catch|} (Exception) { }
                await ServeAsync();
            }
            Task ServeAsync() => Task.CompletedTask;
        }
        """,
        Hosting with { Expected = [Swallowed(0, "the service")] });

    [Fact]
    public Task OldLanguage_IsReported() => Reports(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try { await work(token); } [|catch|] (Exception) { }
            }
        }
        """,
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    private static DiagnosticResult Swallowed(int location, string what) =>
        new DiagnosticResult("AGD0304", DiagnosticSeverity.Warning).WithLocation(location).WithArguments(what);
}
