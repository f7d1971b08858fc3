using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed partial class EndlessWaitTests : RuleTest<EndlessWaitAnalyzer, EndlessWaitFix>
{
    private static readonly RuleTestOptions Options =
        new() { ExtraUsings = ["System.IO.Pipes", "System.Net.Sockets", "System.Threading.Channels", "System.Threading.Tasks.Dataflow"] };

    private const string Helpers =
        """
        readonly SemaphoreSlim _gate = new(1);
        private readonly TaskCompletionSource _ready = new();
        private readonly Dictionary<int, TaskCompletionSource<int>> _pending = new();
        public readonly TaskCompletionSource Shared = new();
        Task SendAsync(CancellationToken token) => Task.Delay(1, token);
        void Start(Action done, CancellationToken token) { }
        void Use(object x) { }

        """;

    private const string Sources =
        "ChannelReader<int> reader, Channel<int> channel, NamedPipeServerStream pipe, TcpListener listener, Socket socket, UdpClient udp, ISourceBlock<int> block";

    private static string Method(string body, string parameters = Sources + ", CancellationToken token") =>
        Helpers + "async Task M(" + parameters + ")\n{\n    " + body + "\n}\n";

    [Theory]
    [InlineData("await [|_gate.WaitAsync()|];", "await _gate.WaitAsync(token);")]
    [InlineData("await [|_gate.WaitAsync()|].ConfigureAwait(false); // a", "await _gate.WaitAsync(token).ConfigureAwait(false); // a")]
    [InlineData("await [|_gate.WaitAsync(Timeout.Infinite)|];", "await _gate.WaitAsync(Timeout.Infinite, token);")]
    [InlineData("await [|_gate.WaitAsync(-1)|];", "await _gate.WaitAsync(-1, token);")]
    [InlineData("await [|Task.Delay(Timeout.Infinite)|];", "await Task.Delay(Timeout.Infinite, token);")]
    [InlineData("await [|Task.Delay(-1)|];", "await Task.Delay(-1, token);")]
    [InlineData("await [|Task.Delay(Timeout.InfiniteTimeSpan)|];", "await Task.Delay(Timeout.InfiniteTimeSpan, token);")]
    [InlineData("var n = await [|reader.ReadAsync()|];", "var n = await reader.ReadAsync(token);")]
    [InlineData("var n = 1 + await [|channel.Reader.ReadAsync()|].ConfigureAwait(false);",
        "var n = 1 + await channel.Reader.ReadAsync(token).ConfigureAwait(false);")]
    [InlineData("while (await [|reader.WaitToReadAsync()|]) Use(1);", "while (await reader.WaitToReadAsync(token)) Use(1);")]
    [InlineData("await [|_ready.Task|];", "await _ready.Task.WaitAsync(token);")]
    [InlineData("await [|_ready.Task|].ConfigureAwait(false);", "await _ready.Task.WaitAsync(token).ConfigureAwait(false);")]
    [InlineData("await [|this._ready.Task|] /* a */;", "await this._ready.Task.WaitAsync(token) /* a */;")]
    [InlineData("var s = new TaskCompletionSource<int>(); _pending[1] = s; await SendAsync(token); Use(await [|s.Task|]);",
        "var s = new TaskCompletionSource<int>(); _pending[1] = s; await SendAsync(token); Use(await s.Task.WaitAsync(token));")]
    [InlineData("var s = new TaskCompletionSource(); AppDomain.CurrentDomain.ProcessExit += (_, _) => s.SetResult(); await [|s.Task|];",
        "var s = new TaskCompletionSource(); AppDomain.CurrentDomain.ProcessExit += (_, _) => s.SetResult(); await s.Task.WaitAsync(token);")]
    [InlineData("lock (_pending) { } if (token.CanBeCanceled) await [|_gate.WaitAsync()|];",
        "lock (_pending) { } if (token.CanBeCanceled) await _gate.WaitAsync(token);")]
    [InlineData(
        "Func<Task> f = async () => await Task.Run(async () => await Task.Yield()); await [|_gate.WaitAsync()|]; try { Use(f); } finally { _gate.Release(); }",
            "Func<Task> f = async () => await Task.Run(async () => await Task.Yield()); await _gate.WaitAsync(token); try { Use(f); } finally { _gate.Release(); }")]
    [InlineData("async Task Local<T>(T x) { await [|_gate.WaitAsync()|]; } await Local(1);",
        "async Task Local<T>(T x) { await _gate.WaitAsync(token); } await Local(1);")]
    [InlineData("await ([|_gate.WaitAsync()|]);", "await (_gate.WaitAsync(token));")]
    [InlineData("await [|pipe.WaitForConnectionAsync()|];", "await pipe.WaitForConnectionAsync(token);")]
    [InlineData("using var client = await [|listener.AcceptTcpClientAsync()|];",
        "using var client = await listener.AcceptTcpClientAsync(token);")]
    [InlineData("using var client = await [|socket.AcceptAsync()|];", "using var client = await socket.AcceptAsync(token);")]
    [InlineData("Use((await [|udp.ReceiveAsync()|]).Buffer);", "Use((await udp.ReceiveAsync(token)).Buffer);")]
    [InlineData("Use(await [|block.ReceiveAsync()|]);", "Use(await block.ReceiveAsync(token));")]
    [InlineData("Use(await [|block.ReceiveAsync(Timeout.InfiniteTimeSpan)|]);",
        "Use(await block.ReceiveAsync(Timeout.InfiniteTimeSpan, token));")]
    [InlineData("while (await [|block.OutputAvailableAsync()|]) Use(1);", "while (await block.OutputAvailableAsync(token)) Use(1);")]
    [InlineData(
        "TaskCompletionSource<int> s = new(TaskCreationOptions.RunContinuationsAsynchronously); Use(() => s.TrySetResult(1)); Use(await [|s.Task|] + 1);",
            "TaskCompletionSource<int> s = new(TaskCreationOptions.RunContinuationsAsynchronously); Use(() => s.TrySetResult(1)); Use(await s.Task.WaitAsync(token) + 1);")]
    public Task Wait_WithoutTheTokenInScope_GetsIt(string body, string fixedBody) => Fixes(Method(body), Method(fixedBody), Options);

    [Theory]
    [InlineData("await _gate.WaitAsync(token);")]
    [InlineData("await _gate.WaitAsync(1000);")]
    [InlineData("await _gate.WaitAsync(0);")]
    [InlineData("await _gate.WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("await _gate.WaitAsync(CancellationToken.None);")]
    [InlineData("await Task.Delay(1000);")]
    [InlineData("await Task.Delay(Timeout.Infinite, token);")]
    [InlineData("await Task.Delay(-1, default);")]
    [InlineData("var n = await reader.ReadAsync(token);")]
    [InlineData("await _ready.Task.WaitAsync(token);")]
    [InlineData("await _ready.Task.WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("await Shared.Task;")]
    [InlineData("var wait = _gate.WaitAsync(); await wait;")]
    [InlineData("await Task.WhenAny(_ready.Task, Task.Delay(1000, token));")]
    [InlineData("var s = new TaskCompletionSource(); using var _ = token.Register(() => s.TrySetCanceled(token)); await s.Task;")]
    [InlineData(
        "var s = new TaskCompletionSource(); using (token.UnsafeRegister(static x => ((TaskCompletionSource)x!).TrySetResult(), s)) await s.Task;")]
    [InlineData("var s = new TaskCompletionSource(); Start(() => s.SetResult(), token); await s.Task;")]
    [InlineData("var s = new TaskCompletionSource(); Start(() => s.TrySetCanceled(), default); await s.Task;")]
    [InlineData("try { await SendAsync(token); } finally { await _gate.WaitAsync(); }")]
    [InlineData("try { await SendAsync(token); } catch (Exception) { await _ready.Task; }")]
    [InlineData("if (token.IsCancellationRequested) await _gate.WaitAsync();")]
    [InlineData("if (_ready.Task.IsCompleted) await _ready.Task;")]
    [InlineData("Func<CancellationToken, Task> f = async _ => await _gate.WaitAsync(); Use(f);")]
    [InlineData("Use(new { token }); Func<Task> f = async () => await _gate.WaitAsync(); Use(f);")]
    [InlineData("Use(await block.ReceiveAsync(TimeSpan.FromSeconds(1)));")]
    [InlineData("await reader.Completion;")]
    [InlineData("await foreach (var n in reader.ReadAllAsync(token)) Use(n);")]
    [InlineData("await channel.Writer.WriteAsync(1);")]
    [InlineData("var s = _pending[1]; await s.Task;")]
    [InlineData("TaskCompletionSource<int> s; s = _pending[1]; await s.Task;")]
    [InlineData("var s = new TaskCompletionSource<int>(); s = _pending[1]; await s.Task;")]
    [InlineData("var s = new TaskCompletionSource(); Use(new object[] { s, token }); await s.Task;")]
    [InlineData(
        "using var own = new CancellationTokenSource(); var s = new TaskCompletionSource(); Start(() => s.SetResult(), own.Token); await s.Task;")]
    [InlineData(
        "var s = new TaskCompletionSource(); await Task.WhenAny(s.Task, Task.Delay(1, token)); await SendAsync(token); s?.TrySetCanceled(); await s!.Task;")]
    [InlineData("CancellationToken Of(CancellationToken t = default) => t; Use(Of()); await Task.Delay(Timeout.Infinite, Of(token));")]
    public Task Wait_ThatEndsOrIsMeant_IsSilent(string body) => Silent(Method(body), Options);

    [Fact]
    public Task NoTokenInScope_IsSilent() =>
    Silent(Method("await _gate.WaitAsync(); await _ready.Task; await Task.Delay(-1); Use(await reader.ReadAsync());", Sources), Options);

    [Fact]
    public Task Field_ThatIsCancelledElsewhere_IsSilent() => Silent(
        """
        class A
        {
            private readonly TaskCompletionSource _ready = new();
            public async Task M(CancellationToken token) { await Task.Delay(1, token); await _ready.Task; }
            public void Stop() => _ready.TrySetCanceled();
        }
        class B
        {
            private TaskCompletionSource? _ready;
            public async Task M(CancellationToken token) { _ready = new(); await _ready.Task; }
            public void Stop() => _ready?.SetCanceled();
        }
        class D
        {
            private readonly TaskCompletionSource _ready = new();
            public D(CancellationToken token) { token.Register(End); }
            public async Task M(CancellationToken token) { await _ready.Task; }
            void End() => _ready.TrySetResult();
        }
        """);

    [Fact]
    public Task SeveralTokens_OnlyTheInnermostIsOffered() => Offers(
        """
        readonly SemaphoreSlim _gate = new(1);
        async Task M(CancellationToken first, CancellationToken second) { await [|_gate.WaitAsync()|]; }
        """,
        ["Pass 'first'"]);

    [Fact]
    public Task StoredToken_IsReported() => Reports(
        """
        class A
        {
            private readonly CancellationTokenSource _stopping;
            public A(CancellationTokenSource stopping) => _stopping = stopping;
            private readonly SemaphoreSlim _gate = new(1);
            async Task M() { await [|_gate.WaitAsync()|]; }
        }
        """);

    [Fact]
    public Task TopLevelProgram_IsReported() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        using var both = CancellationTokenSource.CreateLinkedTokenSource(default(CancellationToken));
        await [|Task.Delay(Timeout.Infinite)|];
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        using var both = CancellationTokenSource.CreateLinkedTokenSource(default(CancellationToken));
        await Task.Delay(Timeout.Infinite, both.Token);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task OldFramework_HasNoWaitAsync() => NoFix(
        "async Task M(CancellationToken token) { var s = new TaskCompletionSource<int>(); Console.CancelKeyPress += (a, b) => s.SetResult(1); await [|s.Task|]; }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task TestProject_IsHidden() => Reports(
        "readonly SemaphoreSlim _gate = new(1); async Task M(CancellationToken token) { await {|#0:_gate.WaitAsync()|}; }",
        new()
        {
            GlobalConfig = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("build_property.IsTestProject",
                "true"),
            Expected = [new DiagnosticResult("AGD0309", Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden).WithLocation(0)],
        });

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading; using System.Threading.Tasks;
        class C { async Task M(CancellationToken token) { await Task.Delay(-1); } }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task ReturnedWait_GetsIt() => Fixes(
        """
        readonly SemaphoreSlim _gate = new(1);
        Task A(CancellationToken token) => [|_gate.WaitAsync()|];
        Task B(CancellationToken token)
        {
            // until the end
            return [|Task.Delay(Timeout.Infinite)|];
        }
        Func<CancellationToken, Task> Later() => token => [|_gate.WaitAsync()|];
        async Task D<T>(CancellationToken token) where T : new() { await [|_gate.WaitAsync(-1)|]; using (new MemoryStream()) await Task.Yield(); }
        """,
        """
        readonly SemaphoreSlim _gate = new(1);
        Task A(CancellationToken token) => _gate.WaitAsync(token);
        Task B(CancellationToken token)
        {
            // until the end
            return Task.Delay(Timeout.Infinite, token);
        }
        Func<CancellationToken, Task> Later() => token => _gate.WaitAsync(token);
        async Task D<T>(CancellationToken token) where T : new() { await _gate.WaitAsync(-1, token); using (new MemoryStream()) await Task.Yield(); }
        """);

    [Fact]
    public Task OldSyntax_GetsIt() => Fixes(
        "async Task M(SemaphoreSlim gate, CancellationToken token) { await [|gate.WaitAsync()|]; try { await Task.Yield(); } finally { gate.Release(); } }",
        "async Task M(SemaphoreSlim gate, CancellationToken token) { await gate.WaitAsync(token); try { await Task.Yield(); } finally { gate.Release(); } }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task Cleanup_IsSilent() => Silent(
        """
        class Worker : IAsyncDisposable
        {
            private readonly SemaphoreSlim _gate = new(1);
            private readonly CancellationTokenSource _stopping = new();
            public async ValueTask DisposeAsync() { await _gate.WaitAsync(); _gate.Dispose(); }
            public async Task StopAsync() { await _gate.WaitAsync(); _stopping.Dispose(); }
        }
        """);

    [Fact]
    public Task ListedWait_IsReported() => Reports(
        "class Broker { public Task<int> NextAsync() => Task.FromResult(1); public Task<int> NextAsync(CancellationToken t) => Task.FromResult(1); } async Task M(Broker broker, CancellationToken token) { await [|broker.NextAsync()|]; }",
        new() { AdditionalFiles = [("AsyncGuard.Broker.txt", "M:C.Broker.NextAsync(*); endless")] });

    [Fact]
    public Task Program_WhoseWaitEnds_DoesTheSame() => FixesAndRuns(
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            var gate = new SemaphoreSlim(0);
            var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var work = SendAsync();
            await [|gate.WaitAsync()|];
            var result = await [|answer.Task|];
            await work;
            return result;

            async Task SendAsync()
            {
                await Task.Yield();
                Probe.Note("sent");
                gate.Release();
                answer.SetResult(3);
            }
        }
        """,
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            var gate = new SemaphoreSlim(0);
            var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var work = SendAsync();
            await gate.WaitAsync(token);
            var result = await answer.Task.WaitAsync(token);
            await work;
            return result;

            async Task SendAsync()
            {
                await Task.Yield();
                Probe.Note("sent");
                gate.Release();
                answer.SetResult(3);
            }
        }
        """);
}
