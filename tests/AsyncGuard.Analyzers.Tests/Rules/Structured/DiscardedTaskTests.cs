using System.Collections.Immutable;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class DiscardedTaskTests : RuleTest<DiscardedTaskAnalyzer, DiscardedTaskFix>
{
    private const string Run =
        "Task RunAsync(int i = 0) => Task.Delay(i); Task<int> CountAsync(int i = 0) => Task.FromResult(i); ValueTask SaveAsync() => default; void Use(object? o) { }\n";

    private static readonly RuleTestOptions Grouped = new() { ActionKey = "AGD0202.Group", FixedUsings = ["AsyncGuard"] };

    private static readonly RuleTestOptions Background =
        Probed with { ActionKey = "AGD0202.Background", ExtraUsings = ["AsyncGuard", "System.Diagnostics"] };

    // Reported

    [Theory]
    [InlineData("_ = [|RunAsync()|];")]
    [InlineData("_ = [|CountAsync()|];")]
    [InlineData("_ = [|SaveAsync()|];")]
    [InlineData("_ = [|RunAsync().ConfigureAwait(false)|];")]
    [InlineData("_ = [|SaveAsync().AsTask()|];")]
    [InlineData("_ = [|Task.Run(() => { })|];")]
    [InlineData("_ = [|RunAsync().ContinueWith(_ => { })|];")]
    [InlineData("_ = [|other?.RunAsync()|];")]
    [InlineData("_ = [|other?.RunAsync() ?? Task.CompletedTask|];")]
    [InlineData("_ = [|n > 0 ? RunAsync(1) : RunAsync(2)|];")]
    [InlineData("_ = [|Task.WhenAll(RunAsync(1), RunAsync(2))|];")]
    [InlineData("if (n > 0) _ = [|RunAsync()|];")]
    [InlineData("Action a = () => _ = [|RunAsync()|]; a();")]
    [InlineData("var _ = [|RunAsync()|];")]
    [InlineData("var ignored = [|RunAsync()|];")]
    [InlineData("Task unused = [|RunAsync()|];")]
    public Task Discard_IsReported(string body) => Reports(Run + $"async Task M(int n, C? other) {{ await Task.Yield(); {body} }}");

    [Fact]
    public Task Discard_InSynchronousMember_IsReported() => Reports(
        Run +
        """
        void A() { _ = [|RunAsync()|]; }
        void B() => _ = [|RunAsync()|];
        int P { get { _ = [|RunAsync()|]; return 1; } set => _ = [|RunAsync()|]; }
        void F() { Local(); void Local() => _ = [|RunAsync()|]; }
        IEnumerable<int> I() { _ = [|RunAsync()|]; yield return 1; }
        """);

    [Fact]
    public Task Discard_InTopLevelProgram_IsReported() =>
    Reports("using System.Threading.Tasks; _ = [|Task.Run(() => { })|];", RuleTestOptions.TopLevel);

    [Fact]
    public Task Discard_InOldLanguage_IsReported() => Reports(
        "Task RunAsync() { return Task.Delay(1); } void M() { _ = [|RunAsync()|]; }",
        new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task Discard_InConstructor_IsAWarning() => Reports(
        Run +
        """
        C() { _ = {|#0:RunAsync()|}; Action a = () => _ = {|#1:RunAsync()|}; }
        void M() { _ = {|#2:RunAsync()|}; }
        """,
        new()
        {
            Expected =
            [
                new DiagnosticResult("AGD0202", DiagnosticSeverity.Warning).WithLocation(0)
                    .WithMessage(
                    "The task of 'RunAsync' is discarded in a constructor, so its failure and its completion go unnoticed; start it in an async factory method"),
                new DiagnosticResult("AGD0202", DiagnosticSeverity.Info).WithLocation(1),
                new DiagnosticResult("AGD0202", DiagnosticSeverity.Info).WithLocation(2)
                    .WithMessage(
                    "The task of 'RunAsync' is discarded, so its failure and its completion go unnoticed; await it, or keep it where it is awaited"),
            ],
        });

    // Silent

    [Theory]
    [InlineData("await RunAsync();")]
    [InlineData("RunAsync();")]
    [InlineData("_ = p;")]
    [InlineData("_ = _field;")]
    [InlineData("_ = Task.CompletedTask;")]
    [InlineData("_ = Task.FromResult(1);")]
    [InlineData("_ = await CountAsync();")]
    [InlineData("_ = CountAsync().Result;")]
    [InlineData("_ = n.ToString();")]
    [InlineData("_ = RunAsync().ContinueWith(x => Use(x.Exception), TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("_ = RunAsync().ContinueWith(x => Use(x.Exception));")]
    [InlineData("_ = _queue.Dequeue();")]
    [InlineData("_ = p.ContinueWith(_ => { });")]
    [InlineData("_ = _field.ContinueWith(_ => { }, TaskScheduler.Default);")]
    [InlineData("_field = RunAsync();")]
    [InlineData("var t = RunAsync(); _ = t;")]
    [InlineData("var ignored = RunAsync(); await ignored;")]
    [InlineData("var t = RunAsync(); await t;")]
    [InlineData("Func<Task> f = () => _ = RunAsync(); await f();")]
    [InlineData("Task _ = p; _ = RunAsync(); await _;")]
    [InlineData("_ = new Task(() => { });")]
    public Task WhatIsNoDiscardOfWork_IsSilent(string body) =>
    Silent(Run +
    $"Task _field = Task.CompletedTask; Queue<Task> _queue = new(); async Task M(int n, Task p) {{ await Task.Yield(); {body} }}");

    [Fact]
    public Task ChildOfAGroup_IsSilent() => Silent(
        """
        BackgroundTaskGroup? _background;
        Task M(Stream s, CancellationToken t) => TaskGroup.RunAsync(async group =>
        {
            await Task.Yield();
            _ = group.Start(token => s.FlushAsync(token));
            _ = _background!.StartAsync(token => s.FlushAsync(token));
            _ = group.Track(s.FlushAsync());
        }, t);
        """,
        new() { Stubs = [Stubs.AsyncGuardRuntime], ExtraUsings = ["AsyncGuard"] });

    [Fact]
    public Task Observer_IsSilent() => Silent(
        """
        Task Track(Task task) => task;
        void M() { _ = Track(Task.Run(() => { })); }
        """,
        new() { EditorConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_task_observers", "Track") });

    [Fact]
    public Task Forget_IsSilent() => Silent(
        """
        using System.Threading.Tasks;
        public static class E { public static Task Forget(this Task task) => task; }
        public class D { void M() { _ = Task.Run(() => { }).Forget(); } }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task ExpressionTreesAndMocks_AreSilent() => Silent(
        """
        void M(Stream s)
        {
            Received.InOrder(() => { _ = s.FlushAsync(); });
        }
        """,
        new() { Stubs = [Stubs.NSubstitute], ExtraUsings = ["NSubstitute"] });

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Threading.Tasks;
        class D { void M() { _ = Task.Run(() => { }); } }
        """,
        RuleTestOptions.File);

    // Fixes

    [Fact]
    public Task Fix_WithoutTheRuntimeLibrary_Awaits() => Fixes(
        Run +
        """
        async Task A()
        {
            // now
            _ = [|RunAsync()|]; // later
            await Task.Yield();
        }
        Task B(C? other)
        {
            _ = [|other?.RunAsync()|];
            return Task.CompletedTask;
        }
        """,
        Run +
        """
        async Task A()
        {
            // now
            await RunAsync(); // later
            await Task.Yield();
        }
        async Task B(C? other)
        {
            await (other?.RunAsync() ?? Task.CompletedTask);
        }
        """);

    [Fact]
    public Task Fix_OfATaskOfATask_AwaitsTheInnerOne() => Fixes(
        Run +
            "async Task A() { await Task.Yield(); _ = [|Task.Factory.StartNew(() => RunAsync(), CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default).ConfigureAwait(false)|]; }",
        Run +
            "async Task A() { await Task.Yield(); await Task.Factory.StartNew(() => RunAsync(), CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default).Unwrap().ConfigureAwait(false); }");

    [Fact]
    public Task Fix_OfATaskOfATask_StartsTheInnerOne() => Fixes(
        """
        class W
        {
            void Go() => _ = [|Task.Factory.StartNew(() => Probe.StubbornAsync("a"))|];
        }
        """,
        $$"""
        class W
        {
            {{Field}}

            void Go() => _background.Start(ct => Task.Factory.StartNew(() => Probe.StubbornAsync("a"), ct).Unwrap());
        }
        """,
        Background);

    [Fact]
    public Task Fix_RunsItInATaskGroup() => FixesAndRuns(
        """
        async Task RunAsync(CancellationToken token)
        {
            // now
            _ = [|Probe.WorkAsync("a", token)|];
            await Probe.WorkAsync("b", token);
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            await TaskGroup.RunAsync(async group =>
            {
                // now
                _ = group.Start(ct => Probe.WorkAsync("a", ct));
                await Probe.WorkAsync("b", group.CancellationToken);
            }, token);
        }
        """,
        Grouped);

    [Fact]
    public Task Fix_StartsItInABackgroundGroup() => Fixes(
        """
        private int _number;

        C()
        {
            // now
            _ = {|#0:Probe.WorkAsync("a")|};
            _number++;
        }
        void M(CancellationToken token) => _ = [|Probe.WorkAsync("b")|];
        """,
        """
        private readonly BackgroundTaskGroup _background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));
        private int _number;

        C()
        {
            // now
            _background.Start(ct => Probe.WorkAsync("a", ct));
            _number++;
        }
        void M(CancellationToken token) => _background.Start(ct => Probe.WorkAsync("b", ct));
        """,
        Background with { Expected = [new DiagnosticResult("AGD0202", DiagnosticSeverity.Warning).WithLocation(0)] });

    [Fact]
    public Task Fix_InStaticCode_MakesAStaticField_AndUsesOneThatIsThere() => Fixes(
        """
        static class Worker
        {
            public static void Go() => _ = [|Probe.StubbornAsync("a")|];
        }
        class Owner
        {
            private readonly BackgroundTaskGroup _work = new(failure => { });
            void Go() => _ = [|Probe.StubbornAsync("a")|];
        }
        """,
        """
        static class Worker
        {
            private static readonly BackgroundTaskGroup s_background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));

            public static void Go() => s_background.Start(_ => Probe.StubbornAsync("a"));
        }
        class Owner
        {
            private readonly BackgroundTaskGroup _work = new(failure => { });
            void Go() => _work.Start(_ => Probe.StubbornAsync("a"));
        }
        """,
        Background);

    [Theory]
    [InlineData("struct S { void M() { _ = [|Probe.WorkAsync(\"a\")|]; } }")]
    [InlineData("interface I { void M() { _ = [|Probe.WorkAsync(\"a\")|]; } }")]
    [InlineData("void M(object gate) { lock (gate) { _ = [|Probe.WorkAsync(\"a\")|]; } }")]
    public Task Fix_WhereNothingCanOwnIt_IsNotOffered(string member) => NoFix(member, Probed);

    [Fact]
    public Task Fix_OffersTheGroupsFirst() =>
    Offers("async Task M() { await Task.Yield(); _ = [|Probe.WorkAsync(\"a\")|]; }",
    ["Run it in a task group (review)", "Start it in a 'BackgroundTaskGroup' (review)"], Probed);

    // Drained

    private static readonly RuleTestOptions Drained =
        new() { ActionKey = "AGD0202.Background", ExtraUsings = ["AsyncGuard", "System.Diagnostics"] };

    private const string Field =
        "private readonly BackgroundTaskGroup _background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));";

    [Theory]
    [InlineData("public ValueTask DisposeAsync() => default;",
        "public ValueTask DisposeAsync() => new ValueTask(_background.DrainAsync(TimeSpan.FromSeconds(30)));")]
    [InlineData(
        "public async ValueTask DisposeAsync()\n    {\n        // all\n        await Task.Yield();\n        Probe.Note(\"end\");\n    }",
            "public async ValueTask DisposeAsync()\n    {\n        await _background.DrainAsync(TimeSpan.FromSeconds(30));\n        // all\n        await Task.Yield();\n        Probe.Note(\"end\");\n    }")]
    [InlineData("public ValueTask DisposeAsync()\n    {\n        Probe.Note(\"end\");\n        return default;\n    }",
        "public async ValueTask DisposeAsync()\n    {\n        await _background.DrainAsync(TimeSpan.FromSeconds(30));\n        Probe.Note(\"end\");\n    }")]
    public Task Fix_DrainsTheBackgroundGroup_WhereTheObjectIsDisposed(string dispose, string expected) => FixesAndDrains(
        $"class Worker : IAsyncDisposable\n{{\n    public void Send(string name) => _ = [|Probe.WorkAsync(name)|];\n\n    {dispose}\n}}\nasync Task<int> RunAsync()\n{{\n    await using var worker = new Worker();\n    worker.Send(\"a\");\n    worker.Send(\"b\");\n    return 3;\n}}",
        $"class Worker : IAsyncDisposable\n{{\n    {Field}\n\n    public void Send(string name) => _background.Start(ct => Probe.WorkAsync(name, ct));\n\n    {expected}\n}}\nasync Task<int> RunAsync()\n{{\n    await using var worker = new Worker();\n    worker.Send(\"a\");\n    worker.Send(\"b\");\n    return 3;\n}}",
        Drained);

    [Theory]
    [InlineData("public Task StopAsync(CancellationToken patience) => Task.CompletedTask;",
        "public Task StopAsync(CancellationToken patience) => _background.DrainAsync(Timeout.InfiniteTimeSpan, patience);")]
    [InlineData(
        "public async Task StopAsync(CancellationToken patience)\n    {\n        await Task.Yield();\n        Probe.Note(\"stopped\");\n    }",
            "public async Task StopAsync(CancellationToken patience)\n    {\n        await Task.Yield();\n        Probe.Note(\"stopped\");\n        await _background.DrainAsync(Timeout.InfiniteTimeSpan, patience);\n    }")]
    public Task Fix_DrainsTheBackgroundGroup_WhereTheObjectIsStopped(string stop, string expected) => FixesAndDrains(
        $"class Worker\n{{\n    public void Send(string name) => _ = [|Probe.WorkAsync(name)|];\n\n    {stop}\n}}\nasync Task RunAsync(CancellationToken token)\n{{\n    var worker = new Worker();\n    worker.Send(\"a\");\n    worker.Send(\"b\");\n    await worker.StopAsync(token);\n}}",
        $"class Worker\n{{\n    {Field}\n\n    public void Send(string name) => _background.Start(ct => Probe.WorkAsync(name, ct));\n\n    {expected}\n}}\nasync Task RunAsync(CancellationToken token)\n{{\n    var worker = new Worker();\n    worker.Send(\"a\");\n    worker.Send(\"b\");\n    await worker.StopAsync(token);\n}}",
        Drained);

    // As the hosting package has them.
    private const string Hosting =
        """
        namespace Microsoft.Extensions.Hosting;

        using System.Threading;
        using System.Threading.Tasks;

        public abstract class BackgroundService
        {
            private Task? _execution;
            private CancellationTokenSource? _stopping;

            protected abstract Task ExecuteAsync(CancellationToken stoppingToken);

            public virtual Task StartAsync(CancellationToken cancellationToken)
            {
                _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                _execution = ExecuteAsync(_stopping.Token);
                return _execution.IsCompleted ? _execution : Task.CompletedTask;
            }

            public virtual async Task StopAsync(CancellationToken cancellationToken)
            {
                if (_execution == null) return;
                _stopping!.Cancel();
                await Task.WhenAny(_execution, Task.Delay(Timeout.Infinite, cancellationToken)).ConfigureAwait(false);
            }
        }
        """;

    [Fact]
    public Task Fix_InABackgroundService_GivesItAStop() => FixesAndDrains(
        """
        class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Yield();
                _ = [|Probe.WorkAsync("a")|];
                _ = [|Probe.WorkAsync("b")|];
                Probe.Note("executed");
            }
        }
        async Task<int> RunAsync(CancellationToken token)
        {
            var worker = new Worker();
            await worker.StartAsync(token);
            await worker.StopAsync(token);
            return 3;
        }
        """,
        """
        class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            private readonly BackgroundTaskGroup _background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Yield();
                _background.Start(ct => Probe.WorkAsync("a", ct));
                _background.Start(ct => Probe.WorkAsync("b", ct));
                Probe.Note("executed");
            }

            public override async Task StopAsync(CancellationToken cancellationToken)
            {
                await base.StopAsync(cancellationToken);
                await _background.DrainAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            }
        }
        async Task<int> RunAsync(CancellationToken token)
        {
            var worker = new Worker();
            await worker.StartAsync(token);
            await worker.StopAsync(token);
            return 3;
        }
        """,
        Drained with { OtherFiles = [("Hosting.cs", Hosting)] });

    [Fact]
    public Task Fix_InABackgroundServiceOfTheFramework_CompilesToo() => Fixes(
        """
        class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Yield();
                _ = [|Probe.WorkAsync("a")|];
            }
        }
        """,
        """
        class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            private readonly BackgroundTaskGroup _background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Yield();
                _background.Start(ct => Probe.WorkAsync("a", ct));
            }

            public override async Task StopAsync(CancellationToken cancellationToken)
            {
                await base.StopAsync(cancellationToken);
                await _background.DrainAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            }
        }
        """,
        Background with { References = ReferenceSet.AspNetCore });

    [Fact]
    public Task Fix_InABackgroundServiceWithAStop_DrainsThere() => FixesAndDrains(
        """
        class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Yield();
                _ = [|Probe.WorkAsync("a")|];
                _ = [|Probe.SaveAsync("b")|];
            }

            public override async Task StopAsync(CancellationToken cancellationToken)
            {
                await base.StopAsync(cancellationToken);
                Probe.Note("stopped");
            }
        }
        async Task RunAsync(CancellationToken token)
        {
            var worker = new Worker();
            await worker.StartAsync(token);
            await worker.StopAsync(token);
        }
        """,
        """
        class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            private readonly BackgroundTaskGroup _background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Yield();
                _background.Start(ct => Probe.WorkAsync("a", ct));
                _background.Start(async ct => await Probe.SaveAsync("b", ct));
            }

            public override async Task StopAsync(CancellationToken cancellationToken)
            {
                await base.StopAsync(cancellationToken);
                Probe.Note("stopped");
                await _background.DrainAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            }
        }
        async Task RunAsync(CancellationToken token)
        {
            var worker = new Worker();
            await worker.StartAsync(token);
            await worker.StopAsync(token);
        }
        """,
        Drained with { OtherFiles = [("Hosting.cs", Hosting)] });

    [Fact]
    public Task Fix_InAPartialClass_MakesOneField() => Fixes(
        """
        partial class Worker
        {
            void A() => _ = [|Probe.StubbornAsync("a")|];
        }
        partial class Worker
        {
            void B() => _ = [|Probe.StubbornAsync("b")|];
        }
        """,
        """
        partial class Worker
        {
            private readonly BackgroundTaskGroup _background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));

            void A() => _background.Start(_ => Probe.StubbornAsync("a"));
        }
        partial class Worker
        {
            void B() => _background.Start(_ => Probe.StubbornAsync("b"));
        }
        """,
        Background);

    [Theory]
    [InlineData("class W : IAsyncDisposable", "public ValueTask DisposeAsync() => Other(); ValueTask Other() => default;")]
    [InlineData("abstract class W", "public abstract Task StopAsync();")]
    [InlineData("class W", "static Task StopAsync() => Task.CompletedTask;")]
    public Task Fix_WhereTheEndIsNotKnown_AddsNoDrain(string type, string end) => Fixes(
        $"{type}\n{{\n    void Go() => _ = [|Probe.StubbornAsync(\"a\")|];\n    {end}\n}}",
        $"{type}\n{{\n    {Field}\n\n    void Go() => _background.Start(_ => Probe.StubbornAsync(\"a\"));\n    {end}\n}}",
        Background);
}
