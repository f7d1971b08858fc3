using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class AsyncVoidBehaviourTests : RuleTest<AsyncVoidAnalyzer, AsyncVoidFix>
{
    private static readonly Mend[] Mends = [Mend.Awaited];

    [Theory]
    [InlineData(
        """async Task RunAsync() { await Observed.StepAsync("begin"); Save(); await Observed.StepAsync("c"); } async void [|Save|]() { await Observed.StepAsync("a"); Observed.Note("b"); }""")]
    [InlineData(
        """async Task RunAsync() { Observed.Note("begin"); Save(); Save(); await Task.Yield(); } async void [|Save|]() { await Observed.StepAsync("a"); Observed.Note("b"); }""")]
    [InlineData(
        """async Task RunAsync() { try { await Observed.StepAsync("begin"); Save(); } finally { Observed.Note("closed"); } } async void [|Save|]() { await Observed.StepAsync("a"); Observed.Note("b"); }""")]
    [InlineData(
        """async Task RunAsync() { await Observed.StepAsync("begin"); if (DateTime.UtcNow.Year > 1) Save(); Observed.Note("c"); } async void [|Save|]() { await Observed.StepAsync("a"); Observed.Note("b"); }""")]
    [InlineData(
        """async Task RunAsync() { await InnerAsync(); Observed.Note("c"); } async Task InnerAsync() { await Observed.StepAsync("begin"); Save(); } async void [|Save|]() { await Observed.StepAsync("a"); Observed.Note("b"); }""")]
    [InlineData(
        """async Task RunAsync() { await Observed.StepAsync("begin"); for (var i = 0; i < 2; i++) Save(); } async void [|Save|]() { await Observed.StepAsync("a"); Observed.Note("b"); }""")]
    [InlineData(
        """async Task RunAsync() { await Observed.StepAsync("begin"); Local(); async void [|Local|]() { await Observed.StepAsync("a"); } }""")]
    [InlineData(
        """async Task RunAsync() { await Observed.StepAsync("begin"); Handle("x"); } async void [|Handle|](string s) { try { await Observed.StepAsync(s); } catch (InvalidOperationException) { Observed.Note("known"); } }""")]
    [InlineData(
        """async Task RunAsync() { Observed.Enter("x"); try { await Observed.StepAsync("begin"); Save(); } finally { Observed.Leave("x"); } } async void [|Save|]() { await Observed.StepAsync("a"); Observed.Note("b"); }""")]
    public Task Method_ReturnsItsTask_ToCallersThatAwaitIt(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData(
        """Task RunAsync() { Observed.Note("begin"); Save(); return Task.CompletedTask; } async void [|Save|]() { await Observed.StepAsync("a"); Observed.Note("b"); }""")]
    [InlineData(
        """async Task RunAsync() { await Observed.StepAsync("begin"); Action run = Save; run(); Observed.Note("c"); } async void [|Save|]() { await Observed.StepAsync("a"); Observed.Note("b"); }""")]
    public Task Method_WhoseCallerCannotAwait_ChangesNothingElse(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        {{body}}
        """;
}
