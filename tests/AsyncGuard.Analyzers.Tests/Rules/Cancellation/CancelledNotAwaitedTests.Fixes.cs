using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed partial class CancelledNotAwaitedTests
{
    [Fact]
    public Task Program_WaitsForWhatItStopped() => FixesAndRuns(
        """
        static async Task<int> RunAsync()
        {
            using var cts = new CancellationTokenSource();
            var task = ServeAsync(cts.Token);
            await Task.Yield();
            Probe.Note("stop");
            [|cts.Cancel()|];
            return 1;
        }
        static async Task ServeAsync(CancellationToken token)
        {
            var stopping = new TaskCompletionSource();
            using var registration = token.Register(() => stopping.SetResult());
            await stopping.Task;
            await Probe.StubbornAsync("end");
            token.ThrowIfCancellationRequested();
        }
        """,
        """
        static async Task<int> RunAsync()
        {
            using var cts = new CancellationTokenSource();
            var task = ServeAsync(cts.Token);
            await Task.Yield();
            Probe.Note("stop");
            cts.Cancel();
            try
            {
                await task;
            }
            catch (OperationCanceledException) when (cts.IsCancellationRequested)
            {
            }
            return 1;
        }
        static async Task ServeAsync(CancellationToken token)
        {
            var stopping = new TaskCompletionSource();
            using var registration = token.Register(() => stopping.SetResult());
            await stopping.Task;
            await Probe.StubbornAsync("end");
            token.ThrowIfCancellationRequested();
        }
        """);

    [Fact]
    public Task Program_SeesTheFailureOfWhatItStopped() => FixesAndRuns(
        """
        static async Task RunAsync(CancellationToken token)
        {
            using var cts = CancellationTokenSource.CreateLinkedTokenSource(token);
            var first = ServeAsync("a", cts.Token);
            var second = ServeAsync("b", cts.Token);
            await Task.Yield();
            [|cts.Cancel()|];
        }
        static async Task ServeAsync(string name, CancellationToken token)
        {
            var stopping = new TaskCompletionSource();
            using var registration = token.Register(() => stopping.SetResult());
            await stopping.Task;
            await Probe.StubbornAsync(name);
        }
        """,
        """
        static async Task RunAsync(CancellationToken token)
        {
            using var cts = CancellationTokenSource.CreateLinkedTokenSource(token);
            var first = ServeAsync("a", cts.Token);
            var second = ServeAsync("b", cts.Token);
            await Task.Yield();
            cts.Cancel();
            try
            {
                await Task.WhenAll(first, second);
            }
            catch (OperationCanceledException) when (cts.IsCancellationRequested)
            {
            }
        }
        static async Task ServeAsync(string name, CancellationToken token)
        {
            var stopping = new TaskCompletionSource();
            using var registration = token.Register(() => stopping.SetResult());
            await stopping.Task;
            await Probe.StubbornAsync(name);
        }
        """);

    [Fact]
    public Task Field_IsAwaitedWhereItIsThere() => Fixes(
        """
        class Worker
        {
            private readonly CancellationTokenSource _stopping = new();
            private Task? _loop;

            public void Start() { _loop = RunAsync(_stopping.Token); }

            // Called by the host.
            public Task StopAsync()
            {
                // now
                [|_stopping.Cancel()|];

                _stopping.Dispose();
                return Task.CompletedTask;
            }

            Task RunAsync(CancellationToken token) => Task.Delay(-1, token);
        }
        """,
        """
        class Worker
        {
            private readonly CancellationTokenSource _stopping = new();
            private Task? _loop;

            public void Start() { _loop = RunAsync(_stopping.Token); }

            // Called by the host.
            public async Task StopAsync()
            {
                // now
                _stopping.Cancel();
                if (_loop != null)
                {
                    try
                    {
                        await _loop;
                    }
                    catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
                    {
                    }
                }

                _stopping.Dispose();
            }

            Task RunAsync(CancellationToken token) => Task.Delay(-1, token);
        }
        """);

    [Fact]
    public Task List_OneLine_Tabs_AndQuestionMark() => Fixes(
        """
        async Task A(List<int> items) { using var cts = new CancellationTokenSource(); var tasks = items.Select(i => WorkAsync(cts.Token)).ToList(); await Task.Yield(); [|cts.Cancel()|]; }
        async Task B(CancellationTokenSource? cts)
        {
        	var work = WorkAsync(cts?.Token ?? default);
        	await Task.Yield();
        	[|cts?.Cancel()|];
        }
        async Task D(bool late)
        {
            using var cts = new CancellationTokenSource();
            var task = WorkAsync(cts.Token);
            switch (late)
            {
                case true:
                    await [|cts.CancelAsync()|];
                    return;
            }
            await task;
        }
        static Task WorkAsync(CancellationToken token) => Task.Delay(1, token);
        """,
        """
        async Task A(List<int> items) { using var cts = new CancellationTokenSource(); var tasks = items.Select(i => WorkAsync(cts.Token)).ToList(); await Task.Yield(); cts.Cancel(); try { await Task.WhenAll(tasks); } catch (OperationCanceledException) when (cts.IsCancellationRequested) { } }
        async Task B(CancellationTokenSource? cts)
        {
        	var work = WorkAsync(cts?.Token ?? default);
        	await Task.Yield();
        	cts?.Cancel();
        	try
        	{
        		await work;
        	}
        	catch (OperationCanceledException) when (cts?.IsCancellationRequested == true)
        	{
        	}
        }
        async Task D(bool late)
        {
            using var cts = new CancellationTokenSource();
            var task = WorkAsync(cts.Token);
            switch (late)
            {
                case true:
                    await cts.CancelAsync();
                    try
                    {
                        await task;
                    }
                    catch (OperationCanceledException) when (cts.IsCancellationRequested)
                    {
                    }
                    return;
            }
            await task;
        }
        static Task WorkAsync(CancellationToken token) => Task.Delay(1, token);
        """);

    [Theory]
    [InlineData("public void Stop() { _stopping.Cancel(); }")]
    [InlineData("public void Stop() => _stopping.Cancel();")]
    [InlineData("public void Dispose() { _stopping.Cancel(); }")]
    [InlineData("public bool TryStop() { _stopping?.Cancel(); return true; }")]
    public Task CodeThatCannotAwait_IsSilent(string member) => Silent(
        """
        private readonly CancellationTokenSource _stopping = new();
        private Task? _loop;
        public void Start() { _loop = RunAsync(_stopping.Token); }
        static Task RunAsync(CancellationToken token) => Task.Delay(-1, token);
        """ + "\n" + member);

    [Theory]
    [InlineData("public async Task StopAsync(bool now) { await Task.Yield(); if (now) [|_stopping.Cancel()|]; }")]
    [InlineData("public async Task StopAsync() { await Task.Yield(); lock (_stopping) { [|_stopping.Cancel()|]; } }")]
    [InlineData("public Task StopAsync(ref int x) { [|_stopping.Cancel()|]; return Task.CompletedTask; }")]
    public Task Place_ThatCannotAwait_HasNoFix(string member) => NoFix(
        """
        private readonly CancellationTokenSource _stopping = new();
        private Task? _loop;
        public void Start() { _loop = RunAsync(_stopping.Token); }
        static Task RunAsync(CancellationToken token) => Task.Delay(-1, token);
        """ + "\n" + member);

    [Fact]
    public Task SeveralThatMayBeNull_HaveNoFix() => NoFix(
        """
        private readonly CancellationTokenSource _stopping = new();
        private Task? _a, _b;
        public void Start() { _a = RunAsync(_stopping.Token); _b = RunAsync(_stopping.Token); }
        public async Task StopAsync() { await Task.Yield(); [|_stopping.Cancel()|]; }
        static Task RunAsync(CancellationToken token) => Task.Delay(-1, token);
        """);

    // The loop would wait for the method that waits for it.
    [Theory]
    [InlineData("_bus.Received += OnReceived;", "_bus.Poll();")]
    [InlineData("_bus.Received += (s, e) => { _ = StopAsync(); };", "_bus.Poll();")]
    [InlineData("this._bus.Received += OnReceived;", "this._bus.Poll();")]
    [InlineData("_bus.Received += async (s, e) => await StopAsync();", "Deliver();")]
    [InlineData("_bus.Subscribe(() => { _ = StopAsync(); });", "_bus.Poll();")]
    [InlineData("_bus.Subscribe(OnEnd);", "_bus.Poll();")]
    [InlineData("Changed += OnReceived;", "Changed?.Invoke(this, EventArgs.Empty);")]
    [InlineData("_stopping.Token.Register(OnEnd);", "_ = _stopping.Token;")]
    public Task WorkThatCallsTheMethodBack_HasNoFix(string subscription, string work) => NoFix(CalledBack(subscription, work));

    [Theory]
    [InlineData("_bus.Received += OnReceived;", "Console.WriteLine();")]
    [InlineData("_bus.Received += (s, e) => Console.WriteLine();", "_bus.Poll();")]
    [InlineData("_bus.Received += null;", "_bus.Poll();")]
    [InlineData("_other.Received += OnReceived;", "_bus.Poll();")]
    public Task WorkThatDoesNotCallTheMethodBack_IsAwaited(string subscription, string work)
    {
        var source = CalledBack(subscription, work);
        return Fixes(source, source.Replace(
            "[|_stopping.Cancel()|];",
            """
            _stopping.Cancel();
                if (_loop != null)
                {
                    try
                    {
                        await _loop;
                    }
                    catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
                    {
                    }
                }
            """));
    }

    private static string CalledBack(string subscription, string work) =>
        $$"""
        public sealed class Bus
        {
            public event EventHandler? Received;
            public void Poll() => Received?.Invoke(this, EventArgs.Empty);
            public void Subscribe(Action call) { }
        }
        private readonly Bus _bus = new(), _other = new();
        private readonly CancellationTokenSource _stopping = new();
        private Task? _loop;
        public event EventHandler? Changed;
        public void Start() { {{subscription}} _loop = RunAsync(_stopping.Token); }
        public void Raise() { _other.Poll(); Changed?.Invoke(this, EventArgs.Empty); }
        private async Task RunAsync(CancellationToken token) { while (!token.IsCancellationRequested) { await Task.Delay(1, token); {{work}} } }
        private void Deliver() { _bus.Poll(); }
        private async void OnReceived(object? sender, EventArgs e) { await StopAsync(); }
        private void OnEnd() { _ = StopAsync(); }
        public async Task StopAsync()
        {
            await Task.Yield();
            [|_stopping.Cancel()|];
        }
        """;
}
