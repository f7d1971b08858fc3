using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0304's fix writes.</summary>
public sealed partial class SwallowedCancellationTests
{
    [Theory]
    [InlineData("[|catch|] (Exception ex) { Log(ex); }",
        "catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested) { Log(ex); }")]
    [InlineData("[|catch|] (Exception) { }",
        "catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested) { }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not ArgumentException) { Log(ex); }",
        "catch (Exception ex) when (ex is not ArgumentException && (ex is not OperationCanceledException || !token.IsCancellationRequested)) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is IOException || ex is OperationCanceledException) { Log(ex); }",
        "catch (Exception ex) when ((ex is IOException || ex is OperationCanceledException) && (ex is not OperationCanceledException || !token.IsCancellationRequested)) { Log(ex); }")]
    [InlineData("[|catch|] { }", "catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested) { }")]
    [InlineData("[|catch|] (Exception e) when (attempt < 3) { Log(e); }",
        "catch (Exception e) when (attempt < 3 && (e is not OperationCanceledException || !token.IsCancellationRequested)) { Log(e); }")]
    [InlineData("[|catch|] when (attempt < 3 || attempt > 7) { }",
        "catch (Exception ex) when ((attempt < 3 || attempt > 7) && (ex is not OperationCanceledException || !token.IsCancellationRequested)) { }")]
    [InlineData("[|catch|] (OperationCanceledException) { }",
        "catch (OperationCanceledException) when (!token.IsCancellationRequested) { }")]
    [InlineData("[|catch|] (OperationCanceledException) { Log(1); continue; }",
        "catch (OperationCanceledException) when (!token.IsCancellationRequested) { Log(1); continue; }")]
    [InlineData("[|catch|] (OperationCanceledException) { if (attempt > 1) continue; attempt++; }",
        "catch (OperationCanceledException) when (!token.IsCancellationRequested) { if (attempt > 1) continue; attempt++; }")]
    [InlineData("[|catch|] (TaskCanceledException) { Log(1); }",
        "catch (TaskCanceledException) when (!token.IsCancellationRequested) { Log(1); }")]
    [InlineData("[|catch|] (TaskCanceledException) { } catch (OperationCanceledException) { throw; }",
        "catch (TaskCanceledException) when (!token.IsCancellationRequested) { } catch (OperationCanceledException) { throw; }")]
    public Task Fix_LetsTheCancellationThrough(string handler, string fixedHandler) => Fixes(Loop(handler), Loop(fixedHandler));

    [Fact]
    public Task Fix_KeepsLinesAndComments() => Fixes(
        """
        async Task M0(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await work(token);
                }
                // errors
                [|catch|] (Exception) // all of them
                {
                    // nothing to do
                }
            }
        }
        async Task M1(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await work(token);
                }
                [|catch|] // everything
                {
                }
            }
        }
        async Task M2(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await work(token);
                }
                [|catch|] (OperationCanceledException)
                {
                    // stopped
                }
            }
        }
        async Task M3(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await work(token);
                }
                [|catch|] (OperationCanceledException)
                {
                    Console.WriteLine(); // says so
                    // go on
                    continue; // really
                }
            }
        }
        """,
        """
        async Task M0(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await work(token);
                }
                // errors
                catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested) // all of them
                {
                    // nothing to do
                }
            }
        }
        async Task M1(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await work(token);
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested) // everything
                {
                }
            }
        }
        async Task M2(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await work(token);
                }
                catch (OperationCanceledException) when (!token.IsCancellationRequested)
                {
                    // stopped
                }
            }
        }
        async Task M3(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await work(token);
                }
                catch (OperationCanceledException) when (!token.IsCancellationRequested)
                {
                    Console.WriteLine(); // says so
                    // go on
                    continue; // really
                }
            }
        }
        """);

    [Fact]
    public Task Fix_InOldLanguage_TestsWithIs() => Fixes(
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try { await work(token); } [|catch|] (Exception) { }
            }
        }
        """,
        """
        async Task M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try { await work(token); } catch (Exception ex) when (!(ex is OperationCanceledException) || !token.IsCancellationRequested) { }
            }
        }
        """,
        new() { LanguageVersion = LanguageVersion.CSharp8 });

    [Fact]
    public Task Fix_WhereNameIsTaken_TakesAnother() => Fixes(
        """
        async Task M(Func<CancellationToken, Task> work, int ex, CancellationToken token)
        {
            while (true)
            {
                try { await work(token); } [|catch|] (Exception) { Console.WriteLine(ex); }
            }
        }
        """,
        """
        async Task M(Func<CancellationToken, Task> work, int ex, CancellationToken token)
        {
            while (true)
            {
                try { await work(token); } catch (Exception exception) when (exception is not OperationCanceledException || !token.IsCancellationRequested) { Console.WriteLine(ex); }
            }
        }
        """);

    [Fact]
    public Task Fix_WithoutUsing_AddsIt() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Worker
        {
            async Task M(CancellationToken token)
            {
                while (true)
                {
                    try { await Task.Delay(1, token); } [|catch|] { }
                }
            }
        }
        """,
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        class Worker
        {
            async Task M(CancellationToken token)
            {
                while (true)
                {
                    try { await Task.Delay(1, token); } catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested) { }
                }
            }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Program_WhoseWorkFails_GoesOn() => FixesAndRuns(
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            var failures = 0;
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    await Task.Delay(1, token);
                    throw new InvalidOperationException("broken");
                }
                [|catch|] (Exception)
                {
                    failures++;
                }
            }
            return failures;
        }
        """,
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            var failures = 0;
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    await Task.Delay(1, token);
                    throw new InvalidOperationException("broken");
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested)
                {
                    failures++;
                }
            }
            return failures;
        }
        """);
}
