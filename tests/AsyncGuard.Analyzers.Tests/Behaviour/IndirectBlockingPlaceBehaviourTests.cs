using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

public sealed class IndirectBlockingPlaceBehaviourTests : RuleTest<IndirectBlockingPlaceAnalyzer, IndirectBlockingPlaceFix>
{
    private static readonly Mend[] Mends = [Mend.Cancellation];

    [Theory]
    [InlineData("""var n = [|_lazy.Value|]; Observed.Note("b"); return n;""")]
    [InlineData("""return [|_lazy.Value|] + 1;""")]
    [InlineData("""var p = [|Get()|]; return p;""")]
    [InlineData("""var p = [|P|]; Observed.Note("b"); return p;""")]
    [InlineData("""[|Ensure()|]; Observed.Note("b"); return 1;""")]
    [InlineData("""try { [|Ensure()|]; } catch (InvalidOperationException) { Observed.Note("known"); } return 1;""")]
    [InlineData("""try { var n = [|_lazy.Value|]; return n; } finally { Observed.Note("end: closed"); }""")]
    [InlineData("""[|Ensure()|]; [|Ensure()|]; await Observed.StepAsync("b"); return 1;""")]
    [InlineData("""if ([|_lazy.Value|] > 0) await Observed.StepAsync("b"); return 1;""")]
    [InlineData(
        """return await InnerAsync(); async Task<object> InnerAsync() { var p = [|Get()|]; await Observed.StepAsync("b"); return p; }""")]
    public Task Value_IsMadeByAnotherThread_AndElseTheSame(string body) => Behaves(Program(body), Mends);

    private static string Program(string body) =>
        $$"""
        readonly Lazy<int> _lazy = new(() => { Thread.Sleep(1); return 1; });
        object? _p;
        object Get() => _p ??= Load();
        object P => _p ??= Load();
        static object Load() { Observed.Note("a"); Thread.Sleep(1); return 2; }
        bool _open;
        void Ensure() { if (_open) return; Observed.Note("a"); Thread.Sleep(1); _open = true; }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
