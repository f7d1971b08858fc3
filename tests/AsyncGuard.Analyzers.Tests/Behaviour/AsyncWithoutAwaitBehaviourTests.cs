using System.Threading.Tasks;
using AsyncGuard.Fixes.Necessity;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Necessity;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class AsyncWithoutAwaitBehaviourTests : RuleTest<AsyncWithoutAwaitAnalyzer, AsyncWithoutAwaitFix>
{
    // The task that is returned fails where the async one did, and the call itself never.

    [Theory]
    [InlineData("""async Task [|M|]() { Observed.Note("a"); }""")]
    [InlineData("""async Task [|M|]() { Observed.Note("a"); Observed.Note("b"); }""")]
    [InlineData("""async Task [|M|]() { Observed.Enter("x"); try { Observed.Note("a"); } finally { Observed.Leave("x"); } }""")]
    [InlineData("""async Task [|M|]() { if (_n++ > 0) return; Observed.Note("a"); }""")]
    [InlineData("""async Task [|M|]() => Observed.Note("a");""")]
    [InlineData("""async Task [|M|]() { foreach (var item in new[] { "a", "b" }) Observed.Note(item); }""")]
    [InlineData("""async Task [|M|]() { try { Observed.Note("a"); } catch (IOException) { Observed.Note("b"); } }""")]
    [InlineData("""async Task [|M|]() { lock (_items) { Observed.Note("a"); } }""")]
    public Task Task_EndsAsBefore(string member) => Behaves(Program(member, "await Guarded(M);"), []);

    [Theory]
    [InlineData("""async Task<int> [|M|]() { Observed.Note("a"); return 1; }""")]
    [InlineData("""async Task<int> [|M|]() => int.Parse(_items[0]);""")]
    [InlineData("""async Task<int> [|M|]() { if (_n++ == 0) return 1; Observed.Note("a"); return 2; }""")]
    public Task Result_IsWhatItWas(string member) => Behaves(Program(member, """await Guarded(M); try { Observed.Note((await M()).ToString()); } catch (FormatException) { Observed.Note("format"); }"""), []);

    [Theory]
    [InlineData("""async Task [|M|]() { throw new IOException(); }""")]
    [InlineData("""async Task [|M|]() { if (_n++ == 0) throw new OperationCanceledException(); Observed.Note("a"); }""")]
    public Task Task_OfABodyThatThrows_EndsAsBefore(string member) => BehavesOrRefuses(Program(member, "await Guarded(M);"), []);

    // What is thrown by the call and what by the task is told apart.
    private static string Program(string member, string use) =>
        $$"""
        int _n;
        readonly string[] _items = ["x"];
        {{member}}
        async Task Guarded(Func<Task> start)
        {
            Task task;
            try { task = start(); } catch (Exception e) { Observed.Note("call: " + e.GetType().Name); return; }
            Observed.Note("started");
            try { await task; } catch (Exception e) { Observed.Note($"{task.Status}: {e.GetType().Name}"); }
        }
        async Task RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{use}}
        }
        """;
}
