using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0303 is silent on.</summary>
public sealed partial class LoopIgnoresTokenTests
{
    [Theory]
    [InlineData("while (!token.IsCancellationRequested) await NextAsync();")]
    [InlineData("while (true) { token.ThrowIfCancellationRequested(); await NextAsync(); }")]
    [InlineData("while (true) { if (token.IsCancellationRequested) break; await NextAsync(); }")]
    [InlineData("while (await timer.WaitForNextTickAsync(token)) Use(1);")]
    [InlineData(
        "var source = System.Threading.Channels.Channel.CreateUnbounded<int>().Reader; while (await source.WaitToReadAsync(token)) await NextAsync();")]
    [InlineData(
        "var source = System.Threading.Channels.Channel.CreateUnbounded<int>().Reader; await foreach (var item in source.ReadAllAsync(token)) await NextAsync();")]
    [InlineData("IAsyncEnumerable<int> all = null!; await foreach (var item in all.WithCancellation(token)) await NextAsync();")]
    [InlineData("while (true) { await NextAsync(); await Task.Delay(1, token); }")]
    [InlineData("while (true) { await Task.Run(() => NextAsync(), token); }")]
    [InlineData("while (true) { Func<Task> f = () => Task.Delay(1, token); await f(); }")]
    [InlineData("while (true) { Use(token); await NextAsync(); }")]
    [InlineData(
        "while (true) { using var limit = CancellationTokenSource.CreateLinkedTokenSource(token); await Task.Delay(1, limit.Token); }")]
    [InlineData("foreach (var item in items.GetConsumingEnumerable(token)) await NextAsync();")]
    [InlineData(
        "using var linked = CancellationTokenSource.CreateLinkedTokenSource(token); while (!linked.IsCancellationRequested) await NextAsync();")]
    [InlineData("var stopped = Task.Delay(-1, token); while (await Task.WhenAny(NextAsync(), stopped) != stopped) { }")]
    [InlineData("var session = new List<CancellationToken>(new[] { token }); while (true) { Use(session); await NextAsync(); }")]
    [InlineData("Func<Task> step = () => Task.Delay(1, token); while (true) await step();")]
    [InlineData("while (true) await Step(); async Task Step() { await Task.Delay(1, token); }")]
    [InlineData("using var _ = token.Register(timer.Dispose); while (await timer.WaitForNextTickAsync()) Use(1);")]
    public Task Loop_ThatLooks_IsSilent(string loop) => Silent(Method(loop));

    [Theory]
    [InlineData("for (var i = 0; i < 10; i++) await NextAsync();")]
    [InlineData("for (var i = queue.Count; i > 0; i--) await NextAsync();")]
    [InlineData("while (attempt < 3) { attempt++; await NextAsync(); }")]
    [InlineData("while (attempt++ < 3) await NextAsync();")]
    [InlineData("while (true) { if (++attempt == 3) break; await NextAsync(); }")]
    [InlineData("while (true) { try { await NextAsync(); return; } catch (IOException) when (attempt < 3) { attempt++; } }")]
    [InlineData("var left = 100; while (left > 0) { left -= (await NextAsync())!.Length; }")]
    [InlineData("foreach (var item in queue) await NextAsync();")]
    [InlineData("foreach (var item in queue.Where(x => x != null)) await NextAsync();")]
    [InlineData("foreach (var item in await Task.WhenAll(NextAsync())) await NextAsync();")]
    [InlineData("do { await NextAsync(); } while (false);")]
    [InlineData("for (var i = ++attempt; i < queue.Count; i = ++attempt) await NextAsync();")]
    public Task Loop_ThatIsBounded_IsSilent(string loop) => Silent(Method(loop));

    [Theory]
    [InlineData("while (queue.TryDequeue(out var next)) Use(next);")]
    [InlineData("while (true) { Func<Task> f = async () => await NextAsync(); Use(f); }")]
    [InlineData("while (_running) await NextAsync();")]
    [InlineData("while (!_running) await Task.Delay(10);")]
    [InlineData(
        "await foreach (var item in Items()) Use(item); async IAsyncEnumerable<int> Items() { await NextAsync(); yield return 1; }")]
    public Task Loop_ThatDoesNotWaitOrIsAnothers_IsSilent(string loop) => Silent(Method(loop));

    [Fact]
    public Task Token_GivenToWhatTheLoopWaitsFor_IsSilent() => Silent(
        """
        class Rows { public void Reset(CancellationToken token) { } public Task<bool> NextAsync() => Task.FromResult(false); public IDisposable Start(CancellationToken token) => new MemoryStream(); }
        readonly Rows _rows = new();
        async Task M(CancellationToken token)
        {
            _rows.Reset(token);
            while (await _rows.NextAsync()) { }
        }
        async Task N(CancellationToken token)
        {
            using var operation = _rows.Start(token);
            while (await _rows.NextAsync()) { }
        }
        async Task O(CancellationToken token)
        {
            using (_rows.Start(token))
            {
                while (await _rows.NextAsync()) { }
            }
        }
        """);

    [Fact]
    public Task NoToken_IsSilent() => Silent("async Task M(Func<Task> step) { while (true) await step(); }");

    [Fact]
    public Task UnusedParameter_IsTheOtherRules_IsSilent() =>
    Silent("async Task M(Func<Task> step, CancellationToken token) { while (true) await step(); }");

    [Fact]
    public Task SynchronousCode_IsSilent() => Silent(
        """
        void M(System.Collections.Concurrent.BlockingCollection<int> items, CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            foreach (var item in items.GetConsumingEnumerable()) Console.WriteLine(item);
        }
        """);

    [Fact]
    public Task Cleanup_IsSilent() => Silent(
        """
        async Task M(Func<Task<bool>> next, CancellationToken token)
        {
            try { await Task.Delay(1, token); }
            catch (IOException) { while (await next()) { } }
            finally { while (await next()) { } }
        }
        async Task StopAsync(Func<Task<bool>> next, CancellationToken token) { await Task.Delay(1, token); while (await next()) { } }
        async Task DisposeAsync(Func<Task<bool>> next, CancellationToken token) { await Task.Delay(1, token); while (await next()) { } }
        async Task Drain(Func<Task<bool>> next, CancellationToken token)
        {
            while (!token.IsCancellationRequested) await next();
            while (await next()) { }
        }
        """);

    [Fact]
    public Task FieldToken_ThatOthersMayObey_IsSilent() => Silent(
        """
        readonly CancellationTokenSource _stopping = new();
        Task StepAsync() => Task.Delay(1, _stopping.Token);
        async Task M(TextReader reader)
        {
            while (true) await StepAsync();
        }
        async Task N(TextReader reader)
        {
            while (true) { if (await reader.ReadLineAsync() is null) return; }
        }
        async Task O(TextReader reader)
        {
            while (await reader.ReadLineAsync() is not null) { }
        }
        """);

    [Fact]
    public Task LambdaThatRunsLater_IsSilent() => Silent(
        """
        async Task M(Func<Task> step, CancellationToken token)
        {
            await Task.Delay(1, token);
            _ = Task.Run(async () => { while (true) await step(); });
        }
        """);

    [Fact]
    public Task CarriedToken_GivenWithItsOwner_IsSilent() => Silent(
        """
        async Task M(HttpContext context)
        {
            while (true) await context.Response.WriteAsync("a");
        }
        """,
        Hosting);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading;
        using System.Threading.Tasks;
        class C { async Task M(CancellationToken token) { await Task.Delay(1, token); while (true) await Task.Yield(); } }
        """,
        RuleTestOptions.File);
}
