using System.Threading.Tasks;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Resources;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class HttpClientPerCallBehaviourTests : RuleTest<HttpClientPerCallAnalyzer, HttpClientPerCallFix>
{
    // A server in the same process answers.
    [Theory]
    [InlineData("""using var c = [|new HttpClient()|]; return await c.GetStringAsync(Server.Url);""")]
    [InlineData("""using var c = [|new HttpClient()|]; var s = await c.GetStringAsync(Server.Url, token); Observed.Note("got " + s); return s;""")]
    [InlineData("""using (var c = [|new HttpClient()|]) { var s = await c.GetStringAsync(Server.Url, token); Observed.Note("got " + s); } return 1;""")]
    [InlineData("""using (var c = [|new HttpClient()|]) return await c.GetStringAsync(Server.Url, token);""")]
    [InlineData("""return await [|new HttpClient()|].GetStringAsync(Server.Url, token);""")]
    [InlineData("""HttpClient c = [|new()|]; return await c.GetStringAsync(Server.Url, token);""")]
    [InlineData("""var c = [|new HttpClient()|]; try { return await c.GetStringAsync(Server.Url, token); } finally { c.Dispose(); }""")]
    [InlineData("""var c = [|new HttpClient()|]; try { Observed.Note("a"); return await c.GetStringAsync(Server.Url, token); } catch (InvalidOperationException) { Observed.Note("failed"); return "x"; } finally { Observed.Note("closed"); c.Dispose(); }""")]
    [InlineData("""foreach (var i in new[] { 1, 2 }) { using var c = [|new HttpClient()|]; Observed.Note(i + await c.GetStringAsync(Server.Url, token)); } return 1;""")]
    [InlineData("""Func<Task<string>> f = async () => { using var c = [|new HttpClient()|]; return await c.GetStringAsync(Server.Url, token); }; return await f();""")]
    [InlineData("""return await InnerAsync(); async Task<string> InnerAsync() { using var c = [|new HttpClient()|]; return await c.GetStringAsync(Server.Url, token); }""")]
    [InlineData("""using var c = [|new HttpClient()|]; using var r = await c.GetAsync(Server.Url, token); Observed.Note("status " + (int)r.StatusCode); return await r.Content.ReadAsStringAsync(token);""")]
    [InlineData("""using var c = [|new HttpClient()|]; using var r = await c.PostAsync(Server.Url, new StringContent("x"), token); return (int)r.StatusCode;""")]
    [InlineData("""using var c = [|new HttpClient()|]; try { return await c.GetStringAsync("http://127.0.0.1:1/", token); } catch (HttpRequestException) { Observed.Note("refused"); return 0; }""")]
    [InlineData("""using var c = [|new HttpClient()|]; return c.GetStringAsync(Server.Url, token).GetAwaiter().GetResult();""")]
    public Task Answers_AreTheSameThroughOneClient(string body) => BehavesOrRefuses(Program(body), []);

    // What one call sets on its client, or ends, is not set for all.
    [Theory]
    [InlineData("""using var c = new HttpClient(); c.DefaultRequestHeaders.Add("X-Id", "1"); return await c.GetStringAsync(Server.Url, token);""")]
    [InlineData("""using var c = new HttpClient { Timeout = TimeSpan.FromSeconds(30) }; return await c.GetStringAsync(Server.Url, token);""")]
    [InlineData("""using var c = new HttpClient(); c.Timeout = TimeSpan.FromSeconds(30); return await c.GetStringAsync(Server.Url, token);""")]
    [InlineData("""using var c = new HttpClient(); c.BaseAddress = new Uri(Server.Url); return await c.GetStringAsync("x", token);""")]
    [InlineData("""using var c = new HttpClient(); var work = c.GetStringAsync(Server.Url, token); c.CancelPendingRequests(); try { return await work; } catch (OperationCanceledException) { return "ended"; }""")]
    [InlineData("""using var c = new HttpClient { BaseAddress = new Uri(Server.Url) }; return await c.GetStringAsync("", token);""")]
    [InlineData("""using var c = new HttpClient(); var s = await c.GetStringAsync(Server.Url, token); c.Dispose(); try { return await c.GetStringAsync(Server.Url, token); } catch (ObjectDisposedException) { Observed.Note("disposed"); return s; }""")]
    public Task Client_OfOneCall_StaysItsOwn(string body) =>
        new RuleVerifier([new HttpClientPerCallAnalyzer()], new HttpClientPerCallFix())
            .BehavesWhateverIsReportedAsync(Program(body), [], BehaviourVerifier.Options(RuleTestOptions.Default));

    private static string Program(string body) =>
        $$"""
        static class Server
        {
            private static readonly System.Net.Sockets.TcpListener Listener = new(System.Net.IPAddress.Loopback, 0);
            static Server() { Listener.Start(); _ = AcceptAsync(); }
            public static string Url => "http://127.0.0.1:" + ((System.Net.IPEndPoint)Listener.LocalEndpoint).Port + "/";
            static async Task AcceptAsync()
            {
                while (true)
                {
                    var client = await Listener.AcceptTcpClientAsync().ConfigureAwait(false);
                    _ = AnswerAsync(client);
                }
            }
            static async Task AnswerAsync(System.Net.Sockets.TcpClient client)
            {
                using var owned = client;
                var stream = client.GetStream();
                var buffer = new byte[4096];
                await stream.ReadAsync(buffer).ConfigureAwait(false);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray()).ConfigureAwait(false);
            }
        }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            var answer = await AskAsync(token);
            Observed.Note("answered");
            return answer;
        }
        async Task<object> AskAsync(CancellationToken token)
        {
            {{body}}
        }
        """;
}
