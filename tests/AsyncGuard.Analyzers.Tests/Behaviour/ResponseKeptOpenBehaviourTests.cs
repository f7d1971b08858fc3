using System.Threading.Tasks;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Resources;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class ResponseKeptOpenBehaviourTests : RuleTest<ResponseKeptOpenAnalyzer, ResponseKeptOpenFix>
{
    private static readonly Mend[] Mends = [Mend.ResponseDisposed];

    private static readonly RuleTestOptions Http = RuleTestOptions.Default with { ExtraUsings = ["System.Net", "System.Net.Http"] };

    [Theory]
    [InlineData("""var response = await [|ASK|]; return response.IsSuccessStatusCode;""")]
    [InlineData("""var response = await [|ASK|]; Observed.Note("got"); return response.Content.Headers.ContentLength;""")]
    [InlineData(
        """var response = await [|ASK|]; if (response.StatusCode == HttpStatusCode.OK) return await response.Content.ReadAsStringAsync(); return "";""")]
    [InlineData("""var response = await [|ASK|]; response.EnsureSuccessStatusCode(); await Observed.WorkAsync("a", token); return 1;""")]
    [InlineData(
        """for (var i = 0; i < 2; i++) { var response = await [|ASK|]; Observed.Note(response.StatusCode.ToString()); } return 1;""")]
    [InlineData("""try { var response = await [|ASK|]; return response.ReasonPhrase; } finally { Observed.Note("closed"); }""")]
    [InlineData(
        """try { var response = await [|ASK|]; await Observed.StepAsync("a"); return response.Version; } catch (InvalidOperationException) { Observed.Note("failed"); return 0; }""")]
    [InlineData(
        """var response = await [|ASK|]; if (!response.IsSuccessStatusCode) return 0; using var body = await response.Content.ReadAsStreamAsync(); return body.Length;""")]
    [InlineData("""HttpResponseMessage response = await [|ASK|].ConfigureAwait(false); return response.Headers.Date is null;""")]
    [InlineData(
        """if (token.CanBeCanceled) { var response = await [|ASK|]; Observed.Note("got " + response.StatusCode); } await Observed.StepAsync("b"); return 1;""")]
    public Task Response_IsDisposed(string body) => Behaves(Program(body), Mends, Http);

    [Theory]
    [InlineData(
        """var response = await ASK; if (!response.IsSuccessStatusCode) return 0; return new StreamReader(await response.Content.ReadAsStreamAsync()).ReadToEnd();""")]
    [InlineData(
        """return await TextAsync(); Task<string> TextAsync() { var response = ASK.Result; if (!response.IsSuccessStatusCode) return Task.FromResult(""); return response.Content.ReadAsStringAsync(); }""")]
    [InlineData(
        """var read = Task.FromResult(""); { var response = await ASK; if (response.IsSuccessStatusCode) read = response.Content.ReadAsStringAsync(); } return await read;""")]
    [InlineData(
        """HttpContent content; { var response = await ASK; content = response.Content; } return await content.ReadAsStringAsync();""")]
    [InlineData(
        """Func<Task<string>> later; { var response = await ASK; later = () => response.Content.ReadAsStringAsync(); } return await later();""")]
    [InlineData(
        """var all = new List<HttpResponseMessage>(); { var response = await ASK; if (response.IsSuccessStatusCode) all.Add(response); } return await all[0].Content.ReadAsStringAsync();""")]
    [InlineData(
        """using var copy = new MemoryStream(); Task done = Task.CompletedTask; { var response = await ASK; if (response.IsSuccessStatusCode) done = response.Content.CopyToAsync(copy); } await done; return copy.Length;""")]
    public Task Response_ThatIsReadLater_IsLeftOpen(string body) =>
        new RuleVerifier([new ResponseKeptOpenAnalyzer()], new ResponseKeptOpenFix())
            .BehavesWhateverIsReportedAsync(Program(body), Mends, BehaviourVerifier.Options(Http));

    private static string Program(string body) =>
        $$"""
        sealed class Body : StringContent
        {
            bool _isDisposed;
            public Body() : base("text") { }
            protected override void Dispose(bool disposing) { if (disposing) Observed.Leave("connection"); _isDisposed = true; base.Dispose(disposing); }
            protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) { await Task.Delay(5); ObjectDisposedException.ThrowIf(_isDisposed, this); await base.SerializeToStreamAsync(stream, context); }
        }
        sealed class Server : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
            {
                await Observed.WorkAsync("ask", token);
                Observed.Enter("connection");
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new Body() };
            }
        }
        readonly HttpClient _client = new(new Server());
        async Task<object?> RunAsync(CancellationToken token)
        {
            Observed.Note("begin");
            {{body.Replace("ASK", "_client.GetAsync(\"http://a/\", HttpCompletionOption.ResponseHeadersRead, token)", System.StringComparison.Ordinal)}}
        }
        """;
}
