using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingSleepTests
{
    // A value that is set back, a resource that ends, a struct that is only read
    [Theory]
    [InlineData(
        "static readonly AsyncLocal<int> L = new(); Task M() { var old = L.Value; L.Value = 1; [|Thread.Sleep(1)|]; L.Value = old; return Task.CompletedTask; }",
        "static readonly AsyncLocal<int> L = new(); async Task M() { var old = L.Value; L.Value = 1; await Task.Delay(1); L.Value = old; }")]
    [InlineData(
        "struct S { readonly int _n; public Task M() { [|Thread.Sleep(_n)|]; return Task.CompletedTask; } }",
        "struct S { readonly int _n; public async Task M() { await Task.Delay(_n); } }")]
    [InlineData(
        "[ThreadStatic] static int D; async Task M() { D = 1; Console.WriteLine(D); [|Thread.Sleep(1)|]; await Task.Yield(); }",
        "[ThreadStatic] static int D; async Task M() { D = 1; Console.WriteLine(D); await Task.Delay(1); await Task.Yield(); }")]
    public Task Fix_BesideWhatStaysTheSame(string source, string fixedSource) => Fixes(source, fixedSource);

    [Fact]
    public Task Fix_InACmdlet_IsNotOffered() => NoFix(
        """
        namespace System.Management.Automation
        {
            public abstract class Cmdlet { protected void WriteObject(object o) { } }
            public abstract class PSCmdlet : Cmdlet { }
        }
        class GetRows : System.Management.Automation.PSCmdlet
        {
            System.Threading.Tasks.Task LoadAsync()
            {
                [|System.Threading.Thread.Sleep(1)|];
                WriteObject(1);
                return System.Threading.Tasks.Task.CompletedTask;
            }
        }
        """,
        RuleTestOptions.File);

    [Theory]
    [InlineData(
        "class TaskOrchestrationContext { } class D { async Task RunAsync(TaskOrchestrationContext context) { [|Thread.Sleep(1)|]; await Task.Yield(); } }")]
    [InlineData(
        "class WorkflowAttribute : Attribute { } [Workflow] class D { async Task RunAsync() { [|Thread.Sleep(1)|]; await Task.Yield(); } }")]
    public Task Fix_InCodeThatIsReplayed_IsNotOffered(string source) => NoFix(source);
}
