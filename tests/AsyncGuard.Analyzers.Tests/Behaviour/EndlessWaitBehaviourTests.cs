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
