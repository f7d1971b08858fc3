using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class DroppedRegistrationBehaviourTests : RuleTest<DroppedRegistrationAnalyzer, DroppedRegistrationFix>
{
    private static readonly Mend[] Mends = [Mend.Unregistered];

    [Theory]
    [InlineData(
        """[|token.Register(() => { Observed.Note("callback"); GC.KeepAlive(item); })|]; await Observed.WorkAsync("a", token); Observed.Note("b");""")]
    [InlineData(
        """var registration = [|token.Register(() => { Observed.Note("callback"); GC.KeepAlive(item); })|]; await Observed.WorkAsync("a", token); Observed.Note("b");""")]
    [InlineData("""[|token.Register(_ => { Observed.Note("callback"); GC.KeepAlive(item); }, null)|]; await Observed.StepAsync("a");""")]
    [InlineData(
        """try { [|token.Register(() => { Observed.Note("callback"); GC.KeepAlive(item); })|]; await Observed.WorkAsync("a", token); } finally { Observed.Note("closed"); }""")]
    [InlineData(
        """for (var i = 0; i < 2; i++) { [|token.Register(() => { Observed.Note("callback"); GC.KeepAlive(item); })|]; await Observed.StepAsync("a" + i); }""")]
    [InlineData(
        """var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); [|token.Register(() => done.TrySetResult())|]; await Observed.StepAsync("a"); done.TrySetResult(); await done.Task; Observed.Note("b");""")]
    [InlineData(
        """if (token.CanBeCanceled) { [|token.Register(() => { Observed.Note("callback"); GC.KeepAlive(item); })|]; await Observed.WorkAsync("a", token); } await Observed.StepAsync("b");""")]
    [InlineData(
        """[|token.Register(() => { Observed.Note("callback"); GC.KeepAlive(item); })|]; await foreach (var x in Rows()) Observed.Note(x); await Observed.StepAsync("a");""")]
    [InlineData(
        """[|token.Register(() => { Observed.Note("callback"); GC.KeepAlive(item); })|]; [|token.Register(() => { Observed.Note("callback"); GC.KeepAlive(item); })|]; await Observed.WorkAsync("a", token);""")]
    public Task Callback_EndsWithItsWork(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""token.Register(() => item.Close()); await Observed.StepAsync("open"); _open.Add(item);""")]
    [InlineData("""token.Register(() => item.Close()); await Observed.StepAsync("open"); _kept = item;""")]
    [InlineData("""token.Register(() => item.Close()); await Observed.StepAsync("open"); Keep(item);""")]
    [InlineData("""token.Register(() => item.Close()); await Observed.StepAsync("open"); lock (_open) { _open.Insert(0, item); }""")]
    [InlineData(
        """token.Register(item.Close); var later = Task.Run(async () => { await Task.Delay(30); item.Use(); }); await Observed.StepAsync("a"); _later = later;""")]
    public Task Callback_ThatOthersNeedLater_IsLeftAlone(string body) =>
        new RuleVerifier([new DroppedRegistrationAnalyzer()], new DroppedRegistrationFix())
            .BehavesWhateverIsReportedAsync(Program(body), Mends, BehaviourVerifier.Options(RuleTestOptions.Default));

    private static string Program(string body) =>
        $$"""
        sealed class Item { public void Close() => Observed.Note("closed"); public void Use() { } }
        readonly List<Item> _open = new();
        Item? _kept;
        Task? _later;
        void Keep(Item item) { lock (_open) _open.Add(item); }
        static async IAsyncEnumerable<string> Rows() { await Task.Yield(); yield return "row"; }
        async Task RunAsync(CancellationToken token)
        {
            var item = new Item();
            Observed.Note("begin");
            {{body}}
        }
        """;
}
