using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.Fixes.Necessity;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using AsyncGuard.Rules.Necessity;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

/// <summary>
/// What a function sets for its caller, for its struct or for its thread is the same after a fix that makes it async, or not async any
/// more.
/// </summary>
public sealed class AmbientStateBehaviourTests
{
    private const string State =
        """
        static readonly AsyncLocal<int> _local = new();
        static readonly ThreadLocal<int> _own = new();
        [ThreadStatic] static int _depth;
        static void Set() => _local.Value = 7;
        struct Counter
        {
            public int Count;
            MEMBERS
        }

        """;

    [Theory]
    [InlineData(
        """Task RunAsync() { Enter(); Observed.Note("got " + _local.Value); return Task.CompletedTask; } static Task Enter() { _local.Value = 5; Thread.Sleep(1); return Task.CompletedTask; }""")]
    [InlineData(
        """Task RunAsync() { Enter(); Observed.Note("got " + _local.Value); return Task.CompletedTask; } static Task Enter() { Set(); Thread.Sleep(1); return Task.CompletedTask; }""")]
    [InlineData(
        """Task RunAsync() { Func<Task> enter = () => { _local.Value = 5; Thread.Sleep(1); return Task.CompletedTask; }; enter(); Observed.Note("got " + _local.Value); return Task.CompletedTask; }""")]
    [InlineData(
        """Task RunAsync() { Enter(); Observed.Note("got " + System.Globalization.CultureInfo.CurrentCulture.Name); return Task.CompletedTask; } static Task Enter() { System.Globalization.CultureInfo.CurrentCulture = new("de-DE"); Thread.Sleep(1); return Task.CompletedTask; }""")]
    [InlineData(
        """Task RunAsync() { Enter(); Observed.Note("got " + System.Diagnostics.Activity.Current?.OperationName); return Task.CompletedTask; } static Task Enter() { new System.Diagnostics.Activity("load").Start(); Thread.Sleep(1); return Task.CompletedTask; }""")]
    [InlineData("""async Task RunAsync() { await Task.Yield(); _depth = 3; Thread.Sleep(1); Observed.Note("depth " + _depth); }""")]
    [InlineData("""async Task RunAsync() { await Task.Yield(); _own.Value = 3; Thread.Sleep(1); Observed.Note("own " + _own.Value); }""")]
    [InlineData(
        """async Task RunAsync() { await Task.Yield(); _depth++; try { Observed.Note("depth " + _depth); Thread.Sleep(1); } finally { _depth--; } Observed.Note("depth " + _depth); }""")]
    public Task Sleep_BesideAmbientState(string members) => BehavesAsync<BlockingSleepAnalyzer, BlockingSleepFix>(State + members);

    [Theory]
    [InlineData("""public Task AddAsync() { Count++; Thread.Sleep(1); return Task.CompletedTask; }""")]
    [InlineData("""public Task AddAsync() { Add(1); Thread.Sleep(1); return Task.CompletedTask; } void Add(int n) => Count += n;""")]
    [InlineData("""public Task AddAsync() { (Count, _) = (Count + 1, 0); Thread.Sleep(1); return Task.CompletedTask; }""")]
    [InlineData("""public Task AddAsync() { Interlocked.Increment(ref Count); Thread.Sleep(1); return Task.CompletedTask; }""")]
    public Task Sleep_InAStruct(string members) => BehavesAsync<BlockingSleepAnalyzer, BlockingSleepFix>(
        State.Replace("MEMBERS", members, System.StringComparison.Ordinal)
        + """Task RunAsync() { var counter = new Counter(); counter.AddAsync(); Observed.Note("count " + counter.Count); return Task.CompletedTask; }""");

    [Theory]
    [InlineData(
        """async Task RunAsync() { await Task.Yield(); await EnterAsync(); Observed.Note("got " + _local.Value); } static async Task EnterAsync() { _local.Value = 5; }""")]
    [InlineData(
        """async Task RunAsync() { await Task.Yield(); await EnterAsync(); Observed.Note("got " + _local.Value); } static async Task<int> EnterAsync() { Set(); return 1; }""")]
    [InlineData(
        """async Task RunAsync() { await Task.Yield(); var counter = new Counter(); await counter.AddAsync(); Observed.Note("count " + counter.Count); }""")]
    public Task Async_ThatIsNeedless(string members) => BehavesAsync<AsyncWithoutAwaitAnalyzer, AsyncWithoutAwaitFix>(
        State.Replace("MEMBERS", "public async Task AddAsync() { Count++; }", System.StringComparison.Ordinal) + members);

    private static Task BehavesAsync<TAnalyzer, TFix>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        new RuleVerifier([new TAnalyzer()], new TFix()).BehavesWhateverIsReportedAsync(
            source.Replace("MEMBERS", "", System.StringComparison.Ordinal), [Mend.ThreadOnly],
            BehaviourVerifier.Options(RuleTestOptions.Default));
}
