using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0303 reports, and what its fix writes. What it is silent on stands in the other part.</summary>
public sealed partial class LoopIgnoresTokenTests : RuleTest<LoopIgnoresTokenAnalyzer, LoopIgnoresTokenFix>
{
    private static readonly RuleTestOptions Hosting =
        new() { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.Extensions.Hosting", "Microsoft.AspNetCore.Http"] };

    /// <summary>A loop in a method that has used its token before.</summary>
    private static string Method(string loop) =>
        $$"""
        bool _running = true;
        Task<string?> NextAsync() => Task.FromResult<string?>(null);
        Task<bool> TryAsync() => Task.FromResult(true);
        void Use(object? x) { }
        async Task M(TextReader reader, Queue<string> queue, System.Collections.Concurrent.BlockingCollection<int> items, PeriodicTimer timer, CancellationToken token)
        {
            await Task.Delay(1, token);
            var attempt = 0;
            string? line = "";
            {{loop}}
        }
        """;

    [Theory]
    [InlineData("var all = new List<string>(); [|while|] (await next() is { } line) { all.Add(line); } return all;",
        "var all = new List<string>(); while (await next() is { } line) { all.Add(line); token.ThrowIfCancellationRequested(); } return all;")]
    [InlineData("var n = 0; string? line; [|while|] ((line = await next()) != null) n += line.Length; return n;",
        "var n = 0; string? line; while ((line = await next()) != null) { n += line.Length; token.ThrowIfCancellationRequested(); } return n;")]
    public Task Part_IsNotReturnedForTheWhole(string body, string fixedBody) => Fixes(
        $"async Task<object> M(Func<Task<string?>> next, CancellationToken token) {{ await Task.Delay(1, token); {body} }}",
        $"async Task<object> M(Func<Task<string?>> next, CancellationToken token) {{ await Task.Delay(1, token); {fixedBody} }}");

    [Theory]
    [InlineData("var n = 0; [|while|] (await next() is { } line) { n += line.Length; } File.WriteAllText(\"n\", n.ToString());")]
    [InlineData("if (_n == 0) { [|while|] (await next() is { } line) { _n += line.Length; } } _ready = _n > 0;")]
    public Task Part_IsNotUsedForTheWhole(string body) => NoFix(
        $"int _n; bool _ready; async Task M(Func<Task<string?>> next, CancellationToken token) {{ await Task.Delay(1, token); {body} }}");

    [Theory]
    [InlineData("[|while|] (true) { await NextAsync(); }")]
    [InlineData("[|for|] (;;) { await NextAsync(); }")]
    [InlineData("[|for|] (;; attempt++) await NextAsync();")]
    [InlineData("[|do|] { await NextAsync(); } while (true);")]
    [InlineData("[|while|] ((line = await reader.ReadLineAsync()) != null) Use(line);")]
    [InlineData("[|while|] (await NextAsync() is { } next) Use(next);")]
    [InlineData("[|while|] (queue.TryDequeue(out var next)) await NextAsync();")]
    [InlineData("[|while|] (queue.Count > 0) { await NextAsync(); queue.Dequeue(); }")]
    [InlineData("[|while|] (!await TryAsync()) { }")]
    [InlineData("[|do|] { line = await NextAsync(); } while (line != null);")]
    [InlineData("[|while|] (await timer.WaitForNextTickAsync()) Use(1);")]
    [InlineData("[|while|] (true) { if (await TryAsync()) return; }")]
    [InlineData("[|while|] (true) { if (await TryAsync()) break; await NextAsync(); }")]
    [InlineData("[|while|] (true) { Thread.Sleep(100); Use(1); }")]
    [InlineData("[|while|] (true) { Use(items.Take()); }")]
    [InlineData("[|foreach|] (var item in items.GetConsumingEnumerable()) await NextAsync();")]
    [InlineData("[|foreach|] (var text in File.ReadLines(\"a\")) await NextAsync();")]
    [InlineData("[|while|] (true) { try { await NextAsync(); } catch (IOException) { } }")]
    [InlineData("[|while|] (true) { await Task.Delay(1, CancellationToken.None); await NextAsync(); }")]
    [InlineData("while (!token.IsCancellationRequested) { [|while|] (await TryAsync()) { } }")]
    [InlineData("[|while|] (true) { await Task.WhenAll(NextAsync(), TryAsync()); }")]
    public Task Loop_ThatNeverLooks_IsReported(string loop) => Reports(Method(loop));

    [Fact]
    public Task BackgroundService_ThatIgnoresItsToken_IsReported() => Reports(
        """
        class Poller : BackgroundService
        {
            Task StepAsync() => Task.CompletedTask;
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                {|#0:while|} (true)
                {
                    await StepAsync();
                    await Task.Delay(1000);
                }
            }
        }
        """,
        Hosting with
        {
            Expected = [new DiagnosticResult("AGD0303", DiagnosticSeverity.Warning).WithLocation(0)
            .WithArguments("stoppingToken")]
        });

    [Fact]
    public Task InterfaceImplementation_IsReported() => Reports(
        """
        interface IPump { Task RunAsync(Func<Task> step, CancellationToken token); }
        class Pump : IPump { public async Task RunAsync(Func<Task> step, CancellationToken token) { [|while|] (true) await step(); } }
        """);

    [Fact]
    public Task Lambda_WithItsOwnToken_IsReported() => Reports(
        """
        void Start(Func<CancellationToken, Task> run) { }
        void M(Func<Task> step)
        {
            Start(async token => { [|while|] (true) await step(); });
            Start(async token => { await Task.Delay(1, token); await Local(token); });
            async Task Local(CancellationToken token) { await Task.Delay(1, token); [|for|] (;;) await step(); }
        }
        """);

    [Fact]
    public Task LocalToken_IsReported() => Reports(
        """
        async Task M(Func<Task> step, CancellationTokenSource source)
        {
            var token = source.Token;
            [|while|] (true) await step();
        }
        """);

    [Fact]
    public Task Context_WithToken_IsReported() => Reports(
        """
        async Task M(HttpContext context, Func<Task> step)
        {
            await context.Response.WriteAsync("a");
            [|while|] (true) await step();
        }
        """,
        Hosting);

    [Fact]
    public Task FieldToken_OfEndlessLoop_IsReported() => Reports(
        """
        readonly CancellationTokenSource _stopping = new();
        async Task M(TextReader reader)
        {
            [|while|] (true) Console.WriteLine(await reader.ReadLineAsync());
        }
        """);

    [Fact]
    public Task AwaitableReturningMethod_IsAsyncCode() => Reports(
        """
        Task M(System.Collections.Concurrent.BlockingCollection<int> items, CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            [|foreach|] (var item in items.GetConsumingEnumerable()) Console.WriteLine(item);
            return Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Stream_AwaitedWithTheToken_IsReported() => Reports(
        """
        async Task M(HttpClient client, CancellationToken token)
        {
            using var stream = await client.GetStreamAsync("https://example.org/", token);
            [|while|] (await stream.ReadAsync(new byte[1]) > 0) { }
        }
        """);

    [Fact]
    public Task Generic_AndIterator_AreReported() => Reports(
        """
        async IAsyncEnumerable<T> M<T>(Func<Task<T>> next, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            await Task.Delay(1, token);
            [|while|] (true) yield return await next();
        }
        """);

    [Fact]
    public Task OldLanguage_IsReported() => Fixes(
        """
        async Task M(Func<Task> step, CancellationToken token)
        {
            await Task.Delay(1, token);
            [|while|] (true) await step();
        }
        """,
        """
        async Task M(Func<Task> step, CancellationToken token)
        {
            await Task.Delay(1, token);
            while (true) { token.ThrowIfCancellationRequested(); await step(); }
        }
        """,
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task TopLevelProgram_IsReported() => Reports(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        using var source = new CancellationTokenSource();
        var token = source.Token;
        [|while|] (await Console.In.ReadLineAsync() is { } line) Console.WriteLine(line);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Fix_WritesTheCheckFirst() => Fixes(
        """
        async Task M(Func<Task<string?>> next, CancellationToken token)
        {
            await Task.Delay(1, token);
            [|while|] (await next() is { } text) // all of it
            {
                // one
                Console.WriteLine(text);
            }
        }

        async Task N(Func<Task<string?>> next, CancellationToken token)
        {
            await Task.Delay(1, token);
            [|while|] (true)
                await next();
        }
        """,
        """
        async Task M(Func<Task<string?>> next, CancellationToken token)
        {
            await Task.Delay(1, token);
            while (!token.IsCancellationRequested && await next() is { } text) // all of it
            {
                // one
                Console.WriteLine(text);
            }
        }

        async Task N(Func<Task<string?>> next, CancellationToken token)
        {
            await Task.Delay(1, token);
            while (true)
            {
                token.ThrowIfCancellationRequested();
                await next();
            }
        }
        """);

    [Fact]
    public Task Fix_OfEmptyBody_WritesTheCheck() => Fixes(
        Method("[|while|] (!await TryAsync()) { }"),
        Method("while (!await TryAsync()) { token.ThrowIfCancellationRequested(); }"));

    [Fact]
    public Task Fix_OfNestedLoops_WritesOneEach() => Fixes(
        """
        async Task M(Func<Task<bool>> next, CancellationToken token)
        {
            await Task.Delay(1, token);
            [|do|]
            {
                [|while|] (await next())
                {
                    await next();
                }
            }
            while (await next());
        }
        """,
        """
        async Task M(Func<Task<bool>> next, CancellationToken token)
        {
            await Task.Delay(1, token);
            do
            {
                token.ThrowIfCancellationRequested();
                while (await next())
                {
                    token.ThrowIfCancellationRequested();
                    await next();
                }
            }
            while (await next());
        }
        """,
        new() { FixIterations = 2 });

    [Fact]
    public Task Fix_ByCondition_IsOfferedSecond() => Fixes(
        Method("[|while|] (true) { await NextAsync(); }"),
        Method("while (!token.IsCancellationRequested) { await NextAsync(); }"),
        new() { ActionIndex = 1 });

    [Fact]
    public Task Fix_OffersBoth() =>
    Offers(Method("[|while|] (true) { await NextAsync(); }"), ["Throw where 'token' is cancelled", "Loop until 'token' is cancelled"]);

    // The finally gives back what was taken in front of its try.
    [Theory]
    [InlineData("await _gate.WaitAsync(token); try { [|while|] (await TryAsync()) { Use(1); } } finally { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(token); try { Use(0); [|while|] (await TryAsync()) { Use(1); } } finally { _gate.Release(); }")]
    public Task Fix_UnderALock_OffersTheCheck(string body) => Offers(
        "readonly SemaphoreSlim _gate = new(1, 1); Task<bool> TryAsync() => Task.FromResult(true); void Use(int i) { } "
        + $"async Task M(CancellationToken token) {{ {body} }}",
        ["Throw where 'token' is cancelled"]);

    [Fact]
    public Task Fix_OfDataLoop_OffersTheCheck() => Offers(Method("[|while|] (await TryAsync()) { }"), ["Throw where 'token' is cancelled"]);

    [Fact]
    public Task Fix_ByCondition_ThatWouldNotCompile_IsNotOffered() => Offers(
        """
        async Task<int> M(Func<Task<int>> next, CancellationToken token)
        {
            await Task.Delay(1, token);
            [|while|] (true) { if (await next() > 0) return 1; }
        }
        """,
        ["Throw where 'token' is cancelled"]);

    [Fact]
    public Task Program_ThatLooksAtItsToken_DoesTheSame() => FixesAndRuns(
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            await Task.Delay(1, token);
            var last = 0;
            [|while|] (true)
            {
                if ((last = await NextAsync()) > 2) return last;
            }
        }
        private static int count;
        static async Task<int> NextAsync()
        {
            await Probe.StubbornAsync("a");
            return ++count;
        }
        """,
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            await Task.Delay(1, token);
            var last = 0;
            while (true)
            {
                token.ThrowIfCancellationRequested();
                if ((last = await NextAsync()) > 2) return last;
            }
        }
        private static int count;
        static async Task<int> NextAsync()
        {
            await Probe.StubbornAsync("a");
            return ++count;
        }
        """);
}
