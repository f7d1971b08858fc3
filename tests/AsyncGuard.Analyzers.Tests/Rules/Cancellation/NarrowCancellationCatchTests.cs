using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed class NarrowCancellationCatchTests : RuleTest<NarrowCancellationCatchAnalyzer, NarrowCancellationCatchFix>
{
    private static string Method(string handlers) =>
        $$"""
        void Log(object? x) { }
        void Handle(OperationCanceledException x) { }
        void HandleTask(TaskCanceledException x) { }
        async Task M(Task work, CancellationToken token)
        {
            try { await work; }
            {{handlers}}
        }
        """;

    [Theory]
    [InlineData("[|catch|] (TaskCanceledException) { }", "catch (OperationCanceledException) { }")]
    [InlineData("[|catch|] (TaskCanceledException) { throw; } catch (Exception) { }",
        "catch (OperationCanceledException) { throw; } catch (Exception) { }")]
    [InlineData("[|catch|] (TaskCanceledException ex) { Log(ex); }", "catch (OperationCanceledException ex) { Log(ex); }")]
    [InlineData("[|catch|] (TaskCanceledException ex) { Log(ex.Message); }", "catch (OperationCanceledException ex) { Log(ex.Message); }")]
    [InlineData("[|catch|] (TaskCanceledException ex) { Log(ex.CancellationToken); }",
        "catch (OperationCanceledException ex) { Log(ex.CancellationToken); }")]
    [InlineData("[|catch|] (TaskCanceledException ex) { Handle(ex); }", "catch (OperationCanceledException ex) { Handle(ex); }")]
    [InlineData("[|catch|] (TaskCanceledException ex) { throw new InvalidOperationException(\"\", ex); }",
        "catch (OperationCanceledException ex) { throw new InvalidOperationException(\"\", ex); }")]
    [InlineData("[|catch|] (TaskCanceledException ex) { throw ex; }", "catch (OperationCanceledException ex) { throw ex; }")]
    [InlineData("[|catch|] (TaskCanceledException ex) { Log($\"{ex}\"); }", "catch (OperationCanceledException ex) { Log($\"{ex}\"); }")]
    [InlineData("[|catch|] (TaskCanceledException ex) when (ex.CancellationToken == token) { }",
        "catch (OperationCanceledException ex) when (ex.CancellationToken == token) { }")]
    [InlineData("[|catch|] (TaskCanceledException ex) when (ex.InnerException is TimeoutException) { }",
        "catch (OperationCanceledException ex) when (ex.InnerException is TimeoutException) { }")]
    [InlineData("[|catch|] (System.Threading.Tasks.TaskCanceledException) { }", "catch (OperationCanceledException) { }")]
    [InlineData("catch (IOException) { } [|catch|] (TaskCanceledException) { } catch (Exception) { }",
        "catch (IOException) { } catch (OperationCanceledException) { } catch (Exception) { }")]
    [InlineData("[|catch|] /* a */ (TaskCanceledException /* b */ ex /* c */) // d\n    {\n        Log(ex); // e\n    }",
        "catch /* a */ (OperationCanceledException /* b */ ex /* c */) // d\n    {\n        Log(ex); // e\n    }")]
    public Task Clause_OfTaskCanceledException_IsReported(string handlers, string fixedHandlers) =>
    Fixes(Method(handlers), Method(fixedHandlers));

    [Theory]
    [InlineData("catch (OperationCanceledException) { }")]
    [InlineData("catch (Exception) { }")]
    [InlineData("catch { }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException) { }")]
    [InlineData("catch (TaskCanceledException) { } catch (OperationCanceledException) { }")]
    [InlineData("catch (OperationCanceledException) when (token.IsCancellationRequested) { } catch (TaskCanceledException) { }")]
    [InlineData("catch (TaskCanceledException) { throw; }")]
    [InlineData("catch (IOException) { } catch (TaskCanceledException) { throw; }")]
    [InlineData("catch (TaskCanceledException ex) { Log(ex.Task); }")]
    [InlineData("catch (TaskCanceledException ex) when (ex.Task is null) { }")]
    [InlineData("catch (TaskCanceledException ex) { HandleTask(ex); }")]
    [InlineData("catch (TaskCanceledException ex) { TaskCanceledException kept = ex; }")]
    [InlineData("catch (TaskCanceledException ex) { var kept = ex; }")]
    [InlineData("catch (TaskCanceledException ex) { Log(ex!.Task?.Id); }")]
    [InlineData("catch (TimeoutException) { }")]
    public Task Clause_ThatIsRightOrHasReasons_IsSilent(string handlers) => Silent(Method(handlers));

    [Theory]
    [InlineData("await client.GetAsync(\"a\");")]
    [InlineData("var text = await client.GetStringAsync(\"a\").ConfigureAwait(false); if (text == \"\") return;")]
    [InlineData("await client.GetAsync(\"a\", CancellationToken.None);")]
    [InlineData("using var answer = await client.GetAsync(\"a\"); await answer.Content.ReadAsStringAsync();")]
    public Task TimeOutOfALibrary_ThatIsGivenNoToken_IsSilent(string body) =>
        Silent($"async Task M(HttpClient client, CancellationToken token) {{ try {{ {body} }} catch (TaskCanceledException) {{ }} }}");

    [Theory]
    [InlineData("await client.GetAsync(\"a\", token);")]
    [InlineData("await client.GetAsync(\"a\"); token.ThrowIfCancellationRequested();")]
    [InlineData("await client.GetAsync(\"a\"); await OwnAsync();")]
    [InlineData("await client.GetAsync(\"a\"); await work;")]
    [InlineData("await client.GetAsync(\"a\"); await foreach (var row in rows) { }")]
    [InlineData("await Task.Delay(1);")]
    public Task CancellationOfOthers_IsReported(string body) => Reports(
        $$"""
        Task OwnAsync() => Task.CompletedTask;
        async Task M(HttpClient client, Task work, IAsyncEnumerable<int> rows, CancellationToken token)
        {
            try { {{body}} } [|catch|] (TaskCanceledException) { }
        }
        """);

    [Fact]
    public Task SwallowingClause_IsTheOtherRules_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            while (true) { try { await Task.Delay(1, token); } catch (TaskCanceledException) { } }
        }
        """);

    [Fact]
    public Task OtherTypeOfTheName_IsSilent() => Silent(
        """
        class TaskCanceledException : Exception { }
        void M() { try { } catch (TaskCanceledException) { } }
        """);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        class C { void M() { try { } catch (System.Threading.Tasks.TaskCanceledException) { } } }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Places_OfEveryKind_AreReported() => Reports(
        """
        C() { try { } [|catch|] (TaskCanceledException) { } }
        int P { get { try { return 1; } [|catch|] (TaskCanceledException) { return 2; } } }
        void M<T>(Action<T> a)
        {
            Action later = () => { try { } [|catch|] (TaskCanceledException) { } };
            void Local() { try { } [|catch|] (TaskCanceledException) { } }
        }
        """);

    [Fact]
    public Task TopLevelProgram_GetsTheUsing() => Fixes(
        """
        using System.Threading.Tasks;

        try { await Task.Delay(1); } [|catch|] (TaskCanceledException) { }
        """,
        """
        using System;
        using System.Threading.Tasks;

        try { await Task.Delay(1); } catch (OperationCanceledException) { }
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task OldLanguage_IsReported() => Fixes(
        "void M() { try { } [|catch|] (TaskCanceledException) { } }",
        "void M() { try { } catch (OperationCanceledException) { } }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task Program_ThatCatchesEveryCancellation_DoesTheSame() => FixesAndRuns(
        """
        static async Task<int> RunAsync()
        {
            using var source = new CancellationTokenSource();
            source.Cancel();
            try
            {
                await Task.Delay(1, source.Token);
                return 1;
            }
            [|catch|] (TaskCanceledException)
            {
                return 2;
            }
        }
        """,
        """
        static async Task<int> RunAsync()
        {
            using var source = new CancellationTokenSource();
            source.Cancel();
            try
            {
                await Task.Delay(1, source.Token);
                return 1;
            }
            catch (OperationCanceledException)
            {
                return 2;
            }
        }
        """);
}
