using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0304 is silent on.</summary>
public sealed partial class SwallowedCancellationTests
{
    [Theory]
    [InlineData("catch (Exception) { throw; }")]
    [InlineData("catch (Exception ex) { throw new InvalidOperationException(\"\", ex); }")]
    [InlineData("catch (Exception) { return; }")]
    [InlineData("catch (Exception) { break; }")]
    [InlineData("catch (Exception ex) { Log(ex); goto done; } continue; done: return;")]
    [InlineData("catch (InvalidOperationException) { }")]
    public Task Handler_ThatLeavesTheLoop_IsSilent(string handler) => Silent(Loop(handler));

    [Theory]
    [InlineData("catch (Exception ex) when (ex is not OperationCanceledException) { }")]
    [InlineData("catch (Exception ex) when (!(ex is OperationCanceledException)) { }")]
    [InlineData("catch (Exception ex) when (ex is not (OperationCanceledException or ObjectDisposedException)) { }")]
    [InlineData("catch (Exception ex) when (ex is IOException or TimeoutException) { }")]
    [InlineData("catch (Exception ex) when (ex is IOException && ex is not ArgumentException) { }")]
    [InlineData("catch (Exception ex) when (ex is not ArgumentException && _running) { }")]
    [InlineData("catch (Exception ex) when (ex is not ArgumentException and not OperationCanceledException) { }")]
    [InlineData("catch (Exception ex) when (ex.InnerException is not IOException) { }")]
    [InlineData("catch (Exception ex) when (!(ex is IOException) && !(ex is OperationCanceledException)) { }")]
    [InlineData("catch (Exception) when (!token.IsCancellationRequested) { }")]
    [InlineData("catch (OperationCanceledException) when (!token.IsCancellationRequested) { }")]
    [InlineData("catch (OperationCanceledException) when (token.IsCancellationRequested) { Log(1); }")]
    [InlineData("catch (OperationCanceledException ex) when (ex.CancellationToken != token) { }")]
    [InlineData("catch (Exception ex) when (ex.InnerException is IOException) { }")]
    [InlineData("catch (Exception) when (_running) { }")]
    [InlineData("catch (Exception ex) when (Equals(ex, null)) { }")]
    public Task Filter_ThatDecides_IsSilent(string handler) => Silent(Loop(handler));

    [Theory]
    [InlineData("catch (OperationCanceledException) { throw; } catch (Exception) { }")]
    [InlineData("catch (OperationCanceledException) { break; } catch (Exception) { }")]
    [InlineData("catch (OperationCanceledException) when (token.IsCancellationRequested) { break; } catch (Exception) { }")]
    [InlineData("catch (TaskCanceledException) { return; } catch (Exception) { }")]
    [InlineData(
        "catch (Exception ex) when (ex is OperationCanceledException && token.IsCancellationRequested) { return; } catch (Exception) { }")]
    public Task EarlierClause_ForCancellation_IsSilent(string handler) => Silent(Loop(handler));

    [Theory]
    [InlineData("catch (Exception) { token.ThrowIfCancellationRequested(); }")]
    [InlineData("catch (Exception) { if (token.IsCancellationRequested) break; }")]
    [InlineData("catch (Exception ex) { if (!token.IsCancellationRequested) Log(ex); }")]
    [InlineData("catch (Exception) { await Task.Delay(100, token); }")]
    [InlineData("catch (Exception) { } token.ThrowIfCancellationRequested();")]
    [InlineData("catch (Exception) { } if (token.IsCancellationRequested) return;")]
    [InlineData("catch (Exception) { } await Task.Delay(100, token);")]
    [InlineData("catch (Exception) { } finally { Log(null); } if (token.IsCancellationRequested) return;")]
    public Task Token_LookedAtBeforeTheNextAwait_IsSilent(string handler) => Silent(Loop(handler));

    [Theory]
    [InlineData("catch (Exception ex) { if (ex is OperationCanceledException) again = false; }")]
    [InlineData("catch (Exception ex) { switch (ex) { case OperationCanceledException: throw; default: break; } }")]
    [InlineData("catch (Exception ex) { if (ex.GetType() == typeof(TaskCanceledException)) Log(1); }")]
    [InlineData("catch (Exception ex) { if (ex.InnerException != null) throw; }")]
    [InlineData("catch (Exception ex) { last = ex; }")]
    [InlineData("catch (Exception ex) { errors.Add(ex); }")]
    [InlineData("catch (Exception ex) { errors.Add(new InvalidOperationException(\"\", ex)); }")]
    [InlineData("catch (Exception ex) { done.TrySetException(ex); }")]
    [InlineData("catch (Exception ex) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(ex).Throw(); }")]
    [InlineData("catch (Exception ex) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(ex); }")]
    public Task Handler_ThatLooksAtOrKeepsTheException_IsSilent(string handler) => Silent(Loop(handler));

    [Theory]
    [InlineData("catch (Exception) { Environment.Exit(1); }")]
    [InlineData("catch (Exception ex) { Environment.FailFast(null, ex); }")]
    [InlineData(
        "catch (Exception) { Fail(); } [System.Diagnostics.CodeAnalysis.DoesNotReturn] static void Fail() => throw new Exception();")]
    public Task Handler_ThatEndsTheProcess_IsSilent(string handler) => Silent(Loop(handler));

    [Theory]
    [InlineData("while (!token.IsCancellationRequested)")]
    [InlineData("while (!_source.IsCancellationRequested)")]
    [InlineData("for (; !token.IsCancellationRequested; )")]
    [InlineData("while (true && !token.IsCancellationRequested)")]
    [InlineData("while (await _timer.WaitForNextTickAsync(token))")]
    [InlineData("while (await _timer.WaitForNextTickAsync())")]
    [InlineData("while (_running)")]
    [InlineData("while (IsRunning)")]
    [InlineData("while (MayRun())")]
    [InlineData("while (Volatile.Read(ref _running))")]
    [InlineData("await foreach (var item in items(token))")]
    [InlineData("await foreach (var item in all)")]
    [InlineData("await foreach (var item in source.WithCancellation(token))")]
    [InlineData("foreach (var item in queue.GetConsumingEnumerable(token))")]
    public Task Loop_ThatLooksAtItsToken_IsSilent(string loop) => Silent(
        $$"""
        PeriodicTimer _timer = new(TimeSpan.FromSeconds(1));
        CancellationTokenSource _source = new();
        bool _running;
        bool IsRunning => _running;
        bool MayRun() => _running;
        async Task M(Func<CancellationToken, IAsyncEnumerable<int>> items, IAsyncEnumerable<int> source, System.Collections.Concurrent.BlockingCollection<int> queue, CancellationToken token)
        {
            var all = items(token);
            {{loop}}
            {
                try { await Task.Delay(1, token); } catch (Exception) { }
            }
        }
        """);

    [Fact]
    public Task DoWhile_WithTokenCondition_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            do { try { await Task.Delay(1, token); } catch (Exception) { } } while (!token.IsCancellationRequested);
        }
        """);

    [Fact]
    public Task Loop_ThatTheHandlerEnds_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            var running = true;
            while (running)
            {
                try { await Task.Delay(1, token); } catch (OperationCanceledException) { running = false; }
            }
        }
        """);

    [Fact]
    public Task Loop_WithStopFlagInItsBody_IsSilent() => Silent(
        """
        bool _stopped;
        async Task M(CancellationToken token)
        {
            while (true)
            {
                try { await Task.Delay(1, token); } catch (Exception) { }
                if (_stopped) break;
            }
        }
        """);

    [Fact]
    public Task Check_InsideTheTryBeforeTheAwait_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            while (true)
            {
                try { if (token.IsCancellationRequested) return; await Task.Delay(1, token); } catch (Exception) { }
            }
        }
        """);

    [Fact]
    public Task NoLoop_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            try { await Task.Delay(1, token); } catch (Exception) { }
            await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Await_WithoutToken_IsSilent() => Silent(
        """
        async Task M(CancellationToken token)
        {
            while (true)
            {
                try { await Task.Delay(1); await Task.Delay(1, CancellationToken.None); await Task.Delay(1, default); } catch (Exception) { }
            }
        }
        """);

    [Fact]
    public Task TimeLimit_OfOneAttempt_IsSilent() => Silent(
        """
        async Task M(Func<CancellationToken, Task> work)
        {
            while (true)
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                var token = limit.Token;
                try { await work(limit.Token); await work(token); } catch (OperationCanceledException) { }
            }
        }
        """);

    [Fact]
    public Task Token_OfTheItem_IsSilent() => Silent(
        """
        record Job(CancellationToken Token, Func<CancellationToken, Task> Work);
        async Task M(List<Job> jobs, Queue<Job> queue)
        {
            foreach (var job in jobs)
            {
                try { await job.Work(job.Token); } catch (Exception) { }
            }
            while (queue.TryDequeue(out var job))
            {
                try { await job.Work(job.Token); } catch (OperationCanceledException) { }
            }
        }
        """);

    [Fact]
    public Task Source_CancelledInTheSameMethod_IsSilent() => Silent(
        """
        readonly CancellationTokenSource _source = new();
        async Task M(List<Task> tasks)
        {
            _source.Cancel();
            foreach (var task in tasks)
            {
                try { await task.WaitAsync(_source.Token); } catch (OperationCanceledException) { }
            }
        }
        """);

    [Fact]
    public Task Stop_AndDispose_AreSilent() => Silent(
        """
        Task StopAsync(List<Task> tasks, CancellationToken token) => StopAllAsync(tasks, token);
        async Task StopAllAsync(List<Task> tasks, CancellationToken token)
        {
            foreach (var task in tasks) { try { await task.WaitAsync(token); } catch (Exception) { } }
        }
        async Task DisposeAsync(List<Task> tasks, CancellationToken token)
        {
            foreach (var task in tasks) { try { await task.WaitAsync(token); } catch (Exception) { } }
        }
        async Task M(List<Task> tasks, CancellationToken token)
        {
            try { await Task.Yield(); }
            finally
            {
                foreach (var task in tasks) { try { await task.WaitAsync(token); } catch (Exception) { } }
            }
        }
        """);

    [Fact]
    public Task Main_IsSilent() => Silent(
        """
        class Program
        {
            static async Task Main()
            {
                using var stop = new CancellationTokenSource();
                Console.CancelKeyPress += (_, _) => stop.Cancel();
                while (true)
                {
                    try { await Task.Delay(1, stop.Token); } catch (Exception) { }
                }
            }
        }
        """);

    [Fact]
    public Task TopLevelProgram_IsSilent() => Silent(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, _) => stop.Cancel();
        while (true)
        {
            try { await Task.Delay(1, stop.Token); } catch (Exception) { }
        }
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task BackgroundService_ThatEnds_IsSilent() => Silent(
        """
        class Poller : BackgroundService
        {
            readonly IHostApplicationLifetime lifetime = null!;
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                try { await Task.Delay(1, stoppingToken); } catch (Exception) { }
                while (!stoppingToken.IsCancellationRequested)
                {
                    try { await Task.Delay(1, stoppingToken); } catch (Exception) { }
                }
                try { while (true) await Task.Delay(1, stoppingToken); } catch (OperationCanceledException) { }
                while (true)
                {
                    try { await Task.Delay(1, stoppingToken); } catch (Exception) { lifetime.StopApplication(); }
                }
            }
        }
        class Closing : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                try { await Task.Delay(1, stoppingToken); } catch (OperationCanceledException) { }
                await CloseAsync();
            }
            Task CloseAsync() => Task.CompletedTask;
        }
        class Other : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
            public override async Task StopAsync(CancellationToken cancellationToken)
            {
                while (true) { try { await base.StopAsync(cancellationToken); } catch (Exception) { } }
            }
        }
        """,
        Hosting);

    [Fact]
    public Task Lambda_InTheTry_HasItsOwnExceptions_IsSilent() => Silent(
        """
        async Task M(List<Func<Task>> later, CancellationToken token)
        {
            while (true)
            {
                try { later.Add(async () => await Task.Delay(1, token)); await Task.Yield(); } catch (Exception) { }
            }
        }
        """);

    [Fact]
    public Task InnerTry_ThatKeepsIt_LeavesTheOuterSilent() => Silent(
        """
        async Task<bool> M(Func<CancellationToken, Task> work, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    try { await work(token); } catch (OperationCanceledException) { return false; }
                    await Task.Yield();
                }
                catch (Exception) { }
            }
        }
        """);

    [Fact]
    public Task Helper_ThatKnowsCancellation_IsSilent() => Silent(
        """
        void Handle(Exception ex) { if (ex is not IOException) throw ex; }
        async Task M(CancellationToken token)
        {
            while (true)
            {
                try { await Task.Delay(1, token); } catch (Exception ex) { Handle(ex); }
            }
        }
        """);

    [Fact]
    public Task SynchronousCode_IsSilent() => Silent(
        """
        void M(CancellationToken token)
        {
            while (true) { try { Task.Delay(1, token).Wait(token); } catch (Exception) { } }
        }
        """);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        class C { async Task M(CancellationToken token) { while (true) { try { await Task.Delay(1, token); } catch (Exception) { } } } }
        """,
        RuleTestOptions.File);
}
