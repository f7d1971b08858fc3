using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class IndependentAwaitsTests : RuleTest<IndependentAwaitsAnalyzer, IndependentAwaitsFix>
{
    private const string Members =
        """
        HttpClient _orders = new HttpClient(), _users = new HttpClient(), _items = new HttpClient();
        static readonly HttpClient Shared = new HttpClient();
        string _field = "";
        string Stored { get; set; } = "";
        string Computed => _field + Environment.TickCount;
        void Use(object? o, object? p = null, object? q = null) { }
        Task WriteAsync(string s = "") => Task.Delay(1);
        string Build(string s) => s;

        """;

    private static readonly RuleTestOptions Wide = new() { ExtraUsings = ["System.Net", "System.Net.Http.Json", "System.Data.Common"] };

    // Reported

    [Theory]
    [InlineData("var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; Use(a, b);")]
    [InlineData(
        "var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; var c = await _items.GetStringAsync(url); Use(a, b, c);")]
    [InlineData(
        "string a = await _orders.GetStringAsync(url, token); byte[] b = [|await _users.GetByteArrayAsync(url, token)|]; Use(a, b);")]
    [InlineData(
        "var a = await _orders.GetStringAsync(url).ConfigureAwait(false); var b = [|await Shared.GetStringAsync(url).ConfigureAwait(false)|]; Use(a, b);")]
    [InlineData("string a, b; a = await _orders.GetStringAsync(url); b = [|await other.GetStringAsync(url)|]; Use(a, b);")]
    [InlineData("_field = await _orders.GetStringAsync(url); Stored = [|await other.GetStringAsync(url)|];")]
    [InlineData("Use(await _orders.GetStringAsync(url), [|await _users.GetStringAsync(url)|]);")]
    [InlineData("var sum = await _orders.GetStringAsync(url) + [|await _users.GetStringAsync(url)|]; Use(sum);")]
    [InlineData("var (a, b) = (await _orders.GetStringAsync(url), [|await _users.GetStringAsync(url)|]); Use(a, b);")]
    [InlineData("var a = await _orders.GetFromJsonAsync<int>(url); var b = [|await _users.GetFromJsonAsync<string>(url)|]; Use(a, b);")]
    [InlineData("using var a = await _orders.GetAsync(url); using var b = [|await _users.GetAsync(url)|]; Use(a, b);")]
    [InlineData(
        "var a = await _orders.GetStringAsync($\"{url}/{_field}\"); var b = [|await _users.GetStringAsync(new Uri(url + \"/\" + Uri.EscapeDataString(_field)))|]; Use(a, b);")]
    [InlineData(
        "var a = await _orders.GetStringAsync(url); var path = url + \"/users\"; var b = [|await _users.GetStringAsync(path)|]; Use(a, b);")]
    [InlineData("await WriteAsync(); var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; Use(a, b);")]
    [InlineData("var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; await WriteAsync(a + b);")]
    [InlineData("var a = (await _orders.GetStringAsync(url)).Length; var b = [|await _users.GetStringAsync(url)|]; Use(a, b);")]
    [InlineData("object a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|] ?? \"\"; Use(a, b);")]
    [InlineData(
        "try { var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; Use(a, b); } catch (HttpRequestException) { }")]
    [InlineData("if (url.Length > 0) { var a = await _orders.GetStringAsync(url); Use(a, [|await _users.GetStringAsync(url)|]); }")]
    [InlineData(
        "var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; var c = await _orders.GetStringAsync(a); var d = [|await _users.GetStringAsync(b)|]; Use(c, d);")]
    [InlineData("var a = await _orders.GetStringAsync(url); Use(a.Length, [|await _users.GetStringAsync(url)|]);")]
    [InlineData("var a = await _orders.GetStringAsync(url); url = \"x\"; var b = [|await _users.GetStringAsync(url)|]; Use(a, b);")]
    [InlineData(
        "var one = new HttpClient(); var two = new HttpClient(); var a = await one.GetStringAsync(url); var b = [|await two.GetStringAsync(url)|]; Use(a, b);")]
    [InlineData("await connection.OpenAsync(token); [|await target.OpenAsync(token)|];")]
    [InlineData(
        "await using var a = await source.OpenConnectionAsync(token); await using var b = [|await source.OpenConnectionAsync(token)|]; Use(a, b);")]
    [InlineData("var a = await Dns.GetHostAddressesAsync(\"a\"); var b = [|await Dns.GetHostEntryAsync(\"b\")|]; Use(a, b);")]
    [InlineData(
        "Func<Task> later = async () => { var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; Use(a, b); }; await later();")]
    public Task Reads_ThatNeedNothingOfEachOther_AreReported(string body) =>
        Reports(Members +
        $"async Task M(string url, HttpClient other, DbConnection connection, DbConnection target, DbDataSource source, CancellationToken token) {{ {body} }}",
        Wide);

    [Fact]
    public Task EveryKindOfFunction_IsReported() => Reports(
        Members +
        """
        async Task<string> E(string url) => await _orders.GetStringAsync(url) + [|await _users.GetStringAsync(url)|];
        async Task<string> R(string url) { var a = await _orders.GetStringAsync(url); return a + [|await _users.GetStringAsync(url)|]; }
        async void V(string url) { Use(await _orders.GetStringAsync(url)); var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; Use(a, b); }
        async Task F(string url) { await Local(); async Task Local() { var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; Use(a, b); } }
        Func<Task> P { get { return async delegate { var a = await _orders.GetStringAsync(""); var b = [|await _users.GetStringAsync("")|]; Use(a, b); }; } }
        async Task<(T, T)> G<T>(string url, Func<string, T> f) { var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; return (f(a), f(b)); }
        async IAsyncEnumerable<string> I(string url) { var a = await _orders.GetStringAsync(url); var b = [|await _users.GetStringAsync(url)|]; yield return a + b; }
        """);

    [Fact]
    public Task TopLevelProgram_IsReported() => Reports(
        """
        using System.Net.Http;
        var one = new HttpClient();
        var two = new HttpClient();
        var a = await one.GetStringAsync("https://a");
        var b = [|await two.GetStringAsync("https://b")|];
        System.Console.WriteLine(a + b);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task OldLanguage_IsReported() => Reports(
        "async Task<int> M(HttpClient x, HttpClient y) { var a = await x.GetStringAsync(\"a\"); var b = [|await y.GetStringAsync(\"b\")|]; return a.Length + b.Length; }",
        new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task ClientsOfAFactory_AreReported() => Reports(
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        class D { async Task<string> M(IHttpClientFactory factory, string url) => await factory.CreateClient("a").GetStringAsync(url) + [|await factory.CreateClient("b").GetStringAsync(url)|]; }
        """,
        RuleTestOptions.File with { References = ReferenceSet.AspNetCore });

    [Fact]
    public Task Stores_ThatManyUseAtOnce_AreReported() => Reports(
        "async Task M(StackExchange.Redis.IDatabase redis, Azure.Storage.Blobs.BlobClient blob, Amazon.S3.AmazonS3Client s3) { var a = await redis.StringGetAsync(\"a\"); var b = [|await redis.StringGetAsync(\"b\")|]; var c = await blob.ExistsAsync(); var d = await s3.GetObjectAsync(\"x\", \"y\"); Console.WriteLine(a + b + c + d); }",
        new() { Stubs = [Stubs.StackExchangeRedis, Stubs.AzureStorageBlobs, Stubs.AmazonS3] });

    [Theory]
    [InlineData("asyncguard_concurrent_calls", "LoadAsync | ReadAsync")]
    [InlineData(null, "M:C.Api.LoadAsync(*); concurrent\nM:C.Api.ReadAsync(*); concurrent\n")]
    public Task Calls_ThatTheProjectNames_AreReported(string? option, string value)
    {
        const string source =
            "class Api { public Task<int> LoadAsync(int i) => Task.FromResult(i); public Task<int> ReadAsync(int i) => Task.FromResult(i); public Task<int> SaveAsync(int i) => Task.FromResult(i); }\n"
            + "async Task<int> M(Api api) { var a = await api.LoadAsync(1); var b = [|await api.ReadAsync(2)|]; var c = await api.SaveAsync(3); return a + b + c; }";
        return Reports(source,
            option is null ? new() { AdditionalFiles = [("AsyncGuard.Own.txt", value)] }
                : new() { EditorConfig = RuleTestOptions.Default.EditorConfig.Add(option, value) });
    }

    [Fact]
    public Task SaysHowMany() => Reports(
        Members +
            "async Task M(string url) { var a = await _orders.GetStringAsync(url); var b = {|#0:await _users.GetByteArrayAsync(url)|}; var c = await _items.GetStringAsync(url); Use(a, b, c); }",
        new()
        {
            Expected = [new DiagnosticResult("AGD0207", DiagnosticSeverity.Info).WithLocation(0)
                .WithMessage(
                "These 3 awaits run one after the other, although 'GetByteArrayAsync' does not depend on the earlier ones; start them first and await 'Task.WhenAll'")],
        });

    // Silent

    [Theory]
    [InlineData("var a = await _orders.GetStringAsync(url); var b = await _orders.GetStringAsync(url); Use(a, b);")]
    [InlineData("var a = await _orders.GetStringAsync(url); var b = await _users.GetStringAsync(a); Use(a, b);")]
    [InlineData("var a = await _orders.GetStringAsync(url); var n = a.Length; var b = await _users.GetStringAsync(url + n); Use(a, b);")]
    [InlineData("var a = await _orders.GetStringAsync(url); _field = url; var b = await _users.GetStringAsync(_field); Use(a, b);")]
    [InlineData("url = await _orders.GetStringAsync(url); var b = await _users.GetStringAsync(url); Use(b);")]
    [InlineData("_field = await _orders.GetStringAsync(url); var b = await _users.GetStringAsync(_field); Use(b);")]
    [InlineData("Stored = await _orders.GetStringAsync(url); var b = await _users.GetStringAsync(Stored); Use(b);")]
    [InlineData("var a = await _users.GetStringAsync(await _orders.GetStringAsync(url)); Use(a);")]
    [InlineData("await _orders.PostAsync(url, null); var b = await _users.GetStringAsync(url); Use(b);")]
    [InlineData("var a = await _orders.GetStringAsync(url); await _users.PostAsync(url, null); Use(a);")]
    [InlineData("await _orders.PutAsync(url, null); await _users.DeleteAsync(url);")]
    [InlineData(
        "var a = await _orders.GetStringAsync(url); if (a.Length == 0) return; var b = await _users.GetStringAsync(url); Use(a, b);")]
    [InlineData("var a = await _orders.GetStringAsync(url) ?? throw new Exception(); var b = await _users.GetStringAsync(url); Use(a, b);")]
    [InlineData(
        "using var a = await _orders.GetAsync(url); a.EnsureSuccessStatusCode(); var b = await _users.GetStringAsync(url); Use(a, b);")]
    [InlineData("var a = (await _orders.GetAsync(url)).EnsureSuccessStatusCode(); var b = await _users.GetStringAsync(url); Use(a, b);")]
    [InlineData("var a = await _orders.GetStringAsync(url); Use(a); var b = await _users.GetStringAsync(url); Use(b);")]
    [InlineData("var a = await _orders.GetStringAsync(url); var b = await _users.GetStringAsync(Build(url)); Use(a, b);")]
    [InlineData("var a = await _orders.GetStringAsync(url); var b = await _users.GetStringAsync(Computed); Use(a, b);")]
    [InlineData(
        "var a = await _orders.GetStringAsync(url); _field = \"x\" + a; var b = await _users.GetStringAsync(url); Use(a, b); _field = await WriteIt(); async Task<string> WriteIt() { await WriteAsync(); return \"\"; }")]
    [InlineData("var ok = (await _orders.GetStringAsync(url)).Length > 0 && (await _users.GetStringAsync(url)).Length > 0; Use(ok);")]
    [InlineData("var a = url.Length > 0 ? await _orders.GetStringAsync(url) : await _users.GetStringAsync(url); Use(a);")]
    [InlineData(
        "var a = await _orders.GetStringAsync(url); foreach (var c in a) Use(c); var b = await _users.GetStringAsync(url); Use(b);")]
    [InlineData("var same = _orders; var a = await _orders.GetStringAsync(url); var b = await same.GetStringAsync(url); Use(a, b);")]
    [InlineData("var same = other; var a = await other.GetStringAsync(url); var b = await same.GetStringAsync(url); Use(a, b);")]
    [InlineData("var a = _orders.GetStringAsync(url); var b = _users.GetStringAsync(url); await Task.WhenAll(a, b);")]
    [InlineData(
        "var a = await _orders.SendAsync(new HttpRequestMessage(HttpMethod.Get, url)); var b = await _users.SendAsync(new HttpRequestMessage(HttpMethod.Get, url)); Use(a, b);")]
    [InlineData("await connection.OpenAsync(); await connection.OpenAsync();")]
    [InlineData(
        "await connection.OpenAsync(); var command = connection.CreateCommand(); await command.ExecuteNonQueryAsync(); await target.OpenAsync();")]
    [InlineData("using var scope = new System.Transactions.TransactionScope(); await connection.OpenAsync(); await target.OpenAsync();")]
    [InlineData("var a = await File.ReadAllTextAsync(url); var b = await File.ReadAllTextAsync(url + 1); Use(a, b);")]
    [InlineData("await WriteAsync(); await WriteAsync();")]
    [InlineData("await Task.Delay(1); await Task.Delay(2);")]
    [InlineData("var a = await _orders.GetStringAsync(url); { var b = await _users.GetStringAsync(url); Use(a, b); }")]
    [InlineData(
        "var a = await _orders.GetStringAsync(url); var list = new List<string>(); var b = await _users.GetStringAsync(url); Use(a, b, list);")]
    public Task Awaits_ThatMayNeedEachOther_AreSilent(string body) =>
        Silent(Members +
        $"async Task M(string url, HttpClient other, DbConnection connection, DbConnection target) {{ {body} await Task.Yield(); }}", Wide);

    [Fact]
    public Task ContextOfEntityFramework_IsSilent() => Silent(
        "class Item { public int Id { get; set; } } class Db : DbContext { public DbSet<Item> Items => Set<Item>(); } async Task<int> M(Db db, Db other) { var a = await db.Items.ToListAsync(); var b = await other.Items.ToListAsync(); return a.Count + b.Count; }",
        new() { Stubs = [Stubs.EntityFrameworkCore], ExtraUsings = ["Microsoft.EntityFrameworkCore"] });

    [Fact]
    public Task TestProject_IsSilent() => Silent(
        "async Task<string> M(HttpClient x, HttpClient y) => await x.GetStringAsync(\"\") + await y.GetStringAsync(\"\");",
        new() { Stubs = [Stubs.Xunit] });

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Net.Http;
        using System.Threading.Tasks;
        class D { async Task<string> M(HttpClient x, HttpClient y) => await x.GetStringAsync("") + await y.GetStringAsync(""); }
        """,
        RuleTestOptions.File);
}
