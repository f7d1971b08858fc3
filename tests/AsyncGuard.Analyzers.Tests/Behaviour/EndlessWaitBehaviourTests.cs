using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class EndlessWaitBehaviourTests : RuleTest<EndlessWaitAnalyzer, EndlessWaitFix>
{
    private const string Work = """Observed.Enter("gate"); await Observed.StepAsync("work"); Observed.Leave("gate");""";

    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData($$"""await [|_gate.WaitAsync()|]; try { {{Work}} } finally { _gate.Release(); }""")]
    [InlineData($$"""await [|_gate.WaitAsync()|].ConfigureAwait(false); try { {{Work}} } finally { _gate.Release(); }""")]
    [InlineData(
        $$"""try { await [|_gate.WaitAsync()|]; try { {{Work}} } finally { _gate.Release(); } } finally { Observed.Note("closed"); }""")]
    [InlineData(
        """for (var i = 0; i < 2; i++) { await [|_gate.WaitAsync()|]; try { await Observed.StepAsync("work"); } finally { _gate.Release(); } }""")]
    [InlineData("""await [|_gate.WaitAsync(Timeout.Infinite)|]; try { await Observed.StepAsync("work"); } finally { _gate.Release(); }""")]
    [InlineData(
        """await _other.WaitAsync(token); try { await [|_gate.WaitAsync()|]; try { await Observed.StepAsync("work"); } finally { _gate.Release(); } } finally { _other.Release(); }""")]
    [InlineData("""_items.Writer.TryWrite("x"); Observed.Note(await [|_items.Reader.ReadAsync()|]); Observed.Note("read");""")]
    [InlineData(
        """_ = Task.Run(async () => { await Task.Delay(5); _ready.TrySetResult(); }); await [|_ready.Task|]; Observed.Note("ready");""")]
    public Task Wait_ObeysTheToken(string body) => Behaves(Program(body), Mends, Options);

    [Theory]
    [InlineData($$"""try { await [|_gate.WaitAsync()|]; {{Work}} } finally { _gate.Release(); }""")]
    [InlineData($$"""try { await [|_gate.WaitAsync()|]; {{Work}} _gate.Release(); } catch (Exception) { _gate.Release(); throw; }""")]
    [InlineData($$"""try { Observed.Note("first"); await [|_gate.WaitAsync()|]; {{Work}} } finally { _gate.Release(); }""")]
    [InlineData(
        $$"""var taken = false; try { await [|_gate.WaitAsync()|]; taken = true; {{Work}} } finally { if (taken) _gate.Release(); }""")]
    [InlineData(
        """try { if (token.CanBeCanceled) { await [|_gate.WaitAsync()|]; } await Observed.StepAsync("work"); } finally { _gate.Release(); }""")]
    public Task Acquire_InTheTryOfItsRelease_IsNotCancelledThere(string body) => BehavesOrRefuses(Program(body), Mends, Options);

    [Theory]
    [InlineData("_line.Enqueue(mine); return await [|mine.Task|];")]
    [InlineData("_line.Enqueue(mine); await [|mine.Task|].ConfigureAwait(false); return 1;")]
    [InlineData("_list.AddLast(mine); return await [|mine.Task|];")]
    [InlineData("_pending[1] = mine; var x = await [|mine.Task|]; _pending.Remove(1); return x;")]
    [InlineData("_jobs.Enqueue((1, mine)); return await [|mine.Task|];")]
    public Task Waiter_InALine_IsNotServedForNothing(string body) => NoFix(Line(body));

    [Theory]
    [InlineData("_pending[1] = mine; try { return await [|mine.Task|]; } finally { _pending.Remove(1); }",
        "_pending[1] = mine; try { return await mine.Task.WaitAsync(token); } finally { _pending.Remove(1); }")]
    [InlineData("Start(mine); return await [|mine.Task|];", "Start(mine); return await mine.Task.WaitAsync(token);")]
    public Task Waiter_ThatIsTakenOut_MayGiveUp(string body, string changed) => Fixes(Line(body), Line(changed));

    private static string Line(string body) =>
        $$"""
        readonly Queue<TaskCompletionSource<int>> _line = new();
        readonly LinkedList<TaskCompletionSource<int>> _list = new();
        readonly Queue<(int, TaskCompletionSource<int>)> _jobs = new();
        readonly Dictionary<int, TaskCompletionSource<int>> _pending = new();
        static void Start(TaskCompletionSource<int> source) => source.TrySetResult(1);
        async Task<int> M(CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            var mine = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            {{body}}
        }
        """;

    private static RuleTestOptions Options { get; } = new() { ExtraUsings = ["System.Threading.Channels"] };

    private static string Program(string body) =>
        $$"""
        readonly SemaphoreSlim _gate = new(1, 1);
        readonly SemaphoreSlim _other = new(2, 2);
        readonly Channel<string> _items = Channel.CreateUnbounded<string>();
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
