using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

// What the fix leaves as it is.
public sealed partial class TokenNotPassedTests
{
    private const string Gate = "readonly SemaphoreSlim _gate = new(1, 1); bool _busy;\n";

    [Theory]
    [InlineData("_busy = true; await Task.Delay(1); try { await Task.Delay(2, token); } finally { _busy = false; }")]
    [InlineData("await _gate.WaitAsync(token); await Task.Delay(1); try { await Task.Delay(2, token); } finally { _gate.Release(); }")]
    [InlineData(
        "await _gate.WaitAsync(token); if (_busy) { await Task.Delay(1); } try { await Task.Delay(2, token); } finally { _gate.Release(); }")]
    [InlineData("try { await Task.Delay(1); await _gate.WaitAsync(token); } finally { _gate.Release(); }")]
    public Task Call_BetweenTakingAndGivingBack_IsSilent(string body) =>
    Silent(Gate + $"async Task M(CancellationToken token) {{ {body} }}");

    [Fact]
    public Task Token_ThatOnlyOtherMethodsUse_IsNone() => Silent(
        """
        readonly CancellationTokenSource _input = new();
        async Task WriteAsync(Stream s, byte[] b) => await s.WriteAsync(b, _input.Token);
        async Task PauseAsync() => await Task.Delay(100);
        """);

    [Fact]
    public Task Token_ThatNothingElseUses_Counts() => Reports(
        """
        readonly CancellationTokenSource _stopping = new();
        async Task PauseAsync() => await Task.[|Delay|](100);
        void Dispose() => _stopping.Cancel();
        """);

    [Fact]
    public Task Fix_OffersOnlyTheInnermostToken() => Offers(
        "async Task M(Microsoft.AspNetCore.Http.HttpContext context, CancellationToken token) { await Task.[|Delay|](1); }",
            ["Pass 'token'"], Web);

    [Fact]
    public Task Hub_AfterTheDisconnect_IsSilent() => Silent(
        """
        class Board : Microsoft.AspNetCore.SignalR.Hub
        {
            public override async Task OnDisconnectedAsync(Exception? e)
            {
                await Task.Delay(1);
                await LeaveAsync("a");
                if (e is null) await Groups.RemoveFromGroupAsync(Context.ConnectionId, "a");
                await base.OnDisconnectedAsync(e);
            }
            Task LeaveAsync(string group, CancellationToken token = default) => Groups.RemoveFromGroupAsync(Context.ConnectionId, group, token);
        }
        """,
        Web);

    [Fact]
    public Task Hub_MessageToOthers_IsSilent_ToTheCallerIsReported() => Reports(
        """
        class Board : Hub
        {
            public async Task Tell(string text)
            {
                await Clients.All.SendAsync("news", text);
                await Clients.Group("a").SendAsync("news", text);
                await Clients.OthersInGroup("a").SendAsync("news", text);
                await Clients.AllExcept(Context.ConnectionId).SendAsync("news", text);
                await Clients.User("b").SendAsync("news", text);
                var all = Clients.All;
                await all.SendAsync("news", text);
                var group = Clients.Group("a");
                await Task.WhenAll(group.SendAsync("news", text), group.SendAsync("more", text));
                await Clients.Caller.[|SendAsync|]("news", text);
                var caller = Clients.Caller;
                await caller.[|SendAsync|]("news", text);
                IClientProxy? some = null;
                lock (this) some = Clients.Clients(new[] { "a", "b" });
                await some.SendAsync("news", text);
                await some.SendCoreAsync("news", new object[] { text });
                await To("b").SendAsync("news", text);
                await Groups.[|AddToGroupAsync|](Context.ConnectionId, "a");
            }

            private IClientProxy To(string user) => Clients.User(user);
        }
        """,
        Web with { ExtraUsings = ["Microsoft.AspNetCore.SignalR"] });

    [Fact]
    public Task Pause_BeforeTheNextAttempt_GetsTheToken() => Fixes(
        "async Task M(HttpClient c, CancellationToken token) { while (true) { try { await c.GetAsync(\"u\", token); return; } catch (HttpRequestException) { await Task.[|Delay|](1000); } } }",
        "async Task M(HttpClient c, CancellationToken token) { while (true) { try { await c.GetAsync(\"u\", token); return; } catch (HttpRequestException) { await Task.Delay(1000, token); } } }");

    [Theory]
    [InlineData("try { await c.GetAsync(\"u\", token); } catch (HttpRequestException) { await Task.Delay(1000); throw; }")]
    [InlineData("while (true) { try { await c.GetAsync(\"u\", token); } catch (HttpRequestException) { await Task.Delay(1000); throw; } }")]
    [InlineData("while (true) { try { await c.GetAsync(\"u\", token); } catch (HttpRequestException) { await c.GetAsync(\"failed\"); } }")]
    public Task Cleanup_InAHandler_IsSilent(string body) => Silent($"async Task M(HttpClient c, CancellationToken token) {{ {body} }}");

    [Fact]
    public Task Stop_PassesItsOwnToken() => Reports(
        """
        interface IServer { Task StopAsync(CancellationToken token = default); }
        class Service { readonly IServer server = null!; public async Task StopAsync(CancellationToken token) => await server.[|StopAsync|](); public async Task RunAsync(CancellationToken token) { await Task.Delay(1, token); await server.StopAsync(); } }
        """);

    [Fact]
    public Task Experimental_Overload_IsNone() => Silent(
        """
        Task Brush(int n) => Task.Delay(n, default);
        [System.Diagnostics.CodeAnalysis.Experimental("YARD2")] Task Brush(int n, CancellationToken stop) => Task.Delay(n, stop);
        async Task M(CancellationToken stop) { await Brush(1); await Task.Delay(1, stop); }
        """);

    // What is switched off is not seen, and may hold the place.
    private const string Load =
        "int _n; static Task<int> LoadAsync(CancellationToken token) => Task.FromResult(1); async Task M(CancellationToken token) { ";

    // A cancellation would skip the await, and nothing would observe the task.
    [Theory]
    [InlineData("var load = LoadAsync(token); await Task.[|Delay|](10); await load;")]
    [InlineData("var load = LoadAsync(token); await Task.[|Delay|](10).ConfigureAwait(false); return await load;")]
    [InlineData("var a = LoadAsync(token); var b = LoadAsync(token); await Task.[|Delay|](10); await Task.WhenAll(a, b);")]
    [InlineData("var all = new List<Task>(); all.Add(LoadAsync(token)); await Task.[|Delay|](10); await Task.WhenAll(all);")]
    [InlineData("var all = new List<Task>(); for (var i = 0; i < 3; i++) { await Task.[|Delay|](10); all.Add(LoadAsync(token)); } await Task.WhenAll(all);")]
    [InlineData("Task<int> load; load = LoadAsync(token); if (_n > 1) await Task.[|Delay|](10); await load;")]
    public Task PauseBetweenATaskAndItsAwait_IsNotGivenTheToken(string body) => NoFix(
        "int _n; static Task<int> LoadAsync(CancellationToken token) => Task.FromResult(1); async Task<int> M(CancellationToken token) { "
            + body + (body.Contains("return") ? "" : " return 1;") + " }");

    [Theory]
    [InlineData("await Task.[|Delay|](10); var load = LoadAsync(token); await load;", "await Task.Delay(10, token); var load = LoadAsync(token); await load;")]
    [InlineData("var load = LoadAsync(token); await load; await Task.[|Delay|](10); _n = load.Result;",
        "var load = LoadAsync(token); await load; await Task.Delay(10, token); _n = load.Result;")]
    [InlineData("var load = LoadAsync(token); try { await Task.[|Delay|](10); } finally { await load; }",
        "var load = LoadAsync(token); try { await Task.Delay(10, token); } finally { await load; }")]
    [InlineData("for (var i = 0; i < 3; i++) { var load = LoadAsync(token); await load; await Task.[|Delay|](10); }",
        "for (var i = 0; i < 3; i++) { var load = LoadAsync(token); await load; await Task.Delay(10, token); }")]
    public Task PauseWithoutATaskBehindIt_IsGivenTheToken(string body, string expected) => Fixes(
        Load + body + " }",
        Load + expected + " }");

    // The work is done: a cancelled answer would have the message delivered again.
    [Theory]
    [InlineData("async Task M(IChannel channel, CancellationToken token) { await Task.Delay(1, token); await channel.[|BasicAckAsync|](1, false); }")]
    [InlineData("async Task M(IChannel channel, CancellationToken token) { await Task.Delay(1, token); await channel.[|BasicNackAsync|](1, false, true); }")]
    [InlineData("async Task M(ProcessMessageEventArgs args, ServiceBusReceivedMessage m, CancellationToken token) { await Task.Delay(1, token); await args.[|CompleteMessageAsync|](m); }")]
    [InlineData("async Task M(ServiceBusReceiver receiver, ServiceBusReceivedMessage m, CancellationToken token) { await Task.Delay(1, token); await receiver.[|CompleteMessageAsync|](m); }")]
    public Task AnswerToAMessage_IsNotGivenTheToken(string member) => NoFix(member,
        new() { Stubs = [Stubs.RabbitMQ, Stubs.ServiceBus], ExtraUsings = ["RabbitMQ.Client", "Azure.Messaging.ServiceBus"] });

    [Fact]
    public Task Fix_OfArgumentsWithDirectives_IsNotOffered() => NoFix(
        """
        async Task M(CancellationToken token)
        {
            await Task.[|Delay|](1
        #if TRACING
                + 1
        #endif
                );
        }
        """);
}
