using System.Threading.Tasks;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Resources;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class UnboundedBufferBehaviourTests : RuleTest<UnboundedBufferAnalyzer, UnboundedBufferFix>
{
    private const string Made = "var c = [|Channel.CreateUnbounded<int>()|]; ";
    private const string ReadAll =
        """async Task<int> ReadAsync(ChannelReader<int> r) { var sum = 0; await foreach (var n in r.ReadAllAsync()) { try { await ShowAsync("got ", n); } catch (Exception) { } sum += n; } return sum; }""";
    private const string Read =
        """async Task<int> ReadAsync(ChannelReader<int> r) { var sum = 0; await foreach (var n in r.ReadAllAsync()) { try { await ShowAsync("got ", n); } catch (Exception) { Observed.Note("failed"); } sum += n; } return sum; }""";

    // More items than the channel has room for.
    [Theory]
    [InlineData(Made + "var reading = ReadAsync(); try { await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); } finally { c.Writer.Complete(); await reading; } return await reading; "
        + """async Task<int> ReadAsync() { var sum = 0; await foreach (var n in c.Reader.ReadAllAsync()) { try { await ShowAsync("got ", n); } catch (Exception) { Observed.Note("failed"); } sum += n; } return sum; }""")]
    [InlineData(Made + "var reading = ReadAsync(); try { await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n, default); } finally { c.Writer.Complete(); await reading; } return await reading; "
        + """async Task<int> ReadAsync() { var sum = 0; while (await c.Reader.WaitToReadAsync()) while (c.Reader.TryRead(out var n)) { try { await ShowAsync("got ", n); } catch (Exception) { Observed.Note("failed"); } sum += n; } return sum; }""")]
    [InlineData(Made + "var reading = Task.Run(async () => { var sum = 0; await foreach (var n in c.Reader.ReadAllAsync()) { try { await ShowAsync(\"got \", n); } catch (Exception) { Observed.Note(\"failed\"); } sum += n; } return sum; }); await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); c.Writer.Complete(); return await reading;")]
    [InlineData(Made + "var writing = WriteAsync(); var sum = 0; await foreach (var n in c.Reader.ReadAllAsync()) { try { await ShowAsync(\"got \", n); } catch (Exception) { Observed.Note(\"failed\"); } sum += n; } await writing; return sum; "
        + "async Task WriteAsync() { try { await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); } finally { c.Writer.Complete(); } }")]
    [InlineData(Made + "var writing = WriteAsync(); var sum = 0; await foreach (var n in c.Reader.ReadAllAsync()) { try { await ShowAsync(\"got \", n); } catch (Exception) { Observed.Note(\"failed\"); } sum += n; } await writing; return sum; "
        + "async Task WriteAsync() { Exception? error = null; try { await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); } catch (Exception e) { error = e; } c.Writer.Complete(error); }")]
    [InlineData(Made + "await Task.WhenAll(WriteAsync(c.Writer, token), ReadAsync(c.Reader)); return 1; "
        + "async Task WriteAsync(ChannelWriter<int> w, CancellationToken t) { try { await foreach (var n in RowsAsync(t)) await w.WriteAsync(n); } finally { w.Complete(); } } " + Read)]
    [InlineData(Made + "var reading = ReadAsync(c.Reader); await WriteAsync(c.Writer, token); return await reading; "
        + "async Task WriteAsync(ChannelWriter<int> w, CancellationToken t) { try { await foreach (var n in RowsAsync(t)) await w.WriteAsync(n).ConfigureAwait(false); } finally { w.Complete(); } } " + Read)]
    [InlineData(Made + "var reading = ReadAsync(); var rows = RowsAsync(token).GetAsyncEnumerator(); try { while (await rows.MoveNextAsync()) await c.Writer.WriteAsync(rows.Current); } finally { c.Writer.Complete(); await rows.DisposeAsync(); } return await reading; "
        + """async Task<int> ReadAsync() { var sum = 0; await foreach (var n in c.Reader.ReadAllAsync()) { try { await ShowAsync("got ", n); } catch (Exception) { Observed.Note("failed"); } sum += n; } return sum; }""")]
    [InlineData(Made + "var reading = ReadAsync(); var w = c.Writer; try { await foreach (var n in RowsAsync(token)) { if (n % 2 == 0) continue; await w.WriteAsync(n); } } finally { w.Complete(); } return await reading; "
        + """async Task<int> ReadAsync() { var sum = 0; var r = c.Reader; await foreach (var n in r.ReadAllAsync()) { try { await ShowAsync("got ", n); } catch (Exception) { Observed.Note("failed"); } sum += n; } return sum; }""")]
    [InlineData(Made + "var one = ReadAsync(); try { await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); } finally { c.Writer.Complete(); } try { return await one; } catch (InvalidOperationException) { Observed.Note(\"failed\"); return 0; } "
        + """async Task<int> ReadAsync() { var sum = 0; await foreach (var n in c.Reader.ReadAllAsync()) { try { if (n % 200 == 5) await Task.Yield(); } catch (Exception) { Observed.Note("failed"); } sum += n; } await Observed.StepAsync("summed"); return sum; }""")]
    public Task Items_GoThroughABoundedChannel(string body) =>
        Behaves(Program(body).Replace("5 or 1299", "1299"), [], Options);

    // The reader starts when the writer is through, or fails: a bounded channel would hold the writer forever.
    [Theory]
    [InlineData("var c = Channel.CreateUnbounded<int>(); await WriteAsync(); var sum = 0; await foreach (var n in c.Reader.ReadAllAsync()) { await ShowAsync(\"got \", n); sum += n; } return sum; "
        + "async Task WriteAsync() { await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); c.Writer.Complete(); }")]
    [InlineData("var c = Channel.CreateUnbounded<int>(); var writing = WriteAsync(); await writing; return await ReadAsync(c.Reader); "
        + "async Task WriteAsync() { await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); c.Writer.Complete(); } "
        + ReadAll)]
    [InlineData("var c = Channel.CreateUnbounded<int>(); await Task.WhenAll(WriteAsync(c.Writer, token)); return await ReadAsync(c.Reader); "
        + "async Task WriteAsync(ChannelWriter<int> w, CancellationToken t) { await foreach (var n in RowsAsync(t)) await w.WriteAsync(n); w.Complete(); } " + ReadAll)]
    [InlineData("var c = Channel.CreateUnbounded<int>(); var reading = ReadAsync(); await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); c.Writer.Complete(); _ready.Release(); return await reading; "
        + """async Task<int> ReadAsync() { await _ready.WaitAsync(); var sum = 0; await foreach (var n in c.Reader.ReadAllAsync()) { await ShowAsync("got ", n); sum += n; } return sum; }""")]
    [InlineData("var c = Channel.CreateUnbounded<int>(); var reading = ReadAsync(); await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); c.Writer.Complete(); try { await reading; } catch (NotSupportedException) { Observed.Note(\"ended\"); } return 1; "
        + """async Task ReadAsync() { await foreach (var n in c.Reader.ReadAllAsync()) { await ShowAsync("got ", n); if (n == 3) throw new NotSupportedException(); } }""")]
    [InlineData("var c = Channel.CreateUnbounded<int>(); var reading = ReadAsync(); await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); c.Writer.Complete(); await reading; return 1; "
        + """async Task ReadAsync() { await foreach (var n in c.Reader.ReadAllAsync()) { await ShowAsync("got ", n); if (n == 3) break; } }""")]
    [InlineData("var c = Channel.CreateUnbounded<int>(); var reading = ReadAsync(c.Reader); try { await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); } finally { c.Writer.Complete(); } return await reading; "
        + """async Task<int> ReadAsync(ChannelReader<int> r) { var sum = 0; await foreach (var n in r.ReadAllAsync()) { await ShowAsync("got ", n); sum += n; } return sum; }""")]
    [InlineData("var c = Channel.CreateUnbounded<int>(); var reading = ReadAsync(c.Reader); try { await foreach (var n in RowsAsync(default)) await c.Writer.WriteAsync(n); } finally { c.Writer.Complete(); } return await reading; "
        + """async Task<int> ReadAsync(ChannelReader<int> r) { var sum = 0; await foreach (var n in r.ReadAllAsync(token)) { try { await ShowAsync("got ", n); } catch (Exception) { } sum += n; } return sum; }""")]
    [InlineData("var c = Channel.CreateUnbounded<int>(); var reading = ReadAsync(c.Reader); await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); c.Writer.Complete(); return await reading; "
        + """async Task<int> ReadAsync(ChannelReader<int> r) { var sum = 0; await foreach (var n in r.ReadAllAsync()) { try { await ShowAsync("got ", n); } catch (Exception) { throw; } sum += n; } return sum; }""")]
    [InlineData("var c = Channel.CreateUnbounded<int>(); var reading = ReadAsync(c.Reader); await foreach (var n in RowsAsync(token)) await c.Writer.WriteAsync(n); c.Writer.Complete(); return await reading; "
        + """async Task<int> ReadAsync(ChannelReader<int> r) { var sum = 0; while (sum < 40 && await r.WaitToReadAsync()) { if (!r.TryRead(out var n)) continue; try { await ShowAsync("got ", n); } catch (Exception) { } sum += n; } return sum; }""")]
    public Task Writer_ThatNobodyMakesRoomFor_StaysFree(string body) =>
        new RuleVerifier([new UnboundedBufferAnalyzer()], new UnboundedBufferFix())
            .BehavesWhateverIsReportedAsync(Program(body), [], BehaviourVerifier.Options(Options));

    private static RuleTestOptions Options { get; } = new() { ExtraUsings = ["System.Threading.Channels"] };

    private static string Program(string body) =>
        $$"""
        readonly SemaphoreSlim _ready = new(0, 1);
        static async IAsyncEnumerable<int> RowsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            for (var n = 0; n < 1300; n++)
            {
                if (n == 600) await Observed.WorkAsync("row", token);
                yield return n;
            }
        }
        static async Task ShowAsync(string text, int n) { if (n % 200 == 5) await Task.Yield(); if (n is 5 or 1299) await Observed.StepAsync(text + n); }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
