using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// What the fix leaves as it is.
public sealed partial class LoopIgnoresTokenTests
{
    private const string Queue =
        "System.Collections.Concurrent.ConcurrentQueue<string> queue = new(); Func<Task<string?>> next = null!; Func<string, Task> handle = null!;\n";

    [Theory]
    [InlineData("[|while|] (await next() is { } message) await handle(message);",
        "while (!token.IsCancellationRequested && await next() is { } message) await handle(message);")]
    [InlineData("[|while|] (queue.TryDequeue(out var message)) { await handle(message); }",
        "while (!token.IsCancellationRequested && queue.TryDequeue(out var message)) { await handle(message); }")]
    [InlineData("string? m; [|while|] ((m = await next()) != null) { await handle(m); }",
        "string? m; while (!token.IsCancellationRequested && (m = await next()) != null) { await handle(m); }")]
    [InlineData("string? m = \"\"; [|do|] { await handle(m); } while (queue.TryDequeue(out m) || queue.TryDequeue(out m));",
        "string? m = \"\"; do { await handle(m); } while (!token.IsCancellationRequested && (queue.TryDequeue(out m) || queue.TryDequeue(out m)));")]
    [InlineData("[|while|] (true) { var message = await next(); if (message is null) break; await handle(message); }",
        "while (true) { token.ThrowIfCancellationRequested(); var message = await next(); if (message is null) break; await handle(message); }")]
    [InlineData("var m = await next(); [|while|] (m != null) { await handle(m); m = await next(); }",
        "var m = await next(); while (m != null) { await handle(m); token.ThrowIfCancellationRequested(); m = await next(); }")]
    public Task Item_ThatIsTaken_IsUsed(string body, string expected) => Fixes(
        Queue + $"async Task M(CancellationToken token) {{ await Task.Delay(1, token); {body} }}",
        Queue + $"async Task M(CancellationToken token) {{ await Task.Delay(1, token); {expected} }}");

    // What stands behind the loop takes the work for done.
    [Theory]
    [InlineData("[|while|] (true) { if (await next() is not { } line) break; await handle(line); } File.Move(\"part\", \"whole\");")]
    [InlineData("[|while|] (true) { if (await next() is not { } line) break; await handle(line); } _ready.SetResult();")]
    [InlineData("[|while|] (true) { if (await next() is not { } line) break; await handle(line); } await handle(\"end\");")]
    [InlineData("if (_n == 0) { [|while|] (true) { if (await next() is not { } line) break; await handle(line); } } _n = 1;")]
    public Task Condition_BeforeWorkThatGoesOn_IsNotOffered(string body) => NoFix(
        Queue + "int _n; readonly TaskCompletionSource _ready = new();\n"
        + $"async Task M(CancellationToken token) {{ await Task.Delay(1, token); {body} }}",
        RuleTestOptions.Default, "AGD0303.Condition");

    [Theory]
    [InlineData("[|while|] (true) { if (await next() is not { } line) break; await handle(line); } _log.Close();")]
    [InlineData("[|while|] (true) { if (await next() is not { } line) break; await handle(line); } Console.WriteLine(\"end\"); return;")]
    [InlineData("while (!token.IsCancellationRequested) { [|while|] (true) { if (await next() is not { } line) break; await handle(line); } await Task.Delay(9, token); }")]
    public Task Condition_BeforeTheEnd_IsOffered(string body) => Offers(
        Queue + $"readonly TextWriter _log = null!; async Task M(CancellationToken token) {{ await Task.Delay(1, token); {body} }}",
        ["Throw where 'token' is cancelled", "Loop until 'token' is cancelled"]);

    // The condition throws nothing, so that what stands behind the loop runs.
    [Theory]
    [InlineData("[|while|] (await next() is { } line) await handle(line); Interlocked.Decrement(ref _running);")]
    [InlineData("_isOn = true; [|while|] (true) { if (await next() is not { } line) break; await handle(line); } _isOn = false;")]
    [InlineData("_running++; [|while|] (true) { if (await next() is not { } line) break; await handle(line); } _running--;")]
    public Task Loop_BeforeWhatIsSetBack_EndsByItsCondition(string body) => Offers(
        Queue + "int _running; bool _isOn;\n"
        + $"async Task M(CancellationToken token) {{ {body} await Task.Delay(1, token); }}", ["Loop until 'token' is cancelled"]);

    [Theory]
    [InlineData("var first = queue2.Dequeue(); [|while|] (await next() is { } line) await handle(line); await handle(first);")]
    [InlineData("[|while|] (await next() is { } line) await handle(line); _items.CompleteAdding();")]
    [InlineData("[|while|] (await next() is { } line) await handle(line); _ready.TrySetResult();")]
    [InlineData("_isOn = true; [|while|] (true) { if (await next() is not { } line) break; await handle(line); } _isOn = false; _ready.SetResult();")]
    [InlineData("var first = queue2.Dequeue(); [|while|] (true) { if (await next() is not { } line) break; await handle(first + line); } _running--;")]
    public Task Loop_BeforeWhatOthersWaitFor_HasNoFix(string body) => NoFix(
        Queue + "readonly Queue<string> queue2 = new(); int _running; bool _isOn; readonly TaskCompletionSource _ready = new();\n"
        + "readonly System.Collections.Concurrent.BlockingCollection<string> _items = new();\n"
        + $"async Task M(CancellationToken token) {{ {body} await Task.Delay(1, token); }}");

    [Theory]
    [InlineData("var m = await next(); [|while|] (m != null) { await handle(m); m = await next(); await Task.Yield(); }")]
    [InlineData(
        "[|foreach|] (var m in new System.Collections.Concurrent.BlockingCollection<string>().GetConsumingEnumerable()) await handle(m);")]
    // What has been read is written to its end, and what stands behind the loop takes it for written.
    [InlineData("var s = new System.Buffers.ReadOnlySequence<byte>(new byte[9]); var p = s.Start; [|while|] (s.TryGet(ref p, out var m)) { await Task.Delay(m.Length); } Console.WriteLine(s.End);")]
    [InlineData("[|while|] (queue.TryDequeue(out var row)) { await handle(row); await Task.Delay(1, CancellationToken.None); }")]
    public Task Loop_WithoutAPlaceForTheCheck_HasNoFix(string body) =>
    NoFix(Queue + $"async Task M(CancellationToken token) {{ await Task.Delay(1, token); {body} }}");
}
