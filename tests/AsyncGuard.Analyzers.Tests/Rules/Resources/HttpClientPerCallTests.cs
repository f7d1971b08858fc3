using System.Threading.Tasks;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Resources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Resources;

public sealed partial class HttpClientPerCallTests : RuleTest<HttpClientPerCallAnalyzer, HttpClientPerCallFix>
{
    // Reported

    [Theory]
    [InlineData("using var c = [|new HttpClient()|]; return await c.GetStringAsync(u);")]
    [InlineData("using (var c = [|new HttpClient()|]) return await c.GetStringAsync(u);")]
    [InlineData("using (var c = [|new HttpClient()|]) { return await c.GetStringAsync(u); }")]
    [InlineData("var c = [|new HttpClient()|]; return await c.GetStringAsync(u);")]
    [InlineData("HttpClient c = [|new()|]; return await c.GetStringAsync(u);")]
    [InlineData("return await [|new HttpClient()|].GetStringAsync(u);")]
    [InlineData("return await ([|new HttpClient()|]).GetStringAsync(u);")]
    [InlineData("HttpClient c; c = [|new HttpClient()|]; return await c.GetStringAsync(u);")]
    [InlineData("var c = [|new HttpClient()|]; try { return await c.GetStringAsync(u); } finally { c.Dispose(); }")]
    [InlineData("HttpClient? c = null; try { c = [|new HttpClient()|]; return await c.GetStringAsync(u); } finally { c?.Dispose(); }")]
    [InlineData(
        "HttpClient? c = null; try { c = [|new HttpClient()|]; return await c.GetStringAsync(u); } finally { if (c != null) c.Dispose(); }")]
    [InlineData("var s = ''; foreach (var x in u) { using var c = [|new HttpClient()|]; s += await c.GetStringAsync(x + s); } return s;")]
    [InlineData("while (true) { using var c = [|new HttpClient()|]; await c.GetStringAsync(u); }")]
    [InlineData("var (c, n) = ([|new HttpClient()|], 3); return await c.GetStringAsync(u + n);")]
    [InlineData("(HttpClient c, int n) = ([|new HttpClient()|], 3); return await c.GetStringAsync(u + n);")]
    [InlineData("HttpClient c; int n; (c, n) = ([|new HttpClient()|], 3); return await c.GetStringAsync(u + n);")]
    [InlineData("var (n, c) = (3, [|new HttpClient()|]); try { return await c.GetStringAsync(u + n); } finally { c.Dispose(); }")]
    [InlineData("var p = ([|new HttpClient()|], 3); return await p.Item1.GetStringAsync(u + p.Item2);")]
    [InlineData("var p = (Client: [|new HttpClient()|], Count: 3); using (p.Client) return await p.Client.GetStringAsync(u + p.Count);")]
    [InlineData("var c = [|new HttpClient { Timeout = TimeSpan.FromSeconds(1) }|]; return await c.GetStringAsync(u);")]
    [InlineData("var c = [|new HttpClient()|]; c.DefaultRequestHeaders.Add('a', 'b'); return await c.GetStringAsync(u);")]
    [InlineData("using var c = [|new HttpClient(new HttpClientHandler())|]; return await c.GetStringAsync(u);")]
    [InlineData(
        "using var c = [|new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }, true)|]; return await c.GetStringAsync(u);")]
    [InlineData(
        "var h = new HttpClientHandler(); h.UseCookies = false; using var c = [|new HttpClient(h)|]; return await c.GetStringAsync(u);")]
    [InlineData(
        "using var h = new HttpClientHandler(); using var c = [|new HttpClient(h, disposeHandler: true)|]; return await c.GetStringAsync(u);")]
    [InlineData("using HttpClient a = [|new()|], b = [|new()|]; return await a.GetStringAsync(u) + await b.GetStringAsync(u);")]
    [InlineData(
        "using (var a = [|new HttpClient()|]) using (var b = [|new HttpClient()|]) { return await a.GetStringAsync(u) + await b.GetStringAsync(u); }")]
    public Task Client_OfOneCall_IsReported(string body) =>
    Reports($"async Task<string> M(string u) {{ {body.Replace("''", "\"\"").Replace('\'', '"')} }}");

    [Theory]
    [InlineData("var p = (new HttpClient(), 3); Use(p); return await p.Item1.GetStringAsync(u);")]
    [InlineData("var p = (new HttpClient(), 3); Use(p.Item1); return await p.Item1.GetStringAsync(u);")]
    [InlineData("var (c, n) = (new HttpClient(), 3); Use(c); return await c.GetStringAsync(u);")]
    [InlineData("(_client, var n) = (new HttpClient(), 3); return await _client.GetStringAsync(u);")]
    [InlineData("Use((new HttpClient(), 3)); await Task.Yield(); return u;")]
    [InlineData("var p = (new HttpClient(), 3); Func<Task<string>> f = () => p.Item1.GetStringAsync(u); Use(f); return await f();")]
    public Task Client_InATupleThatIsHandedOn_IsSilent(string body) =>
        Silent($"HttpClient? _client; void Use(object o) {{ }} async Task<string> M(string u) {{ {body} }}");

    [Fact]
    public Task Client_UsedByItsOwnExtension_IsReported() => Reports(
        "async Task<int> M(string u) { using var c = [|new HttpClient()|]; return await c.GetFromJsonAsync<int>(u) + await [|new HttpClient()|].GetFromJsonAsync<int>(u); }",
        new() { ExtraUsings = ["System.Net.Http.Json"] });

    [Fact]
    public Task Client_InSynchronousCode_IsReported() => Reports(
        """
        C(string u) { var s = [|new HttpClient()|].GetStringAsync(u).Result; }
        string P { get { using var c = [|new HttpClient()|]; return c.GetStringAsync("u").Result; } }
        string E => [|new HttpClient()|].GetStringAsync("u").Result;
        """);

    [Fact]
    public Task Client_InLambdaAndLocalFunction_IsReported() => Reports(
        """
        Func<string, Task<string>> M()
        {
            return async u => { using var c = [|new HttpClient()|]; return await c.GetStringAsync(u); };
            Task<string> Local(string u) => [|new HttpClient()|].GetStringAsync(u);
        }
        """);

    [Fact]
    public Task Client_InGenericStaticAndIterator_IsReported() => Reports(
        """
        static async Task<T?> M<T>(string u) { using var c = [|new HttpClient()|]; return (T?)(object?)await c.GetStringAsync(u); }
        async IAsyncEnumerable<string> N(string u) { using var c = [|new HttpClient()|]; yield return await c.GetStringAsync(u); }
        """);

    [Fact]
    public Task Client_InOldLanguage_IsReported() => Reports(
        "object M(string u) { using (var c = [|new HttpClient()|]) { return c.GetStringAsync(u).Result; } }",
        new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task Client_WithWrappedHandler_IsReported() => Reports(
        """
        class Retry : DelegatingHandler { public Retry(HttpMessageHandler inner) : base(inner) { } }
        Task<string> M(string u) => [|new HttpClient(new Retry(new HttpClientHandler()))|].GetStringAsync(u);
        """);

    [Fact]
    public Task Message_WithoutFactory_NamesTheConnectionLifetime() => Reports(
        "Task<string> M(string u) => {|#0:new HttpClient()|}.GetStringAsync(u);",
        new()
        {
            Expected = [new DiagnosticResult("AGD0501", DiagnosticSeverity.Warning).WithLocation(0)
            .WithArguments("HttpClient", "opens new connections every time and exhausts sockets under load",
            "keep one and share it, with 'SocketsHttpHandler.PooledConnectionLifetime' set so that it follows DNS")]
        });

    [Fact]
    public Task Message_WithFactory_NamesIt() => Reports(
        "Task<string> M(string u) => {|#0:new HttpClient()|}.GetStringAsync(u);",
        new()
        {
            References = ReferenceSet.AspNetCore,
            Expected = [new DiagnosticResult("AGD0501", DiagnosticSeverity.Warning).WithLocation(0)
                .WithArguments("HttpClient", "opens new connections every time and exhausts sockets under load",
                "take one from 'IHttpClientFactory', or keep one and share it")]
        });

    private const string Clients =
        """
        class Rest { public Rest(string address) { } public Rest(HttpClient client) { } public Task<string> GetAsync() => null!; }
        class RestAbove : Rest { public RestAbove(string address) : base(address) { } }
        class Store : IDisposable { public Store(string address) { } public void Dispose() { } public Task<string> GetAsync() => null!; }
        class Channel { public static Channel For(string address) => null!; public Task<string> GetAsync() => null!; }
        """;

    private static readonly RuleTestOptions WithClients = RuleTestOptions.Default with
    {
        AdditionalFiles = [("AsyncGuard.Clients.txt",
            "T:C.Rest; holds-connections\nT:C.Store; holds-setup\nM:C.Channel.For(*); holds-connections")],
    };

    [Theory]
    [InlineData("var c = [|new Rest(u)|]; return await c.GetAsync();")]
    [InlineData("return await [|new RestAbove(u)|].GetAsync();")]
    [InlineData("using var c = [|new Store(u)|]; return await c.GetAsync();")]
    [InlineData("var c = [|Channel.For(u)|]; return await c.GetAsync();")]
    public Task ClientOfTheCatalog_PerCall_IsReported_WithoutFix(string body) =>
    Reports("async Task<string> M(string u) { " + body + " }\n" + Clients, WithClients);

    [Fact]
    public Task ClientOfTheCatalog_KeptOrOverAKeptClient_IsSilent() => Silent(
        "readonly Rest _rest = new(\"u\");\nRest Make(string u) => new Rest(u);\nasync Task<string> M(HttpClient shared) { var c = new Rest(shared); return await c.GetAsync(); }\n" +
            Clients, WithClients);

    // Silent

    [Fact]
    public Task FieldPropertyAndStaticConstructor_AreSilent() => Silent(
        """
        static readonly HttpClient A = new HttpClient();
        readonly HttpClient _b = new();
        static HttpClient P { get; } = new HttpClient();
        static readonly Lazy<HttpClient> L = new(() => { var c = new HttpClient(); c.Timeout = TimeSpan.Zero; return c; });
        static readonly string Version = new HttpClient().GetStringAsync("u").Result;
        static readonly HttpClient S;
        static C() { S = new HttpClient(); using var once = new HttpClient(); once.CancelPendingRequests(); }
        """);

    [Theory]
    [InlineData("_c = new HttpClient();")]
    [InlineData("var c = new HttpClient(); c.Timeout = TimeSpan.Zero; _c = c;")]
    [InlineData("_c ??= new HttpClient();")]
    [InlineData("_c = _c ?? new HttpClient();")]
    [InlineData("HttpClient? c = _c; c ??= new HttpClient(); c.CancelPendingRequests();")]
    [InlineData("HttpClient? c = null; c ??= new HttpClient(); c.CancelPendingRequests();")]
    [InlineData("HttpClient? c = _c; if (c == null) c = new HttpClient(); c.CancelPendingRequests();")]
    [InlineData("HttpClient? c = null; if (c is null) { c = new HttpClient(); } c.CancelPendingRequests();")]
    [InlineData("HttpClient c = new HttpClient(); if (_c != null) c = _c; c.CancelPendingRequests();")]
    [InlineData("var c = b ? new HttpClient() : _c!; c.CancelPendingRequests();")]
    [InlineData("Take(new HttpClient());")]
    [InlineData("var c = new HttpClient(); Take(c);")]
    [InlineData("var c = new HttpClient(); Extend(c).CancelPendingRequests();")]
    [InlineData("var c = new HttpClient(); c.Extend2();")]
    [InlineData("var c = new HttpClient(); Ref(ref c);")]
    [InlineData("var c = new HttpClient(); Action a = () => c.CancelPendingRequests(); a();")]
    [InlineData("var c = new HttpClient(); Local(); void Local() => c.CancelPendingRequests();")]
    [InlineData("HttpClient? c = null; Action a = () => { c = new HttpClient(); c.CancelPendingRequests(); };")]
    [InlineData("var c = new HttpClient(); Func<string, Task<string>> f = c.GetStringAsync;")]
    [InlineData("Func<string, Task<string>> f = new HttpClient().GetStringAsync;")]
    [InlineData("var all = new[] { new HttpClient() }; var list = new List<HttpClient> { new HttpClient() };")]
    [InlineData("var t = (new HttpClient(), 1); object o = new HttpClient();")]
    [InlineData("var holder = new { Client = new HttpClient() };")]
    [InlineData("Func<HttpClient> f = () => new HttpClient(); Func<HttpClient> g = () => { return new HttpClient(); };")]
    [InlineData("var c = new HttpClient(); while (b) c.CancelPendingRequests();")]
    [InlineData("using var c = new HttpClient(); for (;;) { c.CancelPendingRequests(); }")]
    public Task Client_KeptElsewhereOrUnknown_IsSilent(string body) => Silent(
        $$"""
        HttpClient? _c;
        void M(bool b) { {{body}} }
        void Take(HttpClient c) => _c = c;
        void Ref(ref HttpClient c) { }
        HttpClient Extend(HttpClient c) => c;
        """,
        new()
        {
            ExtraUsings = ["static E"],
            OtherFiles = [("E.cs", "static class E { public static object Extend2(this System.Net.Http.HttpClient c) => c; }")]
        });

    [Theory]
    [InlineData("new HttpClient(_h)")]
    [InlineData("new HttpClient(_h, false)")]
    [InlineData("new HttpClient(_h, disposeHandler: false)")]
    [InlineData("new HttpClient(new HttpClientHandler(), disposeHandler: false)")]
    [InlineData("new HttpClient(parameter)")]
    [InlineData("new HttpClient(Make())")]
    [InlineData("new HttpClient(new HttpClientHandler { Credentials = new System.Net.NetworkCredential(\"a\", \"b\") })")]
    [InlineData("new HttpClient(new HttpClientHandler { CookieContainer = new() })")]
    [InlineData("new HttpClient(new HttpClientHandler { ClientCertificates = { null! } })")]
    [InlineData("new HttpClient(new Fake())")]
    [InlineData("new HttpClient(new Wrap(_h))")]
    [InlineData("new HttpClient(parameter, dispose)")]
    [InlineData("new HttpClient(new HttpClientHandler(), dispose)")]
    public Task Client_WithHandlerOfItsOwnOrElsewhere_IsSilent(string construction) => Silent(
        $$"""
        class Fake : HttpMessageHandler { protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage m, CancellationToken t) => null!; }
        class Wrap : DelegatingHandler { public Wrap(HttpMessageHandler inner) : base(inner) { } }
        readonly HttpMessageHandler _h = new HttpClientHandler();
        HttpMessageHandler Make() => _h;
        void M(HttpMessageHandler parameter, bool dispose) { using var c = {{construction}}; c.CancelPendingRequests(); }
        """);

    [Theory]
    [InlineData("var h = new HttpClientHandler(); _h = h;")]
    [InlineData("var h = new HttpClientHandler(); h.ClientCertificates.Add(null!);")]
    [InlineData("var h = new HttpClientHandler(); h.Credentials = new System.Net.NetworkCredential();")]
    [InlineData("var h = _h;")]
    [InlineData("HttpMessageHandler h; h = _h!;")]
    public Task Client_WithHandlerOfALocal_IsSilent(string body) =>
    Silent($$"""HttpMessageHandler? _h; void M() { {{body}} using var c = new HttpClient(h!); c.CancelPendingRequests(); }""");

    [Fact]
    public Task Factories_AreSilent() => Silent(
        """
        HttpClient A() => new HttpClient();
        HttpClient B() { var c = new HttpClient(); c.BaseAddress = new Uri("http://a"); return c; }
        HttpClient P => new();
        HttpClient D() { HttpClient Make() => new HttpClient(); return Make(); }
        Task<HttpClient> E() => Task.FromResult(new HttpClient());
        IEnumerable<HttpClient> F() { yield return new HttpClient(); }
        void G(out HttpClient c) => c = new HttpClient();
        """);

    [Fact]
    public Task DependencyInjectionLambda_IsSilent() => Silent(
        """
        void AddSingleton<T>(Func<IServiceProvider, T> make) { }
        void M() { AddSingleton(sp => new HttpClient()); AddSingleton(sp => { var c = new HttpClient(); c.Timeout = TimeSpan.Zero; return new Api(c); }); }
        class Api { public Api(HttpClient c) { } }
        """);

    [Fact]
    public Task Main_IsSilent() => Silent("static async Task Main() { using var c = new HttpClient(); await c.GetStringAsync(\"u\"); }");

    [Fact]
    public Task TopLevelProgram_IsSilent() => Silent(
        """
        using System.Net.Http;
        using var c = new HttpClient();
        await c.GetStringAsync("u");
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task TestProject_IsSilent() =>
    Silent("Task<string> M() => new HttpClient().GetStringAsync(\"u\");", new() { Stubs = [Stubs.Xunit] });

    [Fact]
    public Task TestProject_BySetting_IsSilent() => Silent(
        "Task<string> M() => new HttpClient().GetStringAsync(\"u\");",
        new()
        {
            GlobalConfig = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("build_property.IsTestProject",
            "true")
        });

    [Fact]
    public Task Worker_IsSilent() => Silent(
        """
        async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var c = new HttpClient();
            while (!stoppingToken.IsCancellationRequested) await c.GetStringAsync("u", stoppingToken);
        }
        async Task ReadAsync(IAsyncEnumerable<string> source) { var c = new HttpClient(); await foreach (var u in source) await c.GetStringAsync(u); }
        """);

    [Fact]
    public Task DerivedClass_IsSilent() =>
    Silent("class Api : HttpClient { } void M() { using var c = new Api(); c.CancelPendingRequests(); }");

    [Fact]
    public Task OwnClassOfThatName_IsSilent() =>
    Silent("class HttpClient : IDisposable { public void Dispose() { } } void M() { using var c = new HttpClient(); c.ToString(); }");

    [Fact]
    public Task ExpressionTree_IsSilent() =>
    Silent("System.Linq.Expressions.Expression<Func<string>> M() => () => new HttpClient().ToString()!;");

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        class D { object M() { return new System.Net.Http.HttpClient().ToString(); } }
        """,
        RuleTestOptions.File);

    // Fixes

    [Fact]
    public Task Fix_UsingDeclaration_SharesAField() => Fixes(
        """
        /// <summary>Loads.</summary>
        async Task<string> M(string u)
        {
            // client
            using var client = [|new HttpClient()|]; // why
            return await client.GetStringAsync(u);
        }
        """,
        """
        private static readonly HttpClient SharedHttpClient = new HttpClient();

        /// <summary>Loads.</summary>
        async Task<string> M(string u)
        {
            // client
            var client = SharedHttpClient; // why
            return await client.GetStringAsync(u);
        }
        """);

    [Fact]
    public Task Fix_Inline_UsesTheField() => Fixes(
        """
        Task<string> M(string u) => [|new HttpClient()|].GetStringAsync(u);
        Task<string> N(string u) => ([|new HttpClient()|]).GetStringAsync(u);
        """,
        """
        private static readonly HttpClient SharedHttpClient = new HttpClient();

        Task<string> M(string u) => SharedHttpClient.GetStringAsync(u);
        Task<string> N(string u) => SharedHttpClient.GetStringAsync(u);
        """);

    [Fact]
    public Task Fix_UsingBlock_IsUnwrapped() => Fixes(
        """
        async Task<string> M(string u)
        {
            await Task.Yield();

            // client
            using (var client = [|new HttpClient()|]) // why
            {
                // first
                var s = await client.GetStringAsync(u); // load

                if (s.Length > 0)
                {
                    // second
                    s += "a" +
                        "b";
                }

                // last
                return s; // done
            }
        }
        """,
        """
        private static readonly HttpClient SharedHttpClient = new HttpClient();

        async Task<string> M(string u)
        {
            await Task.Yield();

            // client
            var client = SharedHttpClient; // why
            // first
            var s = await client.GetStringAsync(u); // load

            if (s.Length > 0)
            {
                // second
                s += "a" +
                    "b";
            }

            // last
            return s; // done
        }
        """);

    [Fact]
    public Task Fix_UsingBlock_KeepsCommentsAtItsEnd() => Fixes(
        """
        async Task M(string u)
        {
            using (var client = [|new HttpClient()|])
            {
                await client.GetStringAsync(u);
                // the end
            }

            await Task.Yield();
        }
        """,
        """
        private static readonly HttpClient SharedHttpClient = new HttpClient();

        async Task M(string u)
        {
            var client = SharedHttpClient;
            await client.GetStringAsync(u);
            // the end

            await Task.Yield();
        }
        """);

    [Fact]
    public Task Fix_UsingBlock_InOtherStyles_IsUnwrapped() => Fixes(
        """
        async Task A(string u)
        {
            using (var client = [|new HttpClient()|]) {
                await client.GetStringAsync(u);
            }
        }
        async Task B(string u) { using (var client = [|new HttpClient()|]) { await client.GetStringAsync(u); } }
        async Task D(string u)
        {
            using (var client = [|new HttpClient()|])
                await client.GetStringAsync(u);
        }
        """,
        """
        private static readonly HttpClient SharedHttpClient = new HttpClient();

        async Task A(string u)
        {
            var client = SharedHttpClient;
            await client.GetStringAsync(u);
        }
        async Task B(string u) { var client = SharedHttpClient; await client.GetStringAsync(u); }
        async Task D(string u)
        {
            var client = SharedHttpClient;
            await client.GetStringAsync(u);
        }
        """);

    [Fact]
    public Task Fix_NestedUsings_UnwrapsBoth() => Fixes(
        """
        void M(int n)
        {
            switch (n)
            {
                case 1:
                    using (var c = [|new HttpClient()|])
                    {
                        using (var d = [|new HttpClient()|])
                        {
                            c.GetStringAsync("a");
                            d.GetStringAsync("b");
                        }
                    }

                    break;
            }
        }
        """,
        """
        private static readonly HttpClient SharedHttpClient = new HttpClient();

        void M(int n)
        {
            switch (n)
            {
                case 1:
                    var c = SharedHttpClient;
                    var d = SharedHttpClient;
                    c.GetStringAsync("a");
                    d.GetStringAsync("b");

                    break;
            }
        }
        """);

    [Fact]
    public Task Fix_StackedUsings_UnwrapsOnlyTheClient() => Fixes(
        """
        async Task A(string u)
        {
            using (var client = [|new HttpClient()|])
            using (var response = await client.GetAsync(u))
            {
                await response.Content.ReadAsStringAsync();
            }
        }
        async Task B(string u, Stream s)
        {
            using (s)
            using (var client = [|new HttpClient()|])
            {
                // one
                await client.GetStringAsync(u);
            }
        }
        """,
        """
        private static readonly HttpClient SharedHttpClient = new HttpClient();

        async Task A(string u)
        {
            var client = SharedHttpClient;
            using (var response = await client.GetAsync(u))
            {
                await response.Content.ReadAsStringAsync();
            }
        }
        async Task B(string u, Stream s)
        {
            using (s)
            {
                var client = SharedHttpClient;
                // one
                await client.GetStringAsync(u);
            }
        }
        """);

    [Fact]
    public Task Fix_Dispose_IsRemoved() => Fixes(
        """
        async Task A(string u)
        {
            var client = [|new HttpClient()|];
            await client.GetStringAsync(u);
            client.Dispose();
        }
        async Task<string> B(string u)
        {
            var client = [|new HttpClient()|];
            try
            {
                return await client.GetStringAsync(u);
            }
            finally
            {
                client.Dispose();
            }
        }
        async Task D(string u)
        {
            var client = [|new HttpClient()|];
            try
            {
                await client.GetStringAsync(u);
            }
            catch (HttpRequestException)
            {
            }
            finally
            {
                client?.Dispose();
            }
        }
        """,
        """
        private static readonly HttpClient SharedHttpClient = new HttpClient();

        async Task A(string u)
        {
            var client = SharedHttpClient;
            await client.GetStringAsync(u);
        }
        async Task<string> B(string u)
        {
            var client = SharedHttpClient;
            return await client.GetStringAsync(u);
        }
        async Task D(string u)
        {
            var client = SharedHttpClient;
            try
            {
                await client.GetStringAsync(u);
            }
            catch (HttpRequestException)
            {
            }
        }
        """);

    [Theory]
    [InlineData("private static readonly object s_lock = new object();", "s_httpClient")]
    [InlineData("private static readonly object _lock = new object();", "_httpClient")]
    [InlineData("private static readonly object gate = new object();", "sharedHttpClient")]
    [InlineData("private static readonly object Gate = new object();", "SharedHttpClient")]
    [InlineData("private const int Max = 1;", "SharedHttpClient")]
    public Task Fix_FollowsTheNamingOfOtherFields(string field, string name) => Fixes(
        $$"""
        {{field}} // why
        private readonly int _count;

        Task<string> M(string u) => [|new HttpClient()|].GetStringAsync(u + _count);
        """,
        $$"""
        {{field}} // why
        private static readonly HttpClient {{name}} = new HttpClient();
        private readonly int _count;

        Task<string> M(string u) => {{name}}.GetStringAsync(u + _count);
        """);

    [Fact]
    public Task Fix_WhereAClientIsShared_UsesThatOne() => Fixes(
        """
        private static readonly HttpClient Http = new();
        Task<string> M(string u) => [|new HttpClient()|].GetStringAsync(u);
        """,
        """
        private static readonly HttpClient Http = new();
        Task<string> M(string u) => Http.GetStringAsync(u);
        """);

    [Fact]
    public Task Fix_AddsTheUsing() => Fixes(
        """
        namespace N
        {
            public class D
            {
                public object M() => [|new System.Net.Http.HttpClient()|].GetStringAsync("u").Result;
            }
        }
        """,
        """
        using System.Net.Http;

        namespace N
        {
            public class D
            {
                private static readonly HttpClient SharedHttpClient = new HttpClient();

                public object M() => SharedHttpClient.GetStringAsync("u").Result;
            }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Fix_InNestedTypes_GivesEachItsOwn() => Fixes(
        """
        class A
        {
            Task<string> M(string u) => [|new HttpClient()|].GetStringAsync(u);

            struct B
            {
                Task<string> M(string u) => [|new HttpClient()|].GetStringAsync(u);
            }
        }
        """,
        """
        class A
        {
            private static readonly HttpClient SharedHttpClient = new HttpClient();

            Task<string> M(string u) => SharedHttpClient.GetStringAsync(u);

            struct B
            {
                private static readonly HttpClient SharedHttpClient = new HttpClient();

                Task<string> M(string u) => SharedHttpClient.GetStringAsync(u);
            }
        }
        """);

    [Fact]
    public Task Fix_InBothPartsOfAClass_AddsOneField() => Fixes(
        "Task<string> M(string u) => [|new HttpClient()|].GetStringAsync(u);",
        """
        private static readonly HttpClient SharedHttpClient = new HttpClient();

        Task<string> M(string u) => SharedHttpClient.GetStringAsync(u);
        """,
        new()
        {
            OtherFiles = [("C.Other.cs",
                "using System.Net.Http;\nusing System.Threading.Tasks;\npartial class C\n{\n    Task<string> N(string u) => [|new HttpClient()|].GetStringAsync(u);\n}\n")],
            FixedOtherFiles = [("C.Other.cs",
                "using System.Net.Http;\nusing System.Threading.Tasks;\npartial class C\n{\n    Task<string> N(string u) => SharedHttpClient.GetStringAsync(u);\n}\n")],
        });

    [Theory]
    [InlineData("using var c = [|new HttpClient { Timeout = TimeSpan.Zero }|]; c.GetStringAsync(u);")]
    [InlineData("using var c = [|new HttpClient(new HttpClientHandler())|]; c.GetStringAsync(u);")]
    [InlineData("using var c = [|new HttpClient()|]; c.Timeout = TimeSpan.Zero; c.GetStringAsync(u);")]
    [InlineData("using var c = [|new HttpClient()|]; c.DefaultRequestHeaders.Add(u, u); c.GetStringAsync(u);")]
    [InlineData("using (var c = [|new HttpClient()|]) { c.BaseAddress = new Uri(u); c.GetStringAsync(u); }")]
    [InlineData("using var c = [|new HttpClient()|]; c.GetStringAsync(u); c.CancelPendingRequests();")]
    [InlineData("var h = [|new HttpClient()|].DefaultRequestHeaders;")]
    [InlineData("using ([|new HttpClient()|]) { }")]
    [InlineData("HttpClient c; c = [|new HttpClient()|]; c.GetStringAsync(u);")]
    [InlineData("var c = [|new HttpClient()|]; using (c) { c.GetStringAsync(u); }")]
    [InlineData("var c = [|new HttpClient()|]; if (u != null) c.Dispose();")]
    [InlineData("[|new HttpClient()|].Dispose();")]
    [InlineData("object SharedHttpClient = u; [|new HttpClient()|].GetStringAsync(u);")]
    public Task Fix_WhereSharingWouldChangeWhatHappens_IsNotOffered(string body) => NoFix($"void M(string u) {{ {body} }}");

    [Fact]
    public Task Fix_WhereTheNameIsTaken_IsNotOffered() =>
    NoFix("void SharedHttpClient() { } Task<string> M(string u) => [|new HttpClient()|].GetStringAsync(u);");

    [Fact]
    public Task Fix_InInterface_IsNotOffered() =>
    NoFix("interface I { object M() => [|new System.Net.Http.HttpClient()|].GetStringAsync(\"u\"); }", RuleTestOptions.File);
}
