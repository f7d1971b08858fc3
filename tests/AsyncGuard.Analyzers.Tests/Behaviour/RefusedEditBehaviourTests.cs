using System;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using AsyncGuard.Rules.Cancellation;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

/// <summary>What a fix would break, had it been offered: it is not, and the program with the edit does something else.</summary>
public sealed class RefusedEditBehaviourTests
{
    private const string Sleep = "[|Thread.Sleep(1)|]";
    private const string Delay = "await Task.Delay(1)";

    private const string Loop =
        """
        sealed class Loop : SynchronizationContext
        {
            readonly System.Collections.Concurrent.BlockingCollection<Action> _work = new();
            public override void Post(SendOrPostCallback work, object? state) => _work.Add(() => work(state));
            public Task Run(Action action)
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var thread = new Thread(() =>
                {
                    SetSynchronizationContext(this);
                    try { action(); done.SetResult(); }
                    catch (Exception e) { done.SetException(e); }
                    while (true) _work.Take()();
                });
                thread.IsBackground = true;
                thread.Start();
                return done.Task;
            }
        }

        """;

    [Fact]
    public Task Await_BetweenALockAndItsRelease() => SleepingBreaks(
        """
        readonly object _lock = new();
        async Task RunAsync()
        {
            await Observed.StepAsync("begin");
            Monitor.Enter(_lock);
            try { [|Thread.Sleep(1)|]; Observed.Note("held"); }
            finally { Monitor.Exit(_lock); }
        }
        """,
        "SynchronizationLockException");

    [Fact]
    public Task Await_BetweenReadingAndWritingWhatOthersChange() => Breaks<BlockingCallAnalyzer, BlockingCallFix>(
        """
        int _total;
        int Load() { Thread.Sleep(1); return 1; }
        async Task<int> LoadAsync() { await Observed.StepAsync("load"); return 1; }
        async Task<object> RunAsync()
        {
            Observed.Note("begin");
            await Task.WhenAll(AddAsync(), AddAsync());
            return _total;
        }
        async Task AddAsync() { await Task.Yield(); _total += [|Load()|]; }
        """,
        source => source.Replace("[|Load()|]", "await LoadAsync()"),
        [Mend.ThreadOnly], "does something else");

    [Fact]
    public Task Await_BetweenACheckAndTheChangeThatItDecides() => Breaks<BlockingCallAnalyzer, BlockingCallFix>(
        """
        string? _text;
        int _loads;
        string Load() { Thread.Sleep(1); _loads++; return "text"; }
        async Task<string> LoadAsync() { await Observed.StepAsync("load"); _loads++; return "text"; }
        async Task<object> RunAsync()
        {
            Observed.Note("begin");
            await Task.WhenAll(FillAsync(), FillAsync());
            return _loads;
        }
        async Task FillAsync() { if (_text is not null) return; _text = [|Load()|]; await Task.Yield(); }
        """,
        source => source.Replace("[|Load()|]", "await LoadAsync()"),
        [Mend.ThreadOnly], "does something else");

    [Fact]
    public Task Await_InWhatACallerDrops() => SleepingBreaks(
        """
        bool _isLoaded;
        Task LoadAsync() { [|Thread.Sleep(1)|]; _isLoaded = true; return Task.CompletedTask; }
        async Task RunAsync()
        {
            await Observed.StepAsync("begin");
            Start();
        }
        void Start() { _ = LoadAsync(); Observed.Note("loaded: " + _isLoaded); }
        """,
        "loaded: False", changes: source => source.Replace("Task LoadAsync", "async Task LoadAsync").Replace(" return Task.CompletedTask;", ""));

    [Fact]
    public Task Await_InWhatAUserInterfaceBlocksOn() => SleepingBreaks(
        Loop +
        """
        class View : System.ComponentModel.INotifyPropertyChanged
        {
            public event System.ComponentModel.PropertyChangedEventHandler? PropertyChanged;
            async Task LoadAsync() { [|Thread.Sleep(1)|]; }
            public void Show() { Observed.Note(LoadAsync().Wait(500) ? "shown" : "hangs"); PropertyChanged?.Invoke(this, new("")); }
        }
        async Task RunAsync()
        {
            await Observed.StepAsync("begin");
            await new Loop().Run(() => new View().Show());
        }
        """,
        "hangs");

    [Fact]
    public Task Await_InFrontOfTheAnswerToAnEvent() => SleepingBreaks(
        """
        event EventHandler<System.ComponentModel.CancelEventArgs>? Closing;
        async Task RunAsync()
        {
            await Observed.StepAsync("begin");
            Closing += OnClosing;
            Raise();
        }
        void Raise()
        {
            var closing = new System.ComponentModel.CancelEventArgs();
            Closing?.Invoke(this, closing);
            Observed.Note(closing.Cancel ? "stays open" : "closes");
        }
        async void OnClosing(object? sender, System.ComponentModel.CancelEventArgs e) { [|Thread.Sleep(1)|]; e.Cancel = true; }
        """,
        "closes");

    [Fact]
    public Task Await_InAFunctionThatSetsWhatFlowsToItsCaller() => SleepingBreaks(
        """
        static readonly AsyncLocal<int> _user = new();
        async Task RunAsync()
        {
            await Observed.StepAsync("begin");
            await EnterAsync();
            Observed.Note("user " + _user.Value);
        }
        Task EnterAsync() { _user.Value = 5; [|Thread.Sleep(1)|]; return Task.CompletedTask; }
        """,
        "user 0", changes: source => source.Replace("Task EnterAsync() {", "async Task EnterAsync() {").Replace(" return Task.CompletedTask; }", " }"));

    [Fact]
    public Task Await_OfATaskThatACallTakes() => Breaks<BlockingPrimitiveAnalyzer, BlockingPrimitiveFix>(
        """
        readonly System.Collections.Concurrent.BlockingCollection<Task<int>> _tasks = new();
        async Task<object> RunAsync()
        {
            await Observed.StepAsync("begin");
            _tasks.Add(Task.FromResult(1));
            object taken = [|_tasks.Take()|];
            return taken is Task ? "a task" : "a result";
        }
        """,
        source => source.Replace("[|_tasks.Take()|]", "await Task.Run(() => _tasks.Take())"),
        [Mend.Cancellation], "a result");

    [Fact]
    public Task Await_OfWorkThatIsSignalledLater() => Breaks<AsyncVoidAnalyzer, AsyncVoidFix>(
        """
        readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        async void [|Work|]() { await _go.Task.WaitAsync(TimeSpan.FromMilliseconds(500)); Observed.Note("works"); _done.SetResult(); }
        async Task RunAsync()
        {
            Observed.Note("begin");
            Work();
            _go.SetResult();
            await _done.Task;
        }
        """,
        source => source.Replace("async void [|Work|]", "async Task Work").Replace("    Work();", "    await Work();"),
        [Mend.Awaited], "TimeoutException");

    [Fact]
    public Task Token_ForAPauseBetweenATaskAndItsAwait() => Breaks<TokenNotPassedAnalyzer, TokenNotPassedFix>(
        """
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            var work = WorkAsync();
            await Task.[|Delay|](1);
            return await work;
        }
        async Task<int> WorkAsync() { await Task.Yield(); await Observed.StepAsync("work"); Observed.Note("done"); return 1; }
        """,
        source => source.Replace("[|Delay|](1)", "Delay(1, token)"),
        [], "does something else");

    [Fact]
    public Task Await_OfATaskThatMayBeNull_InAUsing() => Breaks<UnawaitedResourceAnalyzer, UnawaitedResourceFix>(
        """
        int _locks;
        sealed class Hold : IDisposable { public void Dispose() => Observed.Note("released"); }
        async Task<Hold> LockAsync() { await Observed.StepAsync("lock"); return new Hold(); }
        async Task RunAsync()
        {
            await Observed.StepAsync("begin");
            using ([|_locks > 0 ? LockAsync() : null|]) Observed.Note("body");
            Observed.Note("end");
        }
        """,
        source => source.Replace("[|_locks > 0 ? LockAsync() : null|]", "await (_locks > 0 ? LockAsync() : null)!"),
        [Mend.Handled], "NullReferenceException");

    private static Task SleepingBreaks(string source, string difference, Func<string, string>? changes = null) =>
        Breaks<BlockingSleepAnalyzer, BlockingSleepFix>(source,
            original => (changes?.Invoke(original) ?? original).Replace(Sleep, Delay), [Mend.ThreadOnly, Mend.Cancellation], difference);

    private static async Task Breaks<TAnalyzer, TFix>(string source, Func<string, string> edit, Mend[] mends, string difference)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var options = BehaviourVerifier.Options(RuleTestOptions.Default);
        await new RuleVerifier([new TAnalyzer()], new TFix()).NoFixAsync(source, options);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() =>
            BehaviourVerifier.VerifyAsync(source.Replace("[|", "").Replace("|]", ""), edit(source), mends, options));
        Assert.Contains("does something else", failure.Message, StringComparison.Ordinal);
        Assert.Contains(difference, failure.Message, StringComparison.Ordinal);
    }
}
