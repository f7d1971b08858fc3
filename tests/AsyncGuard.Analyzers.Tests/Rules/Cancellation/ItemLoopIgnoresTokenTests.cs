using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed class ItemLoopIgnoresTokenTests : RuleTest<ItemLoopIgnoresTokenAnalyzer, ItemLoopIgnoresTokenFix>
{
    private const string Members =
        """
        Task SaveAsync(object? item) => Task.CompletedTask;
        Task<int> CountAsync(int i) => Task.FromResult(i);
        Task SaveAsync2(object? item, CancellationToken token) => Task.CompletedTask;
        IAsyncEnumerable<int> RowsAsync(CancellationToken token) => throw null!;
        readonly CancellationToken _stopping;
        Task CloseAsync(int item) => Task.CompletedTask;
        Task OnSavedAsync(int item) => Task.CompletedTask;
        Task CompleteRestoreAsync(int item) => Task.CompletedTask;
        ValueTask DisposeAsync(int item) => default;
        Task<bool> StopAsync(int item) => Task.FromResult(true);
        Task CloseAccountAsync(int item) => Task.CompletedTask;

        """;

    private static string In(string code) =>
        Members +
        "async Task M(List<int> items, int[] numbers, IAsyncEnumerator<int> rows, List<Task> tasks, Func<int, Task> work, CancellationToken token)\n{\n    await Task.Delay(1, token);\n    " +
        code + "\n}";

    [Theory]
    [InlineData("using var writer = new StreamWriter(\"a\"); foreach (var item in items) await writer.WriteLineAsync($\"{item}\");")]
    [InlineData("TextWriter writer = Console.Out; foreach (var item in items) { if (item > 0) await writer.WriteAsync('a'); else await writer.FlushAsync(); }")]
    [InlineData("using var writer = new StringWriter(); foreach (var item in items) await writer.WriteLineAsync(\"a\").ConfigureAwait(false);")]
    public Task LinesOfAWriter_AreSilent(string code) => Silent(In(code));

    [Theory]
    [InlineData("using var writer = new StreamWriter(\"a\"); [|foreach|] (var item in items) { await writer.WriteLineAsync(\"a\"); await SaveAsync(item); }")]
    [InlineData("using var reader = new StreamReader(\"a\"); [|foreach|] (var item in items) await reader.ReadLineAsync();")]
    [InlineData("Stream file = new MemoryStream(); [|foreach|] (var item in items) await file.FlushAsync(default);")]
    public Task OtherWorkForEachItem_IsReported(string code) => Reports(In(code));

    [Theory]
    [InlineData("[|foreach|] (var item in items) await SaveAsync(item);")]
    [InlineData("[|foreach|] (var item in items) { await SaveAsync(item); }")]
    [InlineData("[|for|] (var i = 0; i < items.Count; i++) await SaveAsync(items[i]);")]
    [InlineData("[|for|] (var i = 0; i < 10; i++) { await CountAsync(i); }")]
    [InlineData("[|for|] (var i = 0; i < 10; i++) { await work(i); await CountAsync(i); }")]
    [InlineData("Func<int, Task> own = async i => await CountAsync(i); [|foreach|] (var item in items) await own(item);")]
    [InlineData("var i = 0; [|while|] (i < 10) { await SaveAsync(i); i++; }")]
    [InlineData("[|foreach|] (var item in items.Where(i => i > 0)) await SaveAsync(item);")]
    [InlineData("[|foreach|] (var (i, n) in items.Select((n, i) => (i, n))) await SaveAsync(n + i);")]
    [InlineData("[|foreach|] (var item in numbers) { if (item > 0) await SaveAsync(item); }")]
    [InlineData("[|foreach|] (var item in items) { var n = await CountAsync(item); Console.WriteLine(n); }")]
    [InlineData("[|foreach|] (var item in items) foreach (var n in numbers) await SaveAsync(item + n);")]
    [InlineData("[|foreach|] (var item in items) await SaveAsync2(item, CancellationToken.None);")]
    [InlineData("[|foreach|] (var item in items) { try { await SaveAsync(item); } catch (IOException) { } }")]
    [InlineData("async Task Local() { [|foreach|] (var item in items) await SaveAsync(item); } await Local();")]
    [InlineData("[|foreach|] (var item in items) { await Task.WhenAll(tasks); await SaveAsync(item); }")]

    // Forms in public code: files of a folder, attempts, batches, pages, a line per row.
    [InlineData(
        "[|foreach|] (var file in Directory.GetFiles(\".\")) { using var reader = new StreamReader(file); Console.WriteLine(await reader.ReadLineAsync()); }")]
    [InlineData(
        "[|for|] (var attempt = 1; attempt <= 5; attempt++) { try { await CountAsync(attempt); break; } catch (IOException) when (attempt < 5) { await Task.Delay(100 * attempt); } }")]
    [InlineData("[|foreach|] (var batch in items.Chunk(100)) { await Task.WhenAll(batch.Select(i => work(i))); await SaveAsync(batch); }")]
    [InlineData("[|for|] (var page = 0; page < 100; page++) { var n = await CountAsync(page); if (n == 0) break; }")]
    [InlineData(
        "[|foreach|] (var group in items.GroupBy(i => i % 2).OrderBy(g => g.Key)) { Console.WriteLine(group.Key); await SaveAsync(group); }")]
    public Task Loop_OverItems_IsReported(string code) => Reports(In(code));

    [Theory]
    [InlineData("foreach (var item in items) await SaveAsync2(item, token);")]
    [InlineData("foreach (var item in items) { token.ThrowIfCancellationRequested(); await SaveAsync(item); }")]
    [InlineData("foreach (var item in items) { if (token.IsCancellationRequested) break; await SaveAsync(item); }")]
    [InlineData("foreach (var task in tasks) await task;")]
    [InlineData("for (var i = 0; i < tasks.Count; i++) await tasks[i];")]
    [InlineData("foreach (var item in items) Console.WriteLine(item);")]
    [InlineData("foreach (var item in items) { Func<Task> f = async () => await SaveAsync(item); }")]
    [InlineData("foreach (var item in items) await Task.Yield();")]
    [InlineData("while (true) await SaveAsync(1);")]
    [InlineData("while (await rows.MoveNextAsync()) await SaveAsync(rows.Current);")]
    [InlineData("try { await SaveAsync(1); } finally { foreach (var item in items) await SaveAsync(item); }")]
    [InlineData("try { await SaveAsync(1); } catch (IOException) { foreach (var item in items) await SaveAsync(item); }")]
    [InlineData(
        "foreach (var item in items) { using var limit = CancellationTokenSource.CreateLinkedTokenSource(token); await SaveAsync2(item, limit.Token); }")]
    [InlineData("await foreach (var row in RowsAsync(token)) await SaveAsync(row);")]
    [InlineData("Func<Task> f = async () => { foreach (var item in items) await SaveAsync(item); }; await f();")]
    [InlineData("using var held = token.Register(() => items.Clear()); foreach (var item in items) await SaveAsync(item);")]

    // Local functions that call each other: one of them passes the token.
    [InlineData(
        "async Task Field(int n) { await Group(n); } async Task Group(int n) { await SaveAsync2(n, token); if (n > 0) await Field(n - 1); } foreach (var item in items) await Field(item);")]

    // All are notified of what has happened.
    [InlineData("foreach (var item in items) await OnSavedAsync(item);")]
    [InlineData("foreach (var item in items) { await CompleteRestoreAsync(item).ConfigureAwait(false); }")]

    // Stopped between two passes.
    [InlineData("while (items.Count > 0) { foreach (var item in items) await SaveAsync(item); token.ThrowIfCancellationRequested(); }")]
    [InlineData("for (var i = 3; i > 0; i--) { foreach (var item in items) await SaveAsync(item); await Task.Delay(1000, token); }")]

    // The caller's work may hold the caller's token.
    [InlineData("foreach (var item in items) await work(item);")]
    [InlineData("for (var i = 0; i < 10; i++) { await work(i).ConfigureAwait(false); }")]

    // Cleanup goes to its end, however it is wrapped.
    [InlineData("foreach (var item in items) await CloseAsync(item);")]
    [InlineData("foreach (var item in items) await CloseAsync(item).ConfigureAwait(false);")]
    [InlineData("foreach (var item in items) await DisposeAsync(item).AsTask();")]
    [InlineData("foreach (var item in items) await DisposeAsync(item).AsTask().WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);")]
    [InlineData("for (var i = 0; i < numbers.Length; i++) { var done = await StopAsync(i).WaitAsync(TimeSpan.FromSeconds(1)); }")]

    // Forms in public code.
    [InlineData("foreach (var item in items) { await SaveAsync(item); await Task.Delay(10, token); }")]
    [InlineData("for (var i = 0; i < 3 && !token.IsCancellationRequested; i++) await SaveAsync(i);")]
    [InlineData("foreach (var item in items.TakeWhile(_ => !token.IsCancellationRequested)) await SaveAsync(item);")]
    [InlineData("async Task Each(int item) => await SaveAsync2(item, token); foreach (var item in items) await Each(item);")]
    [InlineData("var running = items.Select(i => work(i)).ToList(); foreach (var one in running) await one.ConfigureAwait(false);")]
    [InlineData("foreach (var item in items) { await SaveAsync(item); return; }")]
    [InlineData("foreach (var item in items) { await SaveAsync(item); break; }")]
    public Task Loop_ThatEndsOrLooks_IsSilent(string code) => Silent(In(code));

    [Fact]
    public Task Loop_WithoutToken_OrWithOneOfTheObject_IsSilent() => Silent(
        Members +
        """
        async Task A(List<int> items) { foreach (var item in items) await SaveAsync(item); }
        async Task B(List<int> items) { await Task.Delay(1, _stopping); foreach (var item in items) await SaveAsync(item); }
        async Task D(List<int> items, CancellationToken token) { foreach (var item in items) await SaveAsync(item); }
        async Task DisposeAsync(List<int> items, CancellationToken token) { await Task.Delay(1, token); foreach (var item in items) await SaveAsync(item); }
        """);

    [Fact]
    public Task Option_IsNoLoop() => Silent(
        Members + "async Task M(LanguageExt.Option<int> found, CancellationToken token) { await Task.Delay(1, token); foreach (var item in found) await SaveAsync(item); }",
        new() { Stubs = [Stubs.LanguageExt] });

    [Fact]
    public Task Loop_ThatComesRoundByContinue_IsReported() => Reports(
        In("[|foreach|] (var item in items) { await SaveAsync(item); if (item > 0) continue; return; }"));

    [Fact]
    public Task Sequence_ThatCouldTakeTheToken_IsSilent() => Silent(
        """
        async Task M(IAsyncEnumerable<int> rows, Func<int, Task> work, CancellationToken token)
        {
            await Task.Delay(1, token);
            await foreach (var row in rows) await work(row);
        }
        """);

    [Fact]
    public Task Token_ThatComesAlongWithSomethingElse_CountsWhereItIsUsed() => Reports(
        Members +
        """
        class Job { public CancellationToken Stopping; public CancellationToken CancellationToken { get; } }
        async Task A(Job job, List<int> items) { foreach (var item in items) await SaveAsync(item); }
        async Task B(Job job, List<int> items) { await Task.Delay(1, job.CancellationToken); [|foreach|] (var item in items) await SaveAsync(item); }
        """);

    [Fact]
    public Task Body_GetsTheCheck() => Fixes(
        """
        Task SaveAsync(int item) => Task.CompletedTask;
        async Task M(List<int> items, CancellationToken token)
        {
            await Task.Delay(1, token);
            [|foreach|] (var item in items)
            {
                // one by one
                await SaveAsync(item);
            }

            [|for|] (var i = 0; i < 3; i++)
                await SaveAsync(i);
        }
        """,
        """
        Task SaveAsync(int item) => Task.CompletedTask;
        async Task M(List<int> items, CancellationToken token)
        {
            await Task.Delay(1, token);
            foreach (var item in items)
            {
                token.ThrowIfCancellationRequested();
                // one by one
                await SaveAsync(item);
            }

            for (var i = 0; i < 3; i++)
            {
                token.ThrowIfCancellationRequested();
                await SaveAsync(i);
            }
        }
        """);

    [Fact]
    public Task Loop_ThatHasTakenAnItem_HasNoFix() => NoFix(
        """
        Task SaveAsync(int item) => Task.CompletedTask;
        async Task M(Queue<int> queue, CancellationToken token)
        {
            await Task.Delay(1, token);
            var i = 0;
            [|while|] (i++ < 10 && queue.TryDequeue(out var item)) await SaveAsync(item);
        }
        """);
}
