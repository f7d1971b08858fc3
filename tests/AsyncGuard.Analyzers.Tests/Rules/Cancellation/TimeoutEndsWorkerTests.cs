using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed class TimeoutEndsWorkerTests : RuleTest<TimeoutEndsWorkerAnalyzer, TimeoutEndsWorkerFix>
{
    private static readonly RuleTestOptions Hosting =
        new() { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.Extensions.Hosting", "System.Net.Http.Json"] };

    private const string Members =
        """
        void Log(object? x) { }
        readonly HttpClient _endless = new() { Timeout = Timeout.InfiniteTimeSpan };
        Task WorkAsync(CancellationToken token) => Task.CompletedTask;

        """;

    private const string Plain =
        """
        void Log(object? x) { }
        Task WorkAsync(CancellationToken token) => Task.CompletedTask;
        static async Task PullAsync(HttpClient client, CancellationToken token) { var text = await client.GetStringAsync("a", token); Console.WriteLine(text); }
        static async Task GuardedAsync(HttpClient client, CancellationToken token) { try { await client.GetStringAsync("a", token); } catch (OperationCanceledException) { } }

        """;

    private static string Worker(string handlers, string work = "await client.GetStringAsync(\"a\", token);",
        string loop = "while (!token.IsCancellationRequested)") =>
        $$"""
        async Task RunAsync(HttpClient client, IAsyncEnumerator<int> rows, PeriodicTimer timer, CancellationToken token)
        {
            var attempt = 0;
            {{loop}}
            {
                try { {{work}} await Task.Delay(1000, token); }
                {{handlers}}
                attempt++;
            }
        }
        """;

    [Theory]
    [InlineData("[|catch|] (OperationCanceledException) { break; } catch (Exception ex) { Log(ex); }")]
    [InlineData("[|catch|] (OperationCanceledException) { return; } catch (Exception ex) { Log(ex); }")]
    [InlineData("[|catch|] (OperationCanceledException) { Log(1); break; }")]
    [InlineData("[|catch|] (TaskCanceledException) { break; } catch (Exception ex) { Log(ex); }")]
    [InlineData("[|catch|] (OperationCanceledException) { throw; } catch (Exception ex) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not OperationCanceledException) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (!(ex is OperationCanceledException)) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not OperationCanceledException && attempt < 9) { Log(ex); }")]
    [InlineData("[|catch|] (Exception ex) when (ex is not TaskCanceledException) { Log(ex); }")]
    [InlineData("catch (IOException) { } [|catch|] (OperationCanceledException) { break; }")]
    [InlineData(
        "catch (OperationCanceledException) when (token.IsCancellationRequested) { break; } [|catch|] (Exception ex) when (ex is not OperationCanceledException) { Log(ex); }")]
    public Task Handler_ThatEndsTheLoopForAnyCancellation_IsReported(string handlers) => Reports(Plain + Worker(handlers));

    [Theory]
    [InlineData("catch (OperationCanceledException) when (!token.IsCancellationRequested) { Log(1); } catch (OperationCanceledException) { break; }")]
    [InlineData("catch (TaskCanceledException) when (token.IsCancellationRequested == false) { Log(1); } catch (OperationCanceledException) { return; }")]
    [InlineData("catch (Exception ex) when (!token.IsCancellationRequested) { Log(ex); } catch (OperationCanceledException) { break; }")]
    [InlineData("catch (Exception ex) when (ex is IOException || !token.IsCancellationRequested) { Log(ex); } catch (OperationCanceledException) { throw; }")]
    public Task Handler_BehindOneForTimeOuts_IsSilent(string handlers) => Silent(Plain + Worker(handlers));

    [Theory]
    [InlineData("await client.GetAsync(\"a\", token);")]
    [InlineData("await client.SendAsync(new HttpRequestMessage(), token);")]
    [InlineData("var row = await client.GetFromJsonAsync<int>(\"a\", token);")]
    [InlineData(
        "using var limit = CancellationTokenSource.CreateLinkedTokenSource(token); limit.CancelAfter(1000); await WorkAsync(limit.Token);")]
    [InlineData("using var limit = new CancellationTokenSource(1000); await WorkAsync(limit.Token);")]
    [InlineData("await PullAsync(client, token);")]
    [InlineData("await PullAsync(client, token).ConfigureAwait(false);")]
    public Task Call_WithATimeoutOfItsOwn_IsReported(string work) =>
    Reports(Plain + Worker("[|catch|] (OperationCanceledException) { break; } catch (Exception ex) { Log(ex); }", work), Hosting);

    [Theory]
    [InlineData("while (true)")]
    [InlineData("for (;;)")]
    [InlineData("while (await timer.WaitForNextTickAsync(token))")]
    public Task Loop_OfAWorker_IsReported(string loop) =>
    Reports(Plain + Worker("[|catch|] (OperationCanceledException) { break; } catch (Exception ex) { Log(ex); }", loop: loop));

    [Theory]
    [InlineData("catch (OperationCanceledException) when (token.IsCancellationRequested) { break; } catch (Exception ex) { Log(ex); }")]
    [InlineData("catch (OperationCanceledException ex) when (ex.CancellationToken == token) { break; } catch (Exception ex) { Log(ex); }")]
    [InlineData("catch (OperationCanceledException) { if (token.IsCancellationRequested) break; Log(1); }")]
    [InlineData("catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested) { Log(ex); }")]
    [InlineData("catch (Exception ex) when (!token.IsCancellationRequested) { Log(ex); }")]
    [InlineData("catch (Exception ex) { Log(ex); }")]
    [InlineData("catch (OperationCanceledException) { Log(1); }")]
    [InlineData("catch (OperationCanceledException) { token.ThrowIfCancellationRequested(); break; }")]
    [InlineData(
        "catch (TaskCanceledException ex) when (ex.InnerException is TimeoutException) { Log(ex); } catch (OperationCanceledException) { break; }")]
    [InlineData("catch (IOException) { break; }")]
    [InlineData("catch (Exception ex) when (ex is not OperationCanceledException) { Log(ex); } catch (Exception) { Log(2); }")]
    [InlineData("catch (TaskCanceledException) { Log(1); } catch (Exception ex) when (ex is not OperationCanceledException) { Log(ex); }")]
    [InlineData("catch (Exception ex) when (ex is not InvalidOperationException) { Log(ex); }")]
    [InlineData("finally { Log(1); }")]
    public Task Handler_ThatLooksAtTheToken_IsSilent(string handlers) => Silent(Plain + Worker(handlers));

    [Theory]
    [InlineData("await WorkAsync(token);")]
    [InlineData("await GuardedAsync(client, token);")]
    [InlineData("try { await client.GetStringAsync(\"a\", token); } catch (OperationCanceledException) { }")]
    [InlineData("Func<Task> later = () => client.GetStringAsync(\"a\", token); Console.WriteLine(later);")]
    [InlineData("using var limit = CancellationTokenSource.CreateLinkedTokenSource(token); await WorkAsync(limit.Token);")]
    public Task Call_WithoutATimeout_IsSilent(string work) =>
    Silent(Plain + Worker("catch (OperationCanceledException) { break; } catch (Exception ex) { Log(ex); }", work));

    [Fact]
    public Task Client_WithoutATimeout_IsSilent() =>
    Silent(Members + Worker("catch (OperationCanceledException) { break; }", "await _endless.GetStringAsync(\"a\", token);"));

    [Fact]
    public Task Retry_ThatGivesAResult_IsSilent() => Silent(
        """
        async Task<string> LoadAsync(HttpClient client, CancellationToken token)
        {
            while (true)
            {
                try { return await client.GetStringAsync("a", token); }
                catch (OperationCanceledException) { throw; }
                catch (HttpRequestException) { await Task.Delay(10, token); }
            }
        }
        async Task SendAllAsync(HttpClient client, List<string> urls, CancellationToken token)
        {
            foreach (var url in urls)
            {
                try { await client.GetStringAsync(url, token); }
                catch (OperationCanceledException) { break; }
            }
        }
        async Task OuterAsync(HttpClient client, CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                while (true)
                {
                    try { await client.GetStringAsync("a", token); }
                    catch (OperationCanceledException) { break; }
                }
            }
        }
        """);

#if !ROSLYN_FLOOR
    // A service that stopped for good when its server did not answer in time.
    [Fact]
    public Task Service_ThatATimeoutEnds_IsReported() => Fixes(
        """
        using System;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        public sealed class TideWatch(HttpClient client, ILogger<TideWatch> log) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        log.LogInformation("{Tide}", await client.GetStringAsync("https://tides.example.org/now", stoppingToken));
                        await Task.Delay(5000, stoppingToken);
                    }
                    [|catch|] (Exception e) when (e is not OperationCanceledException)
                    {
                        log.LogError(e, "no tide");
                    }
                }
            }
        }

        public sealed class TideWatch2(HttpClient client, ILogger<TideWatch2> log) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    try
                    {
                        log.LogInformation("{Tide}", await client.GetStringAsync("https://tides.example.org/now", stoppingToken));
                        await Task.Delay(5000, stoppingToken);
                    }
                    [|catch|] (OperationCanceledException) { break; } // stop
                    catch (Exception e) { log.LogError(e, "no tide"); }
                }
            }
        }
        """,
        """
        using System;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        public sealed class TideWatch(HttpClient client, ILogger<TideWatch> log) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        log.LogInformation("{Tide}", await client.GetStringAsync("https://tides.example.org/now", stoppingToken));
                        await Task.Delay(5000, stoppingToken);
                    }
                    catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                    {
                        log.LogError(e, "no tide");
                    }
                }
            }
        }

        public sealed class TideWatch2(HttpClient client, ILogger<TideWatch2> log) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    try
                    {
                        log.LogInformation("{Tide}", await client.GetStringAsync("https://tides.example.org/now", stoppingToken));
                        await Task.Delay(5000, stoppingToken);
                    }
                    catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { break; } // stop
                    catch (Exception e) { log.LogError(e, "no tide"); }
                }
            }
        }
        """,
        RuleTestOptions.File with { References = ReferenceSet.AspNetCore });
#endif

    [Fact]
    public Task Filter_WithMore_GetsParentheses() => Fixes(
        Plain + Worker("[|catch|] (Exception ex) when (ex is not OperationCanceledException && attempt < 9) { Log(ex); }"),
        Plain + Worker(
            "catch (Exception ex) when ((ex is not OperationCanceledException || !token.IsCancellationRequested) && attempt < 9) { Log(ex); }"));

    [Fact]
    public Task End_WithoutAnotherHandler_HasNoFix() => NoFix(Plain + Worker("[|catch|] (OperationCanceledException) { break; }"));

    // Whose time-out it is: that one client of the class waits for ever says nothing of the others.

    [Theory]
    [InlineData("readonly HttpClient _other = new() { Timeout = Timeout.InfiniteTimeSpan }; readonly HttpClient _client = new();")]
    [InlineData(
        "readonly HttpClient _client; C(HttpClient client, HttpClient other) { other.Timeout = Timeout.InfiniteTimeSpan; _client = client; }")]
    [InlineData(
        "readonly HttpClient _client = new(); void M() { using var local = new HttpClient { Timeout = Timeout.InfiniteTimeSpan }; }")]
    public Task Client_BesideAnEndlessOne_IsReported(string members) => Reports(members + Plain + Pull("[|catch|]"));

    [Theory]
    [InlineData("readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };")]
    [InlineData("readonly HttpClient _client; C() { _client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan }; }")]
    [InlineData("readonly HttpClient _client; C(HttpClient client) { client.Timeout = Timeout.InfiniteTimeSpan; _client = client; }")]
    [InlineData("readonly HttpClient _client; C(HttpClient client) { _client = client; _client.Timeout = Timeout.InfiniteTimeSpan; }")]
    [InlineData("readonly HttpClient _client = Make(); static HttpClient Make() => new() { Timeout = Timeout.InfiniteTimeSpan };")]
    public Task EndlessClient_IsSilent(string members) => Silent(members + Plain + Pull("catch"));

    private static string Pull(string keyword) =>
        $"async Task RunAsync(CancellationToken token) {{ while (!token.IsCancellationRequested) {{ try {{ await _client.GetStringAsync(\"a\", token); }} {keyword} (OperationCanceledException) {{ break; }} }} }}";
}
