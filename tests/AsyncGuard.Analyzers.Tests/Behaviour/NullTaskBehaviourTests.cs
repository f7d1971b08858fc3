using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class NullTaskBehaviourTests : RuleTest<NullTaskAnalyzer, NullTaskFix>
{
    [Theory]
    [InlineData("""Task Work() { Observed.Note("a"); return [|null!|]; }""")]
    [InlineData("""Task Work() { Observed.Note("a"); return [|default!|]; }""")]
    [InlineData("""Task Work() => [|(Task)null!|];""")]
    [InlineData("""Task Work() => _skip ? [|null!|] : Observed.StepAsync("a");""")]
    [InlineData("""Task Work() => _run ? Observed.StepAsync("a") : [|null!|];""")]
    [InlineData("""Task Work() { if (_skip) return [|null!|]; return Observed.StepAsync("a"); }""")]
    [InlineData("""Task Work() { try { Observed.Note("a"); return Observed.StepAsync("b"); } catch (InvalidOperationException) { return [|null!|]; } }""")]
    [InlineData("""Task Work() { using (new Resource()) { Observed.Note("a"); return [|null!|]; } }""")]
    [InlineData("""Task Work() { try { Observed.Note("a"); return [|null!|]; } finally { Observed.Note("closed"); } }""")]
    [InlineData("""Task Work() { foreach (var i in new[] { 1, 2 }) { Observed.Note("a" + i); if (i == 2) return [|null!|]; } return Task.CompletedTask; }""")]
    [InlineData("""Task Work() { return Inner(); Task Inner() { Observed.Note("a"); return [|null!|]; } }""")]
    [InlineData("""Task Work() { Func<Task> f = () => { Observed.Note("a"); return [|null!|]; }; return f(); }""")]
    [InlineData("""Task Work() => Property; Task Property { get { Observed.Note("a"); return [|null!|]; } }""")]
    [InlineData("""Task Work() => _kind switch { 1 => Observed.StepAsync("a"), _ => [|null!|] };""")]
    [InlineData("""Task Work() => Load(); Task<int> Load() { Observed.Note("a"); return [|null!|]; }""")]
    [InlineData("""Task Work() => Load(); Task<string?> Load() { Observed.Note("a"); return [|null!|]; }""")]
    [InlineData("""Task Work() => Load<int>(); Task<T> Load<T>() { Observed.Note("a"); return [|null!|]; }""")]
    public Task Task_HasEnded_WhereItWasNull(string members) => Behaves(Program(members, "await Work();"), [Mend.NotNull]);

    // What looks at the task: a null that means something stays.
    [Theory]
    [InlineData("""Task Work() { Observed.Note("a"); return null!; }""", """if (Work() is { } work) await work; else Observed.Note("none");""")]
    [InlineData("""Task Work() { Observed.Note("a"); return null!; }""", """var work = Work(); if (work != null) await work; else Observed.Note("none");""")]
    [InlineData("""Task Work() { Observed.Note("a"); return null!; }""", """await (Work() ?? Observed.StepAsync("other"));""")]
    [InlineData("""Task Work() { Observed.Note("a"); return null!; }""", """var work = Work(); if (work == null) { Observed.Note("none"); return 2; } await work;""")]
    [InlineData("""Task Work() { Observed.Note("a"); return null!; }""", """var work = Work(); if (work is null) { Observed.Note("none"); return 2; } await work;""")]
    [InlineData("""Task Work() { Observed.Note("a"); return null!; }""", """var done = Work()?.IsCompleted; Observed.Note("done " + (done == null));""")]
    [InlineData("""Task Work() { Observed.Note("a"); return null!; }""", """var work = Work(); work ??= Observed.StepAsync("other"); await work;""")]
    [InlineData("""Func<Task> Work = () => { Observed.Note("a"); return null!; };""", """await (Work() ?? Observed.StepAsync("other"));""")]
    [InlineData("""Task Work() { return Inner() ?? Observed.StepAsync("other"); Task Inner() { Observed.Note("a"); return null!; } }""", "await Work();")]
    [InlineData("""Task Work() => Get() switch { null => Observed.StepAsync("other"), var task => task }; Task Get() { Observed.Note("a"); return null!; }""", "await Work();")]
    public Task Null_ThatACallerLooksFor_Stays(string members, string use) =>
        new RuleVerifier([new NullTaskAnalyzer()], new NullTaskFix())
            .BehavesWhateverIsReportedAsync(Program(members, use), [Mend.NotNull], BehaviourVerifier.Options(RuleTestOptions.Default));

    private static string Program(string members, string use) =>
        $$"""
        sealed class Resource : IDisposable { public void Dispose() => Observed.Note("disposed"); }
        readonly bool _skip = Environment.ProcessorCount > 0, _run = Environment.ProcessorCount < 0;
        readonly int _kind = Environment.ProcessorCount < 0 ? 1 : 2;
        {{members}}
        async Task<object> RunAsync()
        {
            await Observed.StepAsync("begin");
            try { {{use}} Observed.Note("went on"); return 1; }
            catch (NullReferenceException) { return "null"; }
        }
        """;
}
