using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Resources;

// Handlers that end with the call, wherever they come from.
public sealed partial class HttpClientPerCallTests
{
    [Theory]
    [InlineData(
        "class Own : HttpClientHandler { } async Task<string> M(string u) { Own h = new Own(); h.UseProxy = false; using (var c = [|new HttpClient(h)|]) return await c.GetStringAsync(u); }")]
    [InlineData(
        "static HttpMessageHandler Make() => new HttpClientHandler(); async Task<string> M(string u) { using var c = [|new HttpClient(Make())|]; return await c.GetStringAsync(u); }")]
    [InlineData(
        "HttpMessageHandler Make(string s) => Other(s); HttpMessageHandler Other(string s) => null!; async Task<string> M(string u) { using (var h = Make(u)) using (var c = [|new HttpClient(h)|]) return await c.GetStringAsync(u); }")]
    [InlineData(
        "HttpMessageHandler Make() => null!; async Task<string> M(string u) { var h = Make(); try { using var c = [|new HttpClient(h)|]; return await c.GetStringAsync(u); } finally { h.Dispose(); } }")]
    public Task Client_WhoseHandlerEndsHere_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData(
        "HttpMessageHandler _kept = new HttpClientHandler(); HttpMessageHandler Make() => _kept; async Task<string> M(string u) { var h = Make(); using var c = new HttpClient(h); return await c.GetStringAsync(u); }")]
    [InlineData(
        "class Own : HttpMessageHandler { protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage m, CancellationToken t) => null!; } async Task<string> M(string u) { using var c = new HttpClient(new Own()); return await c.GetStringAsync(u); }")]
    public Task Client_WhoseHandlerMayBeKept_IsSilent(string source) => Silent(source);

    [Fact]
    public Task Client_InAnEndpointOfATopLevelProgram_IsReported() => Reports(
        """
        using System.Net.Http;
        using Microsoft.AspNetCore.Builder;
        using var once = new HttpClient();
        var app = WebApplication.Create(args);
        app.MapGet("/", async () => { using var c = [|new HttpClient()|]; return await c.GetStringAsync("u"); });
        await once.GetStringAsync("u");
        app.Run();
        """,
        RuleTestOptions.TopLevel with { References = ReferenceSet.AspNetCore });

    [Theory]
    [InlineData("var h = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };")]
    [InlineData("var h = new HttpClientHandler(); h.ServerCertificateCustomValidationCallback = (m, c, x, e) => e == System.Net.Security.SslPolicyErrors.None;")]
    [InlineData("var h = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };")]
    [InlineData("var h = new HttpClientHandler(); h.ServerCertificateCustomValidationCallback = delegate { return true; };")]
    [InlineData("var h = new HttpClientHandler { AutomaticDecompression = System.Net.DecompressionMethods.GZip | System.Net.DecompressionMethods.Deflate };")]
    public Task Client_WhoseHandlerSuitsAllCalls_IsReported(string handler) => Reports(
        "async Task<string> M(string u) { " + handler + " using var c = [|new HttpClient(h)|]; return await c.GetStringAsync(u); }");

    [Theory]
    [InlineData("var h = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => u.Length > 1 };")]
    [InlineData("var h = new HttpClientHandler(); h.ServerCertificateCustomValidationCallback = (_, _, _, _) => _trusts;")]
    [InlineData("var h = new HttpClientHandler { ServerCertificateCustomValidationCallback = Check };")]
    public Task Client_WhoseHandlerKnowsTheCall_IsSilent(string handler) => Silent(
        "bool _trusts; bool Check(HttpRequestMessage m, System.Security.Cryptography.X509Certificates.X509Certificate2? c, "
        + "System.Security.Cryptography.X509Certificates.X509Chain? x, System.Net.Security.SslPolicyErrors e) => _trusts; "
        + "async Task<string> M(string u) { " + handler + " using var c = new HttpClient(h); return await c.GetStringAsync(u); }");
}
