using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Resources;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Resources;

public sealed class ReceiveLoopTests : RuleTest<ReceiveLoopAnalyzer>
{
    private const string Members = "\nvoid Use(object o) { } readonly byte[] _buffer = new byte[100];";

    private static RuleTestOptions Sockets { get; } =
        RuleTestOptions.Default with { ExtraUsings = ["System.Net.WebSockets", "System.Text"] };

    // Reported: the end of a message

    [Theory]
    [InlineData(
        "while (s.State == WebSocketState.Open) { var r = await [|s.ReceiveAsync(_buffer, t)|]; Use(Encoding.UTF8.GetString(_buffer, 0, r.Count)); }")]
    [InlineData(
        "while (true) { var r = await [|s.ReceiveAsync(_buffer, t)|]; if (r.MessageType == WebSocketMessageType.Close) break; Use(Encoding.UTF8.GetString(_buffer, 0, r.Count)); }")]
    [InlineData(
        "while (true) { var r = await [|s.ReceiveAsync(new ArraySegment<byte>(_buffer), t)|].ConfigureAwait(false); if (r.CloseStatus.HasValue) return; Use(_buffer.AsSpan(0, r.Count).ToArray()); }")]
    [InlineData(
        "WebSocketReceiveResult r; do { r = await [|s.ReceiveAsync(_buffer, t)|]; Use(r.Count); } while (r.MessageType != WebSocketMessageType.Close);")]
    [InlineData(
        "for (;;) { var r = await [|s.ReceiveAsync(_buffer.AsMemory(), t)|]; if (r.MessageType == WebSocketMessageType.Close) return; Use(Encoding.UTF8.GetString(_buffer, 0, r.Count)); }")]
    [InlineData(
        "while (!t.IsCancellationRequested && s.State == WebSocketState.Open) { var r = await [|s.ReceiveAsync(_buffer, t)|]; var text = Encoding.UTF8.GetString(_buffer); Use(text); }")]
    [InlineData("while (s.State == WebSocketState.Open) { var n = (await [|s.ReceiveAsync(_buffer, t)|]).Count; Use(n); }")]
    [InlineData(
        "while (s.CloseStatus == null) { var r = await [|s.ReceiveAsync(_buffer, t)|]; var all = new MemoryStream(); all.Write(_buffer, 0, r.Count); Use(all); }")]
    public Task EndOfMessageIgnored_IsReported(string body) =>
    Reports($"async Task M(WebSocket s, CancellationToken t) {{ {body} }}" + Members, Sockets);

    // Reported: the end of the connection

    [Theory]
    [InlineData("while (true) { var r = await [|s.ReceiveAsync(_buffer, t)|]; if (r.EndOfMessage) Use(r.Count); }")]
    [InlineData(
        "while (!t.IsCancellationRequested) { var r = await [|s.ReceiveAsync(_buffer, t)|]; if (r.EndOfMessage) { Use(r.Count); } }")]
    [InlineData(
        "while (true) { var r = await [|s.ReceiveAsync(_buffer, t)|]; if (r.MessageType == WebSocketMessageType.Text) { Use(r.Count); Use(r.EndOfMessage); } }")]
    [InlineData(
        "while (true) { WebSocketReceiveResult r; do { r = await [|s.ReceiveAsync(_buffer, t)|]; Use(r.Count); } while (!r.EndOfMessage); }")]
    [InlineData("while (true) { await [|s.ReceiveAsync(_buffer, t)|]; }")]
    [InlineData("for (;;) { var r = await [|s.ReceiveAsync(_buffer.AsMemory(), t)|]; if (!r.EndOfMessage) continue; Use(r.Count); }")]
    public Task CloseIgnored_IsReported(string body) =>
    Reports($"async Task M(WebSocket s, CancellationToken t) {{ {body} }}" + Members, Sockets);

    // Reported: the task of the receive is kept

    [Theory]
    [InlineData("while (true) { var n = [|s.ReceiveAsync(_buffer, t)|]; var r = await n; Use(_buffer.AsSpan(0, r.Count).ToArray()); }")]
    [InlineData("while (true) { Task<WebSocketReceiveResult> n = [|s.ReceiveAsync(_buffer, t)|]; Use((await n.ConfigureAwait(false)).Count); }")]
    [InlineData("while (true) { var n = [|s.ReceiveAsync(_buffer.AsMemory(), t)|]; if (!n.IsCompleted) Use(1); var r = await n; Use(r.Count); }")]
    [InlineData("while (true) { var n = [|s.ReceiveAsync(_buffer.AsMemory(), t)|].AsTask(); var r = await n; Use(r.Count); }")]
    [InlineData(
        "while (true) { var n = [|s.ReceiveAsync(_buffer, t)|]; if (await Task.WhenAny(n, Task.Delay(1)) != n) return; var r = await n; Use(r.Count); }")]
    [InlineData(
        "var n = s.ReceiveAsync(_buffer, t); while (true) { var r = await n; Use(r.Count); n = [|s.ReceiveAsync(_buffer, t)|]; }")]
    public Task KeptReceive_WhoseEndIsIgnored_IsReported(string body) =>
    Reports($"async Task M(WebSocket s, CancellationToken t) {{ {body} }}" + Members, Sockets);

    [Theory]
    [InlineData(
        "while (s.State == WebSocketState.Open) { var n = s.ReceiveAsync(_buffer, t); var r = await n; if (r.EndOfMessage) Use(r.Count); }")]
    [InlineData("while (true) { var n = s.ReceiveAsync(_buffer, t); Keep(n); var r = await n; Use(r.Count); }")]
    [InlineData("while (true) { var n = s.ReceiveAsync(_buffer, t); Use((await Task.WhenAny(n, n)).Result.Count); await n; }")]
    [InlineData("while (true) { var n = s.ReceiveAsync(_buffer, t); var r = await n; Keep(r); }")]
    [InlineData("while (true) { var n = s.ReceiveAsync(_buffer, t); await Task.WhenAny(n, Task.Delay(1)); }")]
    public Task KeptReceive_WhoseEndMayBeSeen_IsSilent(string body) =>
    Silent($"async Task M(WebSocket s, CancellationToken t) {{ {body} }} void Keep(object o) {{ }}" + Members, Sockets);

    // Reported: both

    [Theory]
    [InlineData("while (true) { var r = await [|s.ReceiveAsync(_buffer, t)|]; Use(Encoding.UTF8.GetString(_buffer, 0, r.Count)); }")]
    [InlineData(
        "while (!t.IsCancellationRequested) { var r = await [|s.ReceiveAsync(_buffer, t)|]; if (r.MessageType == WebSocketMessageType.Text) Use(r.Count); }")]
    public Task BothIgnored_IsReported(string body) =>
    Reports($"async Task M(ClientWebSocket s, CancellationToken t) {{ {body} }}" + Members, Sockets);

    // From real code

    [Fact]
    public Task EchoEndpoint_IsReported() => Reports(
        """
        async Task Echo(WebSocket webSocket)
        {
            var buffer = new byte[1024 * 4];
            while (webSocket.State == WebSocketState.Open)
            {
                var result = await [|webSocket.ReceiveAsync(new ArraySegment<byte>(buffer), CancellationToken.None)|];
                var message = Encoding.UTF8.GetString(buffer, 0, result.Count);
                await webSocket.SendAsync(Encoding.UTF8.GetBytes("Echo: " + message), WebSocketMessageType.Text, true, CancellationToken.None);
            }
        }
        """ + Members, Sockets);

    [Fact]
    public Task ClientInTheBackground_IsReported() => Reports(
        """
        readonly ClientWebSocket _socket = new();
        void Start() => _ = Task.Run(async () =>
        {
            while (true)
            {
                var received = await [|_socket.ReceiveAsync(new ArraySegment<byte>(_buffer), CancellationToken.None)|];
                Use(System.Text.Json.JsonSerializer.Deserialize<object>(_buffer.AsSpan(0, received.Count))!);
            }
        });
        """ + Members, Sockets);

    [Fact]
    public Task LocalFunction_IsReported() =>
    Reports(
    "Task M(WebSocket s) { return Loop(); async Task Loop() { while (s.State == WebSocketState.Open) { var r = await [|s.ReceiveAsync(_buffer, default)|]; Use(r.Count); } } }" +
        Members, Sockets);

    [Fact]
    public Task InTry_IsReported() =>
    Reports(
    "async Task M(WebSocket s) { while (true) { try { var r = await [|s.ReceiveAsync(_buffer, default)|]; Use(r.Count); } catch (WebSocketException) { return; } } }" +
        Members, Sockets);

    [Fact]
    public Task OwnSocket_IsReported() =>
    Reports(
    "abstract class Mine : WebSocket { } async Task M(Mine s) { while (s.State == WebSocketState.Open) { var r = await [|s.ReceiveAsync(new ArraySegment<byte>(_buffer), default)|]; Use(r.Count); } }" +
        Members, Sockets);

    [Fact]
    public Task SaysWhatIsIgnored() => Reports(
        "async Task M(WebSocket s) { while (true) { var r = await {|#0:s.ReceiveAsync(_buffer, default)|}; if (r.EndOfMessage) Use(r.Count); } }" +
            Members,
        Sockets with
        {
            Expected = [new DiagnosticResult("AGD0504", DiagnosticSeverity.Warning).WithLocation(0)
            .WithArguments("'WebSocketMessageType.Close': it continues after the other side has closed, and the next call throws")]
        });

    // Silent

    [Theory]
    [InlineData("var r = await s.ReceiveAsync(_buffer, t); Use(r.Count);")]
    [InlineData(
        "while (true) { var r = await s.ReceiveAsync(_buffer, t); if (r.MessageType == WebSocketMessageType.Close) break; if (r.EndOfMessage) Use(r.Count); }")]
    [InlineData("while (s.State == WebSocketState.Open) { var r = await s.ReceiveAsync(_buffer, t); if (r.EndOfMessage) Use(r.Count); }")]
    [InlineData("WebSocketReceiveResult r; do { r = await s.ReceiveAsync(_buffer, t); Use(r.Count); } while (!r.EndOfMessage);")]
    [InlineData(
        "while (s.State == WebSocketState.Open) { WebSocketReceiveResult r; do { r = await s.ReceiveAsync(_buffer, t); Use(r.Count); } while (!r.EndOfMessage); }")]
    [InlineData(
        "while (true) { WebSocketReceiveResult r; do { r = await s.ReceiveAsync(_buffer, t); if (r.MessageType == WebSocketMessageType.Close) return; Use(r.Count); } while (!r.EndOfMessage); }")]
    [InlineData("while (s.State == WebSocketState.Open) { await s.ReceiveAsync(new byte[1], t); }")]
    [InlineData(
        "var r = await s.ReceiveAsync(_buffer, t); while (!r.CloseStatus.HasValue) { await s.SendAsync(new ArraySegment<byte>(_buffer, 0, r.Count), r.MessageType, r.EndOfMessage, t); r = await s.ReceiveAsync(_buffer, t); }")]
    [InlineData(
        "while (true) { var r = await s.ReceiveAsync(_buffer, t); switch (r.MessageType) { case WebSocketMessageType.Close: return; default: Use(r.EndOfMessage); Use(r.Count); break; } }")]
    [InlineData("while (true) { var r = await s.ReceiveAsync(_buffer, t); Use(r); }")]
    [InlineData(
        "while (true) { var r = await s.ReceiveAsync(_buffer, t); if (!Handle(r)) break; } bool Handle(WebSocketReceiveResult x) => x.EndOfMessage;")]
    [InlineData(
        "while (s.State == WebSocketState.Open) { var r = await s.ReceiveAsync(_buffer, t); await file.WriteAsync(_buffer.AsMemory(0, r.Count), t); }")]
    [InlineData(
        "while (true) { var r = await s.ReceiveAsync(_buffer, t); if (r.MessageType != WebSocketMessageType.Text) break; Use(r.EndOfMessage); Use(r.Count); }")]
    [InlineData(
        "while (true) { var r = await s.ReceiveAsync(_buffer, t); if (r.MessageType == WebSocketMessageType.Text) { Use(r.Count); Use(r.EndOfMessage); } else { break; } }")]
    [InlineData(
        "while (true) { var r = await s.ReceiveAsync(_buffer, t); if (s.State != WebSocketState.Open) break; if (r.EndOfMessage) Use(r.Count); }")]
    [InlineData("while (true) { var pending = s.ReceiveAsync(_buffer, t); Use(pending); await pending; }")]
    public Task LooksAtBoth_IsSilent(string body) =>
    Silent($"async Task M(WebSocket s, FileStream file, CancellationToken t) {{ {body} }}" + Members, Sockets);

    // From real code

    [Fact]
    public Task Keeper_IsSilent() =>
    Silent(
    "async Task Keep(WebSocket s) { WebSocketReceiveResult r; do { r = await s.ReceiveAsync(new byte[1], default); } while (!r.CloseStatus.HasValue); await s.CloseAsync(r.CloseStatus.Value, r.CloseStatusDescription, default); }" +
        Members, Sockets);

    [Fact]
    public Task ReadMessage_IsSilent() => Silent(
        """
        async Task<string> ReadAsync(WebSocket s, CancellationToken t)
        {
            var all = new MemoryStream();
            ValueWebSocketReceiveResult result;
            do
            {
                result = await s.ReceiveAsync(_buffer.AsMemory(), t);
                all.Write(_buffer, 0, result.Count);
            }
            while (!result.EndOfMessage);
            return Encoding.UTF8.GetString(all.ToArray());
        }
        """ + Members, Sockets);

    [Fact]
    public Task Pipe_IsSilent() =>
    Silent(
    "async Task Pump(WebSocket s, System.IO.Pipelines.PipeWriter pipe) { while (s.State == WebSocketState.Open) { var r = await s.ReceiveAsync(pipe.GetMemory(), default); pipe.Advance(r.Count); await pipe.FlushAsync(); } }" +
        Members, Sockets);

    [Fact]
    public Task UdpSocket_IsSilent() =>
    Silent("async Task M(System.Net.Sockets.UdpClient s) { while (true) { var r = await s.ReceiveAsync(); Use(r.Buffer); } }" + Members,
    Sockets);

    [Fact]
    public Task OwnReceive_IsSilent() =>
    Silent(
    "class Link { public Task<int> ReceiveAsync(byte[] b) => Task.FromResult(0); } async Task M(Link l) { while (true) { var n = await l.ReceiveAsync(_buffer); Use(n); } }" +
        Members, Sockets);
}
