using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0302 is silent on.</summary>
public sealed partial class UnusedTokenTests
{
    [Theory]
    [InlineData("async Task M(CancellationToken token) => await Task.Delay(1, token);")]
    [InlineData("async Task M(CancellationToken token) { token.ThrowIfCancellationRequested(); await Task.Delay(1); }")]
    [InlineData("async Task M(CancellationToken token) { _ = nameof(token); await Task.Delay(1); }")]
    [InlineData("async Task M(CancellationToken token) { Func<Task> f = () => Task.Delay(1, token); await f(); }")]
    [InlineData("async Task M(CancellationToken _) => await Task.Delay(1);")]
    [InlineData("async Task M(CancellationToken __) => await Task.Delay(1);")]
    [InlineData("Task M(CancellationToken token) => Task.Delay(1);")]
    [InlineData("Task M(CancellationToken token) => Task.CompletedTask;")]
    [InlineData("async Task M(CancellationToken token) => await Task.CompletedTask;")]
    [InlineData("async Task M(CancellationToken token) => await Task.Yield();")]
    [InlineData("async Task<int> M(CancellationToken token) => await Task.FromResult(1);")]
    [InlineData("async Task M(CancellationToken token) => throw new NotImplementedException();")]
    [InlineData("async Task M(CancellationToken token) { Func<Task> f = async () => await Task.Delay(1); f(); }")]
    [InlineData("void M(out CancellationToken token) { token = default; for (;;) { } }")]
    [InlineData("async Task M(CancellationToken? token) => await Task.Delay(1);")]
    [InlineData("int M(CancellationToken token) => 1;")]
    [InlineData("C(CancellationToken token) { for (;;) { } }")]
    [InlineData("async IAsyncEnumerable<int> M(CancellationToken token) { await Task.Delay(1); yield return 1; }")]
    public Task Parameter_UsedOrOfNoUse_IsSilent(string source) => Silent(source);

    [Fact]
    public Task Parameter_UsedByAnotherTarget_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
        #if NEVER
            await Task.Delay(1, token);
        #else
            await Task.Delay(1);
        #endif
        }
        """);

    [Fact]
    public Task Override_AndVirtual_AreSilent() => Silent(
        """
        abstract class Base
        {
            public abstract Task OneAsync(CancellationToken token);
            public virtual async Task TwoAsync(CancellationToken token) => await Task.Delay(1);
        }
        class Derived : Base
        {
            public override async Task OneAsync(CancellationToken token) => await Task.Delay(1);
            public sealed override async Task TwoAsync(CancellationToken token) => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task InterfaceImplementation_IsSilent() => Silent(
        """
        interface ILoader { Task LoadAsync(CancellationToken token); Task SaveAsync(CancellationToken token); async Task BothAsync(CancellationToken token) => await Task.Delay(1); }
        class Loader : ILoader
        {
            public async Task LoadAsync(CancellationToken token) => await Task.Delay(1);
            async Task ILoader.SaveAsync(CancellationToken token) => await Task.Delay(1);
        }
        interface IHandler<TRequest, TAnswer> { Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken); }
        record Ping(string Text);
        class PingHandler : IHandler<Ping, string>
        {
            public async Task<string> Handle(Ping request, CancellationToken cancellationToken) { await Task.Delay(1); return request.Text; }
        }
        """);

    [Fact]
    public Task HostedService_IsSilent() => Silent(
        """
        class Warmup : IHostedService
        {
            public async Task StartAsync(CancellationToken cancellationToken) => await Task.Delay(1);
            public async Task StopAsync(CancellationToken cancellationToken) => await Task.Delay(1);
        }
        class Poller : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken) { while (true) await Task.Delay(1); }
        }
        """,
        Web);

    [Fact]
    public Task GrpcService_ThatPassesTheTokenOfItsCall_IsSilent() => Silent(
        """
        abstract class GreeterBase { public virtual Task<string> SayHello(string request, Grpc.Core.ServerCallContext context) => throw new NotImplementedException(); }
        class Greeter : GreeterBase
        {
            public override async Task<string> SayHello(string request, Grpc.Core.ServerCallContext context) => await LoadAsync(request, context.CancellationToken);
            static Task<string> LoadAsync(string name, CancellationToken token) => File.ReadAllTextAsync(name, token);
        }
        """,
        new() { Stubs = [Stubs.GrpcCore] });

    [Fact]
    public Task Partial_IsSilent() => Silent(
        """
        private partial Task RunAsync(CancellationToken token);
        private partial async Task RunAsync(CancellationToken token) => await Task.Delay(1);
        """);

    [Fact]
    public Task MethodGivenAsDelegate_IsSilent() => Silent(
        """
        event Func<CancellationToken, Task>? Started;
        readonly Func<CancellationToken, Task> _run = RunStatic;
        static async Task RunStatic(CancellationToken token) => await Task.Delay(1);
        async Task RunOne(CancellationToken token) => await Task.Delay(1);
        async Task RunTwo(CancellationToken token) => await Task.Delay(1);
        async Task RunThree(int x, CancellationToken token) => await Task.Delay(1);
        async ValueTask RunEach(int x, CancellationToken token) => await Task.Delay(1);
        void M()
        {
            Use(RunOne);
            Started += this.RunTwo;
            Func<CancellationToken, Task> f = true ? Local : RunOne;
            var g = new Func<int, CancellationToken, Task>(RunThree);
            Parallel.ForEachAsync(new[] { 1 }, RunEach);
            async Task Local(CancellationToken token) => await Task.Delay(1);
        }
        void Use(Func<CancellationToken, Task> f) { }
        """);

    [Fact]
    public Task Lambda_OfADelegateType_IsSilent() => Silent(
        """
        void Use(Func<CancellationToken, Task> f) { }
        void M()
        {
            Use(async token => await Task.Delay(1));
            Use(async (CancellationToken token) => await Task.Delay(1));
            Use(async delegate (CancellationToken token) { await Task.Delay(1); });
            Parallel.ForEachAsync(new[] { 1 }, async (x, token) => await Task.Delay(x));
        }
        """);

    [Fact]
    public Task MinimalApi_RequestDelegate_IsSilent() => Silent(
        """
        void M(WebApplication app)
        {
            app.MapGet("/a", async (HttpContext context) => await Task.Delay(1));
            app.MapGet("/b", async (string name, CancellationToken token) => await Task.Delay(1, token));
            app.MapGet("/c", (string name, CancellationToken token) => name);
        }
        """,
        Web);

    // The interface is not known, or another version of it is, which the method does not implement as it stands.
    [Theory]
    [InlineData("class C : IHandler<int> { public Task HandleAsync(int i, CancellationToken token) => Task.Delay(i); }")]
    [InlineData("interface IHandler { Task<int> HandleAsync(int i, CancellationToken token); } class C : IHandler { public Task HandleAsync(int i, CancellationToken token) => Task.Delay(i); }")]
    [InlineData("interface IHandler<T> { Task HandleAsync(T t, int n, CancellationToken token); } class C : IHandler<int> { public Task HandleAsync(int i, CancellationToken token) => Task.Delay(i); }")]
    public async Task MethodOfATypeWithAnUnknownInterface_IsSilent(string type)
    {
        var source = "using System.Threading; using System.Threading.Tasks; " + type;
        Assert.Empty(
            await AnalyzerRun.GetDiagnosticsAsync([new AsyncGuard.Rules.Cancellation.UnusedTokenAnalyzer()], source, RuleTestOptions.File));
    }

    [Fact]
    public Task Cleanup_IsSilent() => Silent(
        """
        async Task CloseAsync(CancellationToken token) => await Task.Delay(1);
        async Task StopAsync(CancellationToken token) => await Task.Delay(1);
        async Task RollbackAsync(CancellationToken token) => await Task.Delay(1);
        async ValueTask DisposeAsync(CancellationToken token) => await Task.Delay(1);
        """);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading;
        using System.Threading.Tasks;
        class C { async Task M(CancellationToken token) => await Task.Delay(1); }
        """,
        RuleTestOptions.File);
}
