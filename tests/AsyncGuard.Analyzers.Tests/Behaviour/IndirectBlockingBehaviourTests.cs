using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class IndirectBlockingBehaviourTests : RuleTest<IndirectBlockingAnalyzer, IndirectBlockingFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData("""[|Save("a")|]; Observed.Note("b"); return 1;""")]
    [InlineData("""var n = [|Load("a", 2)|]; return n;""")]
    [InlineData("""return [|Load("a", 2)|] * 2;""")]
    [InlineData("""try { [|Save("a")|]; } catch (InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData("""try { [|Save("a")|]; await Observed.StepAsync("b"); } finally { Observed.Note("end: closed"); } return 1;""")]
    [InlineData("""for (var i = 0; i < 2; i++) { [|Save("a" + i)|]; await Observed.StepAsync("b"); } return 1;""")]
    [InlineData("""var name = [|Name|]; Observed.Note(name); return name;""")]
    [InlineData("""var store = [|new Store("a")|]; Observed.Note("b"); return store.Size;""")]
    [InlineData("""if ([|Load("a", 2)|] > 1) Observed.Note("more"); return 1;""")]
    [InlineData(
        """await InnerAsync(); return 1; async Task InnerAsync() { Observed.Note("x"); [|Save("a")|]; await Observed.StepAsync("b"); }""")]
    public Task Call_IsMadeByAnotherThread_AndElseTheSame(string body) => Behaves(Program(body), Mends);

    [Theory]
    [InlineData("""try { await Observed.WorkAsync("work", token); } finally { [|Save("a")|]; Observed.Note("closed"); } return 1;""")]
    [InlineData(
        """await _gate.WaitAsync(token); try { Observed.Enter("gate"); [|Save("a")|]; } finally { Observed.Leave("gate"); _gate.Release(); } return 1;""")]
    [InlineData("""_total += [|Load("a", 2)|]; await Observed.StepAsync("b"); return _total;""")]
    [InlineData(
        """Monitor.Enter(_lock); try { [|Save("a")|]; } finally { Monitor.Exit(_lock); } await Observed.StepAsync("b"); return 1;""")]
    public Task Call_WhereItsThreadOrItsOrderCounts_ChangesNothingElse(string body) => BehavesOrRefuses(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        readonly object _lock = new();
        readonly SemaphoreSlim _gate = new(1, 1);
        int _total;
        static void Save(string name) { Observed.Note(name); Thread.Sleep(1); }
        static int Load(string name, int n) { Observed.Note(name); Thread.Sleep(1); return n; }
        static string Name { get { Observed.Note("get"); Thread.Sleep(1); return "n"; } }
        sealed class Store { public Store(string name) { Observed.Note(name); Thread.Sleep(1); } public int Size => 3; }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
