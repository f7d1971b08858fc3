using System.Threading.Tasks;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Resources;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class HeldBodyBehaviourTests : RuleTest<HeldBodyAnalyzer, HeldBodyFix>
{
    private static RuleTestOptions Options { get; } =
        new() { ExtraUsings = ["System.Text", "System.Text.Json", "System.Net.Http.Json", "System.Net.Http.Headers"] };

    [Theory]
    [InlineData("""return JsonSerializer.Deserialize<Row>(await [|content.ReadAsStringAsync()|])!.Name;""", "{\"Name\":\"x\"}")]
    [InlineData("""return JsonSerializer.Deserialize<Row>(await [|content.ReadAsStringAsync(token)|])!.Name;""", "{\"name\":\"x\"}")]
    [InlineData("""var text = await [|content.ReadAsStringAsync()|]; return JsonSerializer.Deserialize<Row>(text)?.Name;""", "null")]
    [InlineData("""var text = await [|content.ReadAsStringAsync()|]; return JsonSerializer.Deserialize<Row>(text, _web)!.Name;""", "{\"name\":\"é\"}")]
    [InlineData("""return JsonSerializer.Deserialize<List<int>>(await [|content.ReadAsStringAsync()|])!.Count;""", "[1,2,3]")]
    [InlineData("""return JsonSerializer.Deserialize<Row>(await [|content.ReadAsStringAsync()|])!.Name;""", "{")]
    [InlineData("""return JsonSerializer.Deserialize<Row>(await [|content.ReadAsStringAsync()|])!.Name;""", "")]
    [InlineData("""return JsonSerializer.Deserialize<Row>(await [|content.ReadAsByteArrayAsync()|])!.Name;""", "{\"Name\":\"x\"}")]
    [InlineData("""return await CopyAsync(new MemoryStream()); async Task<long> CopyAsync(Stream target) { await target.WriteAsync(await [|content.ReadAsByteArrayAsync()|]); return target.Length; }""", "abc")]
    [InlineData("""return await CopyAsync(new MemoryStream()); async Task<long> CopyAsync(Stream target) { var bytes = await [|content.ReadAsByteArrayAsync()|]; await target.WriteAsync(bytes); Observed.Note("written"); return target.Length; }""", "abc")]
    public Task Body_IsReadTheSame(string body, string text) => BehavesOrRefuses(
        $$"""
        sealed class Row { public string? Name { get; set; } }
        readonly JsonSerializerOptions _web = new(JsonSerializerDefaults.Web);
        async Task<object?> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            using var content = new ByteArrayContent(Encoding.Unicode.GetBytes({{Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true)}}));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-16" };
            try { return await ReadAsync(content, token); }
            catch (JsonException) { Observed.Note("malformed"); return null; }
        }
        async Task<object?> ReadAsync(HttpContent content, CancellationToken token)
        {
            await Observed.StepAsync("read");
            {{body}}
        }
        """,
        [Mend.Cancellation],
        Options);
}
