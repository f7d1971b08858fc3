using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// What the fix leaves as it is.
public sealed partial class SwallowedCancellationTests
{
    [Fact]
    public Task TimeoutOfAClient_StaysAnError() => Fixes(
        """
        class Watch : BackgroundService
        {
            readonly HttpClient client = new();
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    try
                    {
                        Console.WriteLine(await client.GetStringAsync("u", stoppingToken));
                    }
                    [|catch|] (Exception e)
                    {
                        Console.WriteLine(e);
                    }
                }
            }
        }
        """,
        """
        class Watch : BackgroundService
        {
            readonly HttpClient client = new();
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    try
                    {
                        Console.WriteLine(await client.GetStringAsync("u", stoppingToken));
                    }
                    catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                    {
                        Console.WriteLine(e);
                    }
                }
            }
        }
        """,
        Hosting);

    [Fact]
    public Task LimitOfOneAttempt_IsNotTheToken() => Fixes(
        "async Task M(HttpClient c, CancellationToken token) { while (true) { try { using var limit = CancellationTokenSource.CreateLinkedTokenSource(token); limit.CancelAfter(100); await c.GetAsync(\"u\", limit.Token); await Task.Delay(1, token); } [|catch|] (OperationCanceledException) { Console.WriteLine(); } } }",
        "async Task M(HttpClient c, CancellationToken token) { while (true) { try { using var limit = CancellationTokenSource.CreateLinkedTokenSource(token); limit.CancelAfter(100); await c.GetAsync(\"u\", limit.Token); await Task.Delay(1, token); } catch (OperationCanceledException) when (!token.IsCancellationRequested) { Console.WriteLine(); } } }");
}
