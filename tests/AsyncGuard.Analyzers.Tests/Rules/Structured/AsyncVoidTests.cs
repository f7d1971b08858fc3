using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class AsyncVoidTests : RuleTest<AsyncVoidAnalyzer, AsyncVoidFix>
{
    // Reported

    [Fact]
    public Task PrivateMethod_IsReported() => Reports("async void [|M|]() => await Task.Yield();");

    [Fact]
    public Task StaticMethod_IsReported() => Reports("public static async void [|M|]() { await Task.Yield(); }");

    [Fact]
    public Task GenericMethod_IsReported() => Reports("async void [|M|]<T>(T value) { await Task.Yield(); }");

    [Fact]
    public Task VirtualMethod_IsReported() => Reports("protected virtual async void [|M|]() { await Task.Yield(); }");

    [Fact]
    public Task ExtensionMethod_IsReported() => Reports(
        """
        using System.Threading.Tasks;
        static class E { public static async void [|Run|](this Task task) => await task; }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task LocalFunction_IsReported() => Reports("void M() { async void [|Local|]() => await Task.Yield(); Local(); }");

    [Fact]
    public Task LocalFunction_InLambdaAndAccessor_IsReported() => Reports(
        """
        Action A => () => { async void [|Local|]() => await Task.Yield(); Local(); };
        int P { get { Local(); return 1; async void [|Local|]() => await Task.Yield(); } }
        C() { static async void [|Local|]() => await Task.Yield(); Local(); }
        """);

    [Fact]
    public Task LocalFunction_InTopLevelProgram_IsReported() => Reports(
        """
        using System.Threading.Tasks;
        Local();
        async void [|Local|]() => await Task.Yield();
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task MethodOfStructRecordAndInterface_IsReported() => Reports(
        """
        struct S { async void [|M|]() => await Task.Yield(); }
        record R { async void [|M|]() => await Task.Yield(); }
        interface I { async void [|M|]() => await Task.Yield(); }
        """);

    [Fact]
    public Task XunitTest_IsReported() => Reports(
        "[Fact] public async void [|M|]() => await Task.Yield();",
        new() { Stubs = [Stubs.Xunit], ExtraUsings = ["Xunit"] });

    [Fact]
    public Task NUnitTest_IsReported() => Reports(
        "[Test] public async void [|M|]() => await Task.Yield();",
        new() { Stubs = [Stubs.NUnit], ExtraUsings = ["NUnit.Framework"] });

    [Fact]
    public Task MethodGroup_AsAction_IsReported() => Reports("Action A => M; async void [|M|]() => await Task.Yield();");

    [Theory]
    [InlineData("object sender")]
    [InlineData("object sender, string text")]
    [InlineData("EventArgs e")]
    [InlineData("EventArgs e, object sender")]
    [InlineData("int sender, EventArgs e")]
    [InlineData("object sender, EventArgs e, int more")]
    public Task AlmostHandlerShape_IsReported(string parameters) => Reports($"async void [|M|]({parameters}) => await Task.Yield();");

    [Fact]
    public Task Method_OnlyUnsubscribed_IsReported() => Reports(
        """
        event Action? E;
        void N() { E -= M; E?.Invoke(); }
        async void [|M|]() => await Task.Yield();
        """);

    [Fact]
    public Task Hiding_WithNew_IsReported() => Reports(
        """
        class B { public void M() { } }
        class D : B { public new async void [|M|]() => await Task.Yield(); }
        """);

    [Fact]
    public Task SameNameAsInterfaceMember_OfOtherSignature_IsReported() => Reports(
        """
        interface I { void M(); }
        class D : I { public void M() { } public async void [|M|](int i) => await Task.Yield(); }
        """);

    [Fact]
    public Task Method_InOldLanguage_IsReported() =>
    Reports("async void [|M|]() { await Task.Yield(); }",
    new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task Method_InPartialClass_IsReportedOnce() => Reports(
        "async void [|M|]() { await Task.Yield(); }",
        new() { OtherFiles = [("Other.cs", "partial class C { void N() => M(); }")] });

    [Fact]
    public Task NamesTheMethod() =>
    Reports("async void {|#0:LoadAll|]() { await Task.Yield(); }".Replace("|]", "|}"),
    new() { Expected = [new DiagnosticResult("AGD0203", DiagnosticSeverity.Warning).WithLocation(0).WithArguments("LoadAll")] });

#if !ROSLYN_FLOOR
    [Fact]
    public Task Method_InExtensionBlock_IsReported() => Reports(
        """
        using System.Threading.Tasks;
        public static class E
        {
            extension(Task task)
            {
                public async void [|Run|]() => await task;
            }
        }
        """,
        RuleTestOptions.File);
#endif

    [Fact]
    public Task CalledMethod_ThroughALambda_IsReported() => Reports(
        """
        event Action<int>? E;
        void N() { E += i => M(i); E += delegate (int i) { O(); }; E?.Invoke(1); }
        async void [|M|](int i) => await Task.Yield();
        async void [|O|]() => await Task.Yield();
        """);

    // Silent

    [Theory]
    [InlineData("object sender, EventArgs e")]
    [InlineData("object? sender, UnhandledExceptionEventArgs e")]
    [InlineData("C sender, EventArgs e")]
    [InlineData("object sender, System.ComponentModel.PropertyChangedEventArgs e")]
    public Task HandlerShape_IsSilent(string parameters) => Silent($"async void M({parameters}) => await Task.Yield();");

    [Fact]
    public Task HandlerShape_OfArgumentsThatAreNoEventArgs_IsSilent() => Silent(
        """
        struct DependencyPropertyChangedEventArgs { }
        class RoutedEventArgs { }
        class ClickArgs : RoutedEventArgs { }
        async void A(object sender, DependencyPropertyChangedEventArgs e) => await Task.Yield();
        async void B(object sender, ClickArgs e) => await Task.Yield();
        async void D<T>(object sender, T e) where T : EventArgs => await Task.Yield();
        """);

    [Fact]
    public Task Override_IsSilent() => Silent(
        """
        abstract class B { public abstract void M(); }
        class D : B { public override async void M() => await Task.Yield(); }
        """);

    [Fact]
    public Task InterfaceImplementation_IsSilent() => Silent(
        """
        interface I { void M(); void N<T>(T t); }
        class D : I { public async void M() => await Task.Yield(); async void I.N<T>(T t) => await Task.Yield(); }
        class G : System.Windows.Input.ICommand
        {
            public event EventHandler? CanExecuteChanged { add { } remove { } }
            public bool CanExecute(object? parameter) => true;
            public async void Execute(object? parameter) => await Task.Yield();
        }
        """);

    [Fact]
    public Task StaticInterfaceImplementation_IsSilent() => Silent(
        """
        interface I { static abstract void M(); }
        class D : I { public static async void M() => await Task.Yield(); }
        """);

    [Fact]
    public Task GenericInterfaceImplementation_IsSilent() => Silent(
        """
        interface I<T> { void M(T value); }
        class D : I<int> { public async void M(int value) => await Task.Yield(); }
        """);

    [Fact]
    public Task PartialMethod_IsSilent() => Silent(
        """
        partial class D { partial void OnChanged(); public partial void M(); }
        partial class D { async partial void OnChanged() => await Task.Yield(); public async partial void M() => await Task.Yield(); }
        """);

    [Theory]
    [InlineData("E += M;")]
    [InlineData("E += this.M;")]
    [InlineData("E += new Action(M);")]
    [InlineData("E += (Action)M;")]
    [InlineData("E += new(M);")]
    [InlineData("this.E += (M);")]
    [InlineData("E += M!;")]
    public Task SubscribedMethod_IsSilent(string subscription) => Silent(
        $$"""
        event Action? E;
        void N() { {{subscription}} E?.Invoke(); }
        async void M() => await Task.Yield();
        """);

    [Fact]
    public Task SubscribedMethod_InAnotherFile_IsSilent() => Silent(
        """
        event Action? E;
        async void M() => await Task.Yield();
        """,
        new() { OtherFiles = [("Other.cs", "partial class C { void N() { E += M; } }")] });

    [Fact]
    public Task SubscribedLocalFunction_IsSilent() => Silent(
        """
        event Action? E;
        void N() { E += Local; E?.Invoke(); async void Local() => await Task.Yield(); }
        """);

    [Fact]
    public Task SubscribedGenericMethod_IsSilent() => Silent(
        """
        event Action<int>? E;
        void N() { E += M<int>; E?.Invoke(1); }
        async void M<T>(T value) => await Task.Yield();
        """);

    [Fact]
    public Task MethodsOfTheRuntime_AreSilent() => Silent(
        """
        [System.Runtime.CompilerServices.ModuleInitializer] internal static async void Init() => await Task.Yield();
        [System.Runtime.Serialization.OnDeserialized] async void Done(System.Runtime.Serialization.StreamingContext context) => await Task.Yield();
        """);

    [Fact]
    public Task MethodsWhoseCallsMayBeLeftOut_AreSilent() => Silent(
        """
        [System.Diagnostics.Conditional("DEBUG")] async void Check() => await Task.Yield();
        void M() { Check(); }
        """);

    [Fact]
    public Task AsyncTaskMethods_AreSilent() =>
    Silent("async Task M() => await Task.Yield(); async ValueTask N() => await Task.Yield(); void O() { }");

    [Fact]
    public Task AsyncLambda_IsLeftToAnotherRule() =>
    Silent("Action a = async () => await Task.Yield(); Action M() => async delegate { await Task.Yield(); };");

    [Fact]
    public Task Keeper_OfATask_IsSilent() => Silent(
        """
        using System;
        using System.Threading.Tasks;
        public static class Keeper
        {
            public static async void HandleExceptions(this Task task)
            {
                try { await task.ConfigureAwait(true); }
                catch (OperationCanceledException) { }
                catch (Exception e) { Console.WriteLine(e); }
            }
            public static async void Forget(this ValueTask task) { try { await task; } catch { } }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Keeper_ThatLetsFailuresThrough_IsReported() => Reports(
        """
        using System;
        using System.Threading.Tasks;
        public static class Keeper
        {
            public static async void [|A|](this Task task) => await task;
            public static async void [|B|](this Task task) { try { await task; } catch (InvalidOperationException) { } }
            public static async void [|C|](this Task task) { try { Console.WriteLine(); } catch { } finally { await task; } }
            public static async void [|D|](Task task) { try { await task; } catch { } }
            public static async void [|E|](this Task task) { try { await task; } catch (Exception e) when (e.Message == "") { } }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading.Tasks;
        class D { async void M() { await Task.Yield(); } }
        """,
        RuleTestOptions.File);

    // Fixes

    [Fact]
    public Task Fix_ReturnsTask_AndKeepsComments() => Fixes(
        """
        /// <summary>Loads. See <see cref="Load"/>.</summary>
        public static /* a */ async /* b */ void /* c */ [|Load|](int n) // d
        {
            await Task.Yield(); // e
            if (n > 1) return;
        }
        """,
        """
        /// <summary>Loads. See <see cref="Load"/>.</summary>
        public static /* a */ async /* b */ Task /* c */ Load(int n) // d
        {
            await Task.Yield(); // e
            if (n > 1) return;
        }
        """);

    [Fact]
    public Task Fix_AddsTheUsing() => Fixes(
        """
        using System;

        namespace N
        {
            class D
            {
                async void [|M|]() => await System.Threading.Tasks.Task.Yield();
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;

        namespace N
        {
            class D
            {
                async Task M() => await System.Threading.Tasks.Task.Yield();
            }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Fix_CallersThatAreAsync_Await() => Fixes(
        """
        async void [|Load|](int n) => await Task.Yield();
        async Task A()
        {
            // first
            Load(1); // second
            this.Load(2);
        }
        async Task B(C other) => other.Load(3);
        void D() { Func<Task> f = async () => Load(4); Func<Task> g = async () => { Load(5); await f(); }; }
        async Task E()
        {
            await A().ConfigureAwait(false);
            Load(6);
        }
        """,
        """
        async Task Load(int n) => await Task.Yield();
        async Task A()
        {
            // first
            await Load(1); // second
            await this.Load(2);
        }
        async Task B(C other) => await other.Load(3);
        void D() { Func<Task> f = async () => await Load(4); Func<Task> g = async () => { await Load(5); await f(); }; }
        async Task E()
        {
            await A().ConfigureAwait(false);
            await Load(6).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Fix_ConditionalCaller_Awaits() => Fixes(
        """
        async void [|Load|]() => await Task.Yield();
        async Task A(C? other)
        {
            other?.Load();
            await Task.Yield();
        }
        """,
        """
        async Task Load() => await Task.Yield();
        async Task A(C? other)
        {
            await (other?.Load() ?? Task.CompletedTask);
            await Task.Yield();
        }
        """);

    // They would drop the task, and with it the failure that ends the process today.
    [Theory]
    [InlineData("C() { Load(); }")]
    [InlineData("void A() => Load();")]
    [InlineData("void A(List<int> l) { l.ForEach(i => Load()); }")]
    [InlineData("async Task A() { await Task.Yield(); Action a = () => Load(); a(); }")]
    [InlineData("async Task A() { await Task.Yield(); Load(); void B() { Load(); } B(); }")]
    [InlineData("int P { get { Load(); return 1; } }")]
    public Task Fix_WithASynchronousCaller_IsNotOffered(string caller) => NoFix("async void [|Load|]() => await Task.Yield();\n" + caller);

    [Fact]
    public Task Fix_WithASynchronousCallerInAnotherFile_IsNotOffered() => NoFix(
        "public async void [|Load|]() => await Task.Yield();",
        new() { OtherFiles = [("Other.cs", "class D { void M(C c) => c.Load(); }")] });

    [Fact]
    public Task Fix_CallersInOtherDocuments_Await() => Fixes(
        "public async void [|Load|]() => await Task.Yield();",
        "public async Task Load() => await Task.Yield();",
        new()
        {
            OtherFiles = [("Other.cs",
                "class D { async System.Threading.Tasks.Task M(C c) { await System.Threading.Tasks.Task.Yield(); c.Load(); } }")],
            FixedOtherFiles = [("Other.cs",
                "class D { async System.Threading.Tasks.Task M(C c) { await System.Threading.Tasks.Task.Yield(); await c.Load(); } }")],
        });

    [Fact]
    public Task Fix_Chain_AwaitsThroughout() => Fixes(
        """
        async void [|A|]() { B(); await Task.Yield(); }
        async void [|B|]() { D(1); await Task.Yield(); D(2); }
        async void [|D|](int n) { await Task.Yield(); if (n > 0) D(n - 1); }
        """,
        """
        async Task A() { await B(); await Task.Yield(); }
        async Task B() { await D(1); await Task.Yield(); await D(2); }
        async Task D(int n) { await Task.Yield(); if (n > 0) await D(n - 1); }
        """);

    [Fact]
    public Task Fix_LocalFunctions_ReturnTask() => Fixes(
        """
        async Task M()
        {
            Local();
            await Task.Yield();

            // why
            async void [|Local|]() => await Task.Yield(); // because
        }
        """,
        """
        async Task M()
        {
            await Local();
            await Task.Yield();

            // why
            async Task Local() => await Task.Yield(); // because
        }
        """);

    [Fact]
    public Task Fix_TopLevelLocalFunction_ReturnsTask() => Fixes(
        """
        using System.Threading.Tasks;

        Local();
        async void [|Local|]() => await Task.Yield();
        """,
        """
        using System.Threading.Tasks;

        await Local();
        async Task Local() => await Task.Yield();
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Fix_XunitTest_ReturnsTask() => Fixes(
        "[Fact] public async void [|M|]() => await Task.Yield();",
        "[Fact] public async Task M() => await Task.Yield();",
        new() { Stubs = [Stubs.Xunit], ExtraUsings = ["Xunit"] });

    [Fact]
    public Task Fix_Virtual_WithoutOverrides_ReturnsTask() => Fixes(
        "protected virtual async void [|M|]() { await Task.Yield(); }",
        "protected virtual async Task M() { await Task.Yield(); }");

    [Theory]
    [InlineData("Action A => M; async void [|M|]() => await Task.Yield();")]
    [InlineData("void N() { Action a = new Action(M); Take(M); M(); } void Take(Action a) { } async void [|M|]() => await Task.Yield();")]
    [InlineData("void N() { var a = (Action)M; } async void [|M|]() => await Task.Yield();")]
    [InlineData("event Action? E; void N() { E -= M; E?.Invoke(); } async void [|M|]() => await Task.Yield();")]
    [InlineData("async Task N() { await Task.Yield(); lock (this) { M(); } } async void [|M|]() => await Task.Yield();")]
    [InlineData("async Task N() { await Task.Yield(); unsafe { M(); } } async void [|M|]() => await Task.Yield();")]
    [InlineData("unsafe delegate*<void> N() => &M; static async void [|M|]() => await Task.Yield();")]
    [InlineData("void N() { var f = () => M(); Action a = f; } async void [|M|]() => await Task.Yield();")]
    [InlineData("interface I { void M(); } class B { public async void [|M|]() => await Task.Yield(); } class D : B, I { }")]
    [InlineData("interface I { async void [|M|]() => await Task.Yield(); }")]
    [InlineData("protected virtual async void [|M|]() => await Task.Yield(); class D : C { protected override void M() { } }")]
    public Task Fix_WhereVoidIsNeeded_IsNotOffered(string source) => NoFix(source);

    [Fact]
    public Task Fix_WhereAnotherFileNeedsVoid_IsNotOffered() => NoFix(
        "public async void [|Load|]() => await Task.Yield();",
        new() { OtherFiles = [("Other.cs", "class D { void M(C c) { System.Action a = c.Load; } }")] });
}
