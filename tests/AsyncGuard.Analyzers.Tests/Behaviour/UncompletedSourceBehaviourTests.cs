using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class UncompletedSourceBehaviourTests : RuleTest<UncompletedSourceAnalyzer, UncompletedSourceFix>
{
    private static readonly Mend[] Mends = [Mend.Completed];

    [Theory]
    [InlineData("""await Later(() => {# _work("a");# done.TrySetResult(1);# });""")]
    [InlineData("""await Later(() => {# _work("a");# done.SetResult(1);# });""")]
    [InlineData("""await Later(() => {# Observed.Note("first");# _work("a");# if (_work != null) { done.TrySetResult(1); return; }# });""")]
    [InlineData("""await Later(() => {# if (done.Task.IsCompleted) return;# _work("a");# done.TrySetResult(1);# });""")]
    [InlineData("""_ = LaterAsync(async () => {# await Observed.StepAsync("a");# done.TrySetResult(1);# });""")]
    [InlineData(
        """_ = LaterAsync(async () => {# try {# await Observed.StepAsync("a");# done.TrySetResult(1);# } finally { Observed.Note("closed"); }# });""")]
    [InlineData("""try {# await Observed.StepAsync("a");# done.TrySetResult(1);# }# catch (Exception) {# Observed.Note("failed");# }""")]
    [InlineData(
        """try {# await Observed.StepAsync("a");# done.TrySetResult(1);# }# catch (Exception ex) {# Observed.Note("failed " + ex.Message);# }""")]
    [InlineData(
        """try {# await Observed.StepAsync("a");# done.TrySetResult(1);# }# catch (Exception) { }# finally {# Observed.Note("closed");# }""")]
    [InlineData("""_ = Task.Run(() => {# _work("a");# done.TrySetResult(1);# });""")]
    public Task Task_EndsWithTheFailure(string body) => Behaves(Program("[|", body, "|]"), Mends);

    [Theory]
    [InlineData(
        """for (var i = 0; i < 2; i++) {# try {# await Observed.StepAsync("a");# done.TrySetResult(1);# }# catch (Exception) {# Observed.Note("again");# }# }""")]
    [InlineData(
        """again: try {# await Observed.StepAsync("a");# done.TrySetResult(1);# }# catch (Exception) {# Observed.Note("again");# goto again;# }""")]
    [InlineData(
        """await Later(() => {# for (var i = 0; i < 2; i++) {# try {# _work("a");# done.TrySetResult(i);# return;# }# catch (Exception) {# Observed.Note("again");# }# }# });""")]
    [InlineData(
        """try {# await Observed.StepAsync("a");# done.TrySetResult(1);# }# catch (Exception) {# Observed.Note("instead");# }# done.TrySetResult(2);""")]
    [InlineData("""await Later(() => {# Observed.Note("first");# _work("a");# done.TrySetResult(1);# Observed.Note("last");# });""")]
    public Task Attempt_ThatIsRepeated_IsNotTheLast(string body) =>
        new RuleVerifier([new UncompletedSourceAnalyzer()], new UncompletedSourceFix())
            .BehavesWhateverIsReportedAsync(Program("", body, ""), Mends, BehaviourVerifier.Options(RuleTestOptions.Default));

    private static string Program(string open, string body, string close) =>
        $$"""
        readonly Action<string> _work = Observed.Note;
        static async Task Later(Action callback) { await Task.Yield(); try { callback(); } catch (Exception ex) { Observed.Note("lost " + ex.GetType().Name); } }
        static async Task LaterAsync(Func<Task> callback) { await Task.Yield(); await callback(); }
        async Task<int> RunAsync()
        {
            var done = {{open}}new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously){{close}};
            Observed.Note("begin");
            {{body.Replace("#", "\n   ", System.StringComparison.Ordinal)}}
            return await done.Task;
        }
        """;
}
