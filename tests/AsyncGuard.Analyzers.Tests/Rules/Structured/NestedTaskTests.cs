using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class NestedTaskTests : RuleTest<NestedTaskAnalyzer, NestedTaskFix>
{
    private const string Run =
        "Task RunAsync(int i = 0) => Task.Delay(i); Task<int> CountAsync(int i = 0) => Task.FromResult(i); void Use(object? o) { } Task _field = Task.CompletedTask; Task<Task>? _nested;\n";

    // Reported

    [Theory]
    [InlineData("await [|Task.Factory.StartNew(async () => await RunAsync())|];")]
    [InlineData("await [|Task.Factory.StartNew(async () => await RunAsync())|].ConfigureAwait(false);")]
    [InlineData("await [|Task.Factory.StartNew(() => RunAsync())|];")]
    [InlineData("await [|Task.Factory.StartNew(() => CountAsync())|];")]
    [InlineData("await [|new TaskFactory().StartNew(async () => await RunAsync())|];")]
    [InlineData(
        "await [|Task.Factory.StartNew(async () => await RunAsync(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)|];")]
    [InlineData("await [|Task.Factory.StartNew(async o => await RunAsync((int)o!), 1)|];")]
    [InlineData("await [|Task.Run<Task>(() => RunAsync())|];")]
    [InlineData("await [|Task.Run(async () => { await Task.Yield(); return RunAsync(); })|];")]
    [InlineData("await [|RunAsync().ContinueWith(async t => await t)|];")]
    [InlineData("await [|RunAsync().ContinueWith(t => t.IsFaulted ? t : RunAsync())|];")]
    [InlineData("await [|RunAsync().ContinueWith(t => { if (t.IsFaulted) return t; return RunAsync(); })|];")]
    [InlineData("await [|CountAsync().ContinueWith(t => RunAsync(t.Result))|];")]
    [InlineData("await [|Task.Factory.ContinueWhenAll(new[] { RunAsync() }, async t => await t[0])|];")]
    [InlineData("await Task.Run(() => [|Task.Factory.StartNew(async () => await RunAsync())|]);")]
    [InlineData("[|Task.Factory.StartNew(async () => await RunAsync())|].Wait();")]
    [InlineData("[|Task.Factory.StartNew(async () => await RunAsync())|].GetAwaiter().GetResult();")]
    [InlineData("Use(([|Task.Factory.StartNew(async () => await CountAsync())|]).Result.IsCompleted);")]
    [InlineData("var nested = [|Task.Factory.StartNew(async () => await RunAsync())|]; await nested;")]
    [InlineData("Task nested = [|Task.Factory.StartNew(async () => await RunAsync())|]; await nested;")]
    [InlineData(
        "var tasks = new List<Task>(); tasks.Add([|Task.Factory.StartNew(async () => await RunAsync())|]); await Task.WhenAll(tasks);")]
    [InlineData("var a = [|Task.Factory.StartNew(async () => await RunAsync())|]; await Task.WhenAll(a, RunAsync());")]
    [InlineData("var inner = await [|Task.Factory.StartNew(async () => await RunAsync())|]; Use(inner.Status);")]
    [InlineData("_field = [|Task.Factory.StartNew(async () => await RunAsync())|];")]
    [InlineData("var t = n > 0 ? [|Task.Factory.StartNew(async () => await RunAsync())|] : Task.CompletedTask; await t;")]
    public Task Nested_OuterAwaitedOnly_IsReported(string body) => Reports(Run + $"async Task M(int n) {{ await Task.Yield(); {body} }}");

    private const string BlockingWork =
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        namespace AsyncGuard
        {
            public static class BlockingWork
            {
                public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken = default) => throw new NotSupportedException();

                public static Task RunAsync(Action work, CancellationToken cancellationToken = default) => throw new NotSupportedException();
            }
        }
        """;

    [Theory]
    [InlineData("await [|AsyncGuard.BlockingWork.RunAsync<Task>(async () => await RunAsync())|];")]
    [InlineData("await [|AsyncGuard.BlockingWork.RunAsync<Task>(() => RunAsync())|];")]
    [InlineData("await [|AsyncGuard.BlockingWork.RunAsync<Task<int>>(() => CountAsync())|];")]
    [InlineData("ValueTask LoadAsync() => default; await [|AsyncGuard.BlockingWork.RunAsync(LoadAsync)|];")]
    public Task Nested_OfBlockingWork_IsReportedWhereTheInnerTaskIsLost(string body) => Reports(
        Run + $"async Task M(int n) {{ await Task.Yield(); {body} }}",
            RuleTestOptions.Default with { OtherFiles = [("BlockingWork.cs", BlockingWork)] });

    [Theory]
    [InlineData("await AsyncGuard.BlockingWork.RunAsync(() => 1);")]
    [InlineData("await AsyncGuard.BlockingWork.RunAsync(() => Thread.Sleep(1));")]
    [InlineData("await await AsyncGuard.BlockingWork.RunAsync<Task>(() => RunAsync());")]
    [InlineData("await AsyncGuard.BlockingWork.RunAsync<Task>(() => RunAsync()).Unwrap();")]
    public Task BlockingWork_WhoseResultIsObserved_IsSilent(string body) => Silent(
        Run + $"async Task M(int n) {{ await Task.Yield(); {body} }}",
        RuleTestOptions.Default with { OtherFiles = [("BlockingWork.cs", BlockingWork)] });

    [Fact]
    public Task Nested_OfBlockingWork_IsUnwrapped() => Fixes(
        Run + "async Task M() => await [|AsyncGuard.BlockingWork.RunAsync<Task>(async () => await RunAsync())|];",
        Run + "async Task M() => await AsyncGuard.BlockingWork.RunAsync<Task>(async () => await RunAsync()).Unwrap();",
        RuleTestOptions.Default with { OtherFiles = [("BlockingWork.cs", BlockingWork)] });

    [Fact]
    public Task Nested_InEveryKindOfFunction_IsReported() => Reports(
        Run +
        """
        Task A() => [|Task.Factory.StartNew(async () => await RunAsync())|];
        Task B() { return [|Task.Factory.StartNew(async () => await RunAsync())|]; }
        C() { [|Task.Factory.StartNew(async () => await RunAsync())|].Wait(); }
        Task P => [|Task.Factory.StartNew(async () => await RunAsync())|];
        Func<Task> L() => () => [|Task.Factory.StartNew(async () => await RunAsync())|];
        async Task F() { await Local(); Task Local() => [|RunAsync().ContinueWith(async t => await t)|]; }
        Task G<T>(Func<Task<T>> f) => [|Task.Factory.StartNew(f)|];
        Task D() => [|Task.Factory.StartNew(async delegate { await RunAsync(); })|];
        """);

    [Fact]
    public Task Nested_InTopLevelProgram_IsReported() => Reports(
        """
        using System.Threading.Tasks;
        await [|Task.Factory.StartNew(async () => await Task.Delay(1))|];
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Nested_InOldCSharp_IsReported() => Reports(
        "Task RunAsync() => Task.Delay(1); async Task M() { await [|Task.Factory.StartNew(async () => await RunAsync())|]; }",
        RuleTestOptions.Default with { LanguageVersion = LanguageVersion.CSharp7_3 });

    // Silent

    [Theory]
    [InlineData("await Task.Factory.StartNew(async () => await RunAsync()).Unwrap();")]
    [InlineData("await await Task.Factory.StartNew(async () => await RunAsync());")]
    [InlineData("await (await Task.Factory.StartNew(async () => await RunAsync()).ConfigureAwait(false));")]
    [InlineData("var inner = await Task.Factory.StartNew(async () => await RunAsync()); await inner;")]
    [InlineData("var nested = Task.Factory.StartNew(async () => await RunAsync()); await nested.Unwrap();")]
    [InlineData("var nested = Task.Factory.StartNew(async () => await RunAsync()); await await nested;")]
    [InlineData("var nested = Task.Factory.StartNew(async () => await RunAsync()); await nested; await nested.Result;")]
    [InlineData("await Task.Factory.StartNew(async () => await RunAsync()).Result;")]
    [InlineData(
        "var nested = Task.Factory.StartNew(async () => await RunAsync()); await Task.WhenAll(nested, RunAsync()); await nested.Result;")]
    [InlineData("await await RunAsync().ContinueWith(async t => await t);")]
    [InlineData("var n = await await Task.Factory.StartNew(async () => await CountAsync());")]
    public Task Inner_Awaited_IsSilent(string body) => Silent(Run + $"async Task M() {{ {body} }}");

    [Theory]
    [InlineData("await RunAsync().ContinueWith(t => t);")]
    [InlineData(
        "var done = await CountAsync().ContinueWith(t => t, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false); Use(done.IsCanceled);")]
    [InlineData("await RunAsync().ContinueWith(t => { Func<int> f = () => 1; Use(f); if (t.IsCanceled) return t; return t; });")]
    [InlineData("await RunAsync().ContinueWith((t, state) => t, null);")]
    [InlineData("await Task.Run(async () => await RunAsync());")]
    [InlineData("await Task.Run(() => RunAsync());")]
    [InlineData("await Task.Factory.StartNew(() => Use(1));")]
    [InlineData("await Task.Factory.StartNew(() => 1);")]
    [InlineData("await CountAsync().ContinueWith(t => t.Result + 1);")]
    [InlineData("await Task.WhenAny(RunAsync(), RunAsync());")]
    [InlineData("await Task.Run(() => Task.WhenAny(RunAsync(), RunAsync()));")]
    public Task Task_ThatIsNotNested_IsSilent(string body) => Silent(Run + $"async Task M() {{ {body} }}");

    [Theory]
    [InlineData("_nested = Task.Factory.StartNew(async () => await RunAsync());")]
    [InlineData("Keep(Task.Factory.StartNew(async () => await RunAsync()));")]
    [InlineData("Use(Task.Factory.StartNew(async () => await RunAsync()));")]
    [InlineData("Task.Factory.StartNew(async () => await RunAsync());")]
    [InlineData("_ = Task.Factory.StartNew(async () => await RunAsync());")]
    public Task Nested_HandedOnOrDropped_IsSilent(string body) => Silent(Run + $"void Keep(Task<Task> t) {{ }} void M() {{ {body} }}");

    [Fact]
    public Task Nested_ReturnedAsWhatItIs_IsSilent() =>
    Silent(Run + "Task<Task> M() => Task.Factory.StartNew(async () => await RunAsync());");

    [Fact]
    public Task StartNew_OfAnotherType_IsSilent() =>
    Silent(Run +
    "class F { public Task<Task> StartNew(Func<Task> f) => Task.FromResult(f()); } async Task M() { await new F().StartNew(() => RunAsync()); }");

    // Fixed

    [Theory]
    [InlineData("await [|Task.Factory.StartNew(async () => await RunAsync())|];", "await Task.Run(async () => await RunAsync());")]
    [InlineData("await [|Task.Factory.StartNew(async () => await RunAsync(), token)|];",
        "await Task.Run(async () => await RunAsync(), token);")]
    [InlineData("await [|Task.Factory.StartNew(async () => await RunAsync(), TaskCreationOptions.LongRunning)|].ConfigureAwait(false);",
        "await Task.Run(async () => await RunAsync()).ConfigureAwait(false);")]
    [InlineData(
        "await [|Task.Factory.StartNew(async () => await RunAsync(), token, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default)|];",
            "await Task.Run(async () => await RunAsync(), token);")]
    [InlineData("await /* a */ [|Task.Factory.StartNew(/* b */ async () => await RunAsync())|]; // c\n",
        "await /* a */ Task.Run(/* b */ async () => await RunAsync()); // c\n")]
    [InlineData(
        "await [|Task.Factory.StartNew(async () => await RunAsync(), token /* 0 */, /* a */ TaskCreationOptions.None /* b */, /* c */ TaskScheduler.Default /* d */)|];",
            "await Task.Run(async () => await RunAsync(), token /* 0 */ /* a */ /* b */ /* c */ /* d */);")]
    [InlineData(
        "await [|Task.Factory.StartNew(async () => await RunAsync(), // a\n            token, // b\n            TaskCreationOptions.None, // c\n            TaskScheduler.Default)|];",
            "await Task.Run(async () => await RunAsync(), // a\n            token /* b */ /* c */);")]
    [InlineData(
        "await [|Task.Factory.StartNew(\n            () => RunAsync(),\n            TaskCreationOptions.LongRunning // a\n        )|];",
            "await Task.Run(\n            () => RunAsync() /* a */\n        );")]
    [InlineData("await [|Task.Factory /* a */ .StartNew /* b */ (() => RunAsync())|];", "await Task.Run /* a */ /* b */(() => RunAsync());")]
    [InlineData("await [|System.Threading.Tasks.Task.Factory.StartNew(() => CountAsync())|];",
        "await System.Threading.Tasks.Task.Run(() => CountAsync());")]
    [InlineData("await [|Task<Task>.Factory.StartNew(() => RunAsync())|];", "await Task.Run(() => RunAsync());")]
    [InlineData(
        "var tasks = new List<Task>(); tasks.Add([|Task.Factory.StartNew(async () => await RunAsync())|]); await Task.WhenAll(tasks);",
            "var tasks = new List<Task>(); tasks.Add(Task.Run(async () => await RunAsync())); await Task.WhenAll(tasks);")]
    [InlineData("await [|Task.Factory.StartNew(async () => await RunAsync(), token, TaskCreationOptions.None, scheduler)|];",
        "await Task.Factory.StartNew(async () => await RunAsync(), token, TaskCreationOptions.None, scheduler).Unwrap();")]
    [InlineData("await [|Task.Factory.StartNew(async o => await RunAsync((int)o!), 1)|];",
        "await Task.Factory.StartNew(async o => await RunAsync((int)o!), 1).Unwrap();")]
    [InlineData("await [|RunAsync().ContinueWith(async t => await t)|].ConfigureAwait(false);",
        "await RunAsync().ContinueWith(async t => await t).Unwrap().ConfigureAwait(false);")]
    [InlineData("await [|Task.Run<Task>(() => RunAsync())|];", "await Task.Run<Task>(() => RunAsync()).Unwrap();")]
    [InlineData("await [|Task.Run(async () => { await Task.Yield(); return RunAsync(); })|];",
        "await Task.Run(async () => { await Task.Yield(); return RunAsync(); }).Unwrap();")]
    [InlineData("[|Task.Factory.StartNew(async () => await RunAsync())|].Wait();", "Task.Run(async () => await RunAsync()).Wait();")]
    public Task Nested_IsFlattened(string body, string expected) => Fixes(
        Run + $"async Task M(CancellationToken token, TaskScheduler scheduler) {{ await Task.Yield(); {body} }}",
        Run + $"async Task M(CancellationToken token, TaskScheduler scheduler) {{ await Task.Yield(); {expected} }}");

    [Fact]
    public Task Nested_Several_AreFlattenedTogether() => Fixes(
        Run +
            "Task A() => [|Task.Factory.StartNew(async () => await RunAsync())|]; async Task B() { var t = [|Task.Factory.StartNew(() => RunAsync())|]; await t; }",
        Run + "Task A() => Task.Run(async () => await RunAsync()); async Task B() { var t = Task.Run(() => RunAsync()); await t; }");

    [Fact]
    public Task Nested_WithoutUsing_GetsIt() => Fixes(
        "using T = System.Threading.Tasks.Task; class C { async T M() { await [|T.Factory.StartNew(() => T.Delay(1), 0, default, default, null!)|]; } }".Replace(
            ", 0, default, default, null!", "", System.StringComparison.Ordinal),
        "using T = System.Threading.Tasks.Task; class C { async T M() { await T.Run(() => T.Delay(1)); } }",
        RuleTestOptions.File);

    [Fact]
    public Task Nested_ValueTask_HasNoFix() => NoFix(Run + "async Task M() { await [|RunAsync().ContinueWith(t => new ValueTask(t))|]; }");

    [Theory]
    [InlineData("Task.Run(WaitAsync)", "Run", "await the 'ValueTask' inside, in an async lambda")]
    [InlineData("Task.Factory.StartNew(() => CountAsync())", "StartNew", "use 'Task.Run'")]
    [InlineData("Task.Delay(1).ContinueWith(t => CountAsync())", "ContinueWith", "add '.Unwrap()'")]
    public Task Advice_IsWhatCompiles(string start, string name, string advice) => Reports(
        Run + "ValueTask WaitAsync() => default; async Task M() { await {|#0:" + start + "|}; }",
        RuleTestOptions.Default with
        {
            Expected = [new DiagnosticResult("AGD0209", DiagnosticSeverity.Warning).WithLocation(0).WithArguments(name, advice)]
        });

    // Who waits goes on once the loop has begun.
    [Theory]
    [InlineData("async Task M() { await [|Task.Factory.StartNew(async () => { while (true) await Task.Delay(1); })|]; Console.WriteLine(1); }")]
    [InlineData("Task M() { return [|Task.Factory.StartNew(async () => { while (true) await Task.Delay(1); }, TaskCreationOptions.LongRunning)|]; }")]
    [InlineData("Task M() => [|Task.Factory.StartNew(async () => { while (true) await Task.Delay(1); })|];")]
    [InlineData("async Task M() { var t = [|Task.Factory.StartNew(async () => { while (true) await Task.Delay(1); })|]; await t; }")]
    [InlineData("Task M(ILoop l) => [|Task.Factory.StartNew(() => l.RunAsync())|]; " + Loops)]
    public Task Fix_OfALoopWithoutEnd_IsNotOffered(string member) => NoFix(member);

    private const string Loops =
        "interface ILoop { Task RunAsync(); } class L : ILoop { public async Task RunAsync() { while (true) await Task.Delay(1); } }";

    private const string Fields = "Task<Task>? _nestedOne; Task<Task>? _nestedTwo; ";

    [Theory]
    [InlineData("_nestedOne = [|RunAsync().ContinueWith(t => RunAsync())|]; await _nestedOne;")]
    [InlineData("_nestedOne = [|Task.Factory.StartNew(async () => await RunAsync())|]; await (_nestedOne ?? Task.CompletedTask);")]
    [InlineData("_nestedOne = [|RunAsync().ContinueWith(_ => RunAsync(), CancellationToken.None)|]; "
        + "await (_nestedOne == null ? Task.CompletedTask : _nestedOne);")]
    [InlineData("this._nestedOne = [|Task.Factory.StartNew(() => RunAsync())|]; _nestedOne?.Dispose(); _nestedOne.Wait();")]
    [InlineData("await ([|Task.Factory.StartNew(() => RunAsync())|] ?? Task.CompletedTask);")]
    public Task FieldWhoseInnerTaskIsLost_IsReported(string code) =>
        Reports(Run + Fields + "async Task M() { await Task.Yield(); " + code + " }");

    [Theory]
    [InlineData("_nestedOne = RunAsync().ContinueWith(t => RunAsync()); await await _nestedOne;")]
    [InlineData("_nestedOne = Task.Factory.StartNew(async () => await RunAsync()); await _nestedOne.Unwrap();")]
    [InlineData("_nestedOne = Task.Factory.StartNew(async () => await RunAsync()); await _nestedOne; Use(_nestedOne);")]
    [InlineData("_nestedTwo = Task.Factory.StartNew(async () => await RunAsync()); _nestedOne = _nestedTwo; await await _nestedOne;")]
    [InlineData("_nestedOne = Task.Factory.StartNew(async () => await RunAsync());")]
    public Task FieldWhoseInnerTaskIsWaitedFor_IsSilent(string code) =>
        Silent(Run + Fields + "async Task M() { await Task.Yield(); " + code + " }");
}
