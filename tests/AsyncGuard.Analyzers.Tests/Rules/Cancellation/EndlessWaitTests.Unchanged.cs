using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// What the fix leaves as it is.
public sealed partial class EndlessWaitTests
{
    [Fact]
    public Task Acquire_FirstInTheTryThatGivesItBack_MovesInFrontOfIt() => Fixes(
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(CancellationToken token)
        {
            await Task.Delay(1, token);
            try
            {
                await [|_gate.WaitAsync()|];
                await Task.Delay(10, token);
            }
            finally { _gate.Release(); }
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task M(CancellationToken token)
        {
            await Task.Delay(1, token);
            await _gate.WaitAsync(token);
            try
            {
                await Task.Delay(10, token);
            }
            finally { _gate.Release(); }
        }
        """);

    [Theory]
    [InlineData("    await Task.Delay(1, token);\n    try { await [|_gate.WaitAsync()|]; await Task.Delay(10, token); } finally { _gate.Release(); }",
        "    await Task.Delay(1, token);\n    await _gate.WaitAsync(token);\n    try { await Task.Delay(10, token); } finally { _gate.Release(); }")]
    [InlineData("    await Task.Delay(1, token); try { await [|_gate.WaitAsync()|]; await Task.Delay(10, token); } finally { _gate.Release(); }",
        "    await Task.Delay(1, token); await _gate.WaitAsync(token); try { await Task.Delay(10, token); } finally { _gate.Release(); }")]
    public Task Acquire_InATryOfOneLine_GetsItsOwn(string body, string fixedBody) => Fixes(
        $"readonly SemaphoreSlim _gate = new(1, 1);\nasync Task M(CancellationToken token)\n{{\n{body}\n}}",
        $"readonly SemaphoreSlim _gate = new(1, 1);\nasync Task M(CancellationToken token)\n{{\n{fixedBody}\n}}");

    [Theory]
    [InlineData("try { Console.WriteLine(); await [|_gate.WaitAsync()|]; } finally { _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync()|]; } catch (IOException) { } finally { _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync()|]; } catch (Exception) { _gate.Release(); throw; }")]
    [InlineData("try { try { await [|_gate.WaitAsync()|]; } catch (IOException) { } } finally { _gate.Release(); }")]
    [InlineData("try { Console.WriteLine(); await [|_gate.WaitAsync()|]; } finally { Leave(); }")]
    [InlineData("var taken = false; try { taken = true; await [|_gate.WaitAsync()|]; } finally { if (taken) _gate.Release(); }")]
    [InlineData(
        "Interlocked.Increment(ref _running); await [|_gate.WaitAsync()|]; try { await Task.Delay(1, token); } finally { _gate.Release(); Interlocked.Decrement(ref _running); }")]
    [InlineData("_running++; await [|_gate.WaitAsync()|]; try { await Task.Delay(1, token); } finally { _gate.Release(); _running--; }")]
    public Task Acquire_ThatMustNotFail_GetsNoToken(string body) => NoFix(
        $"readonly SemaphoreSlim _gate = new(1, 1); int _running; void Leave() => _gate.Release(); async Task M(CancellationToken token) {{ await Task.Delay(1, token); {body} }}");

    [Theory]
    [InlineData("var taken = false; try { await [|_gate.WaitAsync()|]; taken = true; } finally { if (taken) _gate.Release(); }",
        "var taken = false; try { await _gate.WaitAsync(token); taken = true; } finally { if (taken) _gate.Release(); }")]
    [InlineData("await [|_gate.WaitAsync()|]; try { await Task.Delay(1, token); } finally { _gate.Release(); }",
        "await _gate.WaitAsync(token); try { await Task.Delay(1, token); } finally { _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync()|]; } catch (IOException) { _gate.Release(); }",
        "try { await _gate.WaitAsync(token); } catch (IOException) { _gate.Release(); }")]
    [InlineData("try { await [|_gate.WaitAsync()|]; } finally { _other.Release(); }",
        "try { await _gate.WaitAsync(token); } finally { _other.Release(); }")]
    public Task Acquire_ThatMayFail_GetsTheToken(string body, string expected) => Fixes(
        $"readonly SemaphoreSlim _gate = new(1, 1), _other = new(1, 1); async Task M(CancellationToken token) {{ await Task.Delay(1, token); {body} }}",
        $"readonly SemaphoreSlim _gate = new(1, 1), _other = new(1, 1); async Task M(CancellationToken token) {{ await Task.Delay(1, token); {expected} }}");

    [Fact]
    public Task Token_ThatIsAssignedAgain_IsNone() => Silent(
        """
        readonly SemaphoreSlim _gate = new(1, 1); CancellationTokenSource? _source; CancellationToken _token;
        async Task ConnectAsync()
        {
            await _gate.WaitAsync();
            try { _source?.Cancel(); _source = new CancellationTokenSource(); _token = _source.Token; await Task.Delay(1, _token); }
            finally { _gate.Release(); }
        }
        """);

    [Theory]
    [InlineData("StartAsync", "readonly CancellationTokenSource _stop = new();", "_stop.Token")]
    [InlineData("ConnectAsync", "readonly CancellationTokenSource _stop = new();", "_stop.Token")]
    [InlineData("Open", "CancellationTokenSource Stop { get; } = new();", "Stop.Token")]
    [InlineData("ReconnectAsync", "readonly CancellationTokenSource _stop = new(); CancellationToken Stopped => _stop.Token;", "Stopped")]
    public Task Token_OfTheObject_InWhatStartsIt_IsNone(string method, string source, string token) => Silent(
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        {{source}}
        async Task {{method}}()
        {
            await _gate.WaitAsync();
            try { _ = RunAsync({{token}}); }
            finally { _gate.Release(); }
        }
        Task RunAsync(CancellationToken token) => Task.Delay(1, token);
        """);

    [Theory]
    [InlineData("StartUploadAsync")]
    [InlineData("SendAsync")]
    [InlineData("Opened")]
    public Task Token_OfTheObject_InWhatItDoes_IsItsToken(string method) => Reports(
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly CancellationTokenSource _stop = new();
        async Task {{method}}()
        {
            await [|_gate.WaitAsync()|];
            try { await Task.Delay(1, _stop.Token); }
            finally { _gate.Release(); }
        }
        """);

    [Theory]
    [InlineData("async Task StartAsync(CancellationToken token)", "await _gate.WaitAsync(token);")]
    [InlineData("async Task ConnectAsync(CancellationToken token)", "await _gate.WaitAsync(token);")]
    public Task Token_OfTheCaller_InWhatStartsTheObject_IsItsToken(string method, string fixedWait) => Fixes(
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly CancellationTokenSource _stop = new();
        {{method}}
        {
            await [|_gate.WaitAsync()|];
            try { await Task.Delay(1, _stop.Token); await Task.Delay(1, token); }
            finally { _gate.Release(); }
        }
        """,
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly CancellationTokenSource _stop = new();
        {{method}}
        {
            {{fixedWait}}
            try { await Task.Delay(1, _stop.Token); await Task.Delay(1, token); }
            finally { _gate.Release(); }
        }
        """);

    [Fact]
    public Task Wait_InAHandlerThatTakesCancellationForAnError_IsLetThrough() => Fixes(
        """
        async Task M(SemaphoreSlim gate, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await [|gate.WaitAsync()|];
                }
                catch (Exception e)
                {
                    Console.WriteLine(e);
                }
            }
        }
        """,
        """
        async Task M(SemaphoreSlim gate, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    await gate.WaitAsync(token);
                }
                catch (Exception e) when (e is not OperationCanceledException || !token.IsCancellationRequested)
                {
                    Console.WriteLine(e);
                }
            }
        }
        """);

    // The token of a source that is made anew for each operation, also behind a property
    [Fact]
    public Task Token_OfASourceThatIsReplaced_IsNoCandidate() => Silent(
        """
        readonly SemaphoreSlim _gate = new(1);
        CancellationTokenSource Source { get; set; } = new();
        CancellationToken Token => Source.Token;
        CancellationToken Other { get { return Source.Token; } }
        async Task LockAsync() { await _gate.WaitAsync(); Source = new(); await Task.Delay(1, Token); await Task.Delay(1, Other); }
        """);
}
