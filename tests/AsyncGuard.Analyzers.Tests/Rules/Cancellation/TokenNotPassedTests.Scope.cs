using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>Which token in scope AGD0301 names.</summary>
public sealed partial class TokenNotPassedTests
{
    [Fact]
    public Task Lambda_WithOwnToken_PassesThatOne() => Fixes(
        """
        Task M(CancellationToken outer) => RunAsync(async inner => await Task.[|Delay|](1), outer);
        Task RunAsync(Func<CancellationToken, Task> work, CancellationToken token) => work(token);
        """,
        """
        Task M(CancellationToken outer) => RunAsync(async inner => await Task.Delay(1, inner), outer);
        Task RunAsync(Func<CancellationToken, Task> work, CancellationToken token) => work(token);
        """);

    [Fact]
    public Task Lambda_CalledInPlace_SeesTheOuterToken() => Fixes(
        """
        Task M(int[] ids, CancellationToken token) => Task.WhenAll(ids.Select(id => Task.[|Delay|](id)));
        Task N(int[] ids, CancellationToken token) => Task.WhenAll(from id in ids select Task.[|Delay|](id));
        """,
        """
        Task M(int[] ids, CancellationToken token) => Task.WhenAll(ids.Select(id => Task.Delay(id, token)));
        Task N(int[] ids, CancellationToken token) => Task.WhenAll(from id in ids select Task.Delay(id, token));
        """);

    [Fact]
    public Task Lambda_OfParallelLoop_SeesTheOuterToken() => Reports(
        """
        void Work(int x, CancellationToken token = default) { }
        void M(int[] ids, CancellationToken token) => Parallel.ForEach(ids, id => [|Work|](id));
        """);

    [Fact]
    public Task LocalFunction_CalledFromLambdaInPlace_SeesTheOuterToken() => Reports(
        """
        async Task M(int[] ids, CancellationToken token)
        {
            await Task.WhenAll(ids.Select(id => Local(id)));
            async Task Local(int id) => await Task.[|Delay|](id);
        }
        """);

    [Fact]
    public Task LocalFunction_OnlyCalled_SeesTheOuterToken() => Fixes(
        """
        async Task M(CancellationToken token)
        {
            await Local();
            async Task Local() => await Task.[|Delay|](1);
        }
        """,
        """
        async Task M(CancellationToken token)
        {
            await Local();
            async Task Local() => await Task.Delay(1, token);
        }
        """);

    [Fact]
    public Task LocalFunction_StaticWithOwnToken_PassesThatOne() => Fixes(
        """
        async Task M(CancellationToken outer)
        {
            await Local(outer);
            static async Task Local(CancellationToken inner) => await Task.[|Delay|](1);
        }
        """,
        """
        async Task M(CancellationToken outer)
        {
            await Local(outer);
            static async Task Local(CancellationToken inner) => await Task.Delay(1, inner);
        }
        """);

    [Fact]
    public Task TopLevelProgram_WithLocalToken_IsReported() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        var token = new Job().Stopping;
        await Task.[|Delay|](1);
        await Local();

        async Task Local() => await Task.[|Delay|](2);

        class Job { public CancellationToken Stopping { get; } }
        class Other { Task M() => Task.Delay(1); }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        var token = new Job().Stopping;
        await Task.Delay(1, token);
        await Local();

        async Task Local() => await Task.Delay(2, token);

        class Job { public CancellationToken Stopping { get; } }
        class Other { Task M() => Task.Delay(1); }
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Constructor_WithParameter_IsReported() => Reports(
        """
        C(CancellationToken token) { Work = Task.[|Delay|](1); }
        C(int x, CancellationToken token) : this(Task.[|Delay|](x)) { }
        C(Task work) => Work = work;
        Task Work { get; }
        """);

    [Fact]
    public Task Property_OfTypeWithField_IsReported() => Fixes(
        """
        readonly CancellationToken _stopping;
        C(CancellationToken stopping) => _stopping = stopping;
        Task Pause => Task.[|Delay|](1);
        Task Pause2 { get { return Task.[|Delay|](1); } }
        """,
        """
        readonly CancellationToken _stopping;
        C(CancellationToken stopping) => _stopping = stopping;
        Task Pause => Task.Delay(1, _stopping);
        Task Pause2 { get { return Task.Delay(1, _stopping); } }
        """);

    [Fact]
    public Task Field_HoldingSource_IsReported() => Fixes(
        """
        readonly CancellationTokenSource _stopping = new();
        Task M() => Task.[|Delay|](1);
        """,
        """
        readonly CancellationTokenSource _stopping = new();
        Task M() => Task.Delay(1, _stopping.Token);
        """);

    [Fact]
    public Task Field_HoldingSourceNeverReplaced_IsReported() => Reports(
        """
        CancellationTokenSource _stopping = new CancellationTokenSource();
        Task M() => Task.[|Delay|](1);
        void Stop() => _stopping.Cancel();
        """);

    [Fact]
    public Task Property_OfBaseClass_IsReported() => Reports(
        """
        public abstract class Worker { protected CancellationToken Stopping { get; set; } private CancellationToken Hidden { get; } }
        public class Sub : Worker { Task M() => Task.[|Delay|](1); }
        """);

#if !ROSLYN_FLOOR
    [Fact]
    public Task PrimaryConstructor_Parameter_IsReported() => Fixes(
        """
        public class Worker(CancellationToken stopping) { Task M() => Task.[|Delay|](1); static Task N() => Task.Delay(1); }
        """,
        """
        public class Worker(CancellationToken stopping) { Task M() => Task.Delay(1, stopping); static Task N() => Task.Delay(1); }
        """);

    [Fact]
    public Task PrimaryConstructor_ParameterKeptInField_PassesTheField() => Fixes(
        """
        public class Worker(CancellationToken stopping) { readonly CancellationToken _kept = stopping; Task M() => Task.[|Delay|](1); }
        """,
        """
        public class Worker(CancellationToken stopping) { readonly CancellationToken _kept = stopping; Task M() => Task.Delay(1, _kept); }
        """);
#endif

    [Fact]
    public Task Record_WithTokenProperty_IsReported() => Reports(
        """
        public record Job(CancellationToken Stopping) { public Task M() => Task.[|Delay|](1); }
        """);

    [Fact]
    public Task StoppingToken_InBackgroundService_IsReported() => Reports(
        """
        public class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested) await Task.[|Delay|](1000);
            }
        }
        """,
        Web);

    [Fact]
    public Task HttpContext_AsParameter_PassesRequestAborted() => Fixes(
        """
        async Task Invoke(HttpContext context) => await Task.[|Delay|](1);
        """,
        """
        async Task Invoke(HttpContext context) => await Task.Delay(1, context.RequestAborted);
        """,
        Web);

    [Fact]
    public Task GrpcCall_PassesItsToken() => Fixes(
        """
        async Task<string> SayHello(string request, Grpc.Core.ServerCallContext context) => await File.[|ReadAllTextAsync|](request);
        """,
        """
        async Task<string> SayHello(string request, Grpc.Core.ServerCallContext context) => await File.ReadAllTextAsync(request, context.CancellationToken);
        """,
        new() { Stubs = [Stubs.GrpcCore] });

    [Fact]
    public Task HttpContext_OfController_PassesRequestAborted() => Fixes(
        """
        public class Home : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task Get() => await Task.[|Delay|](1); }
        """,
        """
        public class Home : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task Get() => await Task.Delay(1, HttpContext.RequestAborted); }
        """,
        Web);

    [Fact]
    public Task HttpContext_MessageToOtherClients_IsSilent() => Silent(
        """
        public class Board : Hub { }
        public class Home : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            private readonly IHubContext<Board> _board;
            public Home(IHubContext<Board> board) => _board = board;
            public async Task Leave(string id)
            {
                await _board.Clients.Client(id).SendAsync("left", id);
                await _board.Clients.All.SendAsync("left", id);
            }
        }
        """,
        Web with { ExtraUsings = ["Microsoft.AspNetCore.SignalR"] });

    // These end with the request by themselves, without an exception
    [Theory]
    [InlineData("await response.WriteAsJsonAsync(new { Id = 1 });")]
    [InlineData("await response.WriteAsJsonAsync(new { Id = 1 }, typeof(object));")]
    [InlineData("await HttpResponseJsonExtensions.WriteAsJsonAsync(response, 1);")]
    [InlineData("await response.SendFileAsync(\"a.txt\");")]
    [InlineData("try { await response.WriteAsync(\"a\", context.RequestAborted); } catch (IOException) { await response.WriteAsJsonAsync(1); }")]
    public Task BodyThatEndsWithTheRequest_IsSilent(string body) =>
        Silent("async Task Write(HttpContext context) { var response = context.Response; " + body + " }", Web);

    [Theory]
    [InlineData("HttpContext context, CancellationToken token", "await response.[|WriteAsJsonAsync|](1);")]
    [InlineData("HttpContext context, CancellationToken token", "await response.[|SendFileAsync|](\"a.txt\");")]
    [InlineData("HttpContext context", "await response.[|WriteAsync|](\"a\");")]
    [InlineData("HttpContext context", "await File.[|ReadAllTextAsync|](\"a\");")]
    public Task BodyThatAnotherTokenMayEnd_IsReported(string parameters, string body) =>
        Reports("async Task Write(" + parameters + ") { var response = context.Response; " + body + " }", Web);

    [Fact]
    public Task HttpContext_OfMinimalApi_PassesRequestAborted() => Fixes(
        """
        using System.IO;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.Create(args);
        app.MapGet("/", async (HttpContext context) => await File.[|ReadAllTextAsync|]("a"));
        app.Run();
        """,
        """
        using System.IO;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.Create(args);
        app.MapGet("/", async (HttpContext context) => await File.ReadAllTextAsync("a", context.RequestAborted));
        app.Run();
        """,
        RuleTestOptions.TopLevel with { References = ReferenceSet.AspNetCore });

    [Fact]
    public Task TaskGroup_AsLambdaParameter_PassesItsToken() => Fixes(
        """
        Task M(CancellationToken token) => TaskGroup.RunAsync(async group => await Task.[|Delay|](1), token);
        """,
        """
        Task M(CancellationToken token) => TaskGroup.RunAsync(async group => await Task.Delay(1, group.CancellationToken), token);
        """,
        WithGroups);

    [Fact]
    public Task Request_CarryingToken_IsReported() => Fixes(
        """
        public class Request { public int Id { get; set; } public CancellationToken CancellationToken { get; set; } }
        Task M(Request request) => Task.[|Delay|](request.Id);
        """,
        """
        public class Request { public int Id { get; set; } public CancellationToken CancellationToken { get; set; } }
        Task M(Request request) => Task.Delay(request.Id, request.CancellationToken);
        """);

    [Fact]
    public Task LinkedSource_AsLocal_PassesItsToken() => Fixes(
        """
        async Task M(CancellationToken token)
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
            limited.CancelAfter(1000);
            await Task.[|Delay|](1);
        }
        """,
        """
        async Task M(CancellationToken token)
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
            limited.CancelAfter(1000);
            await Task.Delay(1, limited.Token);
        }
        """);

    [Fact]
    public Task LinkedSource_InUsingStatement_PassesItsToken() => Reports(
        """
        async Task M(CancellationToken token)
        {
            using (var limited = CancellationTokenSource.CreateLinkedTokenSource(token)) { await Task.{|#0:Delay|}(1); }
            await Task.{|#1:Delay|}(1);
        }
        """,
        new() { Expected = [Delay(0, "limited.Token"), Delay(1, "token")] });

    [Fact]
    public Task Source_NotLinked_LeavesTheParameter() => Reports(
        """
        async Task M(CancellationToken token)
        {
            using var other = new CancellationTokenSource();
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(token);
            linked.Cancel();
            await Task.{|#0:Delay|}(1);
        }
        """,
        new() { Expected = [Delay(0, "token")] });

    [Fact]
    public Task Switch_WithTokenOfOtherSection_LeavesTheParameter() => Reports(
        """
        async Task M(int x, CancellationToken outer)
        {
            switch (x)
            {
                case 1:
                    var inner = Make();
                    await Task.{|#0:Delay|}(1);
                    break;
                default:
                    await Task.{|#1:Delay|}(1);
                    break;
            }
        }
        static CancellationToken Make() => default;
        """,
        new() { Expected = [Delay(0, "inner"), Delay(1, "outer")] });

    [Fact]
    public Task LocalToken_WhoseSourceIsCancelledByAHandler_IsReported() => Reports(
        """
        async Task M()
        {
            using var source = new CancellationTokenSource();
            Console.CancelKeyPress += (_, _) => source.Cancel();
            var token = source.Token;
            await Task.[|Delay|](1);
        }
        """);
}
