using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0302 reports, and what its fix writes. What it is silent on stands in the other part.</summary>
public sealed partial class UnusedTokenTests : RuleTest<UnusedTokenAnalyzer, UnusedTokenFix>
{
    private static readonly RuleTestOptions Web =
        new()
        {
            References = ReferenceSet.AspNetCore,
            ExtraUsings = ["Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc",
            "Microsoft.Extensions.Hosting"]
        };

    [Theory]
    [InlineData("async Task M([|CancellationToken token|]) { await Task.Delay(1); }",
        "async Task M(CancellationToken token) { await Task.Delay(1, token); }")]
    [InlineData("async Task M([|CancellationToken token|]) => await Task.Delay(1);",
        "async Task M(CancellationToken token) => await Task.Delay(1, token);")]
    [InlineData(
        "public async ValueTask<int> M(int x, [|CancellationToken token = default|]) { await Task.Delay(x).ConfigureAwait(false); return x; }",
            "public async ValueTask<int> M(int x, CancellationToken token = default) { await Task.Delay(x, token).ConfigureAwait(false); return x; }")]
    [InlineData("static async Task M<T>(T x, [|CancellationToken token|]) where T : class { await Task.Delay(1); await Task.Delay(2); }",
        "static async Task M<T>(T x, CancellationToken token) where T : class { await Task.Delay(1, token); await Task.Delay(2, token); }")]
    [InlineData("async void M([|CancellationToken token|]) { await Task.Delay(1); }",
        "async void M(CancellationToken token) { await Task.Delay(1, token); }")]
    [InlineData("async Task M(Func<int, Task> f, [|CancellationToken token|]) { if (f != null) { await f(1); await Task.Delay(1); } }",
        "async Task M(Func<int, Task> f, CancellationToken token) { if (f != null) { await f(1); await Task.Delay(1, token); } }")]
    public Task AwaitingMethod_IsReported(string source, string fixedSource) => Fixes(source, fixedSource);

    [Fact]
    public Task Calls_ThatTakeOne_AllGetIt() => Fixes(
        """
        Task<int> AddAsync(int x, int y = 0, CancellationToken cancellationToken = default) => Task.FromResult(x);
        Task PlainAsync() => Task.CompletedTask;
        async Task M(HttpClient client, [|CancellationToken token|])
        {
            // first
            await PlainAsync();
            var text = await client.GetStringAsync("https://example.org/"); // the text
            await AddAsync(await AddAsync(text.Length), y: 2);
            foreach (var x in text) await Task.Delay(x);
        }
        """,
        """
        Task<int> AddAsync(int x, int y = 0, CancellationToken cancellationToken = default) => Task.FromResult(x);
        Task PlainAsync() => Task.CompletedTask;
        async Task M(HttpClient client, CancellationToken token)
        {
            // first
            await PlainAsync();
            var text = await client.GetStringAsync("https://example.org/", token); // the text
            await AddAsync(await AddAsync(text.Length, cancellationToken: token), y: 2, cancellationToken: token);
            foreach (var x in text) await Task.Delay(x, token);
        }
        """);

    [Fact]
    public Task Cleanup_DoesNotGetTheToken() => Fixes(
        """
        async Task M([|CancellationToken token|])
        {
            try { await Task.Delay(1); }
            finally { await Task.Delay(2); }
        }
        """,
        """
        async Task M(CancellationToken token)
        {
            try { await Task.Delay(1, token); }
            finally { await Task.Delay(2); }
        }
        """);

    [Fact]
    public Task Loops_WithoutCallsThatTakeOne_CheckIt() => Fixes(
        """
        Task SendAsync(string message) => Task.CompletedTask;
        async Task M(IEnumerable<string> messages, [|CancellationToken token|])
        {
            foreach (var message in messages)
                await SendAsync(message);

            foreach (var (x, y) in new[] { (1, 2) })
            {
                for (var i = 0; i < x; i++) await SendAsync("a");
            }
        }
        """,
        """
        Task SendAsync(string message) => Task.CompletedTask;
        async Task M(IEnumerable<string> messages, CancellationToken token)
        {
            foreach (var message in messages)
            {
                token.ThrowIfCancellationRequested();
                await SendAsync(message);
            }

            foreach (var (x, y) in new[] { (1, 2) })
            {
                token.ThrowIfCancellationRequested();
                for (var i = 0; i < x; i++) await SendAsync("a");
            }
        }
        """);

    [Fact]
    public Task SynchronousLoop_IsReported() => Fixes(
        """
        long Sum(int[] numbers, [|CancellationToken @event|])
        {
            long sum = 0;
            for (var i = 0; i < numbers.Length; i++) sum += numbers[i];
            do { sum--; } while (sum > 10);
            while (sum > 0)
            {
                // less
                sum--;
            }
            return sum;
        }
        """,
        """
        long Sum(int[] numbers, CancellationToken @event)
        {
            long sum = 0;
            for (var i = 0; i < numbers.Length; i++) { @event.ThrowIfCancellationRequested(); sum += numbers[i]; }
            do { @event.ThrowIfCancellationRequested(); sum--; } while (sum > 10);
            while (sum > 0)
            {
                @event.ThrowIfCancellationRequested();
                // less
                sum--;
            }
            return sum;
        }
        """);

    [Fact]
    public Task Await_OfWhatTakesNone_HasNoFix() => NoFix(
        """
        Task PlainAsync() => Task.CompletedTask;
        async Task M([|CancellationToken token|]) => await PlainAsync();
        """);

    [Fact]
    public Task LocalFunction_IsReported() => Fixes(
        """
        async Task M(CancellationToken token)
        {
            await WaitAsync(token);
            static async Task WaitAsync([|CancellationToken inner|]) => await Task.Delay(1);
        }
        """,
        """
        async Task M(CancellationToken token)
        {
            await WaitAsync(token);
            static async Task WaitAsync(CancellationToken inner) => await Task.Delay(1, inner);
        }
        """);

    [Fact]
    public Task AwaitUsing_AndAwaitForeach_AreReported() => Reports(
        """
        async Task M(IAsyncDisposable x, [|CancellationToken token|]) { await using (x) { } }
        async Task N([|CancellationToken token|]) { await using var x = new MemoryStream(); }
        async Task O(IAsyncEnumerable<int> items, [|CancellationToken token|]) { await foreach (var item in items) { } }
        async IAsyncEnumerable<int> P([System.Runtime.CompilerServices.EnumeratorCancellation, System.Diagnostics.CodeAnalysis.AllowNull] CancellationToken token) { await Task.Delay(1, token); yield return 1; }
        async IAsyncEnumerable<int> Q([|[System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token|]) { await Task.Delay(1); yield return 1; }
        """);

    [Fact]
    public Task SeveralTokens_EachUnusedOneIsReported() => Reports(
        """
        async Task M(CancellationToken first, [|CancellationToken second|]) => await Task.Delay(1, first);
        """);

    [Fact]
    public Task Message_NamesParameterAndMethod() => Reports(
        """
        async Task LoadAsync({|#0:CancellationToken token|}) => await Task.Delay(1);
        """,
        new()
        {
            Expected = [new DiagnosticResult("AGD0302", DiagnosticSeverity.Warning).WithLocation(0)
            .WithArguments("token", "'LoadAsync'")]
        });

    [Fact]
    public Task TestProject_IsReportedHidden() => Reports(
        """
        async Task Run({|#0:CancellationToken token|}) => await Task.Delay(1);
        """,
        new()
        {
            Stubs = [Stubs.Xunit],
            Expected = [new DiagnosticResult("AGD0302", DiagnosticSeverity.Hidden).WithLocation(0).WithArguments("token", "'Run'")]
        });

    [Fact]
    public Task Controller_Action_IsReported() => Fixes(
        """
        public class Files : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Get(string name, [|CancellationToken cancellationToken|]) => Ok(await System.IO.File.ReadAllTextAsync(name));
        }
        """,
        """
        public class Files : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Get(string name, CancellationToken cancellationToken) => Ok(await System.IO.File.ReadAllTextAsync(name, cancellationToken));
        }
        """,
        Web);

    [Fact]
    public Task MinimalApi_Handlers_AreReported() => Fixes(
        """
        void M(WebApplication app)
        {
            app.MapGet("/a", async (string name, [|CancellationToken token|]) => await File.ReadAllTextAsync(name));
            app.MapGet("/b", ReadAsync);
        }
        static async Task<string> ReadAsync(string name, [|CancellationToken token|]) => await File.ReadAllTextAsync(name);
        """,
        """
        void M(WebApplication app)
        {
            app.MapGet("/a", async (string name, CancellationToken token) => await File.ReadAllTextAsync(name, token));
            app.MapGet("/b", ReadAsync);
        }
        static async Task<string> ReadAsync(string name, CancellationToken token) => await File.ReadAllTextAsync(name, token);
        """,
        Web);

    [Fact]
    public Task GrpcService_MethodThatIgnoresTheTokenOfTheCall_IsReported() => Fixes(
        """
        abstract class GreeterBase { public virtual Task<string> SayHello(string request, Grpc.Core.ServerCallContext context) => throw new NotImplementedException(); }
        class Greeter : GreeterBase
        {
            public override Task<string> SayHello(string request, Grpc.Core.ServerCallContext context) => LoadAsync(request, context.CancellationToken);
            static async Task<string> LoadAsync(string name, [|CancellationToken token|]) => await File.ReadAllTextAsync(name);
        }
        """,
        """
        abstract class GreeterBase { public virtual Task<string> SayHello(string request, Grpc.Core.ServerCallContext context) => throw new NotImplementedException(); }
        class Greeter : GreeterBase
        {
            public override Task<string> SayHello(string request, Grpc.Core.ServerCallContext context) => LoadAsync(request, context.CancellationToken);
            static async Task<string> LoadAsync(string name, CancellationToken token) => await File.ReadAllTextAsync(name, token);
        }
        """,
        new() { Stubs = [Stubs.GrpcCore] });

    [Fact]
    public Task OldLanguage_IsReported() => Fixes(
        "async Task M([|CancellationToken token = default(CancellationToken)|]) { await Task.Delay(1); }",
        "async Task M(CancellationToken token = default(CancellationToken)) { await Task.Delay(1, token); }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task TopLevelProgram_LocalFunction_IsReported() => Reports(
        """
        using System.Threading;
        using System.Threading.Tasks;

        await RunAsync(default);
        static async Task RunAsync([|CancellationToken token|]) => await Task.Delay(1);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Program_ThatPassesItsToken_DoesTheSame() => FixesAndRuns(
        """
        static async Task<int> RunAsync([|CancellationToken token|])
        {
            await Probe.WorkAsync("a");
            return await Probe.CountAsync("b", 2);
        }
        """,
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            await Probe.WorkAsync("a", token);
            return await Probe.CountAsync("b", 2, token);
        }
        """);

    // AGD0301 speaks of each call as well: the one finding is the broken promise, the other the places.
    [Fact]
    public async Task UnusedParameter_AndItsCalls_AreReportedByBothRules()
    {
        const string source =
            "class C { async System.Threading.Tasks.Task M(System.Threading.CancellationToken token) { await System.Threading.Tasks.Task.Delay(1); } }";
        var findings =
            await AnalyzerRun.GetDiagnosticsAsync([new UnusedTokenAnalyzer(), new TokenNotPassedAnalyzer()], source, RuleTestOptions.File);
        Assert.Equal(["AGD0302", "AGD0301"],
            findings.Where(finding => finding.Id.StartsWith("AGD", System.StringComparison.Ordinal))
                .OrderBy(finding => finding.Location.SourceSpan.Start).Select(finding => finding.Id));
    }

    [Fact]
    public async Task Discard_InThePlaceOfAParameter_SilencesBothRules()
    {
        const string source =
            "class C { async System.Threading.Tasks.Task M(System.Threading.CancellationToken _) { await System.Threading.Tasks.Task.Delay(1); } }";
        var findings =
            await AnalyzerRun.GetDiagnosticsAsync([new UnusedTokenAnalyzer(), new TokenNotPassedAnalyzer()], source, RuleTestOptions.File);
        Assert.DoesNotContain(findings, finding => finding.Id.StartsWith("AGD", System.StringComparison.Ordinal));
    }
}
