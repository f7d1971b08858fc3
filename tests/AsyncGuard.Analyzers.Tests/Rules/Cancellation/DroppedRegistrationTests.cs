using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed partial class DroppedRegistrationTests : RuleTest<DroppedRegistrationAnalyzer, DroppedRegistrationFix>
{
    private const string Helpers =
        """
        private Stream _stream = Stream.Null;
        Task WorkAsync() => Task.Delay(1);
        Task StartAsync() => Task.Delay(1);
        void Stop() { }
        static void Use(object? x) { }

        """;

    private static readonly RuleTestOptions AspNetCore =
        new() { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.Extensions.Hosting"] };

    private static string Method(string body, string parameters = "Process process, CancellationToken token") =>
        Helpers +
        "class Process { public void Kill() { } public void Start() { } public Task WaitForExitAsync() => Task.Delay(1); }\nasync Task M(" +
        parameters + ")\n{\n    " + body + "\n}\n";

    [Theory]
    [InlineData("[|token.Register(() => process.Kill())|]; await process.WaitForExitAsync();",
        "using var registration = token.Register(() => process.Kill()); await process.WaitForExitAsync();")]
    [InlineData("[|token.Register(process.Kill)|]; process.Start(); await process.WaitForExitAsync();",
        "using var registration = token.Register(process.Kill); process.Start(); await process.WaitForExitAsync();")]
    [InlineData("[|token.Register(Stop)|]; await WorkAsync();", "using var registration = token.Register(Stop); await WorkAsync();")]
    [InlineData("[|token.Register(() => _stream.Close())|]; await _stream.ReadAsync(new byte[1]);",
        "using var registration = token.Register(() => _stream.Close()); await _stream.ReadAsync(new byte[1]);")]
    [InlineData("[|token.Register(static x => ((Process)x!).Kill(), process)|]; await WorkAsync();",
        "using var registration = token.Register(static x => ((Process)x!).Kill(), process); await WorkAsync();")]
    [InlineData("[|token.UnsafeRegister(static x => ((Process)x!).Kill(), process)|]; await WorkAsync();",
        "using var registration = token.UnsafeRegister(static x => ((Process)x!).Kill(), process); await WorkAsync();")]
    [InlineData("var s = new TaskCompletionSource(); [|token.Register(() => s.TrySetCanceled(token))|]; await s.Task;",
        "var s = new TaskCompletionSource(); using var registration = token.Register(() => s.TrySetCanceled(token)); await s.Task;")]
    [InlineData("var s = new TaskCompletionSource(); [|token.Register(s.SetCanceled, useSynchronizationContext: false)|]; await s.Task;",
        "var s = new TaskCompletionSource(); using var registration = token.Register(s.SetCanceled, useSynchronizationContext: false); await s.Task;")]
    [InlineData("var kept = [|token.Register(() => process.Kill())|]; await process.WaitForExitAsync();",
        "using var kept = token.Register(() => process.Kill()); await process.WaitForExitAsync();")]
    [InlineData("while (true) { [|token.Register(() => process.Kill())|]; await WorkAsync(); }",
        "while (true) { using var registration = token.Register(() => process.Kill()); await WorkAsync(); }")]
    [InlineData("while (!token.IsCancellationRequested) { [|token.Register(Stop)|]; await WorkAsync(); }",
        "while (!token.IsCancellationRequested) { using var registration = token.Register(Stop); await WorkAsync(); }")]
    [InlineData("var registration = 1; [|token.Register(Stop)|]; await WorkAsync(); Use(registration);",
        "var registration = 1; using var cancellation = token.Register(Stop); await WorkAsync(); Use(registration);")]
    [InlineData(
        "async Task Local<T>(T x, CancellationToken inner) { [|inner.Register(() => Use(x))|]; await WorkAsync(); } await Local(1, token);",
            "async Task Local<T>(T x, CancellationToken inner) { using var registration = inner.Register(() => Use(x)); await WorkAsync(); } await Local(1, token);")]
    [InlineData("try { [|token.Register(Stop)|]; await WorkAsync(); } finally { Use(1); }",
        "try { using var registration = token.Register(Stop); await WorkAsync(); } finally { Use(1); }")]
    public Task Registration_OfAwaitedWork_GetsUsing(string body, string fixedBody) => Fixes(Method(body), Method(fixedBody));

    [Theory]
    [InlineData("using var r = token.Register(() => process.Kill()); await process.WaitForExitAsync();")]
    [InlineData("using (token.Register(() => process.Kill())) await process.WaitForExitAsync();")]
    [InlineData("await using (token.Register(() => process.Kill())) await process.WaitForExitAsync();")]
    [InlineData("var r = token.Register(() => process.Kill()); try { await process.WaitForExitAsync(); } finally { r.Dispose(); }")]
    [InlineData("var r = token.Register(() => process.Kill()); await process.WaitForExitAsync(); r.Unregister();")]
    [InlineData("var r = token.Register(() => process.Kill()); Use(r); await process.WaitForExitAsync();")]
    [InlineData("_ = token.Register(() => process.Kill()); await process.WaitForExitAsync();")]
    [InlineData("Use(token.Register(() => process.Kill())); await process.WaitForExitAsync();")]
    [InlineData("token.Register(() => Use(1)); await WorkAsync();")]
    [InlineData("token.Register(() => Use(token.IsCancellationRequested)); await WorkAsync();")]
    [InlineData("await WorkAsync(); token.Register(() => process.Kill());")]
    [InlineData("token.Register(() => process.Kill()); process.Start();")]
    [InlineData("token.Register(Stop); await StartAsync();")]
    [InlineData("token.Register(Stop); while (!token.IsCancellationRequested) await WorkAsync();")]
    [InlineData("token.Register(Stop); await Task.Delay(Timeout.Infinite, token);")]
    [InlineData("using var own = new CancellationTokenSource(); own.Token.Register(Stop); await WorkAsync();")]
    [InlineData("using var own = new CancellationTokenSource(); var t = own.Token; t.Register(Stop); await WorkAsync();")]
    [InlineData("Func<CancellationToken, Task> f = async t => { t.Register(Stop); await WorkAsync(); }; await f(token);")]
    [InlineData("Action<CancellationToken> f = t => t.Register(Stop); f(token); await WorkAsync();")]
    public Task Registration_KeptOrNeeded_IsSilent(string body) => Silent(Method(body));

    [Fact]
    public Task Promise_ThatIsReturned_IsReported() => NoFix(
        """
        Task<int> A(CancellationToken token)
        {
            var s = new TaskCompletionSource<int>();
            [|token.Register(() => s.TrySetCanceled())|];
            return s.Task;
        }
        Task B(CancellationToken token)
        {
            var s = new TaskCompletionSource();
            [|token.Register(static x => ((TaskCompletionSource)x!).TrySetCanceled(), s)|];
            return s.Task;
        }
        """);

    private const string Download =
        """
        class Download
        {
            public event Action<int>? Completed;
            public Action<int>? Then { get; set; }
            public Action<int>? OnDone;
            public void Start() => Completed?.Invoke(1);
            public void Start(Action<int> done) => done(1);
            public void Cancel() { }
        }
        Download? _last;
        Download Make() => new Download();
        """;

    [Theory]
    [InlineData("d.Completed += x => s.TrySetResult(x); d.Start();")]
    [InlineData("d.Completed += Done; d.Start(); void Done(int x) => s.TrySetResult(x);")]
    [InlineData("d.Completed += delegate(int x) { s.SetResult(x); }; d.Start();")]
    [InlineData("d.Completed += s.SetResult; d.Start();")]
    [InlineData("d.Then = x => s.TrySetResult(x); d.Start();")]
    [InlineData("d.OnDone += x => s.TrySetResult(x); d.Start();")]
    [InlineData("d.Start(x => s.TrySetResult(x));")]
    [InlineData("d.Start(s.SetResult);")]
    public Task WorkOfAPromise_ThatIsReturned_IsReported(string start) => NoFix(
        $$"""
        Task<int> A(CancellationToken token)
        {
            var s = new TaskCompletionSource<int>();
            var d = new Download();
            if (token.CanBeCanceled) [|token.Register(x => ((Download)x!).Cancel(), d)|];
            {{start}}
            return s.Task;
        }
        {{Download}}
        """);

    [Theory]
    [InlineData("var d = new Download(); token.Register(d.Cancel); d.Completed += x => { }; d.Start(); return s.Task;")]
    [InlineData("var d = new Download(); token.Register(d.Cancel); d.Completed += x => s.TrySetResult(x); s.SetResult(1); return s.Task;",
        "Task<int> A()")]
    [InlineData("var d = Make(); token.Register(d.Cancel); d.Start(x => s.TrySetResult(x)); return s.Task;")]
    [InlineData("var d = new Download(); var r = token.Register(d.Cancel); d.Start(x => { r.Dispose(); s.TrySetResult(x); }); return s.Task;")]
    [InlineData("var d = new Download(); token.Register(d.Cancel); d.Start(x => s.TrySetResult(x)); _last = d;", "void A(CancellationToken token)")]
    public Task WorkOfAPromise_WithAnotherEnd_IsSilent(string body, string head = "Task<int> A(CancellationToken token)") => Silent(
        $$"""
        {{head}}
        {
            var s = new TaskCompletionSource<int>();
            {{(head.Contains("token") ? "" : "CancellationToken token = default;")}}
            {{body}}
        }
        {{Download}}
        """);

    [Fact]
    public Task Block_ThatEndsAtOnce_HasNoFix() => NoFix(
        """
        async Task A(Stream stream, CancellationToken token) { if (token.CanBeCanceled) [|token.Register(stream.Close)|]; await stream.FlushAsync(); }
        async Task B(Stream stream, CancellationToken token) { if (token.CanBeCanceled) { [|token.Register(stream.Close)|]; } await stream.FlushAsync(); }
        """);

    [Fact]
    public Task OldSyntax_HasNoFix() => NoFix(
        "async Task A(Stream stream, CancellationToken token) { [|token.Register(stream.Close)|]; await stream.FlushAsync(); }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task Returned_Object_IsSilent() => Silent(
        """
        async Task<Stream> A(CancellationToken token) { var s = new MemoryStream(); token.Register(() => s.Close()); await s.FlushAsync(); return s; }
        async Task<StreamReader> B(CancellationToken token) { var s = new MemoryStream(); token.Register(() => s.Close()); await s.FlushAsync(); return new StreamReader(s); }
        """);

    [Fact]
    public Task Constructor_OfDisposable_KeepsIt() => Fixes(
        """
        sealed class Session : IDisposable
        {
            private readonly Stream _stream = Stream.Null;

            // Ends with the caller.
            public Session(CancellationToken token)
            {
                // Or before.
                [|token.Register(Dispose)|];
            }

            public void Dispose()
            {
                _stream.Dispose();
            }
        }
        """,
        """
        sealed class Session : IDisposable
        {
            private readonly Stream _stream = Stream.Null;

            private readonly CancellationTokenRegistration _registration;

            // Ends with the caller.
            public Session(CancellationToken token)
            {
                // Or before.
                _registration = token.Register(Dispose);
            }

            public void Dispose()
            {
                _registration.Dispose();
                _stream.Dispose();
            }
        }
        """);

    [Fact]
    public Task Constructor_WithoutDisposeBeside_HasNoFix() => NoFix(
        """
        sealed class A : IAsyncDisposable { public A(CancellationToken token) { [|token.Register(() => Stop())|]; } void Stop() { } public ValueTask DisposeAsync() => default; }
        class B : IDisposable { private CancellationTokenRegistration _registration; public B(CancellationToken token) { _registration = [|token.Register(Stop)|]; } void Stop() { } public void Dispose() { } }
        """);

    [Fact]
    public Task Constructor_OthersAreSilent() => Silent(
        """
        class A { public A(CancellationToken token) { token.Register(Stop); } void Stop() { } }
        class B : IDisposable { private readonly CancellationTokenRegistration _r; public B(CancellationToken token) { _r = token.Register(Stop); } void Stop() { } public void Dispose() { _r.Dispose(); } }
        class D : IDisposable { private readonly CancellationTokenSource _own = new(); public D() { _own.Token.Register(Stop); } void Stop() { } public void Dispose() { _own.Dispose(); } }
        class E : IDisposable { public E(CancellationToken token) { token.Register(() => Console.WriteLine()); } public void Dispose() { } }
        """);

    [Fact]
    public Task StoredToken_IsReported() => Reports(
        """
        class A
        {
            private readonly CancellationToken _token;
            public A(CancellationToken token) { _token = token; Token = token; }
            public CancellationToken Token { get; }
            public async Task M(Stream stream) { [|_token.Register(stream.Close)|]; await stream.FlushAsync(); }
            public async Task N(Stream stream) { [|Token.Register(stream.Close)|]; await stream.FlushAsync(); }
        }
        """);

    [Fact]
    public Task OwnToken_IsSilent() => Silent(
        """
        class A
        {
            private readonly CancellationTokenSource _own = new();
            private readonly CancellationToken _token;
            public A() { _token = _own.Token; }
            public async Task M(Stream stream) { _token.Register(stream.Close); await stream.FlushAsync(); }
            public async Task N(Stream stream) { _own.Token.Register(stream.Close); await stream.FlushAsync(); }
        }
        """);

    [Fact]
    public Task ApplicationStopping_InShorterLivedCode_IsReported() => Reports(
        """
        class Session : IDisposable
        {
            private readonly IHostApplicationLifetime _lifetime;
            public Session(IHostApplicationLifetime lifetime) { _lifetime = lifetime; [|lifetime.ApplicationStopping.Register(Dispose)|]; }
            public async Task RunAsync(Stream stream) { [|_lifetime.ApplicationStopping.Register(stream.Close)|]; await stream.FlushAsync(); }
            public void Dispose() { }
        }
        """,
        AspNetCore);

    [Fact]
    public Task ApplicationStarted_WhichIsCancelledSoon_IsSilent() => Silent(
        """
        class Session : IDisposable
        {
            public Session(IHostApplicationLifetime lifetime) { lifetime.ApplicationStarted.Register(Start); }
            public void Start() { }
            public void Dispose() { }
        }
        """,
        AspNetCore);

    [Fact]
    public Task Application_ItselfIsSilent() => Silent(
        """
        class Worker : BackgroundService
        {
            public Worker(IHostApplicationLifetime lifetime) { lifetime.ApplicationStopping.Register(OnStopping); }
            protected override async Task ExecuteAsync(CancellationToken stoppingToken) { stoppingToken.Register(OnStopping); await Task.Delay(1, stoppingToken); }
            void OnStopping() { }
        }
        class Api : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public async Task Get(Stream stream, CancellationToken token) { token.Register(stream.Close); await stream.FlushAsync(); }
        }
        static class Setup
        {
            public static void Configure(IHostApplicationLifetime lifetime, Stream stream) { lifetime.ApplicationStopping.Register(stream.Close); }
        }
        """,
        AspNetCore);

    [Fact]
    public Task PerItemOfAService_IsReported() => Reports(
        """
        class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken) { await HandleAsync(Stream.Null, stoppingToken); }
            static async Task HandleAsync(Stream stream, CancellationToken stoppingToken) { [|stoppingToken.Register(stream.Close)|]; await stream.FlushAsync(stoppingToken); }
        }
        """,
        AspNetCore);

    [Fact]
    public Task TopLevelProgram_IsSilent() => Silent(
        """
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;

        var token = new CancellationToken(false);
        var stream = new MemoryStream();
        token.Register(stream.Close);
        await stream.FlushAsync();
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Program_WhoseCallbackIsNotNeeded_DoesTheSame() => FixesAndRuns(
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            var result = await CountAsync(token);
            await Probe.WorkAsync("b", token);
            return result;
        }
        static async Task<int> CountAsync(CancellationToken token)
        {
            var answer = new TaskCompletionSource<int>();
            [|token.Register(() => answer.TrySetCanceled())|]; // the caller gives up
            await Probe.WorkAsync("a", token);
            answer.TrySetResult(4);
            return await answer.Task;
        }
        """,
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            var result = await CountAsync(token);
            await Probe.WorkAsync("b", token);
            return result;
        }
        static async Task<int> CountAsync(CancellationToken token)
        {
            var answer = new TaskCompletionSource<int>();
            using var registration = token.Register(() => answer.TrySetCanceled()); // the caller gives up
            await Probe.WorkAsync("a", token);
            answer.TrySetResult(4);
            return await answer.Task;
        }
        """);

    [Theory]
    [InlineData("[|token?.Register(() => process.Kill())|]; await process.WaitForExitAsync();",
        "using var registration = token?.Register(() => process.Kill()); await process.WaitForExitAsync();")]
    [InlineData("if (token != null) { [|token.Value.Register(Stop)|]; await WorkAsync(); }",
        "if (token != null) { using var registration = token.Value.Register(Stop); await WorkAsync(); }")]
    [InlineData("var kept = [|token?.Register(() => process.Kill())|]; await process.WaitForExitAsync();",
        "using var kept = token?.Register(() => process.Kill()); await process.WaitForExitAsync();")]
    public Task Registration_WithATokenThatMayBeMissing_GetsUsing(string body, string fixedBody) => Fixes(
        Method(body, "Process process, CancellationToken? token"), Method(fixedBody, "Process process, CancellationToken? token"));

    [Theory]
    [InlineData("using var kept = token?.Register(() => process.Kill()); await process.WaitForExitAsync();")]
    [InlineData("var kept = token?.Register(() => process.Kill()); await process.WaitForExitAsync(); kept?.Dispose();")]
    [InlineData("_ = token?.Register(() => process.Kill()); await process.WaitForExitAsync();")]
    [InlineData("await WorkAsync(); token?.Register(() => process.Kill());")]
    [InlineData("token?.Register(() => Use(1)); await WorkAsync();")]
    public Task Registration_WithATokenThatMayBeMissing_IsSilent(string body) =>
        Silent(Method(body, "Process process, CancellationToken? token"));
}
