using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.Package.Tests;

/// <summary>A language server, as an editor talks to it: JSON-RPC over its standard streams, with analyzers switched on.</summary>
internal sealed class LanguageServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Uri _root;
    private readonly Dictionary<int, TaskCompletionSource<JsonNode?>> _asked = [];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly StringBuilder _log = new();
    private readonly Task _reading;
    private int _last;

    private LanguageServer(Process process, string folder)
    {
        _process = process;
        _root = new Uri(folder + "/");
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    /// <summary>What the server said, for the message of a test that fails.</summary>
    public string Messages
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    public static async Task<LanguageServer> StartAsync(string program, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        var server = new LanguageServer(Process.Start(start)!, folder);
        await server.AskAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = server._root.ToString(),
            ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = server._root.ToString(), ["name"] = "project" }),
            ["capabilities"] = JsonNode.Parse(
                """{"workspace":{"configuration":true},"textDocument":{"diagnostic":{},"publishDiagnostics":{},"synchronization":{}},"window":{"workDoneProgress":true}}"""),
        }).WaitAsync(cancellationToken);
        await server.TellAsync("initialized", new JsonObject());
        return server;
    }

    public Task OpenAsync(string file, string text) => TellAsync("textDocument/didOpen", new JsonObject
    {
        ["textDocument"] = new JsonObject
        {
            ["uri"] = new Uri(_root, file).ToString(),
            ["languageId"] = "csharp",
            ["version"] = 1,
            ["text"] = text
        },
    });

    public Task ChangeAsync(string file, int version, string text) => TellAsync("textDocument/didChange", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = new Uri(_root, file).ToString(), ["version"] = version },
        ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text }),
    });

    /// <summary>
    /// Asks until the rules report exactly these lines, <c>AGD0101:6</c>, or the time is up; returns what was reported last.
    /// </summary>
    public async Task<IReadOnlyList<string>> WaitForAsync(string file, IReadOnlyList<string> expected, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> seen = ["nothing yet"];
        try
        {
            while (!seen.SequenceEqual(expected))
            {
                await Task.Delay(500, cancellationToken);
                var answer =
                    await AskAsync("textDocument/diagnostic",
                    new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = new Uri(_root, file).ToString() } })
                        .WaitAsync(cancellationToken);
                if (answer?["items"] is not JsonArray items) continue;
                seen =
                [
                    .. items.Select(item => (Code: item!["code"]?.ToString() ?? "", Line: (int)item["range"]!["start"]!["line"]!))
                        .Where(item => item.Code.StartsWith("AGD", StringComparison.Ordinal)).OrderBy(item => item.Line)
                        .Select(item => $"{item.Code}:{item.Line + 1}"),
                ];
            }
        }
        catch (OperationCanceledException)
        {
            Log($"time is up; last seen: {string.Join(' ', seen)}");
        }

        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        _writing.Dispose();
    }

    private async Task<JsonNode?> AskAsync(string method, JsonObject parameters)
    {
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        int id;
        lock (_asked) _asked.Add(id = ++_last, answer);
        await WriteAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return await answer.Task;
    }

    private Task TellAsync(string method, JsonObject parameters) =>
        WriteAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    private async Task WriteAsync(JsonObject message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        await _writing.WaitAsync();
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            await _process.StandardInput.BaseStream.WriteAsync(body);
            await _process.StandardInput.BaseStream.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var stream = _process.StandardOutput.BaseStream;
            while (await ReadHeaderAsync(stream) is { } length)
            {
                var body = new byte[length];
                await stream.ReadExactlyAsync(body);
                await HandleAsync(JsonNode.Parse(body)!.AsObject());
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Log(exception.Message);
        }

        lock (_asked)
        {
            foreach (var answer in _asked.Values) answer.TrySetException(new IOException("The server has ended: " + Messages));
        }
    }

    // Content-Length: 120, an empty line
    private static async Task<int?> ReadHeaderAsync(Stream stream)
    {
        var header = new StringBuilder();
        var one = new byte[1];
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0) return null;
            header.Append((char)one[0]);
        }

        var line = header.ToString().Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return int.Parse(line["Content-Length:".Length..]);
    }

    // An answer; a question of the server, such as for its settings; or a note.
    private async Task HandleAsync(JsonObject message)
    {
        if (message["method"] is { } method)
        {
            if (message["id"] is { } id)
                await WriteAsync(new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["id"] = id.DeepClone(),
                    ["result"] = AnswerTo(method.ToString(), message["params"])
                });
            else Log($"{method} {message["params"]?.ToJsonString()}");
            return;
        }

        TaskCompletionSource<JsonNode?>? asked;
        lock (_asked) _asked.Remove((int)message["id"]!, out asked);
        if (message["error"] is { } error) Log(error.ToJsonString());
        asked?.TrySetResult(message["result"]?.DeepClone());
    }

    private static JsonNode? AnswerTo(string method, JsonNode? parameters) => method == "workspace/configuration"
        ? new JsonArray([.. parameters!["items"]!.AsArray().Select(_ => (JsonNode)new JsonObject { ["analyzersEnabled"] = true })])
        : null;

    private void Log(string? line)
    {
        lock (_log) _log.AppendLine(line);
    }
}
