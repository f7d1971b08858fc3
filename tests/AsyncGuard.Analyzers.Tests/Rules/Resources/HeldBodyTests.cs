using System.Threading.Tasks;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Resources;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Resources;

public sealed class HeldBodyTests : RuleTest<HeldBodyAnalyzer, HeldBodyFix>
{
    private const string Members =
        "\nclass Row { } HttpContent _content = null!; HttpClient _client = null!; Stream _target = null!; void Log(object? o) { }";

    private static RuleTestOptions Json { get; } =
        RuleTestOptions.Default with
        {
            ExtraUsings = ["System.Text.Json", "System.Text.Json.Nodes", "System.Xml.Linq",
        "System.Net.Http.Json"]
        };

    // Reported

    [Theory]
    [InlineData("async Task<Row?> M() => JsonSerializer.Deserialize<Row>(await [|_content.ReadAsStringAsync()|]);")]
    [InlineData(
        "async Task<Row?> M(CancellationToken t) => JsonSerializer.Deserialize<Row>(await [|_content.ReadAsStringAsync(t)|].ConfigureAwait(false));")]
    [InlineData(
        "async Task<Row?> M() { var text = await [|_content.ReadAsStringAsync()|]; return JsonSerializer.Deserialize<Row>(text); }")]
    [InlineData(
        "async Task<Row> M() { string text = await [|_content.ReadAsStringAsync()|]; return JsonSerializer.Deserialize<Row>(text, new JsonSerializerOptions())!; }")]
    [InlineData(
        "async Task<object?> M() { var text = await [|_content.ReadAsStringAsync()|]; return JsonSerializer.Deserialize(text, typeof(Row)); }")]
    [InlineData(
        "async Task<Row?> M() { var bytes = await [|_content.ReadAsByteArrayAsync()|]; return JsonSerializer.Deserialize<Row>(bytes); }")]
    [InlineData("async Task M() { using var json = JsonDocument.Parse(await [|_content.ReadAsStringAsync()|]); }")]
    [InlineData("async Task<JsonNode?> M() => JsonNode.Parse(await [|_content.ReadAsStringAsync()|]);")]
    [InlineData("async Task M() { await _target.WriteAsync(await [|_content.ReadAsByteArrayAsync()|]); }")]
    [InlineData(
        "async Task M() { var bytes = await [|_content.ReadAsByteArrayAsync()|]; await _target.WriteAsync(bytes, 0, bytes.Length); }")]
    [InlineData("async Task M() { var bytes = await [|_content.ReadAsByteArrayAsync()|]; await _target.WriteAsync(bytes); }")]
    [InlineData("async Task M() { await File.WriteAllBytesAsync(\"a\", await [|_content.ReadAsByteArrayAsync()|]); }")]
    [InlineData("async Task M() { var text = await [|_content.ReadAsStringAsync()|]; await File.WriteAllTextAsync(\"a\", text); }")]
    [InlineData("async Task<Row?> M() => JsonSerializer.Deserialize<Row>(await [|File.ReadAllTextAsync(\"a\")|]);")]
    [InlineData("async Task<Row?> M() => JsonSerializer.Deserialize<Row>(await [|File.ReadAllBytesAsync(\"a\")|]);")]
    [InlineData("async Task<XDocument> M() => XDocument.Parse(await [|_content.ReadAsStringAsync()|]);")]
    [InlineData("async Task<XElement> M() { var xml = await [|_content.ReadAsStringAsync()|]; return XElement.Parse(xml); }")]
    [InlineData("async Task<Row?> M(StreamReader reader) => JsonSerializer.Deserialize<Row>(await [|reader.ReadToEndAsync()|]);")]
    [InlineData("async Task M() { var doc = new System.Xml.XmlDocument(); doc.LoadXml(await [|_content.ReadAsStringAsync()|]); }")]
    [InlineData(
        "async Task<Row?> M() { var text = await [|_client.GetStringAsync(\"/\")|]; return JsonSerializer.Deserialize<Row>(text); }")]
    [InlineData("async Task M() { await File.WriteAllBytesAsync(\"a\", await [|_client.GetByteArrayAsync(\"/\")|]); }")]
    public Task HeldOnlyForOnePass_IsReported(string member) => Reports(member + Members, Json);

    // From real code

    [Fact]
    public Task ResponseOfACall_IsReported() => Reports(
        """
        async Task<Row?> GetAsync(string url)
        {
            var response = await _client.GetAsync(url);
            response.EnsureSuccessStatusCode();
            var json = await [|response.Content.ReadAsStringAsync()|];
            return JsonSerializer.Deserialize<Row>(json, new JsonSerializerOptions { PropertyNameCaseInsensitive = true });
        }
        """ + Members, Json);

    // It has no asynchronous form: from the stream it would read synchronously.
    [Fact]
    public Task NewtonsoftJson_IsSilent() => Silent(
        """
        async Task<Row?> A(HttpResponseMessage r) => Newtonsoft.Json.JsonConvert.DeserializeObject<Row>(await r.Content.ReadAsStringAsync());
        async Task<object> B(HttpResponseMessage r) { var text = await r.Content.ReadAsStringAsync().ConfigureAwait(false); return Newtonsoft.Json.Linq.JObject.Parse(text); }
        """ + Members, Json with { Stubs = [Stubs.NewtonsoftJson] });

    [Fact]
    public Task Download_IsReported() => Reports(
        """
        async Task DownloadAsync(string url, string path)
        {
            using var response = await _client.GetAsync(url);
            var bytes = await [|response.Content.ReadAsByteArrayAsync()|];
            await File.WriteAllBytesAsync(path, bytes);
        }
        """ + Members, Json);

    [Fact]
    public Task RequestBody_IsReported() =>
    Reports(
    "async Task<Row?> Body(Stream body) { using var reader = new StreamReader(body); var text = await [|reader.ReadToEndAsync()|]; return JsonSerializer.Deserialize<Row>(text); }" +
        Members, Json);

    [Fact]
    public Task ConfigurationFile_IsReported() =>
    Reports(
    "async Task<Row> Load(string path) { try { return JsonSerializer.Deserialize<Row>(await [|File.ReadAllTextAsync(path)|]) ?? new Row(); } catch (JsonException) { return new Row(); } }" +
        Members, Json);

    // Silent

    [Theory]
    [InlineData("async Task M() { var b = await [|_content.ReadAsByteArrayAsync()|]; await _target.WriteAsync(b.AsMemory()); }")]
    [InlineData("async Task M() => await _target.WriteAsync((await [|_content.ReadAsByteArrayAsync()|]).AsMemory());")]
    [InlineData("async Task M() { var b = await [|_content.ReadAsByteArrayAsync()|]; await _target.WriteAsync(new ReadOnlyMemory<byte>(b)); }")]
    [InlineData("async Task<Row?> M() { var b = await [|_content.ReadAsByteArrayAsync()|]; return JsonSerializer.Deserialize<Row>(b.AsSpan()); }")]
    [InlineData("async Task M() { var b = await [|_content.ReadAsByteArrayAsync()|]; using var d = JsonDocument.Parse(b.AsMemory()); Log(d); }")]
    public Task ViewOfTheWhole_IsReported(string member) => Reports(member + Members, Json);

    [Theory]
    [InlineData("async Task M() { var b = await _content.ReadAsByteArrayAsync(); await _target.WriteAsync(b.AsMemory(1)); }")]
    [InlineData("async Task M() { var b = await _content.ReadAsByteArrayAsync(); await _target.WriteAsync(b.AsMemory(0, 3)); }")]
    [InlineData("async Task M() { var b = await _content.ReadAsByteArrayAsync(); await _target.WriteAsync(b.AsMemory()); Log(b); }")]
    [InlineData("async Task M() { var b = await _content.ReadAsByteArrayAsync(); Log(b.AsMemory()); }")]
    public Task ViewOfAPart_IsSilent(string member) => Silent(member + Members, Json);

    [Theory]
    [InlineData("async Task M() => await _target.WriteAsync((await [|_content.ReadAsByteArrayAsync()|]).AsMemory());",
        "async Task M() => await _content.CopyToAsync(_target);")]
    [InlineData("async Task M(CancellationToken t) => await _target.WriteAsync(await [|_content.ReadAsByteArrayAsync()|], t);",
        "async Task M(CancellationToken t) => await _content.CopyToAsync(_target, t);")]
    [InlineData("async Task M(CancellationToken t) => await _target.WriteAsync(await [|_content.ReadAsByteArrayAsync(t)|], t);",
        "async Task M(CancellationToken t) => await _content.CopyToAsync(_target, t);")]
    public Task Copy_KeepsItsToken(string before, string after) => Fixes(before + Members, after + Members, Json);

    [Theory]
    [InlineData("async Task<string> M() => await _content.ReadAsStringAsync();")]
    [InlineData(
        "async Task<Row?> M() { var text = await _content.ReadAsStringAsync(); Log(text); return JsonSerializer.Deserialize<Row>(text); }")]
    [InlineData(
        "async Task<Row?> M() { var text = await _content.ReadAsStringAsync(); if (text.Length == 0) return null; return JsonSerializer.Deserialize<Row>(text); }")]
    [InlineData(
        "async Task M() { var text = await _content.ReadAsStringAsync(); Log(JsonSerializer.Deserialize<Row>(text)); Log(JsonSerializer.Deserialize<string>(text)); }")]
    [InlineData(
        "async Task<Row?> M() { var text = await _content.ReadAsStringAsync(); text = text.Trim(); return JsonSerializer.Deserialize<Row>(text); }")]
    [InlineData("async Task<Row?> M() => await JsonSerializer.DeserializeAsync<Row>(await _content.ReadAsStreamAsync());")]
    [InlineData("async Task<Row?> M() => await _content.ReadFromJsonAsync<Row>();")]
    [InlineData("async Task M() { await _content.CopyToAsync(_target); }")]
    [InlineData(
        "async Task M() { var bytes = await _content.ReadAsByteArrayAsync(); await _target.WriteAsync(bytes, 0, 10); Log(bytes); }")]
    [InlineData("async Task M() { var memory = new MemoryStream(); await memory.WriteAsync(await _content.ReadAsByteArrayAsync()); }")]
    [InlineData(
        "async Task<Row?> M() { using var reader = new StringReader(\"{}\"); return JsonSerializer.Deserialize<Row>(await reader.ReadToEndAsync()); }")]
    [InlineData(
        "async Task<string> M() { var path = await _content.ReadAsStringAsync(); await File.WriteAllTextAsync(path, \"a\"); return \"\"; }")]
    [InlineData("Row? M() => JsonSerializer.Deserialize<Row>(File.ReadAllText(\"a\"));")]
    [InlineData("async Task<Row?> M(string text) { await Task.Yield(); return JsonSerializer.Deserialize<Row>(text); }")]
    [InlineData("async Task<int> M() { var text = await _content.ReadAsStringAsync(); return int.Parse(text); }")]
    [InlineData("async Task M() { var text = await File.ReadAllTextAsync(\"a\"); Console.WriteLine(text); }")]
    [InlineData(
        "async Task<Func<Row?>> M() { var text = await _content.ReadAsStringAsync(); return () => JsonSerializer.Deserialize<Row>(text); }")]
    [InlineData("async Task M() { var pending = _content.ReadAsStringAsync(); Log(JsonSerializer.Deserialize<Row>(await pending)); }")]
    [InlineData("async Task<string[]> M() => (await File.ReadAllTextAsync(\"a\")).Split('\\n');")]
    [InlineData(
        "async Task<Row?> M() { var bytes = await _content.ReadAsByteArrayAsync(); return JsonSerializer.Deserialize<Row>(bytes.AsSpan(3)); }")]
    public Task UsedAsAWhole_IsSilent(string member) => Silent(member + Members, Json);

    // From real code

    [Fact]
    public Task ErrorWithTheBody_IsSilent() => Silent(
        """
        async Task<Row?> GetAsync(HttpResponseMessage response)
        {
            var json = await response.Content.ReadAsStringAsync();
            try { return JsonSerializer.Deserialize<Row>(json); }
            catch (JsonException e) { throw new InvalidOperationException(json, e); }
        }
        """ + Members, Json);

    [Fact]
    public Task Signature_IsSilent() =>
    Silent(
    "async Task<Row?> Hook(StreamReader r, Func<string, bool> isSigned) { var body = await r.ReadToEndAsync(); return isSigned(body) ? JsonSerializer.Deserialize<Row>(body) : null; }" +
        Members, Json);

    [Fact]
    public Task Cache_IsSilent() =>
    Silent(
    "readonly Dictionary<string, string> _cache = new(); async Task<Row?> Get(string key) { _cache[key] = await _content.ReadAsStringAsync(); return JsonSerializer.Deserialize<Row>(_cache[key]); }" +
        Members, Json);

    [Fact]
    public Task Template_IsSilent() =>
    Silent(
    "async Task Write(string name) { var template = await File.ReadAllTextAsync(\"t\"); await File.WriteAllTextAsync(\"out\", template.Replace(\"{name}\", name)); }" +
        Members, Json);

    [Fact]
    public Task OwnReader_IsSilent() =>
    Silent(
    "class Mine { public Task<string> ReadAsStringAsync() => Task.FromResult(\"\"); } async Task<Row?> Get(Mine m) => JsonSerializer.Deserialize<Row>(await m.ReadAsStringAsync());" +
        Members, Json);

    // Fixes

    [Theory]
    [InlineData("async Task<Row?> M() => JsonSerializer.Deserialize<Row>(await [|_content.ReadAsStringAsync()|]); // c",
        "async Task<Row?> M() => await _content.ReadFromJsonAsync<Row>(JsonSerializerOptions.Default); // c")]
    [InlineData(
        "async Task<Row> M(JsonSerializerOptions o, CancellationToken t) => JsonSerializer.Deserialize<Row>(await [|_content.ReadAsStringAsync(t)|], o)!;",
            "async Task<Row> M(JsonSerializerOptions o, CancellationToken t) => (await _content.ReadFromJsonAsync<Row>(o, t))!;")]
    [InlineData("async Task M() { await _target.WriteAsync(await [|_content.ReadAsByteArrayAsync()|]); }",
        "async Task M() { await _content.CopyToAsync(_target); }")]
    public Task Fix_Streams(string before, string after) => Fixes(before + Members, after + Members, Json);

    [Fact]
    public Task Fix_OfALocal_TakesItAway() => Fixes(
        """
        async Task<Row?> A()
        {
            var text = await [|_content.ReadAsStringAsync()|];
            return JsonSerializer.Deserialize<Row>(text);
        }

        async Task B(CancellationToken token)
        {
            var bytes = await [|_content.ReadAsByteArrayAsync(token)|];
            await _target.WriteAsync(bytes, 0, bytes.Length);
        }
        """ + Members,
        """
        async Task<Row?> A()
        {
            return await _content.ReadFromJsonAsync<Row>(JsonSerializerOptions.Default);
        }

        async Task B(CancellationToken token)
        {
            await _content.CopyToAsync(_target, token);
        }
        """ + Members, Json);

    [Theory]
    [InlineData(
        "async Task M() { var text = await [|_content.ReadAsStringAsync()|]; await Task.Yield(); Log(JsonSerializer.Deserialize<Row>(text)); }")]
    [InlineData("async Task<JsonNode?> M() => JsonNode.Parse(await [|_content.ReadAsStringAsync()|]);")]
    [InlineData("async Task<Row?> M() => JsonSerializer.Deserialize<Row>(await [|File.ReadAllTextAsync(\"a\")|]);")]
    public Task OtherForms_HaveNoFix(string member) => NoFix(member + Members, Json);

    // Code that receives the reader reads synchronously: from the stream that would block.
    [Theory]
    [InlineData(
        "object Parse(TextReader reader) => reader; async Task<object> M(StreamReader file) => Parse(new StringReader(await file.ReadToEndAsync()));")]
    [InlineData(
        "object Parse(TextReader reader) => reader; async Task<object> M(StreamReader file) { var text = await file.ReadToEndAsync(); var input = new StringReader(text); return Parse(input); }")]
    [InlineData("async Task<TextReader> M(StreamReader file) { var text = await file.ReadToEndAsync(); return new StringReader(text); }")]
    public Task ReaderThatIsHandedOn_IsSilent(string member) => Silent(member + Members, Json);

    [Fact]
    public Task ReaderThatIsReadHere_IsReported() => Reports(
        "async Task<int> M(StreamReader file) { var text = await [|file.ReadToEndAsync()|]; using var lines = new StringReader(text); var n = 0; while (lines.ReadLine() is not null) n++; return n; }" +
            Members,
        Json);
}
