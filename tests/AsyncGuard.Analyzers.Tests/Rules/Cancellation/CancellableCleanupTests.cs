using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed class CancellableCleanupTests : RuleTest<CancellableCleanupAnalyzer, CancellableCleanupFix>
{
    private const string Helpers =
        """
        Task LoadAsync(CancellationToken token) => Task.Delay(1, token);
        Task<int> LoadAsync(int id, CancellationToken token) => Task.FromResult(1);
        Task ReleaseAsync(CancellationToken token) => Task.Delay(1, token);
        ValueTask UnlockAsync(string key, CancellationToken token) => default;
        Task RollbackAsync(CancellationToken token = default) => Task.CompletedTask;
        Task<int> SaveChangesAsync(CancellationToken token) => Task.FromResult(1);
        Task NotifyFailedAsync(Exception ex, CancellationToken token) => Task.CompletedTask;
        Task MarkFailedAsync(int id, CancellationToken token) => Task.CompletedTask;
        Task CleanAsync(CancellationToken token) => Task.CompletedTask;
        Task CloseAsync(bool quit, CancellationToken token) => Task.CompletedTask;
        Task DeleteTempAsync(CancellationToken? token) => Task.CompletedTask;
        Task DropTablesAsync(CancellationToken token) => Task.CompletedTask;
        Task DecreaseAsync(CancellationToken token) => Task.CompletedTask;
        void Log(object x) { }

        """;

    private static string Method(string body) =>
        Helpers + "async Task M(CancellationToken token, CancellationTokenSource source)\n{\n    " + body + "\n}\n";

    private static string Unmarked(string body) => body.Replace("[|", "").Replace("|]", "");

    [Theory]
    [InlineData("try { await LoadAsync(token); } finally { await ReleaseAsync([|token|]); }")]
    [InlineData("try { await LoadAsync(token); } finally { await ReleaseAsync([|token|]).ConfigureAwait(false); }")]
    [InlineData("try { await LoadAsync(token); } finally { await UnlockAsync(\"a\", [|token|]); }")]
    [InlineData("try { await LoadAsync(token); } finally { await UnlockAsync(token: [|token|], key: \"a\"); }")]
    [InlineData("try { await LoadAsync(token); } finally { await CloseAsync(true, /* a */ [|token|] /* b */); } // c")]
    [InlineData("try { await LoadAsync(token); } finally { await DeleteTempAsync([|token|]); }")]
    [InlineData("try { await LoadAsync(token); } finally { await SaveChangesAsync([|token|]); }")]
    [InlineData("try { token.ThrowIfCancellationRequested(); } finally { await ReleaseAsync([|token|]); }")]
    [InlineData("try { while (!token.IsCancellationRequested) await Task.Yield(); } finally { await ReleaseAsync([|token|]); }")]
    [InlineData("try { await LoadAsync(source.Token); } finally { await ReleaseAsync([|source.Token|]); }")]
    [InlineData("try { await LoadAsync(token); } catch (Exception) { await RollbackAsync([|token|]); throw; }")]
    [InlineData("try { await LoadAsync(token); } catch (IOException) { await RollbackAsync([|token|]); throw; }")]
    [InlineData(
        "try { await LoadAsync(token); } catch (Exception ex) when (ex is not IOException) { await RollbackAsync([|token|]); throw; }")]
    [InlineData("try { await LoadAsync(token); } catch { await MarkFailedAsync(1, [|token|]); throw; }")]
    [InlineData("try { await LoadAsync(token); } catch { await DropTablesAsync([|token|]); throw; }")]
    [InlineData("try { await LoadAsync(token); } finally { await DecreaseAsync([|token|]); }")]
    [InlineData("try { await LoadAsync(token); } catch (Exception ex) { await NotifyFailedAsync(ex, [|token|]); }")]
    [InlineData("try { await LoadAsync(token); } catch (OperationCanceledException ex) { await NotifyFailedAsync(ex, [|token|]); }")]
    [InlineData("try { await LoadAsync(token); } catch (IOException) { } catch (Exception ex) { await NotifyFailedAsync(ex, [|token|]); }")]
    [InlineData(
        "try { try { await LoadAsync(token); } finally { Log(1); } } finally { if (source != null) { await ReleaseAsync([|token|]); } }")]
    [InlineData("try { await LoadAsync(token); } finally { try { await ReleaseAsync([|token|]); } catch (IOException) { } }")]
    [InlineData("try { await LoadAsync(token); } finally { var n = await SaveChangesAsync([|token|]) + 1; Log(n); }")]
    [InlineData(
        "foreach (var i in new[] { 1 }) { try { await LoadAsync(i, token); } catch (Exception) { await RollbackAsync([|token|]); break; } }")]
    [InlineData(
        "foreach (var i in new[] { 1 }) { try { await LoadAsync(i, token); } catch (IOException) { await RollbackAsync([|token|]); } }")]
    [InlineData("Func<Task> f = async () => { try { await LoadAsync(token); } finally { await ReleaseAsync([|token|]); } };")]
    [InlineData("async Task Local<T>(T x) { try { await LoadAsync(token); } finally { await ReleaseAsync([|token|]); } } await Local(1);")]
    [InlineData("try { await Task.Run(() => LoadAsync(token)); } finally { await ReleaseAsync([|token|]); }")]
    public Task Cleanup_GivenTheTokenOfTheWork_GetsNone(string body) =>
        Fixes(Method(body),
        Method(body.Replace("[|token|]", "CancellationToken.None").Replace("[|source.Token|]", "CancellationToken.None")));

    [Theory]
    [InlineData("try { await LoadAsync(token); } finally { await ReleaseAsync(CancellationToken.None); }")]
    [InlineData("try { await LoadAsync(token); } finally { await ReleaseAsync(default); }")]
    [InlineData("try { await LoadAsync(token); } finally { await RollbackAsync(); }")]
    [InlineData(
        "try { await LoadAsync(token); } finally { using var limit = new CancellationTokenSource(1); await ReleaseAsync(limit.Token); }")]
    [InlineData("try { await LoadAsync(token); } finally { await Task.Delay(1, token); }")]
    [InlineData("try { await LoadAsync(token); } catch (Exception) { await Task.Delay(1, token); }")]
    [InlineData("try { await LoadAsync(token); } catch (Exception) { await LoadAsync(2, token); }")]
    [InlineData("try { await LoadAsync(default); } finally { await ReleaseAsync(token); }")]
    [InlineData("try { await LoadAsync(source.Token); } finally { await ReleaseAsync(token); }")]
    [InlineData(
        "using var both = CancellationTokenSource.CreateLinkedTokenSource(token); try { await LoadAsync(both.Token); } finally { await ReleaseAsync(token); }")]
    [InlineData("await LoadAsync(token); await ReleaseAsync(token);")]
    [InlineData("try { await ReleaseAsync(token); } finally { Log(token); }")]
    [InlineData("try { await LoadAsync(token); } finally { if (!token.IsCancellationRequested) await ReleaseAsync(token); }")]
    [InlineData(
        "try { await LoadAsync(token); } catch (Exception) { if (token.IsCancellationRequested) throw; await RollbackAsync(token); }")]
    [InlineData("try { await LoadAsync(token); } catch (IOException ex) { await NotifyFailedAsync(ex, token); }")]
    [InlineData(
        "try { await LoadAsync(token); } catch (Exception ex) when (ex is not OperationCanceledException) { await NotifyFailedAsync(ex, token); }")]
    [InlineData(
        "try { await LoadAsync(token); } catch (Exception ex) when (!token.IsCancellationRequested) { await NotifyFailedAsync(ex, token); }")]
    [InlineData(
        "try { await LoadAsync(token); } catch (Exception ex) { if (ex is OperationCanceledException) throw; await NotifyFailedAsync(ex, token); }")]
    [InlineData(
        "try { await LoadAsync(token); } catch (OperationCanceledException) { throw; } catch (Exception ex) { await NotifyFailedAsync(ex, token); }")]
    [InlineData("try { await LoadAsync(token); } catch (IOException) { await DropTablesAsync(token); throw; }")]
    [InlineData("while (true) { try { await LoadAsync(token); } catch (Exception ex) { await NotifyFailedAsync(ex, token); } }")]
    [InlineData("try { await LoadAsync(token); } finally { await CleanAsync(token); }")]
    [InlineData("try { await LoadAsync(token); } finally { _ = ReleaseAsync(token); }")]
    [InlineData("try { await LoadAsync(token); } finally { Func<Task> f = async () => await ReleaseAsync(token); Log(f); }")]
    [InlineData(
        "try { await LoadAsync(token); } catch (OperationCanceledException) when (source.IsCancellationRequested) { await MarkFailedAsync(1, token); }")]
    public Task Cleanup_ThatRunsAnyway_IsSilent(string body) => Silent(Method(Unmarked(body)));

    [Fact]
    public Task DisposeAsync_GivenTheTokenOfTheObject_IsReported() => Fixes(
        """
        class A : IAsyncDisposable
        {
            private readonly CancellationTokenSource _stopping = new();
            public Task FlushAsync() => LoadAsync(_stopping.Token);
            Task LoadAsync(CancellationToken token) => Task.CompletedTask;
            Task CloseAsync(CancellationToken token) => Task.CompletedTask;
            public async ValueTask DisposeAsync()
            {
                _stopping.Cancel();
                await CloseAsync([|_stopping.Token|]);
            }
        }
        """,
        """
        class A : IAsyncDisposable
        {
            private readonly CancellationTokenSource _stopping = new();
            public Task FlushAsync() => LoadAsync(_stopping.Token);
            Task LoadAsync(CancellationToken token) => Task.CompletedTask;
            Task CloseAsync(CancellationToken token) => Task.CompletedTask;
            public async ValueTask DisposeAsync()
            {
                _stopping.Cancel();
                await CloseAsync(CancellationToken.None);
            }
        }
        """);

    [Fact]
    public Task DisposeAsync_GivenAnotherToken_IsSilent() => Silent(
        """
        class A : IAsyncDisposable
        {
            private readonly CancellationTokenSource _closing = new(1000);
            Task CloseAsync(CancellationToken token) => Task.CompletedTask;
            public async ValueTask DisposeAsync()
            {
                await CloseAsync(_closing.Token);
                using var limit = new CancellationTokenSource(1000);
                await CloseAsync(limit.Token);
            }
            public async Task StopAsync(CancellationToken token) { await CloseAsync(token); }
        }
        """);

    [Fact]
    public Task Token_ThatLimitsStopping_IsSilent() => Silent(
        """
        Task FlushAsync(CancellationToken token) => Task.CompletedTask;
        async Task StopAsync(CancellationToken token) { try { await FlushAsync(token); } finally { await CloseAsync(token); } }
        async Task CloseAsync(CancellationToken token) { try { await Task.Delay(1, token); } finally { await FlushAsync(token); } }
        """);

    // Without its token, the clean-up would no longer end the loop that is cancelled.
    [Theory]
    [InlineData("foreach (var i in new[] { 1 }) { try { await LoadAsync(i, token); } catch (Exception) { await RollbackAsync([|token|]); } }")]
    [InlineData("while (true) { try { await LoadAsync(token); } catch { await RollbackAsync([|token|]); Log(1); } }")]
    public async Task Cleanup_ThatEndsALoop_KeepsItsToken(string body)
    {
        await NoFix(Method(body));
        await Offers(Method(body), ["Give it 30 seconds with 'Shield.CompleteAsync' (review)"],
            new() { Stubs = [Stubs.AsyncGuardRuntime] });
    }

    [Fact]
    public Task RuntimeLibrary_OffersShield() => Offers(
        Method("try { await LoadAsync(token); } finally { await ReleaseAsync([|token|]); }"),
        ["Pass 'CancellationToken.None'", "Give it 30 seconds with 'Shield.CompleteAsync' (review)"],
        new() { Stubs = [Stubs.AsyncGuardRuntime] });

    [Fact]
    public Task WithoutRuntimeLibrary_OffersNoneOnly() => Offers(
        Method("try { await LoadAsync(token); } finally { await ReleaseAsync([|token|]); }"),
        ["Pass 'CancellationToken.None'"]);

    [Theory]
    [InlineData("await ReleaseAsync([|token|]);", "await Shield.CompleteAsync(ct => ReleaseAsync(ct), token, TimeSpan.FromSeconds(30));")]
    [InlineData("await ReleaseAsync([|token|]).ConfigureAwait(false); // a",
        "await Shield.CompleteAsync(ct => ReleaseAsync(ct), token, TimeSpan.FromSeconds(30)).ConfigureAwait(false); // a")]
    [InlineData("await UnlockAsync(\"a\", [|token|]);",
        "await Shield.CompleteAsync(ct => UnlockAsync(\"a\", ct).AsTask(), token, TimeSpan.FromSeconds(30));")]
    [InlineData("var n = await SaveChangesAsync(token: [|token|]);",
        "var n = await Shield.CompleteAsync(ct => SaveChangesAsync(token: ct), token, TimeSpan.FromSeconds(30));")]
    public Task Cleanup_IsShielded(string cleanup, string shielded) => Fixes(
        Method("try { await LoadAsync(token); } finally { " + cleanup + "\n}"),
        Method("try { await LoadAsync(token); } finally { " + shielded + "\n}"),
        new() { Stubs = [Stubs.AsyncGuardRuntime], ActionKey = "AGD0306.Shield", FixedUsings = ["AsyncGuard"] });

    [Fact]
    public Task OldLanguage_IsReported() => Fixes(
        "Task CloseAsync(CancellationToken token) => Task.Delay(1, token); async Task M(CancellationToken token) { try { await Task.Delay(1, token); } finally { await CloseAsync([|token|]); } }",
        "Task CloseAsync(CancellationToken token) => Task.Delay(1, token); async Task M(CancellationToken token) { try { await Task.Delay(1, token); } finally { await CloseAsync(CancellationToken.None); } }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task TopLevelProgram_GetsTheUsing() => Fixes(
        """
        using System.Threading.Tasks;

        using var source = new System.Threading.CancellationTokenSource();
        try { await Task.Delay(1, source.Token); } finally { await CloseAsync([|source.Token|]); }
        Task CloseAsync(System.Threading.CancellationToken token) => Task.CompletedTask;
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        using var source = new System.Threading.CancellationTokenSource();
        try { await Task.Delay(1, source.Token); } finally { await CloseAsync(CancellationToken.None); }
        Task CloseAsync(System.Threading.CancellationToken token) => Task.CompletedTask;
        """,
        RuleTestOptions.TopLevel);

    // The directive would make the name ambiguous in a member that the fix does not touch.
    [Fact]
    public Task Fix_WhoseDirectiveBreaksAnotherMember_IsNotOffered() => NoFix(
        """
        using System.Threading.Tasks;
        using System.Timers;

        class C
        {
            private readonly Timer _timer = new Timer(1000);
            async Task M(System.Threading.CancellationToken token)
            {
                try { await Task.Delay(1, token); } finally { await CloseAsync([|token|]); }
            }
            Task CloseAsync(System.Threading.CancellationToken token) => Task.CompletedTask;
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading; using System.Threading.Tasks;
        class C { Task CloseAsync(CancellationToken t) => Task.CompletedTask; async Task M(CancellationToken t) { try { await Task.Delay(1, t); } finally { await CloseAsync(t); } } }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Program_ThatCleansUp_DoesTheSame() => FixesAndRuns(
        """
        static async Task RunAsync(CancellationToken token)
        {
            try
            {
                await Probe.WorkAsync("a", token);
            }
            finally
            {
                await CloseAsync([|token|]);
            }
        }
        static async Task CloseAsync(CancellationToken token)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            Probe.Note("closed");
        }
        """,
        """
        static async Task RunAsync(CancellationToken token)
        {
            try
            {
                await Probe.WorkAsync("a", token);
            }
            finally
            {
                await CloseAsync(CancellationToken.None);
            }
        }
        static async Task CloseAsync(CancellationToken token)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            Probe.Note("closed");
        }
        """);

    [Fact]
    public Task Program_ThatShieldsItsCleanup_DoesTheSame() => FixesAndRuns(
        """
        static async Task RunAsync(CancellationToken token)
        {
            try
            {
                await Probe.WorkAsync("a", token);
            }
            finally
            {
                await CloseAsync([|token|]);
            }
        }
        static async Task CloseAsync(CancellationToken token)
        {
            await Task.Delay(1, token);
            Probe.Note("closed");
        }
        """,
        """
        static async Task RunAsync(CancellationToken token)
        {
            try
            {
                await Probe.WorkAsync("a", token);
            }
            finally
            {
                await Shield.CompleteAsync(ct => CloseAsync(ct), token, TimeSpan.FromSeconds(30));
            }
        }
        static async Task CloseAsync(CancellationToken token)
        {
            await Task.Delay(1, token);
            Probe.Note("closed");
        }
        """,
        new() { ActionKey = "AGD0306.Shield", FixedUsings = ["AsyncGuard"] });
}
