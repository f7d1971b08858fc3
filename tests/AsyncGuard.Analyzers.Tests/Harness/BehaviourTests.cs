using System;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>
/// The harness tells a fix that keeps the program from one that changes it: each pair is what a good or a bad fix would write.
/// </summary>
public sealed class BehaviourTests : HarnessTest
{
    private const string AcquireInside =
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            try
            {
                await _gate.WaitAsync();
                Observed.Enter("gate");
                await Observed.StepAsync("work");
                Observed.Leave("gate");
            }
            finally { _gate.Release(); }
        }
        """;

    private const string TakeAndHandle =
        """
        async Task RunAsync(CancellationToken token)
        {
            while (Observed.TryTake(out var item)) { await Observed.HandleAsync(item); }
        }
        """;

    [Fact]
    public Task Token_IntoAnAcquireInsideTheTryOfItsRelease_IsCaught() => Differs(
        AcquireInside,
        AcquireInside.Replace("WaitAsync()", "WaitAsync(token)"),
        [Mend.Cancellation],
        "SemaphoreFullException");

    [Fact]
    public Task Acquire_MovedBeforeTheTry_Passes() => Same(
        AcquireInside,
        AcquireInside.Replace("        await _gate.WaitAsync();\n", "")
            .Replace("    try\n", "    await _gate.WaitAsync(token);\n    try\n"),
        [Mend.Cancellation]);

    [Fact]
    public Task Gate_ThatIsNotTakenAnyMore_IsCaught() => Differs(
        AcquireInside,
        AcquireInside.Replace("await _gate.WaitAsync();", "").Replace("_gate.Release();", ""),
        [Mend.Cancellation],
        "most holders of 'gate': 2");

    [Fact]
    public Task Count_ThatACancelledWaitLeavesTooHigh_IsCaught() => Differs(
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            Observed.Enter("running");
            await _gate.WaitAsync();
            try { await Observed.StepAsync("work"); }
            finally { _gate.Release(); Observed.Leave("running"); }
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            Observed.Enter("running");
            await _gate.WaitAsync(token);
            try { await Observed.StepAsync("work"); }
            finally { _gate.Release(); Observed.Leave("running"); }
        }
        """,
        [Mend.Cancellation],
        "still holding 'running': 1");

    [Fact]
    public Task Using_OnASourceThatIsTheTimer_IsCaught() => Differs(
        """
        async Task RunAsync(CancellationToken token) { await After(5); Observed.Note("later"); }
        static Task After(int milliseconds)
        {
            var timer = new CancellationTokenSource();
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            timer.Token.Register(() => done.SetResult());
            timer.CancelAfter(milliseconds);
            return done.Task;
        }
        """,
        """
        async Task RunAsync(CancellationToken token) { await After(5); Observed.Note("later"); }
        static Task After(int milliseconds)
        {
            using var timer = new CancellationTokenSource();
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            timer.Token.Register(() => done.SetResult());
            timer.CancelAfter(milliseconds);
            return done.Task;
        }
        """,
        [],
        "never ends");

    [Fact]
    public Task Throw_BetweenTakeAndUse_IsCaught() => Differs(
        TakeAndHandle,
        TakeAndHandle.Replace("{ await", "{ token.ThrowIfCancellationRequested(); await"),
        [Mend.LoopEnds],
        "items lost: 1");

    [Fact]
    public Task Check_BeforeTheTake_Passes() => Same(
        TakeAndHandle, TakeAndHandle.Replace("(Observed", "(!token.IsCancellationRequested && Observed"), [Mend.LoopEnds]);

    [Fact]
    public Task Check_WhereTheMendDoesNotSayThatTheLoopEnds_IsCaught() => Differs(
        TakeAndHandle, TakeAndHandle.Replace("(Observed", "(!token.IsCancellationRequested && Observed"), [Mend.Cancellation],
        "before 'the start'");

    [Theory]
    [InlineData("readonly object _lock = new();", "Monitor.Enter(_lock);", "Monitor.Exit(_lock);", "SynchronizationLockException")]
    [InlineData("readonly Mutex _lock = new();", "_lock.WaitOne();", "_lock.ReleaseMutex();", "ApplicationException")]
    [InlineData("readonly ReaderWriterLockSlim _lock = new();", "_lock.EnterWriteLock();", "_lock.ExitWriteLock();",
        "SynchronizationLockException")]
    public Task Await_BetweenEnterAndExit_IsCaught(string field, string enter, string exit, string exception)
    {
        var source =
            $$"""
            {{field}}
            async Task RunAsync()
            {
                await Observed.StepAsync("begin");
                {{enter}}
                try { Thread.Sleep(1); Observed.Note("inside"); }
                finally { {{exit}} }
            }
            """;
        return Differs(source, source.Replace("Thread.Sleep(1)", "await Task.Delay(1)"), [Mend.Cancellation], exception);
    }

    [Fact]
    public Task Token_IntoAPauseOfCleanup_IsCaught() => Differs(
        """
        async Task RunAsync(CancellationToken token)
        {
            try { await Observed.WorkAsync("work", token); }
            finally { await Task.Delay(1); Observed.Note("close"); }
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            try { await Observed.WorkAsync("work", token); }
            finally { await Task.Delay(1, token); Observed.Note("close"); }
        }
        """,
        [Mend.Cancellation],
        "the token of caller 0 is cancelled");

    [Fact]
    public Task Token_IntoAPause_Passes() => Same(
        """async Task RunAsync(CancellationToken token) { Observed.Note("a"); await Task.Delay(1); Observed.Note("b"); }""",
        """async Task RunAsync(CancellationToken token) { Observed.Note("a"); await Task.Delay(1, token); Observed.Note("b"); }""",
        [Mend.Cancellation]);

    [Fact]
    public Task Token_WithoutAMend_IsCaught() => Differs(
        """async Task RunAsync(CancellationToken token) { Observed.Note("a"); await Task.Delay(1); Observed.Note("b"); }""",
        """async Task RunAsync(CancellationToken token) { Observed.Note("a"); await Task.Delay(1, token); Observed.Note("b"); }""",
        [Mend.ThreadOnly],
        "TaskCanceledException");

    [Fact]
    public Task Filter_ThatLetsATimeOutEndTheLoop_IsCaught() => Differs(
        """
        async Task RunAsync(CancellationToken token)
        {
            for (var i = 0; i < 2; i++)
            {
                try { await Observed.WorkAsync("ask", token); }
                catch (Exception) { Observed.Note("log"); }
            }
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            for (var i = 0; i < 2; i++)
            {
                try { await Observed.WorkAsync("ask", token); }
                catch (Exception e) when (e is not OperationCanceledException) { Observed.Note("log"); }
            }
        }
        """,
        [Mend.Cancellation],
        "'ask' times out");

    [Fact]
    public Task Filter_ThatLooksAtTheToken_Passes() => Same(
        """
        async Task RunAsync(CancellationToken token)
        {
            for (var i = 0; i < 2; i++)
            {
                try { await Observed.WorkAsync("ask", token); }
                catch (Exception) { Observed.Note("log"); }
            }
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            for (var i = 0; i < 2; i++)
            {
                try { await Observed.WorkAsync("ask", token); }
                catch (Exception e) when (e is not OperationCanceledException || !token.IsCancellationRequested) { Observed.Note("log"); }
            }
        }
        """,
        [Mend.Cancellation]);

    [Fact]
    public Task Await_WhereACallerCatchesTheAggregate_IsCaught() => Differs(
        """
        async Task RunAsync()
        {
            try { Observed.StepAsync("work").Wait(); }
            catch (AggregateException) { Observed.Note("known"); }
            await Task.Yield();
        }
        """,
        """
        async Task RunAsync()
        {
            try { await Observed.StepAsync("work"); }
            catch (AggregateException) { Observed.Note("known"); }
            await Task.Yield();
        }
        """,
        [Mend.Unwrapped],
        "'work' fails");

    [Fact]
    public async Task Await_UnwrapsAFailure_WhichIsAMend()
    {
        const string source = "async Task RunAsync() { await Task.Yield(); Observed.StepAsync(\"work\").Wait(); }";
        const string changed = "async Task RunAsync() { await Task.Yield(); await Observed.StepAsync(\"work\"); }";

        await Same(source, changed, [Mend.Unwrapped]);
        await Differs(source, changed, [], "AggregateException(InvalidOperationException)");
    }

    [Fact]
    public Task TimeLimit_ThatThrows_IsCaught() => Differs(
        """async Task RunAsync() { await Task.Yield(); Task.Delay(200).Wait(5); Observed.Note("stopped"); }""",
        """async Task RunAsync() { await Task.Yield(); await Task.Delay(200).WaitAsync(TimeSpan.FromMilliseconds(5)); Observed.Note("stopped"); }""",
        [Mend.Cancellation, Mend.Unwrapped],
        "TimeoutException");

    [Fact]
    public Task BackgroundWork_ThatLosesItsCallersToken_IsCaught() => Differs(
        """async Task RunAsync(CancellationToken token) { _ = FillAsync(token); await Observed.StepAsync("go on"); } static async Task FillAsync(CancellationToken token) { await Observed.WorkAsync("fill", token); }""",
        """async Task RunAsync(CancellationToken token) { _ = FillAsync(default); await Observed.StepAsync("go on"); } static async Task FillAsync(CancellationToken token) { await Observed.WorkAsync("fill", token); }""",
        [Mend.Cancellation],
        "fill");

    [Fact]
    public async Task Work_ThatIsAwaited_IsAMend()
    {
        const string source = """async Task RunAsync() { _ = Observed.StepAsync("a"); await Observed.StepAsync("b"); }""";
        const string changed = """async Task RunAsync() { await Observed.StepAsync("a"); await Observed.StepAsync("b"); }""";

        await Same(source, changed, [Mend.Awaited]);
        await Differs(source, changed, [], "does something else");
        await Differs(source, """async Task RunAsync() { await Observed.StepAsync("b"); }""", [Mend.Awaited], "nothing fails");
    }

    [Fact]
    public Task Result_OfANarrowerType_IsCaught() => Differs(
        """async Task<object> RunAsync() { Observed.Note("a"); await Task.Yield(); return Count() * 3; } static long Count() => 2;""",
        """async Task<object> RunAsync() { Observed.Note("a"); await Task.Yield(); return await CountAsync() * 3; } static Task<int> CountAsync() => Task.FromResult(2);""",
        [Mend.ThreadOnly],
        "6 (Int64)",
        "6 (Int32)");

    [Fact]
    public Task Crash_OfTheProcess_IsCaught() => Differs(
        """async Task RunAsync() { await Observed.StepAsync("a"); await LoadAsync(); } static async Task LoadAsync() { await Observed.StepAsync("b"); }""",
        """async Task RunAsync() { await Observed.StepAsync("a"); Load(); } static async void Load() { await Observed.StepAsync("b"); }""",
        [Mend.ThreadOnly],
        "crash: InvalidOperationException");

    [Fact]
    public Task FieldsToken_IsCancelledToo() => Differs(
        """readonly CancellationTokenSource _stop = new(); async Task RunAsync() { Observed.Note("a"); await Task.Delay(1); Observed.Note("b"); }""",
        """readonly CancellationTokenSource _stop = new(); async Task RunAsync() { Observed.Note("a"); await Task.Delay(1, _stop.Token); Observed.Note("b"); }""",
        [],
        "_stop of caller 0 is cancelled");

    [Fact]
    public async Task Program_ThatShowsNothing_IsRefused()
    {
        await Differs("async Task RunAsync() => await Task.Yield();", "async Task RunAsync() => await Task.Yield();", [], "no effect");
        await Differs("async Task RunAsync() { Observed.Note(\"a\"); await Task.Yield(); throw new InvalidOperationException(); }",
            "async Task RunAsync() => await Task.Yield();", [], "fails by itself");
    }

    [Fact]
    public void Mend_ThatThePageDoesNotState_IsRefused() =>
        Assert.Contains("does not say",
        Assert.ThrowsAny<Exception>(() => BehaviourVerifier.RequireStated(["AGD0901"], [Mend.Cancellation])).Message,
            StringComparison.Ordinal);

    private static Task Same(string source, string changed, Mend[] mends) =>
        BehaviourVerifier.VerifyAsync(source, changed, mends, BehaviourVerifier.Options(RuleTestOptions.Default));

    private static Task Differs(string source, string changed, Mend[] mends, params string[] parts) =>
        Fails(() => Same(source, changed, mends), parts);
}
