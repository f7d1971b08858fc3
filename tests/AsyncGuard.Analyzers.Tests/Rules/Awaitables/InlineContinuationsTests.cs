using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Awaitables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Awaitables;

public sealed partial class InlineContinuationsTests : RuleTest<InlineContinuationsAnalyzer, InlineContinuationsFix>
{
    // Reported

    [Theory]
    [InlineData("new TaskCompletionSource()")]
    [InlineData("new TaskCompletionSource<int>()")]
    [InlineData("new TaskCompletionSource<List<string?>>()")]
    [InlineData("new TaskCompletionSource { }")]
    [InlineData("new TaskCompletionSource<int>(\"state\")")]
    [InlineData("new TaskCompletionSource(null)")]
    [InlineData("new TaskCompletionSource<int>((object)TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource(TaskCreationOptions.None)")]
    [InlineData("new TaskCompletionSource(default(TaskCreationOptions))")]
    [InlineData("new TaskCompletionSource(TaskCreationOptions.AttachedToParent)")]
    [InlineData("new TaskCompletionSource<int>(TaskCreationOptions.LongRunning | TaskCreationOptions.PreferFairness)")]
    [InlineData("new TaskCompletionSource<int>(this, TaskCreationOptions.None)")]
    [InlineData("new TaskCompletionSource<int>(creationOptions: TaskCreationOptions.None, state: this)")]
    [InlineData("new System.Threading.Tasks.TaskCompletionSource<int>()")]
    public Task Construction_IsReported(string construction) => Reports($"object M() => [|{construction}|];");

    [Fact]
    public Task TargetTyped_IsReported() =>
    Reports("TaskCompletionSource M() => [|new()|]; TaskCompletionSource<int> N() => [|new(this)|];");

    [Fact]
    public Task FieldAndPropertyInitializers_AreReported() => Reports(
        """
        readonly TaskCompletionSource _a = [|new()|], _b = [|new TaskCompletionSource()|];
        static readonly TaskCompletionSource<int> D = [|new TaskCompletionSource<int>()|];
        TaskCompletionSource<bool> P { get; } = [|new()|];
        """);

    [Fact]
    public Task ConstructorAccessorLambdaLocalFunction_AreReported() => Reports(
        """
        TaskCompletionSource? _t;
        C() => _t = [|new TaskCompletionSource()|];
        TaskCompletionSource P { get => _t ??= [|new()|]; set => _t = [|new()|]; }
        Func<TaskCompletionSource> F => () => [|new TaskCompletionSource()|];
        void M() { Local(); TaskCompletionSource Local() => [|new()|]; }
        """);

    [Fact]
    public Task TopLevelProgram_IsReported() => Reports(
        """
        using System.Threading.Tasks;
        var t = [|new TaskCompletionSource()|];
        await t.Task;
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task OfTypeParameter_IsReported() => Reports("TaskCompletionSource<T> M<T>() => [|new TaskCompletionSource<T>()|];");

    [Fact]
    public Task ConstantOptions_AreReported() => Reports(
        """
        const TaskCreationOptions None = TaskCreationOptions.None;
        TaskCompletionSource A() => [|new TaskCompletionSource(None)|];
        TaskCompletionSource B() { const TaskCreationOptions o = TaskCreationOptions.LongRunning; return [|new(o)|]; }
        """);

    [Fact]
    public Task OnlyCompletedLater_IsReported() => Reports(
        """
        Task M(bool b)
        {
            var t = [|new TaskCompletionSource()|];
            Register(t);
            t.SetResult();
            return t.Task;
        }
        void Register(TaskCompletionSource t) { }
        """);

    [Fact]
    public Task AssignedAndHandedOutBefore_IsReported() => Reports(
        """
        TaskCompletionSource<int>? _s;
        void M() { TaskCompletionSource<int> s; s = [|new()|]; Interlocked.Exchange(ref _s, s); s.SetResult(1); }
        void N() { TaskCompletionSource<int> s, t = null!; s = [|new()|]; t.SetResult(1); Interlocked.Exchange(ref _s, s); }
        """);

    [Fact]
    public Task InOldLanguage_IsReported() =>
    Reports("object M() { return [|new TaskCompletionSource<int>()|]; }",
    new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task ThroughAnAlias_IsReported() => Reports(
        """
        using Source = System.Threading.Tasks.TaskCompletionSource<int>;
        class D { object M() => [|new Source()|]; }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task NamesTheType() =>
    Reports("object M() => {|#0:new TaskCompletionSource<int>()|};",
    new()
    {
        Expected = [new DiagnosticResult("AGD0401", DiagnosticSeverity.Warning).WithLocation(0)
        .WithArguments("TaskCompletionSource")]
    });

#if !ROSLYN_FLOOR
    [Fact]
    public Task InPrimaryConstructorAndCollection_IsReported() => Reports(
        """
        class B(object o) { public object O => o; }
        class D() : B([|new TaskCompletionSource()|]);
        List<TaskCompletionSource> M() => [[|new()|], [|new TaskCompletionSource()|]];
        """);
#endif

    // Silent

    // Nothing completes it: only its task is read.
    [Theory]
    [InlineData("readonly TaskCompletionSource _never = new(); Task M(Task work) => Task.WhenAny(work, _never.Task);")]
    [InlineData("private readonly TaskCompletionSource<int> _never; C() { _never = new TaskCompletionSource<int>(); } Task M(Task work) => Task.WhenAny(work, _never.Task);")]
    [InlineData("async Task M(Task work) { var never = new TaskCompletionSource<int>(); await Task.WhenAny(work, never.Task); }")]
    // Whoever waits has a thread of its own, which no continuation runs on.
    [InlineData("int M() { var done = new TaskCompletionSource<int>(); Start(() => done.SetResult(1)); return done.Task.GetAwaiter().GetResult(); } void Start(Action a) { }")]
    [InlineData("void M() { var done = new TaskCompletionSource<int>(); Start(() => done.TrySetResult(1)); done.Task.Wait(1000); } void Start(Action a) { }")]
    // No other code has the task yet when it is completed.
    [InlineData("Task<int> M(bool b) { var done = new TaskCompletionSource<int>(); if (b) done.SetCanceled(); else done.SetResult(1); return done.Task; }")]
    [InlineData("Task<int> M() { var done = new TaskCompletionSource<int>(); try { done.SetResult(int.Parse(\"1\")); } catch (Exception e) { done.SetException(e); } return done.Task; }")]
    [InlineData("TaskCompletionSource<int>? _s; void M() { TaskCompletionSource<int> s; s = new(); s.SetResult(1); Interlocked.Exchange(ref _s, s); }")]
    [InlineData("TaskCompletionSource<int>? _s; void M(int i) { TaskCompletionSource<int> s; switch (i) { case 1: s = new(); s.TrySetResult(1); Interlocked.Exchange(ref _s, s); break; } }")]
    public Task NeverCompleted_IsSilent(string members) => Silent(members);

    [Theory]
    [InlineData("readonly TaskCompletionSource _done = [|new()|]; Task M(Task work) => Task.WhenAny(work, _done.Task); void Stop() => _done.TrySetResult();")]
    [InlineData("async Task M(Task work) { var done = [|new TaskCompletionSource<int>()|]; Start(done); await Task.WhenAny(work, done.Task); } void Start(object o) { }")]
    [InlineData("internal readonly TaskCompletionSource _done = [|new()|]; Task M(Task work) => Task.WhenAny(work, _done.Task);")]
    [InlineData("async Task M(Task work) { var done = [|new TaskCompletionSource<int>()|]; Action stop = () => done.SetResult(1); await Task.WhenAny(work, done.Task); stop(); }")]
    [InlineData("Task<int> M() { var done = [|new TaskCompletionSource<int>()|]; Start(() => done.SetResult(1)); done.Task.Wait(9); return done.Task; } void Start(Action a) { }")]
    [InlineData("Task<int> M(bool b) { var done = [|new TaskCompletionSource<int>()|]; if (b) Start(done.Task); done.SetResult(1); return done.Task; } void Start(Task t) { }")]
    [InlineData("Task<int> M() { var done = [|new TaskCompletionSource<int>()|]; Start(() => done.SetResult(1)); return done.Task; } void Start(Action a) { }")]
    public Task CompletedElsewhere_IsReported(string members) => Reports(members);

    [Theory]
    [InlineData("new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource<int>(TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource<int>(this, TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource<int>(creationOptions: TaskCreationOptions.RunContinuationsAsynchronously, state: this)")]
    [InlineData("new TaskCompletionSource<int>((TaskCreationOptions)64)")]
    public Task WithTheOption_IsSilent(string construction) => Silent($"object M() => {construction};");

    [Fact]
    public Task TargetTyped_WithTheOption_IsSilent() =>
    Silent("readonly TaskCompletionSource _t = new(TaskCreationOptions.RunContinuationsAsynchronously);");

    [Fact]
    public Task OptionsOfTheCaller_AreSilent() => Silent(
        """
        static readonly TaskCreationOptions Options = TaskCreationOptions.RunContinuationsAsynchronously;
        object A(TaskCreationOptions options) => new TaskCompletionSource(options);
        object B() => new TaskCompletionSource(Options);
        object D(bool b) => new TaskCompletionSource(b ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        object E(TaskCreationOptions options) => new TaskCompletionSource<int>(this, options | TaskCreationOptions.LongRunning);
        """);

    [Fact]
    public Task ConstantWithTheOption_IsSilent() => Silent(
        """
        const TaskCreationOptions Options = TaskCreationOptions.RunContinuationsAsynchronously | TaskCreationOptions.LongRunning;
        object M() => new TaskCompletionSource(Options);
        """);

    [Fact]
    public Task DerivedClass_IsSilent() => Silent(
        """
        class Source : TaskCompletionSource<int> { public Source() : base(TaskCreationOptions.RunContinuationsAsynchronously) { } }
        object M() => new Source();
        """);

    [Fact]
    public Task OwnClassOfThatName_IsSilent() => Silent("class TaskCompletionSource { } object M() => new TaskCompletionSource();");

    [Fact]
    public Task OwnGenericClassOfThatName_IsSilent() =>
    Silent("class TaskCompletionSource<T> { } object M() => new TaskCompletionSource<int>();");

    [Fact]
    public Task OldFramework_WithoutTheOption_IsSilent() => Silent(
        """
        namespace System.Threading.Tasks
        {
            [System.Flags] public enum TaskCreationOptions { None = 0, LongRunning = 2 }
            public class TaskCompletionSource<T> { public TaskCompletionSource() { } public TaskCompletionSource(TaskCreationOptions options) { } }
        }

        class D { object M() => new System.Threading.Tasks.TaskCompletionSource<int>(); }
        """,
        RuleTestOptions.File);

    [Theory]
    [InlineData("t.SetException(new InvalidOperationException());")]
    [InlineData("t.SetResult(1);")]
    [InlineData("t.TrySetCanceled();")]
    public Task CompletedAtOnce_IsSilent(string completion) => Silent(
        $$"""
        Task<int> M()
        {
            var t = new TaskCompletionSource<int>();
            {{completion}}
            return t.Task;
        }
        """);

    [Fact]
    public Task CompletedAtOnce_InStaticConstructorField_IsSilent() => Silent(
        """
        static readonly Task<int> Done = Make();
        static Task<int> Make() { TaskCompletionSource<int> t = new(); t.SetResult(0); return t.Task; }
        """);

    [Fact]
    public Task TypeOf_NameOf_DefaultAndParameter_AreSilent() => Silent(
        """
        object A() => typeof(TaskCompletionSource);
        string B() => nameof(TaskCompletionSource);
        object? D() => default(TaskCompletionSource);
        Task E(TaskCompletionSource t) => t.Task;
        """);

    [Fact]
    public Task TypeParameterConstruction_IsSilent() => Silent("T M<T>() where T : TaskCompletionSource<int>, new() => new T();");

    [Fact]
    public Task Array_IsSilent() => Silent("object M() => new TaskCompletionSource[3];");

    [Fact]
    public Task ExpressionTree_IsSilent() =>
    Silent("System.Linq.Expressions.Expression<Func<object>> E => () => new TaskCompletionSource<int>();");

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading.Tasks;
        class D { object M() { return new TaskCompletionSource<int>(); } }
        """,
        RuleTestOptions.File);

    // Fixes

    [Theory]
    [InlineData("new TaskCompletionSource()", "new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource<int>()", "new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource<int> { }",
        "new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously) { }")]
    [InlineData("new TaskCompletionSource(this)", "new TaskCompletionSource(this, TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource(state: this)",
        "new TaskCompletionSource(state: this, creationOptions: TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource(TaskCreationOptions.None)",
        "new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource(default(TaskCreationOptions))",
        "new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource(TaskCreationOptions.LongRunning)",
        "new TaskCompletionSource(TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource(true ? TaskCreationOptions.LongRunning : 0)",
        "new TaskCompletionSource((true ? TaskCreationOptions.LongRunning : 0) | TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource<int>(this, TaskCreationOptions.None)",
        "new TaskCompletionSource<int>(this, TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource<int>(creationOptions: TaskCreationOptions.None, state: this)",
        "new TaskCompletionSource<int>(creationOptions: TaskCreationOptions.RunContinuationsAsynchronously, state: this)")]
    [InlineData("new TaskCompletionSource<int>(/* a */)",
        "new TaskCompletionSource<int>(/* a */TaskCreationOptions.RunContinuationsAsynchronously)")]
    [InlineData("new TaskCompletionSource<int>(this /* a */)",
        "new TaskCompletionSource<int>(this /* a */, TaskCreationOptions.RunContinuationsAsynchronously)")]
    public Task Fix_AddsTheOption(string before, string after) =>
    Fixes($"object M() => [|{before}|]; // c", $"object M() => {after}; // c");

    [Fact]
    public Task Fix_OfTargetTyped_AddsTheOption() => Fixes(
        """
        readonly TaskCompletionSource _a = [|new()|];
        readonly TaskCompletionSource<int> _b = [|new(null)|]; // b
        """,
        """
        readonly TaskCompletionSource _a = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource<int> _b = new(null, TaskCreationOptions.RunContinuationsAsynchronously); // b
        """);

    [Fact]
    public Task Fix_OfConstantOptions_JoinsTheOption() => Fixes(
        """
        const TaskCreationOptions Options = TaskCreationOptions.LongRunning;
        object M() => [|new TaskCompletionSource(Options)|];
        """,
        """
        const TaskCreationOptions Options = TaskCreationOptions.LongRunning;
        object M() => new TaskCompletionSource(Options | TaskCreationOptions.RunContinuationsAsynchronously);
        """);

    [Fact]
    public Task Fix_OfNestedSources_FixesBoth() => Fixes(
        "object M() => [|new TaskCompletionSource([|new TaskCompletionSource<int>()|])|];",
        "object M() => new TaskCompletionSource(new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously), TaskCreationOptions.RunContinuationsAsynchronously);");

    [Fact]
    public Task Fix_AddsTheUsing() => Fixes(
        """
        public class D
        {
            object M() => [|new System.Threading.Tasks.TaskCompletionSource<int>()|];
        }
        """,
        """
        using System.Threading.Tasks;

        public class D
        {
            object M() => new System.Threading.Tasks.TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Fix_InOtherFiles_FixesThemToo() => Fixes(
        "object M() => [|new TaskCompletionSource<int>()|];",
        "object M() => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);",
        new()
        {
            OtherFiles = [("Other.cs", "using System.Threading.Tasks; class D { object M() => [|new TaskCompletionSource<int>()|]; }")],
            FixedOtherFiles = [("Other.cs",
                "using System.Threading.Tasks; class D { object M() => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously); }")],
        });

    [Fact]
    public Task Fix_KeepsLineBreaks() => Fixes(
        """
        object M()
        {
            // source
            return [|new TaskCompletionSource<int>(
                // state
                this)|]; // end
        }
        """,
        """
        object M()
        {
            // source
            return new TaskCompletionSource<int>(
                // state
                this, TaskCreationOptions.RunContinuationsAsynchronously); // end
        }
        """);
}
