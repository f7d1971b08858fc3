using System.Threading.Tasks;
using AsyncGuard.Fixes.Necessity;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Necessity;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class AsyncWithoutAwaitBehaviourTests : RuleTest<AsyncWithoutAwaitAnalyzer, AsyncWithoutAwaitFix>
{
    // What runs is the same, and what fails ends in the task.
    [Theory]
    [InlineData("""async Task<int> [|Work|]() => 1;""")]
    [InlineData("""async Task<int> [|Work|]() { var sum = 0; for (var i = 0; i < 3; i++) { sum += i; } return sum; }""")]
    [InlineData("""async Task<int> [|Work|]() { if (_n > 0) return 1; _n = 2; return _n; }""")]
    [InlineData("""async Task<int> [|Work|]() { var list = new List<int> { 1, 2 }; list.Add(3); return list.Count; }""")]
    [InlineData("""async Task<int> [|Work|]() => int.Parse(_text);""")]
    [InlineData("""async Task<int> [|Work|]() { var map = new Dictionary<string, int>(); return map["a"]; }""")]
    [InlineData("""async Task<int> [|Work|]() { try { return int.Parse(_text); } finally { _n++; } }""")]
    [InlineData("""async Task<int> [|Work|]() { try { return int.Parse(_text); } catch (FormatException) { return 3; } }""")]
    [InlineData("""async Task<int> [|Work|]() { throw new NotSupportedException(_text); }""")]
    [InlineData("""async Task<int> [|Work|]() => throw new InvalidOperationException("a" + _n);""")]
    [InlineData("""async ValueTask<int> [|Work|]() { _n++; return checked(_n + 1); }""")]
    [InlineData("""async Task<int> [|Work|]() { using var stream = new MemoryStream(); stream.WriteByte(1); return (int)stream.Length; }""")]
    public Task Body_ThatCannotBeCancelled_EndsItsTaskAsBefore(string member) => Behaves(Program(member), []);

    // What it calls may throw a cancellation, which would end the task as a failure.
    [Theory]
    [InlineData("""async Task<int> [|Work|]() { Observed.Note("a"); return 1; }""")]
    [InlineData("""async Task<int> [|Work|]() { Observed.Note("a"); Observed.Note("b"); return 1; }""")]
    [InlineData("""async Task<int> [|Work|]() { if (_n == 0) Observed.Note("a"); return 1; }""")]
    [InlineData("""async Task<int> [|Work|]() { try { Observed.Note("a"); } catch (InvalidOperationException) { } return 1; }""")]
    [InlineData("""async Task<int> [|Work|]() { foreach (var i in new[] { 1, 2 }) Observed.Note("a" + i); return 1; }""")]
    [InlineData("""async Task<int> [|Work|]() { Action act = () => Observed.Note("a"); act(); return 1; }""")]
    [InlineData("""async Task<int> [|Work|]() { _stop.Token.ThrowIfCancellationRequested(); Observed.Note("a"); return 1; }""")]
    [InlineData("""async Task<int> [|Work|]() { Observed.StepAsync("a").GetAwaiter().GetResult(); return 1; }""")]
    public Task Body_ThatMayBeCancelled_IsAsItWasToWhoAwaits(string member) =>
        BehavesOrRefuses(Program(member).Replace("Observed.Note(Status(task));", ""), []);

    private static string Program(string member) =>
        $$"""
        int _n;
        readonly string _text = "x";
        readonly CancellationTokenSource _stop = new();
        {{member}}
        static string Status(Task task) => task.Status.ToString();
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            var task = Work(){{(member.Contains("ValueTask") ? ".AsTask()" : "")}};
            Observed.Note("started");
            Observed.Note(Status(task));
            try { return await task; }
            catch (Exception e) when (e is not OperationCanceledException) { Observed.Note(e.GetType().Name + e.Message); return -1; }
        }
        """;
}
