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

    private const string Others =
        "static Task<int> LoadAsync() => Task.FromResult(1); static Task SaveAsync() => Task.CompletedTask; C? _inner; ";

    // In an async function a returned task is awaited where it is returned: its failure would meet the handler, and what is released or
    // disposed would be so later.
    [Theory]
    [InlineData("Task<int> M() { try { [|Thread.Sleep(1)|]; return LoadAsync(); } catch (IOException) { return Task.FromResult(2); } }")]
    [InlineData("Task M() { try { [|Thread.Sleep(1)|]; return SaveAsync(); } finally { Console.WriteLine(1); } }")]
    [InlineData("Task M() { using var reader = new StringReader(\"a\"); [|Thread.Sleep(1)|]; return SaveAsync(); }")]
    [InlineData("Task M() { [|Thread.Sleep(1)|]; using (new StringReader(\"a\")) { return SaveAsync(); } }")]
    [InlineData("Task<int> M(bool x) { [|Thread.Sleep(1)|]; try { return x ? LoadAsync() : Task.FromResult(1); } finally { Console.WriteLine(1); } }")]
    [InlineData(
        "Task<int> M(bool bad) { [|Thread.Sleep(1)|]; try { if (bad) return Task.FromException<int>(new IOException()); return Task.FromResult(1); } catch (IOException) { return Task.FromResult(2); } }")]
    // None of these is a task that has been started.
    [InlineData("Task M() { [|Thread.Sleep(1)|]; return new Task(() => { }); }")]
    [InlineData("Task<int> M(bool x) { [|Thread.Sleep(1)|]; return x ? LoadAsync() : new Task<int>(() => 1); }")]
    [InlineData("Task M(int x) { [|Thread.Sleep(1)|]; return x switch { 1 => SaveAsync(), _ => null! }; }")]
    [InlineData("Task M() { [|Thread.Sleep(1)|]; return (_inner?.N())!; } Task N() => Task.CompletedTask;")]
    // The other configuration would not compile.
    [InlineData("Task M() {\n[|Thread.Sleep(1)|];\n#if OTHER\nreturn SaveAsync();\n#else\nreturn Task.CompletedTask;\n#endif\n}")]
    public Task Fix_ThatChangesWhatIsReturned_IsNotOffered(string member) => NoFix(Others + member);

    [Theory]
    [InlineData(
        "Task<int> M() { [|Thread.Sleep(1)|]; try { return Task.FromResult(1); } catch (Exception e) { Console.WriteLine(e); return Task.FromException<int>(e); } }",
        "async Task<int> M() { await Task.Delay(1); try { return 1; } catch (Exception e) { Console.WriteLine(e); throw; } }")]
    [InlineData(
        "Task M() { [|Thread.Sleep(1)|]; return _inner?.N() ?? Task.CompletedTask; } Task N() => Task.CompletedTask;",
        "async Task M() { await Task.Delay(1); await (_inner?.N() ?? Task.CompletedTask); } Task N() => Task.CompletedTask;")]
    public Task Fix_KeepsWhatIsReturned(string source, string fixedSource) => Fixes(Others + source, Others + fixedSource);

    // A call of itself says nothing of who else calls it.
    [Theory]
    [InlineData("async Task M() { await LoadAsync(3); async Task LoadAsync(int n) { [|Thread.Sleep(n)|]; await LoadAsync(n - 1); } }")]
    [InlineData(
        "async Task M() { await A(3); async Task A(int n) { [|Thread.Sleep(n)|]; await B(n); } async Task B(int n) { [|Thread.Sleep(n)|]; await A(n - 1); } }")]
    public Task LocalFunction_ThatCallsItself_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData(
        "Task M(bool async) { if (!async) return A(3); return Task.Delay(1); Task A(int n) { Thread.Sleep(n); return n == 0 ? Task.CompletedTask : A(n - 1); } }")]
    [InlineData(
        "Task M(bool async) { if (!async) return A(3); return Task.Delay(1); Task A(int n) { Thread.Sleep(n); return B(n); } Task B(int n) { Thread.Sleep(n); return A(n - 1); } }")]
    public Task LocalFunction_ThatCallsItselfInSynchronousMode_IsSilent(string source) => Silent(source);

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
