using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed partial class CancelledNotAwaitedTests : RuleTest<CancelledNotAwaitedAnalyzer, CancelledNotAwaitedFix>
{
    private const string Helpers =
        """
        static Task WorkAsync(CancellationToken token) => Task.Delay(1, token);
        static Task<int> CountAsync(int n, CancellationToken token) => Task.FromResult(n);
        static ValueTask SaveAsync(CancellationToken token) => default;
        static void Use(object? x) { }

        """;

    private static string Method(string body, string parameters = "bool late, List<int> items, CancellationToken outer") =>
        Helpers + "async Task M(" + parameters + ")\n{\n    await Task.Yield();\n    " + body + "\n}\n";

    [Theory]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); await Task.Delay(10); [|cts.Cancel()|];")]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); await [|cts.CancelAsync()|];")]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); [|cts.Cancel(true)|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var token = cts.Token; var task = Task.Run(() => WorkAsync(token)); [|cts.Cancel()|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = Task.Run(() => { while (!cts.IsCancellationRequested) Use(1); }); [|cts.Cancel()|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); using var both = CancellationTokenSource.CreateLinkedTokenSource(cts.Token, outer); var task = WorkAsync(both.Token); [|cts.Cancel()|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); async Task Loop() { while (true) await Task.Delay(1, cts.Token); } var task = Loop(); [|cts.Cancel()|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var tasks = new List<Task>(); foreach (var i in items) tasks.Add(CountAsync(i, cts.Token)); [|cts.Cancel()|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var tasks = items.Select(i => CountAsync(i, cts.Token)).ToList(); [|cts.Cancel()|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); if (late) { [|cts.Cancel()|]; return; } await task;")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); if (late) { [|cts.Cancel()|]; throw new TimeoutException(); } await task;")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = CountAsync(1, cts.Token); if (late) { [|cts.Cancel()|]; return; } Use(await task);")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); Task task = Task.CompletedTask; if (late) task = WorkAsync(cts.Token); [|cts.Cancel()|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); try { await Task.Yield(); } finally { [|cts.Cancel()|]; }")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var a = WorkAsync(cts.Token); var b = WorkAsync(outer); [|cts.Cancel()|]; await b;")]
    [InlineData("using var cts = new CancellationTokenSource(); var save = SaveAsync(cts.Token); [|cts.Cancel()|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); while (late) { await Task.Yield(); if (items.Count == 0) { [|cts.Cancel()|]; break; } }")]
    [InlineData(
        "foreach (var i in items) { using var cts = new CancellationTokenSource(); var task = CountAsync(i, cts.Token); if (i > 3) { [|cts.Cancel()|]; continue; } Use(await task); }")]
    [InlineData("CancellationTokenSource? cts = late ? new() : null; var task = WorkAsync(cts?.Token ?? outer); [|cts?.Cancel()|];")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); var same = task; [|cts.Cancel()|]; Use(same != null);")]
    [InlineData(
        "Func<Task> f = async () => { using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); await Task.Yield(); [|cts.Cancel()|]; }; await f();")]
    [InlineData(
        "async Task<T> Local<T>(T x) { using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); await Task.Yield(); [|cts.Cancel()|]; return x; } await Local(1);")]
    public Task Local_CancelledAndLeft_IsReported(string body) => Reports(Method(body));

    [Theory]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); cts.Cancel(); await task;")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); cts.Cancel(); try { await task; } catch (OperationCanceledException) { }")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); cts.Cancel(); await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); cts.Cancel(); await Task.WhenAll(task, WorkAsync(outer));")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); cts.Cancel(); await task.WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); cts.Cancel(); task.Wait();")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); cts.Cancel(); while (!task.IsCompleted) await Task.Delay(1);")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); try { cts.Cancel(); } finally { await task; }")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); try { Use(1); } finally { cts.Cancel(); } await task;")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); try { return; } finally { try { cts.Cancel(); } finally { await task; } }")]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); await task; cts.Cancel();")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); try { await task; } catch { cts.Cancel(); throw; }")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var a = WorkAsync(cts.Token); var b = WorkAsync(cts.Token); await Task.WhenAny(a, b); cts.Cancel();")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var delay = Task.Delay(1000, cts.Token); await WorkAsync(outer); cts.Cancel(); Use(delay.Id);")]
    [InlineData("using var cts = new CancellationTokenSource(); await WorkAsync(cts.Token); cts.Cancel();")]
    [InlineData("using var cts = new CancellationTokenSource(); _ = WorkAsync(cts.Token); cts.Cancel();")]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(outer); cts.Cancel(); Use(task.Id);")]
    [InlineData("using var cts = new CancellationTokenSource(); cts.Cancel(); var task = WorkAsync(cts.Token); Use(task.Id);")]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); Use(task); cts.Cancel();")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); Func<Task> later = async () => await task; Use(later); cts.Cancel();")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); _ = task.ContinueWith(t => Use(t.Exception)); cts.Cancel();")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); Console.CancelKeyPress += (_, _) => cts.Cancel(); await task;")]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); cts.CancelAfter(1000); Use(1);")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var tasks = items.Select(i => CountAsync(i, cts.Token)).ToList(); cts.Cancel(); await Task.WhenAll(tasks);")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var tasks = items.Select(i => CountAsync(i, cts.Token)).ToList(); cts.Cancel(); foreach (var task in tasks) await task;")]
    [InlineData(
        "using var cts = new CancellationTokenSource(); var tasks = new Dictionary<int, Task>(); foreach (var i in items) tasks[i] = CountAsync(i, cts.Token); cts.Cancel(); await Task.WhenAll(tasks.Values);")]
    [InlineData("using var cts = new CancellationTokenSource(); var task = WorkAsync(cts.Token); cts.Cancel(); Use(task.IsCanceled);")]
    public Task Local_AwaitedOrHandedOn_IsSilent(string body) => Silent(Method(body));

    private const string Worker =
        """
        class Worker
        {
            private readonly CancellationTokenSource _stopping = new();
            private Task? _loop;
            public void Start() => _loop = RunAsync(_stopping.Token);
            Task RunAsync(CancellationToken token) => Task.Delay(-1, token);
            MEMBERS
        }
        """;

    [Theory]
    [InlineData("public Task StopAsync() { [|_stopping.Cancel()|]; return Task.CompletedTask; }")]
    [InlineData("public async Task StopAsync() { await [|_stopping.CancelAsync()|]; _stopping.Dispose(); }")]
    [InlineData("public async Task StopAsync() { [|_stopping.Cancel()|]; }")]
    [InlineData("public async Task StopAsync() => [|_stopping.Cancel()|];")]
    [InlineData("public async Task StopAsync() { [|_stopping?.Cancel()|]; _loop = null; }")]
    [InlineData("public async Task StopAsync() { if (_loop == null) return; [|this._stopping.Cancel()|]; }")]
    [InlineData("public async Task StopAsync() { if (_loop is not null) { var stopping = _stopping; [|stopping.Cancel()|]; } }")]
    [InlineData("public async ValueTask DisposeAsync() { [|_stopping.Cancel()|]; _stopping.Dispose(); _loop?.Dispose(); }")]
    [InlineData(
        "public void Dispose() { _stopping.Cancel(); } public async Task StopAsync() { await Task.Yield(); [|_stopping.Cancel()|]; }")]
    [InlineData(
        "public void Restart() { _loop = Task.Run(() => RunAsync(_stopping.Token)); } public async Task StopAsync() { [|_stopping.Cancel()|]; }")]
    public Task Field_ThatIsNotAwaited_IsReported(string members) => Reports(Worker.Replace("MEMBERS", members));

    [Theory]
    [InlineData("public async Task StopAsync() { _stopping.Cancel(); await _loop!; }")]
    [InlineData("public void Dispose() { _stopping.Cancel(); } public async Task WaitAsync() { if (_loop is { } loop) await loop; }")]
    [InlineData("public Task Completion => _loop ?? Task.CompletedTask; public void Stop() { _stopping.Cancel(); }")]
    [InlineData("public void Stop() { _stopping.Cancel(); _loop?.Wait(); }")]
    [InlineData("public void Stop() { _stopping.Cancel(); GC.KeepAlive(_loop); }")]
    [InlineData("readonly ManualResetEvent _stopped = new(false); public void Stop() { _stopping.Cancel(); _stopped.WaitOne(1000); }")]
    [InlineData(
        "readonly TaskCompletionSource _stopped = new(); public async Task StopAsync() { _stopping.Cancel(); await _stopped.Task; }")]
    [InlineData("public bool IsRunning => _loop is { IsCompleted: false }; public void Stop() { _stopping.Cancel(); }")]
    [InlineData("public void Stop() { var other = new CancellationTokenSource(); other.Cancel(); }")]
    [InlineData("public Task StopAsync() { _stopping.Cancel(); return _loop!; }")]
    [InlineData("public Task StopAsync() { _stopping.Cancel(); return Task.WhenAny(_loop!, Task.Delay(1000)); }")]
    [InlineData(
        "class Owner { Worker? worker = null; public Task DoneAsync() => worker!._loop!; } public void Stop() { _stopping.Cancel(); }")]
    public Task Field_ThatIsAwaited_IsSilent(string members) => Silent(Worker.Replace("MEMBERS", members));

    [Fact]
    public Task Field_ThatOthersReach_IsSilent() => Silent(
        """
        class A { private readonly CancellationTokenSource _cts = new(); protected Task? Loop; void Start() { Loop = Task.Delay(-1, _cts.Token).ContinueWith(_ => { }); } void Stop() { _cts.Cancel(); } }
        class B { internal CancellationTokenSource Cts = new(); private Task? _loop; void Start() { _loop = Task.Run(() => Thread.Sleep(1), Cts.Token); } void Stop() { Cts.Cancel(); } }
        class D { private readonly CancellationTokenSource _cts = new(); private Task? _loop; void Start() { _loop = Task.Run(() => Thread.Sleep(1)); } void Stop() { _cts.Cancel(); } }
        class E { private readonly CancellationTokenSource _cts = new(); private Task? _delay; void Start() { _delay = Task.Delay(1, _cts.Token); } void Stop() { _cts.Cancel(); } }
        class F { private readonly CancellationTokenSource _cts = new(); private Task? _loop; void Start() { _loop = Task.Run(() => Thread.Sleep(1), _cts.Token).ContinueWith(t => Console.WriteLine(t.Exception)); } void Stop() { _cts.Cancel(); } }
        """);

    // Only the last one counts: each takes over from the one before.
    [Fact]
    public Task Replacement_IsSilent() => Silent(
        """
        private CancellationTokenSource _typing = new();
        private Task? _search;
        public void OnTyped(string text)
        {
            _typing.Cancel();
            _typing = new();
            _search = SearchAsync(text, _typing.Token);
        }
        static Task SearchAsync(string text, CancellationToken token) => Task.Delay(text.Length, token);
        """);

    [Fact]
    public Task MethodOfTheType_ThatReadsTheSource_IsStartedWithIt() => Reports(
        """
        class Worker : IAsyncDisposable
        {
            private readonly CancellationTokenSource _cts;
            private readonly Task _loop;
            public Worker(CancellationToken token)
            {
                _cts = CancellationTokenSource.CreateLinkedTokenSource(token);
                _loop = Task.Run(LoopAsync);
            }
            async Task LoopAsync() { while (!_cts.IsCancellationRequested) await Task.Delay(1); }
            public async ValueTask DisposeAsync() => [|_cts.Cancel()|];
        }
        """);

    [Fact]
    public Task LocalSource_OfAFieldsTask_IsReported() => Reports(
        """
        private CancellationTokenSource? _cts;
        private Task? _loop;
        void Start()
        {
            var cts = new CancellationTokenSource();
            _cts = cts;
            _loop = WorkAsync(cts.Token);
        }
        async Task StopAsync() { [|_cts?.Cancel()|]; }
        static Task WorkAsync(CancellationToken token) => Task.Delay(1, token);
        """);

    [Fact]
    public Task TopLevelProgram_IsReported() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        using var cts = new CancellationTokenSource();
        var server = ServeAsync(cts.Token);
        await Task.Delay(100);
        [|cts.Cancel()|];

        static Task ServeAsync(CancellationToken token) => Task.Delay(-1, token);
        """,
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        using var cts = new CancellationTokenSource();
        var server = ServeAsync(cts.Token);
        await Task.Delay(100);
        cts.Cancel();
        try
        {
            await server;
        }
        catch (OperationCanceledException) when (cts.IsCancellationRequested)
        {
        }

        static Task ServeAsync(CancellationToken token) => Task.Delay(-1, token);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task OldSyntax_IsReported() => Fixes(
        """
        static Task WorkAsync(CancellationToken token) => Task.Delay(1, token);
        async Task M()
        {
            using (var cts = new CancellationTokenSource())
            {
                var task = WorkAsync(cts.Token);
                await Task.Delay(1).ConfigureAwait(false);
                [|cts.Cancel()|]; // enough
            }
        }
        """,
        """
        static Task WorkAsync(CancellationToken token) => Task.Delay(1, token);
        async Task M()
        {
            using (var cts = new CancellationTokenSource())
            {
                var task = WorkAsync(cts.Token);
                await Task.Delay(1).ConfigureAwait(false);
                cts.Cancel(); // enough
                try
                {
                    await task.ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (cts.IsCancellationRequested)
                {
                }
            }
        }
        """,
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading; using System.Threading.Tasks;
        class C { async Task M() { var cts = new CancellationTokenSource(); var task = Task.Run(() => { }, cts.Token); await Task.Yield(); cts.Cancel(); } }
        """,
        RuleTestOptions.File);

    [Theory]
    [InlineData("void Ping(CancellationToken t) { } async Task LoopAsync() { while (true) { await Task.Delay(1); _cts = new(); Ping(_cts.Token); } }")]
    [InlineData("async Task PingAsync(CancellationToken t) => await Task.Delay(1, t); "
        + "async Task LoopAsync() { await Task.Delay(1); _cts.Cancel(); _cts.Dispose(); _cts = new(); Ping(_cts.Token); } void Ping(CancellationToken t) { }")]
    [InlineData("async Task LoopAsync() { while (true) { await Task.Delay(1); _cts?.Cancel(); } }")]
    public Task TaskThatOnlyHandsTheTokenAway_IsSilent(string members) => Silent(
        "CancellationTokenSource _cts = new(); Task _loop = Task.CompletedTask; void Start() { _loop = Task.Run(LoopAsync); } "
        + "public async ValueTask DisposeAsync() { await _cts.CancelAsync(); } " + members);

    [Theory]
    [InlineData("async Task LoopAsync() { while (true) { await Task.Delay(1, _cts.Token); } }")]
    [InlineData("async Task LoopAsync() { while (!_cts.IsCancellationRequested) { await Task.Delay(1); } }")]
    [InlineData("async Task LoopAsync() { using var both = CancellationTokenSource.CreateLinkedTokenSource(_cts.Token); await Task.Delay(9, both.Token); }")]
    [InlineData("async Task LoopAsync() { await Task.Delay(1); Ping(_cts.Token); await Task.Delay(1, _cts.Token); } void Ping(CancellationToken t) { }")]
    public Task TaskThatObeysTheToken_IsReported(string members) => Reports(
        "CancellationTokenSource _cts = new(); Task _loop = Task.CompletedTask; void Start() { _loop = Task.Run(LoopAsync); } "
        + "public async ValueTask DisposeAsync() { await [|_cts.CancelAsync()|]; } " + members);
}
