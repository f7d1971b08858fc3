using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class SyncOverAsyncTests : RuleTest<SyncOverAsyncAnalyzer, SyncOverAsyncFix>
{
    [Theory]
    [InlineData("int M(Task<int> t) => [|t.Result|];")]
    [InlineData("int M(ValueTask<int> t) => [|t.Result|];")]
    [InlineData("void M(Task t) { [|t.Wait()|]; }")]
    [InlineData("void M(Task t) { [|t.Wait(1000)|]; }")]
    [InlineData("bool M(Task t, CancellationToken c) => [|t.Wait(100, c)|];")]
    [InlineData("void M(Task t) { [|t.GetAwaiter().GetResult()|]; }")]
    [InlineData("int M(Task<int> t) => [|t.ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("void M(Task a, Task b) { [|Task.WaitAll(a, b)|]; }")]
    [InlineData("int M(Task[] ts) => [|Task.WaitAny(ts)|];")]
    [InlineData(
        "void M(Custom c) { [|c.GetAwaiter().GetResult()|]; } class Custom { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => default; }")]
    [InlineData("int M() => [|Task.Run(() => 1).Result|];")]
    [InlineData("async Task M(Task<int> t) { await Task.Yield(); int Local() => [|t.Result|]; Local(); }")]
    [InlineData("async Task M(Task<int> t) { await Task.Yield(); Func<int> f = () => [|Task.Run(() => 1).Result|]; f(); }")]
    [InlineData("void M() { Func<Task<int>, int> f = t => [|t.Result|]; }")]
    [InlineData("void M(Task<int> a, Task<int> b) { [|a.Wait()|]; Console.WriteLine([|b.Result|]); }")]
    [InlineData("int M(Task<int> t, bool x) { if (x) [|t.Wait()|]; return [|t.Result|]; }")]
    [InlineData("int M(IEnumerable<Task<int>> ts) => ts.Select(t => [|t.Result|]).Sum();")]
    [InlineData("async void M(Task<int> t) { await Task.Yield(); Local(); void Local() { Console.WriteLine([|t.Result|]); } }")]
    [InlineData("public static int operator +(C c, Task<int> t) => [|t.Result|];")]
    [InlineData("void M(Task t) { Task.Run(Work); Work(); void Work() { [|t.Wait()|]; } }")]
    [InlineData("void M(Task t) { try { [|t.Wait()|]; } catch (AggregateException) { } }")]
    [InlineData("IEnumerable<int> M(Task<int> t) { yield return [|t.Result|]; }")]
    [InlineData("static int Main(Task<int> t, int x) { int Local() => [|t.Result|]; return Local(); }")]
    public Task Wait_InSynchronousCode_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("C(Task t) { {|#0:t.Wait()|}; }")]
    [InlineData("int _x = {|#0:Task.Run(() => 1).Result|};")]
    [InlineData("static int X = {|#0:Task.Run(() => 1).Result|};")]
    [InlineData("static int X { get; } = {|#0:Task.Run(() => 1).Result|};")]
    [InlineData("static C() { {|#0:Task.Delay(1).Wait()|}; }")]
    [InlineData("~C() { {|#0:Task.Delay(1).Wait()|}; }")]
    [InlineData("Task<int> _t = null!; int P => {|#0:_t.Result|};")]
    [InlineData("Task<int> _t = null!; int P { get { return {|#0:_t.Result|}; } }")]
    [InlineData("class D : IDisposable { public void Dispose() => {|#0:Task.Delay(1).Wait()|}; }")]
    [InlineData("class D : IDisposable { void IDisposable.Dispose() => {|#0:Task.Delay(1).Wait()|}; }")]
    [InlineData(
        "class D : IDisposable { public void Dispose() { } protected virtual void Dispose(bool disposing) { {|#0:Task.Delay(1).Wait()|}; } }")]
    [InlineData("void M(IServiceCollection services) { services.AddSingleton(p => {|#0:Task.Run(() => \"\").Result|}); }")]
    [InlineData(
        "void M(IServiceCollection services) { services.AddScoped<object>(p => { return {|#0:Task.Run(() => new object()).GetAwaiter().GetResult()|}; }); }")]
    public Task Wait_WhereItIsNotExpected_IsAWarning(string source) =>
    Reports(source, DependencyInjection with { Expected = [new DiagnosticResult("AGD0108", DiagnosticSeverity.Warning).WithLocation(0)] });

    private static RuleTestOptions DependencyInjection =>
        RuleTestOptions.Default with { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.Extensions.DependencyInjection"] };

    [Theory]
    [InlineData("int M(Task<int> t) { t.Wait(0); return t.IsCompleted ? t.Result : 0; }")]
    [InlineData("bool M(Task t) => t.Wait(TimeSpan.Zero);")]
    [InlineData("int M() => Task.FromResult(1).Result;")]
    [InlineData("int M(Task<int> t) { if (!t.IsCompleted) return 0; return t.Result; }")]
    [InlineData("int M(Task<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;")]
    [InlineData("int M(Task<int> t) => t.Status == TaskStatus.RanToCompletion ? t.Result : 0;")]
    [InlineData("int M(Task t) => t is Task<int> { Status: TaskStatus.RanToCompletion } done ? done.Result : 0;")]
    [InlineData("int M(Task t) => t.IsCompleted && t is Task<int> done ? done.Result : 0;")]
    [InlineData(
        "int M(Task t) { switch (t.Status) { case TaskStatus.RanToCompletion: return t is Task<int> done ? done.Result : 0; case TaskStatus.Faulted: t.GetAwaiter().GetResult(); break; } return 0; }")]
    [InlineData("Task<int> M(Task<int> t) => t.ContinueWith(x => x.Result + 1);")]
    [InlineData("void M(Task<int> t) { t.ContinueWith(Done); } void Done(Task<int> t) { if (t.IsFaulted) return; }")]
    public Task Task_ProvenComplete_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("int M(Task<int> t) { [|t.Wait()|]; return t.Result; }")]
    [InlineData("int M(Task<int> a, Task<int> b) { [|Task.WaitAll(a, b)|]; return a.Result + b.Result; }")]
    [InlineData("int M(Task<int>[] ts) { [|Task.WaitAll(ts)|]; return ts[0].Result + ts.Sum(t => t.Result); }")]
    [InlineData("int M(Task<int> t) { if ([|t.Wait(100)|]) return t.Result; return 0; }")]
    [InlineData("void M(Task<int> t) { [|t.GetAwaiter().GetResult()|]; }")]
    public Task Result_AfterWait_IsSilent(string source) => Reports(source);

    [Theory]
    [InlineData("async Task<int> M(Task<int> t) => t.Result;")]
    [InlineData("Task<int> M(Task<int> t) => Task.FromResult(t.Result);")]
    [InlineData("async Task M(List<Task> ts) { await Task.Yield(); ts.ForEach(t => t.Wait()); }")]
    [InlineData("static void Main() { Task.Delay(1).Wait(); }")]
    [InlineData("static int Main() { return Task.Run(() => 1).GetAwaiter().GetResult(); }")]
    [InlineData("static void Main() { new List<Task>().ForEach(t => t.Wait()); }")]
    public Task AsyncCodeAndEntryPoints_AreSilent(string source) => Silent(source);

    [Theory]
    [InlineData("void M(Task t) { Task.Run(() => t.Wait()); }")]
    [InlineData("void M(Task t) { new Thread(() => { t.Wait(); }).Start(); }")]
    [InlineData("void M(Task t) { ThreadPool.QueueUserWorkItem(_ => t.Wait()); }")]
    [InlineData("void M(Task t) { Task.Factory.StartNew(() => t.Wait(), TaskCreationOptions.LongRunning); }")]
    [InlineData("void M(Task t) { Task.Run(Work); void Work() { t.Wait(); } }")]
    [InlineData("void M() { new Thread(Work).Start(); } void Work() { Task.Delay(1).Wait(); }")]
    [InlineData("void M() { var t = new Thread(new ThreadStart(this.Work)); t.Start(); } private void Work() { Task.Delay(1).Wait(); }")]
    public Task OffloadedCode_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("void M(Task t, bool isAsync) { if (isAsync) t.ContinueWith(_ => { }); else t.Wait(); }")]
    [InlineData("int M(Task<int> t, bool sync) { if (sync) return t.GetAwaiter().GetResult(); return 0; }")]
    [InlineData("int EndRead(IAsyncResult r) => ((Task<int>)r).GetAwaiter().GetResult();")]
    [InlineData("Func<int> M(Task<int> t) => () => t.Result;")]
    [InlineData(
        "Func<int> M(List<Task<int>> ts) { var u = Task.Run(() => 1); return () => ts[0].GetAwaiter().GetResult() + u.GetAwaiter().GetResult(); }")]
    [InlineData(
        "class Awaiter : System.Runtime.CompilerServices.INotifyCompletion { Task<int> t = null!; public bool IsCompleted => t.IsCompleted; public int GetResult() => t.GetAwaiter().GetResult(); public void OnCompleted(Action a) { } }")]
    [InlineData("string M(Task<int> t) => nameof(t.Result);")]
    [InlineData("void M(Task<int> t) { System.Linq.Expressions.Expression<Func<int>> e = () => t.Result; }")]
    [InlineData("void M(Own o) { o.Wait(); Console.WriteLine(o.Result); } class Own { public int Result => 1; public void Wait() { } }")]
    public Task OtherThings_AreSilent(string source) => Silent(source);

    [Fact]
    public Task TopLevelProgram_WithoutAwait_IsSilent() =>
    Silent("using System.Threading.Tasks;\nTask.Delay(1).Wait();", RuleTestOptions.TopLevel);

    [Fact]
    public Task TestProject_IsSilent() =>
    Silent("void M(Task t) => t.Wait();",
    RuleTestOptions.Default with { GlobalConfig = RuleTestOptions.Default.GlobalConfig.Add("build_property.IsTestProject", "true") });

    [Theory]
    [InlineData("int M(Task<int> t) => [|t.Result|];", "async Task<int> M(Task<int> t) => await t;")]
    [InlineData("void M(Task t) { [|t.Wait()|]; }", "async Task M(Task t) { await t; }")]
    [InlineData("private static int M(Task<int> t) { return [|t.GetAwaiter().GetResult()|]; }",
        "private static async Task<int> M(Task<int> t) { return await t; }")]
    [InlineData("string? M(Task<string?> t) => [|t.Result|]?.Trim();", "async Task<string?> M(Task<string?> t) => (await t)?.Trim();")]
    [InlineData("void M(Task a, Task b) { [|Task.WaitAll(a, b)|]; }", "async Task M(Task a, Task b) { await Task.WhenAll(a, b); }")]
    [InlineData("int M(Task<int> t) { [|t.Wait()|]; return t.Result; }", "async Task<int> M(Task<int> t) { await t; return t.Result; }")]
    [InlineData("int M(Task<int> a, Task<int> b) { return [|a.Result|] + [|b.Result|]; }",
        "async Task<int> M(Task<int> a, Task<int> b) { return await a + await b; }")]
    [InlineData("async Task M(Task<int> t) { await Task.Yield(); int Local() => [|t.Result|]; Local(); }",
        "async Task M(Task<int> t) { await Task.Yield(); async Task<int> Local() => await t; await Local(); }")]
    [InlineData("T M<T>(Task<T> t) => [|t.Result|];", "async Task<T> M<T>(Task<T> t) => await t;")]
    public Task Wait_InPrivateCode_BecomesAwait(string source, string fixedSource) => Fixes(source, fixedSource);

    [Fact]
    public Task Callers_FollowThroughTheProject() => Fixes(
        """
        int Load(Task<int> t) => [|t.Result|];

        int Twice(Task<int> t)
        {
            // once more
            return Load(t) + Load(t);
        }

        async Task PrintAsync(Task<int> t)
        {
            await Task.Yield();
            Console.WriteLine(Twice(t).ToString());
        }

        Task<int> Later(Task<int> t) => Task.FromResult(Load(t));
        """,
        """
        async Task<int> Load(Task<int> t) => await t;

        async Task<int> Twice(Task<int> t)
        {
            // once more
            return await Load(t) + await Load(t);
        }

        async Task PrintAsync(Task<int> t)
        {
            await Task.Yield();
            Console.WriteLine((await Twice(t)).ToString());
        }

        async Task<int> Later(Task<int> t) => await Load(t);
        """);

    [Fact]
    public Task Callers_InOtherFiles_Follow() => Fixes(
        """
        internal void Save(Task t) { [|t.Wait()|]; }
        """,
        """
        internal async Task Save(Task t) { await t; }
        """,
        RuleTestOptions.Default with
        {
            OtherFiles = [("Other.cs",
                "using System.Threading.Tasks;\nclass Other\n{\n    async Task M(C c, Task t) { await t.ConfigureAwait(false); c.Save(t); }\n    void N(C c, Task t) => c.Save(t);\n}\n")],
            FixedOtherFiles = [("Other.cs",
                "using System.Threading.Tasks;\nclass Other\n{\n    async Task M(C c, Task t) { await t.ConfigureAwait(false); await c.Save(t).ConfigureAwait(false); }\n    async Task N(C c, Task t) => await c.Save(t).ConfigureAwait(false);\n}\n")],
        });

    [Fact]
    public Task TwoWaits_WithACommonCaller_MakeItAsyncOnce() => Fixes(
        """
        int A(Task<int> t) => [|t.Result|];
        int B(Task<int> t) => [|t.Result|];
        int Both(Task<int> t) => A(t) + B(t);
        """,
        """
        async Task<int> A(Task<int> t) => await t;
        async Task<int> B(Task<int> t) => await t;
        async Task<int> Both(Task<int> t) => await A(t) + await B(t);
        """);

    [Fact]
    public Task Recursion_AwaitsItself() => Fixes(
        """
        int M(Task<int> t, int n) => n == 0 ? [|t.Result|] : M(t, n - 1);
        """,
        """
        async Task<int> M(Task<int> t, int n) => n == 0 ? await t : await M(t, n - 1);
        """);

    [Theory]
    [InlineData("internal class P { public virtual int M(Task<int> t) => [|t.Result|]; }")]
    [InlineData("internal class P { public override string ToString() => [|Task.Run(() => \"\").Result|]; }")]
    [InlineData("interface I { int M(Task<int> t); } class P : I { public int M(Task<int> t) => [|t.Result|]; }")]
    [InlineData("interface I { int M(Task<int> t); } class P : I { int I.M(Task<int> t) => [|t.Result|]; }")]
    [InlineData("int M(Task<int> t, out int x) { x = 1; return [|t.Result|]; }")]
    [InlineData("IEnumerable<int> M(Task<int> t) { yield return [|t.Result|]; }")]
    [InlineData("void M(Task<int> t) { lock (t) { Console.WriteLine([|t.Result|]); } }")]
    [InlineData("void M(Task t) { try { [|t.Wait()|]; } catch (AggregateException) { } }")]
    [InlineData("bool M(Task t) => [|t.Wait(100)|];")]
    [InlineData("int M(Task<int> t) => [|t.Result|]; void N(Task<int> t) { Func<Task<int>, int> f = M; }")]
    [InlineData("int M(Task<int> t) => [|t.Result|]; void N(Task<int> t) { Func<int> f = () => M(t); }")]
    [InlineData("int M(Task<int> t) => [|t.Result|]; int P => M(Task.Run(() => 1));")]
    [InlineData("int M(Task<int> t) => [|t.Result|]; C() { M(Task.Run(() => 1)); }")]
    [InlineData("int M(Task<int> t) => [|t.Result|]; int? N(C? c, Task<int> t) => c?.M(t);")]
    [InlineData("int M(Task<int> t) => [|t.Result|]; void N(Task<int> t) { lock (t) { M(t); } }")]
    [InlineData("int M(List<Task<int>> ts) => ts.Sum(t => [|t.Result|]);")]
    [InlineData("int M(Task<int> t) { Span<int> s = stackalloc int[1]; s[0] = [|t.Result|]; return s[0]; }")]
    [InlineData("event Action E = null!; void M() { E += Work; } void Work() { [|Task.Delay(1).Wait()|]; }")]
    public Task Wait_WhereACallerCannotFollow_OffersNoFix(string source) => NoFix(source);

    [Theory]
    [InlineData("using System.Threading.Tasks;\npublic class P { public int M(Task<int> t) => [|t.Result|]; }")]
    [InlineData(
        "using System.Threading.Tasks;\npublic class P { public int N(Task<int> t) => M(t); private int M(Task<int> t) => [|t.Result|]; }")]
    [InlineData("using System.Threading.Tasks;\npublic class P { protected int M(Task<int> t) => [|t.Result|]; }")]
    public Task Wait_InPublicCode_OffersNoFix(string source) => NoFix(source, RuleTestOptions.File);
}
