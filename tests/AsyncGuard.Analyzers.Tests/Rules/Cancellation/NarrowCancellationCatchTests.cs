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
    [InlineData("catch (TaskCanceledException) { } catch (Exception ex) when (ex is OperationCanceledException) { }")]
    [InlineData("catch (TaskCanceledException) when (!token.IsCancellationRequested) { }")]
    [InlineData("catch (TaskCanceledException) when (token.IsCancellationRequested == false) { }")]
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

    // Tests of the type in a filter or in the handler

    [Theory]
    [InlineData("[|catch|] (Exception ex) when (ex is TaskCanceledException) { }",
        "catch (Exception ex) when (ex is OperationCanceledException) { }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not TaskCanceledException) { Log(ex); }",
        "catch (Exception ex) when (ex is not OperationCanceledException) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (!(ex is TaskCanceledException)) { Log(ex); }",
        "catch (Exception ex) when (!(ex is OperationCanceledException)) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not (TaskCanceledException or ObjectDisposedException)) { Log(ex); }",
        "catch (Exception ex) when (ex is not (OperationCanceledException or ObjectDisposedException)) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not TaskCanceledException and not ObjectDisposedException) { Log(ex); }",
        "catch (Exception ex) when (ex is not OperationCanceledException and not ObjectDisposedException) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (!(ex is TaskCanceledException || ex is IOException)) { Log(ex); }",
        "catch (Exception ex) when (!(ex is OperationCanceledException || ex is IOException)) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is TaskCanceledException && token.IsCancellationRequested) { }",
        "catch (Exception ex) when (ex is OperationCanceledException && token.IsCancellationRequested) { }")]
    [InlineData("[|catch|] (TaskCanceledException) when (token.IsCancellationRequested) { }",
        "catch (OperationCanceledException) when (token.IsCancellationRequested) { }")]
    [InlineData("[|catch|] (TaskCanceledException) when (token.IsCancellationRequested) { throw; } catch (TaskCanceledException) { }",
        "catch (OperationCanceledException) when (token.IsCancellationRequested) { throw; } catch (TaskCanceledException) { }")]
    [InlineData("[|catch|] (Exception ex) when (ex is TaskCanceledException cancelled && cancelled.CancellationToken == token) { }",
        "catch (Exception ex) when (ex is OperationCanceledException cancelled && cancelled.CancellationToken == token) { }")]
    [InlineData("[|catch|] (Exception ex) when (ex is TaskCanceledException { CancellationToken.CanBeCanceled: true }) { }",
        "catch (Exception ex) when (ex is OperationCanceledException { CancellationToken.CanBeCanceled: true }) { }")]
    [InlineData("[|catch|] (Exception ex) when (ex is System.Threading.Tasks.TaskCanceledException /* a */) { }",
        "catch (Exception ex) when (ex is OperationCanceledException /* a */) { }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not System.Threading.Tasks.TaskCanceledException) { }",
        "catch (Exception ex) when (ex is not OperationCanceledException) { }")]
    [InlineData("[|catch|] (SystemException ex) when (ex is TaskCanceledException) { }",
        "catch (SystemException ex) when (ex is OperationCanceledException) { }")]
    [InlineData("[|catch|] (Exception ex) { if (ex is TaskCanceledException) return; Log(ex); }",
        "catch (Exception ex) { if (ex is OperationCanceledException) return; Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) { if (ex is not TaskCanceledException) Log(ex); }",
        "catch (Exception ex) { if (ex is not OperationCanceledException) Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) { switch (ex) { case TaskCanceledException: return; default: Log(ex); break; } }",
        "catch (Exception ex) { switch (ex) { case OperationCanceledException: return; default: Log(ex); break; } }")]
    [InlineData("[|catch|] (Exception ex) { switch (ex) { case TaskCanceledException c: Log(c.Message); break; } }",
        "catch (Exception ex) { switch (ex) { case OperationCanceledException c: Log(c.Message); break; } }")]
    [InlineData("[|catch|] (Exception ex) { Log(ex switch { TaskCanceledException => 1, _ => 2 }); }",
        "catch (Exception ex) { Log(ex switch { OperationCanceledException => 1, _ => 2 }); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is TaskCanceledException) { throw; } catch (Exception) { }",
        "catch (Exception ex) when (ex is OperationCanceledException) { throw; } catch (Exception) { }")]
    public Task TypeTest_OfTaskCanceledException_IsReported(string handlers, string fixedHandlers) =>
        Fixes(Method(handlers), Method(fixedHandlers));

    [Theory]
    [InlineData("catch (Exception ex) when (ex is OperationCanceledException) { }")]
    [InlineData("catch (Exception ex) when (ex is OperationCanceledException { CancellationToken.IsCancellationRequested: true }) { }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException or OperationCanceledException) { }")]
    [InlineData("catch (Exception ex) when (ex is not TaskCanceledException && ex is not OperationCanceledException) { }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException && !token.IsCancellationRequested) { }")]
    [InlineData("catch (Exception ex) when (!token.IsCancellationRequested && ex is TaskCanceledException) { }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException or HttpRequestException) { }")]
    [InlineData("catch (Exception ex) when (ex is TimeoutException || ex is TaskCanceledException) { }")]
    [InlineData("catch (Exception ex) { if (ex is HttpRequestException or TaskCanceledException) return; throw; }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException { InnerException: TimeoutException }) { }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException { Task: null }) { }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException c && c.Task is null) { }")]
    [InlineData("catch (Exception ex) { if (ex is TaskCanceledException c) HandleTask(c); }")]
    [InlineData("catch (Exception ex) { if (ex is TaskCanceledException) HandleTask((TaskCanceledException)ex); }")]
    [InlineData("catch (Exception ex) { if (ex is TaskCanceledException) Log(1); else if (ex is OperationCanceledException) Log(2); }")]
    [InlineData("catch (Exception ex) { switch (ex) { case TaskCanceledException: break; case OperationCanceledException: break; } }")]
    [InlineData("catch (Exception ex) { switch (ex) { case TaskCanceledException: case TimeoutException: return; default: throw; } }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException) { throw; }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException) { } catch (OperationCanceledException) { }")]
    [InlineData("catch (Exception ex) when (ex is TaskCanceledException) { } catch (Exception ex) when (ex is OperationCanceledException) { }")]
    [InlineData("catch (AggregateException ex) when (ex.InnerException is TaskCanceledException) { }")]
    [InlineData("catch (Exception ex) when (ex.InnerException is TaskCanceledException) { }")]
    [InlineData("catch (Exception ex) when (ex.GetType() == typeof(TaskCanceledException)) { }")]
    [InlineData("catch (OperationCanceledException ex) when (ex is TaskCanceledException) { }")]
    [InlineData("catch (OperationCanceledException ex) when (ex is not TaskCanceledException) { }")]
    [InlineData("catch (IOException) { }")]
    public Task TypeTest_ThatIsRightOrHasReasons_IsSilent(string handlers) => Silent(Method(handlers));

    [Fact]
    public Task BothForms_AreReportedOnce() => Reports(Method(
        "[|catch|] (TaskCanceledException) { } catch (Exception ex) { if (ex is not TaskCanceledException) Log(ex); }"));

    [Fact]
    public Task TypeTest_OfATimeOutOfALibrary_IsSilent() => Silent(
        """
        async Task M(HttpClient client)
        {
            try { await client.GetAsync("a"); } catch (Exception ex) when (ex is TaskCanceledException) { }
        }
        """);

    [Fact]
    public Task SwallowingFilter_IsTheOtherRules_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            while (true) { try { await Task.Delay(1, token); } catch (Exception ex) when (ex is TaskCanceledException) { } }
        }
        """);

    [Fact]
    public Task TypeTest_InALambdaAndALocalFunction_IsReported() => Reports(
        """
        void M()
        {
            Func<Task> later = async () => { try { await Task.Delay(1); } [|catch|] (Exception ex) when (ex is TaskCanceledException) { } };
            async Task Local() { try { await Task.Delay(1); } [|catch|] (Exception ex) { if (ex is TaskCanceledException) return; } }
        }
        """);

    [Fact]
    public Task TypeTest_InOldLanguage_IsReported() => Fixes(
        "void M() { try { } [|catch|] (Exception ex) when (ex is TaskCanceledException) { } }",
        "void M() { try { } catch (Exception ex) when (ex is OperationCanceledException) { } }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

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
