using System.Collections.Immutable;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class DroppedTaskTests : RuleTest<DroppedTaskAnalyzer, DroppedTaskFix>
{
    private const string Discard = "Discard it with '_ ='";

    private const string Keep = "Keep it and await 'Task.WhenAll' at the end";

    private const string GroupTitle = "Run it in a task group";

    private const string BackgroundTitle = "Start it in a 'BackgroundTaskGroup' (review)";

    private static readonly RuleTestOptions Compiler = new() { CompilerDiagnosticIds = ["CS4014"] };

    private static readonly RuleTestOptions Discarding = new() { ActionKey = "AGD0201.Discard" };

#if ROSLYN_FLOOR
    private const string InProgramWithoutAwait = "AGD0201";
#else
    private const string InProgramWithoutAwait = "CS4014";
#endif

    // Reported

    [Fact]
    public Task Call_InSynchronousMethod_IsReported() => Reports("void M(Stream s) { [|s.FlushAsync()|]; }");

    [Fact]
    public Task Call_InMethodReturningTask_IsReported() => Reports("Task M(Stream s) { [|s.FlushAsync()|]; return Task.CompletedTask; }");

    [Fact]
    public Task Call_InConstructor_IsReported() => Reports("C(Stream s) { [|s.FlushAsync()|]; }");

    [Fact]
    public Task Call_InPropertyAccessors_IsReported() => Reports(
        """
        Stream _s = Stream.Null;
        int P { get { [|_s.FlushAsync()|]; return 1; } set => [|_s.FlushAsync()|]; }
        """);

    // No code is left that could see it
    [Theory]
    [InlineData("void M() { Task.Run(async () => { await Task.Delay(500); Environment.Exit(0); }); }")]
    [InlineData("void M() { Task.Run(() => { Console.Write(1); Environment.FailFast(\"a\"); }); }")]
    public Task Work_ThatEndsTheProcess_IsSilent(string source) => Silent(source);

    // Work of a thread of the pool that handles its failures
    [Theory]
    [InlineData("void M() { Task.Run(() => Prune()); } void Prune() { try { Console.Write(1); } catch (Exception e) { Console.Write(e); } }")]
    [InlineData("void M() { Task.Run(Prune); } void Prune() { try { Console.Write(1); } catch { } }")]
    [InlineData("void M() { Task.Run(() => { Prune(); }); } static void Prune() { try { Console.Write(1); } catch { } }")]
    public Task SynchronousWork_ThatHandlesItsFailures_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("void M() { [|Task.Run(() => Prune())|]; } void Prune() { try { Console.Write(1); } catch (IOException) { } }")]
    [InlineData("void M() { [|Task.Run(() => Prune())|]; } int Prune() { try { Console.Write(1); } catch { } return File.OpenRead(\"a\").ReadByte(); }")]
    [InlineData("void M(string s) { [|Task.Run(() => Prune(int.Parse(s)))|]; } void Prune(int x) { try { Console.Write(x); } catch { } }")]
    [InlineData("void M() { [|Task.Run(() => { Prune(); Console.Write(2); })|]; } void Prune() { try { Console.Write(1); } catch { } }")]
    public Task SynchronousWork_ThatMayFail_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("void M(bool b) { [|Task.Run(async () => { await Task.Delay(500); if (b) return; Environment.Exit(0); })|]; }")]
    [InlineData("void M(bool b) { [|Task.Run(async () => { await Task.Delay(500); if (b) Environment.Exit(0); })|]; }")]
    public Task Work_ThatMayEndTheProcess_IsReported(string source) => Reports(source);

    [Fact]
    public Task ConfigureAwait_AsStatement_IsReported() => Reports("void M(Stream s) { [|s.FlushAsync().ConfigureAwait(false)|]; }");

    [Fact]
    public Task ConditionalCall_AsStatement_IsReported() => Reports("async Task M(Stream? s) { await Task.Yield(); [|s?.FlushAsync()|]; }");

    [Fact]
    public Task ExpressionBody_OfVoidMethod_IsReported() => Reports("void M(Stream s) => [|s.FlushAsync()|];");

    [Fact]
    public Task ExpressionLambda_AsAction_IsReported() => Reports("void M(List<Stream> l) => l.ForEach(s => [|s.FlushAsync()|]);");

    [Fact]
    public Task StatementLambda_InPlaceInAsyncMethod_IsReported() =>
    Reports("async Task M(List<Stream> l) { await Task.Yield(); l.ForEach(s => { [|s.FlushAsync()|]; }); }");

    [Fact]
    public Task LocalFunction_SynchronousInAsyncMethod_IsReported() =>
    Reports("async Task M(Stream s) { await Task.Yield(); Local(); void Local() { [|s.FlushAsync()|]; } }");

    [Fact]
    public Task TopLevelProgram_WithoutAwait_IsReported() => Reports(
        """
        using System.IO;
        [|Stream.Null?.FlushAsync()|];
        Local();
        void Local() => [|Stream.Null.FlushAsync()|];
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task TaskRun_AsStatement_IsReported() => Reports("void M() { [|Task.Run(() => { })|]; }");

    [Fact]
    public Task ContinueWith_Plain_IsReported() =>
    Reports("void Enqueue(Action a, Action done) => [|Task.Run(a).ContinueWith(_ => done())|];");

    [Fact]
    public Task ContinueWith_OnlyOnSuccess_IsReported() =>
    Reports("void M(Task t) { [|t.ContinueWith(_ => { }, TaskContinuationOptions.OnlyOnRanToCompletion)|]; }");

    [Fact]
    public Task CallReturningValueTask_IsReported() => Reports("void M(IAsyncDisposable d) { [|d.DisposeAsync()|]; }");

    [Fact]
    public Task CallReturningOwnAwaitable_IsReported() => Reports(
        """
        class Work { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => default; }
        Work Start() => new Work();
        void M() { [|Start()|]; }
        """);

    [Fact]
    public Task GenericCall_ReturningTypeParameterTask_IsReported() => Reports("void M<T>(Func<Task<T>> f) { [|f()|]; }");

    [Fact]
    public Task CallThroughTypeParameter_IsReported() => Reports("void M<T>(T s) where T : Stream { [|s.FlushAsync()|]; }");

    [Fact]
    public Task AssertThrowsAsync_InVoidTest_IsReported() => Reports(
        """
        [Fact] public void M() { [|Assert.ThrowsAsync<Exception>(() => Task.CompletedTask)|]; }
        """,
        new() { Stubs = [Stubs.Xunit], ExtraUsings = ["Xunit"] });

    [Fact]
    public Task AsyncCallback_Raised_IsReported() => Reports(
        """
        event Func<Task>? Changed;
        void M() { [|Changed?.Invoke()|]; }
        """);

    [Fact]
    public Task Call_InSwitchAndLoopAndUsing_IsReported() => Reports(
        """
        void M(Stream s, int n)
        {
            switch (n) { case 1: [|s.FlushAsync()|]; break; }
            while (n-- > 0) [|s.FlushAsync()|];
            using (s) [|s.FlushAsync()|];
        }
        """);

    [Fact]
    public Task Call_InOldLanguage_IsReported() =>
    Reports("void M(Stream s) { [|s.FlushAsync()|]; }",
    new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task Call_InPartialClass_IsReportedWhereItStands() => Reports(
        "void M() { [|Work()|]; }",
        new()
        {
            OtherFiles = [("Other.cs",
            "using System.Threading.Tasks; partial class C { Task Work() => Task.CompletedTask; void N() { [|Work()|]; } }")]
        });

    [Fact]
    public Task Call_InRecordAndStruct_IsReported() => Reports(
        """
        record R { public void M() => [|Task.Run(() => { })|]; }
        struct S { public void M() => [|Task.Run(() => { })|]; }
        interface I { void M() => [|Task.Run(() => { })|]; }
        """);

    [Fact]
    public Task NamesWhatItDrops_ThroughConfigureAwait() => Reports(
        "void M(Stream s) { {|#0:s.FlushAsync().ConfigureAwait(false)|}; }",
        new() { Expected = [new DiagnosticResult("AGD0201", DiagnosticSeverity.Warning).WithLocation(0).WithArguments("FlushAsync")] });

#if !ROSLYN_FLOOR
    [Fact]
    public Task Call_InExtensionBlock_IsReported() => Reports(
        """
        public static class E
        {
            extension(System.IO.Stream s)
            {
                public void M() { [|s.FlushAsync()|]; }
            }
        }
        """,
        RuleTestOptions.File);
#endif

    // Silent

    [Fact]
    public Task Call_InAsyncMethod_IsLeftToTheCompiler() => Silent("async Task M(Stream s) { await Task.Yield(); s.FlushAsync(); }");

    [Fact]
    public Task AsyncCallee_InSource_IsLeftToTheCompiler() => Silent("async Task Go() => await Task.Yield(); void M() => Go();");

    [Fact]
    public Task Discard_IsSilent() => Silent("void M(Stream s) { _ = s.FlushAsync(); }");

    [Fact]
    public Task Await_Return_Assignment_AreSilent() => Silent(
        """
        Task _t = Task.CompletedTask;
        Task A(Stream s) => s.FlushAsync();
        Task B(Stream s) { return s.FlushAsync(); }
        async Task D(Stream s) { await s.FlushAsync(); var t = s.FlushAsync(); _t = s.FlushAsync(); await t; }
        """);

    [Fact]
    public Task SelectWithFallback_IsSilent() => Silent(
        """
        Task A(Stream?[] all) => Task.WhenAll(all.Select(s => s?.FlushAsync() ?? Task.CompletedTask));
        Task? B(Task? t) { return t?.ContinueWith(_ => { }); }
        int D(Func<Task<int>>? f) => (f?.Invoke() ?? Task.FromResult(0)).GetAwaiter().GetResult();
        """);

    [Fact]
    public Task WaitedCall_IsSilent() => Silent("void M(Stream s) { s.FlushAsync().Wait(); s.FlushAsync().GetAwaiter().GetResult(); }");

    [Theory]
    [InlineData("Forget")]
    [InlineData("FireAndForget")]
    [InlineData("SafeFireAndForget")]
    [InlineData("FileAndForget")]
    [InlineData("NoWait")]
    public Task ForgetMethod_EvenWhenItReturnsATask_IsSilent(string name) => Silent(
        $$"""
        public static class E { public static Task {{name}}(this Task task) => task; }
        public class D { void M(System.IO.Stream s) { s.FlushAsync().{{name}}(); s.FlushAsync().{{name}}().ConfigureAwait(false); E.{{name}}(s.FlushAsync()); } }
        """.Insert(0, "using System.Threading.Tasks;\n"),
        RuleTestOptions.File);

    [Fact]
    public Task MethodThatKeepsTasks_IsSilent() => Silent(
        """
        using System;
        using System.Threading.Tasks;
        public static class E
        {
            public static Task LogExceptions(this Task task)
            {
                task.ContinueWith(t => { if (t.Exception != null) Console.WriteLine(t.Exception); }, TaskContinuationOptions.OnlyOnFaulted);
                return task;
            }
            public static async Task<T?> OrDefault<T>(this Task<T> task) { try { return await task.ConfigureAwait(false); } catch (Exception e) { Console.WriteLine(e); return default; } }
        }
        public class D
        {
            void M(System.IO.Stream s, Func<Task<int>> count)
            {
                s.FlushAsync().LogExceptions();
                Task.Factory.StartNew(() => { }).LogExceptions().ConfigureAwait(false);
                E.LogExceptions(s.FlushAsync());
            }
        }
        """,
        RuleTestOptions.File);

    [Theory]
    [InlineData("Task.Run(async () => { try { await WorkAsync(); } catch (Exception e) { Log(e); } });")]
    [InlineData("Task.Run(() => { try { Log(1); } catch { } });")]
    [InlineData("Task.Run(async () => { try { await WorkAsync(); } catch (Exception e) { SynchronizationContext.Current!.Post(_ => throw e, null); } });")]
    [InlineData("Task.Factory.StartNew(() => { try { Log(1); } catch (Exception e) { Log(e); } });")]
    [InlineData("Task.Run(() => _source.TrySetResult(1));")]
    [InlineData("Task.Run(() => { _source.TrySetException(new IOException()); });")]
    public Task WorkThatDoesNotFail_IsSilent(string call) => Silent(Work + $"void M() {{ {call} }}");

    [Theory]
    [InlineData("[|Task.Run(async () => { await WorkAsync(); try { await WorkAsync(); } catch (Exception e) { Log(e); } })|];")]
    [InlineData("[|Task.Run(async () => { try { await WorkAsync(); } catch (Exception e) { Log(e); throw; } })|];")]
    [InlineData("[|Task.Run(async () => { try { await WorkAsync(); } catch (IOException e) { Log(e); } })|];")]
    [InlineData("[|Task.Run(() => _source.SetResult(1))|];")]
    [InlineData("[|Task.Run(() => { Log(1); _source.TrySetResult(1); })|];")]
    public Task WorkThatMayFail_IsReported(string call) => Reports(Work + $"void M() {{ {call} }}");

    private const string Work =
        """
        Task WorkAsync() => Task.Delay(1);
        void Log(object? x) => Console.WriteLine(x);
        readonly TaskCompletionSource<int> _source = new();

        """;

    [Fact]
    public Task NewRenderingOfAComponent_IsSilent_OtherWorkIsReported() => Reports(
        """
        class Row : Microsoft.AspNetCore.Components.ComponentBase
        {
            void Changed() { InvokeAsync(StateHasChanged); this.InvokeAsync(() => StateHasChanged()); InvokeAsync(() => { StateHasChanged(); }); }
            void Load() { [|InvokeAsync(LoadAsync)|]; [|InvokeAsync(() => { Count(); StateHasChanged(); })|]; }
            Task LoadAsync() => Task.Delay(1);
            void Count() { }
        }
        """,
        new() { References = ReferenceSet.AspNetCore });

    [Fact]
    public Task MethodThatOnlyWrapsTasks_IsReported() => Reports(
        """
        using System;
        using System.Threading.Tasks;
        public static class E
        {
            public static Task Traced(this Task task) { Console.WriteLine(task.Id); return task; }
            public static Task Then(this Task task, Action next) => task.ContinueWith(_ => next());
            public static async Task Slowly(this Task task) { try { await Task.Yield(); } catch { } await task; }
        }
        public class D
        {
            void M(System.IO.Stream s)
            {
                [|s.FlushAsync().Traced()|];
                [|s.FlushAsync().Then(() => { })|];
                [|s.FlushAsync()?.Slowly().ConfigureAwait(false)|];
            }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task ResultOfAWaitedTask_IsSilent() => Silent(
        """
        using System.Threading.Tasks;
        public static class E { public static T Await<T>(this Task<T> task) => task.GetAwaiter().GetResult(); }
        public class D { void M(Task a) { Task.WhenAny(a, Task.Delay(1)).Await(); E.Await(Task.WhenAny(a, Task.Delay(1))); } }
        """,
        RuleTestOptions.File);

    [Theory]
    [InlineData("TaskContinuationOptions.OnlyOnFaulted")]
    [InlineData("TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously")]
    [InlineData("TaskContinuationOptions.NotOnRanToCompletion")]
    public Task ContinueWith_ForFailures_IsSilent(string options) =>
    Silent($"void M(Task t) {{ t.ContinueWith(x => Console.WriteLine(x.Exception), {options}); }}");

    [Fact]
    public Task ContinueWith_ReadingTheException_IsSilent() => Silent(
        """
        void M(Task t, Task<int> u)
        {
            t.ContinueWith(x => { if (x.IsFaulted) Console.WriteLine(x.Exception); });
            u.ContinueWith((x, state) => Console.WriteLine(x.Exception?.Message), null);
        }
        """);

    [Fact]
    public Task ContinueWith_ReadingAnotherException_IsReported() => Reports(
        """
        void M(Task t, Task u)
        {
            [|t.ContinueWith(x => Console.WriteLine(u.Exception))|];
        }
        """);

    [Fact]
    public Task ContinueWith_HandingTheTaskOn_IsSilent() =>
    Silent("void Done(Task t) { GC.KeepAlive(t); } void M(Task t) { t.ContinueWith(Done); t.ContinueWith(x => Done(x)); }");

    [Fact]
    public Task ContinueWith_CompletingASource_IsSilent() => Silent(
        """
        Task _stopping = Task.CompletedTask;
        void M(Task t, TaskCompletionSource<int> source, TaskCompletionSource plain)
        {
            _stopping.ContinueWith(x => source.TrySetCanceled(), TaskContinuationOptions.OnlyOnCanceled);
            t.ContinueWith(_ => { plain.TrySetResult(); });
            t.ContinueWith(_ => plain.TrySetResult()).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task ContinueWith_CompletingASource_WhereItDoesMore_IsReported() => Reports(
        """
        void M(Task t, TaskCompletionSource<int> source, Action done)
        {
            [|Task.Run(done).ContinueWith(_ => source.TrySetResult(1))|];
            [|t.ContinueWith(_ => source.SetResult(1))|];
            [|t.ContinueWith(_ => { done(); source.TrySetResult(1); })|];
            [|t.ContinueWith(_ => { source.TrySetResult(1); done(); })|];
        }
        """);

    [Fact]
    public Task Awaiter_ResumingOnThePool_IsSilent() => Silent(
        """
        class Awaiter : System.Runtime.CompilerServices.ICriticalNotifyCompletion
        {
            public void OnCompleted(Action continuation) { Task.Run(continuation); }
            public void UnsafeOnCompleted(Action continuation) => Task.Factory.StartNew(continuation, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
        class Source { public void OnCompleted(Action<object?> continuation, object? state) => Task.Factory.StartNew(continuation, state); }
        """);

    [Fact]
    public Task Awaiter_DoingOtherWork_IsReported() => Reports(
        """
        class Awaiter : System.Runtime.CompilerServices.INotifyCompletion
        {
            private readonly Action _work = () => { };
            public void OnCompleted(Action continuation) { [|Task.Run(_work)|]; [|Task.Run(() => { _work(); continuation(); })|]; }
            public void Later(Action continuation) { [|Task.Run(continuation)|]; }
        }
        """);

    [Fact]
    public Task ContinueWith_ReadingOnlyTheResult_IsReported() =>
    Reports("void M(Task<int> t) { [|t.ContinueWith(x => Console.WriteLine(x.Result))|]; }");

    [Fact]
    public Task TaskGroupStart_IsSilent() => Silent(
        """
        Task M(Stream s, CancellationToken t) => TaskGroup.RunAsync(group =>
        {
            group.Start(token => s.FlushAsync(token));
            group.Start(token => s.FlushAsync(token)).ConfigureAwait(false);
            return Task.CompletedTask;
        }, t);
        """,
        new() { Stubs = [Stubs.AsyncGuardRuntime], ExtraUsings = ["AsyncGuard"] });

    [Fact]
    public Task ObserverOption_InEditorConfig_IsSilent() => Silent(
        """
        Task Track(Task t) => t;
        Task Enlist(Task t) => t;
        void M(Stream s) { Track(s.FlushAsync()); Enlist(s.FlushAsync()).ConfigureAwait(false); }
        """,
        new() { EditorConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_task_observers", "Track, Enlist") });

    [Fact]
    public Task ObserverOption_InGlobalConfig_IsSilent() => Silent(
        """
        Task Track(Task t) => t;
        void M(Stream s) { Track(s.FlushAsync()); }
        """,
        new() { GlobalConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_task_observers", "Other|Track") });

    [Fact]
    public Task ObserverOption_InBothFiles_AddsUp() => Reports(
        """
        Task Track(Task t) => t;
        Task Enlist(Task t) => t;
        void M(Stream s) { Track(s.FlushAsync()); Enlist(s.FlushAsync()); [|s.FlushAsync()|]; }
        """,
        new()
        {
            GlobalConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_task_observers", "Track"),
            EditorConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_task_observers", "Enlist"),
        });

    [Fact]
    public Task TaskOfAStore_IsSilent() => Silent(
        """
        Task _t = Task.CompletedTask;
        void M(Queue<Task> q, System.Collections.Concurrent.ConcurrentDictionary<int, Task> d, Stream s)
        {
            q.Dequeue();
            d.GetOrAdd(1, _ => s.FlushAsync());
            Interlocked.Exchange(ref _t, s.FlushAsync());
        }
        """);

    [Fact]
    public Task GenericWrapper_AroundACall_IsReported() =>
    Reports("T Retry<T>(Func<T> f) => f(); void M(Stream s) { [|Retry(() => s.FlushAsync())|]; }");

    [Fact]
    public Task ConfigureAwait_OfAVariable_IsSilent() => Silent("void M(Task t) { t.ConfigureAwait(false); t.Wait(); }");

    [Fact]
    public Task ConfigureAwait_OfAConditionalCall_IsReported() =>
    Reports("void M(Stream? s) { [|s?.FlushAsync().ConfigureAwait(false)|]; }");

    [Fact]
    public Task LambdaInsideExpressionTree_IsSilent() => Silent(
        """
        void Setup(System.Linq.Expressions.Expression<Func<C, bool>> e) { }
        bool Any(Action a) => true;
        void M(Stream s) => Setup(c => c.Any(() => s.FlushAsync()));
        """);

    [Fact]
    public Task ExpressionTree_IsSilent() => Silent(
        """
        void Verify(System.Linq.Expressions.Expression<Action<Stream>> e, Func<int> times) { }
        void M() { Verify(x => x.FlushAsync(), () => 0); Verify(x => Nested(() => x.FlushAsync()), () => 0); }
        void Nested(Action a) { }
        """);

    [Fact]
    public Task MoqVerify_IsSilent() => Silent(
        """
        public interface ILog { Task InfoAsync(string s); }
        void M(Mock<ILog> mock) { mock.Verify(x => x.InfoAsync("a"), Times.Never); mock.Verify(x => x.InfoAsync("a"), Times.Once()); }
        """,
        new() { Stubs = [Stubs.Moq], ExtraUsings = ["Moq"] });

    [Fact]
    public Task NSubstitute_Received_IsSilent() => Silent(
        """
        using System;
        using System.IO;
        using System.Threading.Tasks;
        using NSubstitute;

        public class T
        {
            void M(Stream s)
            {
                s.Received().FlushAsync();
                Received.InOrder(() => { s.FlushAsync(); s.DisposeAsync(); });
                s.When(x => x.FlushAsync());
            }
        }

        namespace NSubstitute
        {
            public static class SubstituteExtensions
            {
                public static T Received<T>(this T substitute) => substitute;
                public static object When<T>(this T substitute, Action<T> call) => substitute!;
            }

            public static class Received { public static void InOrder(Action calls) { } }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task FireAndForgetFlag_IsSilent() => Silent(
        """
        [Flags] enum CommandFlags { None = 0, Slow = 1, FireAndForget = 2 }
        Task Set(string key, CommandFlags flags = CommandFlags.None) => Task.CompletedTask;
        void M() { Set("a", CommandFlags.FireAndForget); Set("a", flags: CommandFlags.Slow | CommandFlags.FireAndForget); }
        """);

    [Fact]
    public Task RedisBatch_IsSilent() => Silent(
        """
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public class T
        {
            void M(ITransaction transaction) { transaction.StringSetAsync("a"); transaction.Execute(); }
        }

        namespace StackExchange.Redis
        {
            public interface IDatabaseAsync { Task StringSetAsync(string key); }
            public interface IBatch : IDatabaseAsync { void Execute(); }
            public interface ITransaction : IBatch { }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task CompletedTask_IsSilent() => Silent("void M() { Task.FromResult(1); ValueTask.FromResult(1); }");

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading.Tasks;
        class D { void M() { Task.Run(() => { }); } }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task CallReturningNoAwaitable_IsSilent() => Silent(
        """
        class Almost { public Almost GetAwaiter() => this; public bool IsCompleted => true; public void GetResult() { } }
        Almost Start() => new Almost();
        dynamic D() => 1;
        void M(List<int> l) { Start(); D(); l.Remove(1); D().RunAsync(); }
        """);

    [Fact]
    public Task Construction_IsSilent() => Silent("void M() { new Task(() => { }); var t = new Task(() => { }); t.Start(); }");

    [Fact]
    public Task FuncOfTask_IsPreferredAndSilent() =>
    Silent("void M(Stream s) { Take(() => s.FlushAsync()); } void Take(Func<Task> f) { } void Take(Action a) { }");

    [Fact]
    public Task MissingAwaiterInterface_IsSilent() =>
    Silent("void M() { int x = 0; x++; }", new() { References = ReferenceSet.NetStandard20 });

    // Fixes: await

    [Fact]
    public Task Fix_InAsyncMethod_AwaitsConditionalCall() => Fixes(
        """
        async Task M(Stream? s)
        {
            await Task.Yield();
            // flush
            [|s?.FlushAsync()|]; // now
        }
        """,
        """
        async Task M(Stream? s)
        {
            await Task.Yield();
            // flush
            await (s?.FlushAsync() ?? Task.CompletedTask); // now
        }
        """);

    [Fact]
    public Task Fix_InMethodReturningTask_MakesItAsync() => Fixes(
        """
        public Task M(Stream s)
        {
            // before

            /* lead */ [|s.FlushAsync()|]; // trail
            return Task.CompletedTask;
        }
        """,
        """
        public async Task M(Stream s)
        {
            // before

            /* lead */ await s.FlushAsync(); // trail
        }
        """);

    [Fact]
    public Task Fix_InMethodReturningValue_KeepsTheValue() => Fixes(
        """
        Task<int> M(Stream s, bool b)
        {
            [|s.FlushAsync()|];
            if (b) return Task.FromResult(1);
            return Other();
        }
        Task<int> Other() => Task.FromResult(2);
        """,
        """
        async Task<int> M(Stream s, bool b)
        {
            await s.FlushAsync();
            if (b) return 1;
            return await Other();
        }
        Task<int> Other() => Task.FromResult(2);
        """);

    [Fact]
    public Task Fix_InLocalFunction_MakesTheLocalFunctionAsync() => Fixes(
        """
        Task M(Stream s)
        {
            return Local();

            Task Local()
            {
                [|s.FlushAsync()|];
                return Task.CompletedTask;
            }
        }
        """,
        """
        Task M(Stream s)
        {
            return Local();

            async Task Local()
            {
                await s.FlushAsync();
            }
        }
        """);

    [Fact]
    public Task Fix_InLambdaReturningTask_MakesTheLambdaAsync() => Fixes(
        """
        Func<Task> M(Stream s) => () =>
        {
            [|s.FlushAsync()|];
            return Task.CompletedTask;
        };
        """,
        """
        Func<Task> M(Stream s) => async () =>
        {
            await s.FlushAsync();
        };
        """);

    [Fact]
    public Task Fix_WhereConfigureAwaitIsUsed_UsesItToo() => Fixes(
        """
        async Task M(Stream s, Task<int> t)
        {
            await t.ConfigureAwait(false);
            [|s?.FlushAsync()|];
        }
        """,
        """
        async Task M(Stream s, Task<int> t)
        {
            await t.ConfigureAwait(false);
            await (s?.FlushAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Fix_OfConfigureAwait_AwaitsIt() => Fixes(
        """
        async Task A(Stream s) { await Task.Yield(); {|CS4014:s.FlushAsync().ConfigureAwait(false)|}; }
        Task B(Stream s) { [|s.FlushAsync().ConfigureAwait(false)|]; return Task.CompletedTask; }
        """,
        """
        async Task A(Stream s) { await Task.Yield(); await s.FlushAsync().ConfigureAwait(false); }
        async Task B(Stream s) { await s.FlushAsync().ConfigureAwait(false); }
        """,
        Compiler);

    [Fact]
    public Task Fix_OfATaskOfATask_AwaitsTheInnerOne() => Fixes(
        """
        Task WorkAsync() => Task.CompletedTask;
        async Task A() { await Task.Yield(); {|CS4014:Task.Factory.StartNew(() => WorkAsync())|}; }
        Task B(TaskFactory f) { [|f.StartNew(async () => await WorkAsync()).ConfigureAwait(false)|]; return Task.CompletedTask; }
        """,
        """
        Task WorkAsync() => Task.CompletedTask;
        async Task A() { await Task.Yield(); await Task.Factory.StartNew(() => WorkAsync()).Unwrap(); }
        async Task B(TaskFactory f) { await f.StartNew(async () => await WorkAsync()).Unwrap().ConfigureAwait(false); }
        """,
        Compiler);

    [Fact]
    public Task Fix_OfSeveral_MakesTheMethodAsyncOnce() => Fixes(
        """
        Task M(Stream s, List<Task> l)
        {
            [|s.FlushAsync()|];
            [|Task.Run(() => { [|s.FlushAsync()|]; })|];
            [|s?.FlushAsync()|];
            return Task.WhenAll(l);
        }
        """,
        """
        async Task M(Stream s, List<Task> l)
        {
            await s.FlushAsync();
            await Task.Run(() => { [|s.FlushAsync()|]; });
            await (s?.FlushAsync() ?? Task.CompletedTask);
            await Task.WhenAll(l);
        }
        """,
        Compiler with { ActionKey = "AGD0201.Await" });

    [Fact]
    public Task Fix_OfCompilerWarning_Awaits() => Fixes(
        """
        async Task Go() => await Task.Yield();
        async Task A(Stream s)
        {
            // one
            {|CS4014:Go()|}; // two
            {|CS4014:s.FlushAsync()|};
        }
        Task B()
        {
            {|CS4014:Go()|};
            return Task.CompletedTask;
        }
        """,
        """
        async Task Go() => await Task.Yield();
        async Task A(Stream s)
        {
            // one
            await Go(); // two
            await s.FlushAsync();
        }
        async Task B()
        {
            await Go();
        }
        """,
        Compiler);

    [Fact]
    public Task Fix_OfCompilerWarning_InTopLevelProgram_Awaits() => Fixes(
        """
        using System.Threading.Tasks;

        await Task.Yield();
        {|CS4014:Go()|};
        static Task Go() => Task.CompletedTask;
        """,
        """
        using System.Threading.Tasks;

        await Task.Yield();
        await Go();
        static Task Go() => Task.CompletedTask;
        """,
        RuleTestOptions.TopLevel with { CompilerDiagnosticIds = ["CS4014"] });

    // The oldest compiler leaves a program without any await to the rule, the newest does not.
    [Fact]
    public Task Fix_InTopLevelProgramWithoutAwait_Awaits() => Fixes(
        """
        using System.Threading.Tasks;

        {|#0:Go()|};
        static Task Go() => Task.CompletedTask;
        """,
        """
        using System.Threading.Tasks;

        await Go();
        static Task Go() => Task.CompletedTask;
        """,
        RuleTestOptions.TopLevel with
        {
            CompilerDiagnosticIds = ["CS4014"],
            Expected = [new DiagnosticResult(InProgramWithoutAwait, DiagnosticSeverity.Warning).WithLocation(0)]
        });

    [Fact]
    public Task Fix_OfConditionalCall_AddsTheUsing() => Fixes(
        """
        public class D
        {
            public async System.Threading.Tasks.Task M(System.IO.Stream? s) { await M(null); [|s?.FlushAsync()|]; }
        }
        """,
        """
        using System.Threading.Tasks;

        public class D
        {
            public async System.Threading.Tasks.Task M(System.IO.Stream? s) { await M(null); await (s?.FlushAsync() ?? Task.CompletedTask); }
        }
        """,
        RuleTestOptions.File);

    // Fixes: discard

    [Fact]
    public Task Fix_InVoidMethod_Discards() => Fixes(
        """
        void M(Stream s)
        {
            // before
            [|s.FlushAsync()|]; // after
        }
        void N(Stream s) => [|s.FlushAsync()|];
        C(Stream? s) => [|s?.FlushAsync()|];
        """,
        """
        void M(Stream s)
        {
            // before
            _ = s.FlushAsync(); // after
        }
        void N(Stream s) => _ = s.FlushAsync();
        C(Stream? s) => _ = s?.FlushAsync();
        """);

    [Fact]
    public Task Fix_OfCompilerWarning_Discards() => Fixes(
        """
        async Task M(Stream s)
        {
            await Task.Yield();
            {|CS4014:s.FlushAsync()|};
        }
        """,
        """
        async Task M(Stream s)
        {
            await Task.Yield();
            _ = s.FlushAsync();
        }
        """,
        Discarding with { CompilerDiagnosticIds = ["CS4014"] });

    [Fact]
    public Task Fix_InActionLambda_Discards() => Fixes(
        "void M(List<Stream> l) => l.ForEach(s => [|s.FlushAsync()|]);",
        "void M(List<Stream> l) => l.ForEach(s => _ = s.FlushAsync());");

    [Theory]
    [InlineData("void M(Stream s) { $; }")]
    [InlineData("C(Stream s) { $; }")]
    [InlineData("Stream s = Stream.Null; int P { get { $; return 1; } }")]
    [InlineData("void M(List<Stream> l) => l.ForEach(s => $);")]
    [InlineData("async Task M(Stream s) { await Task.Yield(); Action a = () => $; }")]
    [InlineData("Task M(Stream s, ref int i) { $; return Task.CompletedTask; }")]
    [InlineData("Task M(Stream s, out int i) { i = 1; $; return Task.CompletedTask; }")]
    [InlineData("Task M(Stream s) { lock (s) { $; } return Task.CompletedTask; }")]
    [InlineData("Task M(Stream s, Span<int> p) { $; return Task.CompletedTask; }")]
    [InlineData("IEnumerable<int> M(Stream s) { $; yield return 1; }")]
    [InlineData("Task? M(Stream s) { $; return null; }")]
    [InlineData("unsafe Task M(Stream s) { $; return Task.CompletedTask; }")]
    [InlineData(
        "Task M(Stream s) { try { } catch (Exception) when (Has(() => $)) { } return Task.CompletedTask; } bool Has(Action a) => true;")]
    public Task Fix_WhereAwaitIsNotLegal_OffersOnlyTheDiscard(string place) => Offers(place.Replace("$", "[|s.FlushAsync()|]"), [Discard]);

    [Fact]
    public Task Fix_OfConditionalValueTask_OffersOnlyTheDiscard() =>
    Offers("async Task M(IAsyncDisposable? d) { await Task.Yield(); [|d?.DisposeAsync()|]; }", [Discard]);

    [Fact]
    public Task Fix_WhereAwaitIsLegal_OffersAwaitFirst() =>
    Offers("Task M(Stream s) { [|s.FlushAsync()|]; return Task.CompletedTask; }", ["Await it", Keep, Discard]);

    [Fact]
    public Task Fix_WhereUnderscoreIsAVariable_OffersNoDiscard() =>
    NoFix("void M(List<object> l, Stream s) => l.ForEach(_ => [|s.FlushAsync()|]);");
}
