using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>AGD0108 after a wait in a <c>finally</c>.</summary>
public sealed class SyncOverAsyncFlowTests : RuleTest<SyncOverAsyncAnalyzer, SyncOverAsyncFix>
{
    private const string Members = "\nstatic Task<int> RunAsync() => Task.Run(() => 1); void Work() { }";

    [Theory]
    [InlineData("int M() { var t = RunAsync(); try { Work(); } finally { [|t.Wait()|]; } return t.Result; }")]
    [InlineData("int M(bool x) { var t = RunAsync(); try { if (x) return 0; } finally { [|t.Wait()|]; } return t.Result; }")]
    [InlineData("int M() { var t = RunAsync(); try { [|t.Wait()|]; } finally { t = RunAsync(); } return [|t.Result|]; }")]
    [InlineData("int M() { var t = RunAsync(); try { try { Work(); } finally { [|t.Wait()|]; } } catch (Exception) { return "
        + "t.Result; } return t.Result; }")]
    [InlineData("int M() { var t = RunAsync(); try { Work(); [|t.Wait()|]; } catch (Exception) { } return [|t.Result|]; }")]
    [InlineData("IEnumerable<int> M() { var t = RunAsync(); try { yield return 1; } finally { [|t.Wait()|]; } yield return t.Result; }")]
    public Task Wait_InAFinally_ProvesCompletionAfterIt(string source) => Reports(source + Members);

    [Theory]
    [InlineData("void M() { Task.Yield().GetAwaiter().GetResult(); }")]
    [InlineData("int M(Task<int> job) { job.RunSynchronously(); return job.Result; }")]
    [InlineData("static readonly Task<int> None = Task.FromResult(0); int M() => None.Result;")]
    [InlineData("void M(Own own) { own.GetAwaiter().GetResult(); } class Own { public Awaiter GetAwaiter() => default; }"
        + " struct Awaiter : System.Runtime.CompilerServices.INotifyCompletion { public bool IsCompleted => false; public void "
        + "OnCompleted(Action a) => a(); public void GetResult() { } }")]
    public Task Wait_ThatNeverWaits_IsSilent(string source) => Silent(source + Members);
}
