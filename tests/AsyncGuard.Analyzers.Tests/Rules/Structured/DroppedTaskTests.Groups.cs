using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class DroppedTaskTests
{
    private static readonly RuleTestOptions Grouped =
        new() { ActionKey = "AGD0201.Group", CompilerDiagnosticIds = ["CS4014"], FixedUsings = ["AsyncGuard"] };

    [Fact]
    public Task Group_OwnsTheTask_ToTheEndOfTheMethod() => FixesAndRuns(
        """
        async Task RunAsync(CancellationToken token)
        {
            Probe.Note("start");

            // first
            {|CS4014:Probe.WorkAsync("a")|}; // now

            // second
            await Probe.WorkAsync("b", token);
            Probe.Note("end");
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            Probe.Note("start");

            await TaskGroup.RunAsync(async group =>
            {
                // first
                _ = group.Start(ct => Probe.WorkAsync("a", ct)); // now

                // second
                await Probe.WorkAsync("b", group.CancellationToken);
                Probe.Note("end");
            }, token);
        }
        """,
        Grouped);

    [Fact]
    public Task Group_AroundALoop() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            await Task.Yield();
            foreach (var name in new[] { "a", "b", "c" })
            {
                if (name != "")
                {
                    {|CS4014:Probe.WorkAsync(name)|};
                }
            }
        }
        """,
        """
        async Task RunAsync()
        {
            await Task.Yield();
            await TaskGroup.RunAsync(group =>
            {
                foreach (var name in new[] { "a", "b", "c" })
                {
                    if (name != "")
                    {
                        _ = group.Start(ct => Probe.WorkAsync(name, ct));
                    }
                }
            });
        }
        """,
        Grouped);

    [Fact]
    public Task Group_AroundAServerLoop_EndsWithItsToken() => FixesAndRuns(
        """
        readonly Queue<string> _arriving = new Queue<string>(new[] { "a", "b", "c" });
        async Task<string?> AcceptAsync(CancellationToken token) { await Task.Delay(1, token); return _arriving.Count > 0 ? _arriving.Dequeue() : null; }
        async Task HandleAsync(string connection, CancellationToken token) => await Probe.WorkAsync(connection, token);
        async Task RunAsync(CancellationToken stopping)
        {
            while (!stopping.IsCancellationRequested)
            {
                var connection = await AcceptAsync(stopping);
                if (connection is null) break;
                {|CS4014:HandleAsync(connection, stopping)|};
            }
        }
        """,
        """
        readonly Queue<string> _arriving = new Queue<string>(new[] { "a", "b", "c" });
        async Task<string?> AcceptAsync(CancellationToken token) { await Task.Delay(1, token); return _arriving.Count > 0 ? _arriving.Dequeue() : null; }
        async Task HandleAsync(string connection, CancellationToken token) => await Probe.WorkAsync(connection, token);
        async Task RunAsync(CancellationToken stopping)
        {
            await TaskGroup.RunAsync(async group =>
            {
                while (!group.CancellationToken.IsCancellationRequested)
                {
                    var connection = await AcceptAsync(group.CancellationToken);
                    if (connection is null) break;
                    _ = group.Start(ct => HandleAsync(connection, ct));
                }
            }, stopping);
        }
        """,
        Grouped);

    [Fact]
    public Task Group_OfTwoTasks_IsOne() => FixesAndRuns(
        """
        async Task RunAsync(CancellationToken token)
        {
            {|CS4014:Probe.WorkAsync("a", token)|};
            await Task.Yield();
            {|CS4014:Probe.WorkAsync("b", token)|};
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            await TaskGroup.RunAsync(async group =>
            {
                _ = group.Start(ct => Probe.WorkAsync("a", ct));
                await Task.Yield();
                _ = group.Start(ct => Probe.WorkAsync("b", ct));
            }, token);
        }
        """,
        Grouped);

    [Fact]
    public Task Group_BeforeAReturn_LeavesItOutside() => FixesAndRuns(
        """
        async Task<int> RunAsync()
        {
            var count = await Task.FromResult(3);
            {|CS4014:Probe.WorkAsync("b")|};
            return count; // done
        }
        """,
        """
        async Task<int> RunAsync()
        {
            var count = await Task.FromResult(3);
            await TaskGroup.RunAsync(group =>
            {
                _ = group.Start(ct => Probe.WorkAsync("b", ct));
            });
            return count; // done
        }
        """,
        Grouped);

    [Fact]
    public Task Group_WhoseResultIsReturned_ReturnsIt() => FixesAndRuns(
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            {|CS4014:Probe.WorkAsync("a")|};
            var count = await Probe.CountAsync("b", 3, token);
            if (count > 4) return 4;
            return count;
        }
        """,
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            return await TaskGroup.RunAsync(async group =>
            {
                _ = group.Start(ct => Probe.WorkAsync("a", ct));
                var count = await Probe.CountAsync("b", 3, group.CancellationToken);
                if (count > 4) return 4;
                return count;
            }, token);
        }
        """,
        Grouped);

    [Fact]
    public Task Group_ThatIsLeftEarly_EndsThere() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            await Task.Yield();
            {|CS4014:Probe.WorkAsync("a")|};
            if (Probe.Log.Length > 100) return;
            Probe.Note("end");
        }
        """,
        """
        async Task RunAsync()
        {
            await Task.Yield();
            await TaskGroup.RunAsync(group =>
            {
                _ = group.Start(ct => Probe.WorkAsync("a", ct));
                if (Probe.Log.Length > 100) return;
                Probe.Note("end");
            });
        }
        """,
        Grouped);

    [Fact]
    public Task Group_InATry_StaysThere() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            try
            {
                await Task.Yield();
                {|CS4014:Probe.WorkAsync("a")|};
            }
            finally
            {
                Probe.Note("clean");
            }
        }
        """,
        """
        async Task RunAsync()
        {
            try
            {
                await Task.Yield();
                await TaskGroup.RunAsync(group =>
                {
                    _ = group.Start(ct => Probe.WorkAsync("a", ct));
                });
            }
            finally
            {
                Probe.Note("clean");
            }
        }
        """,
        Grouped);

    [Fact]
    public Task Group_InAUsing_StaysThere() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            using (var stream = new MemoryStream())
            {
                await Task.Yield();
                {|CS4014:Probe.WorkAsync("a")|};
            }
        }
        """,
        """
        async Task RunAsync()
        {
            using (var stream = new MemoryStream())
            {
                await Task.Yield();
                await TaskGroup.RunAsync(group =>
                {
                    _ = group.Start(ct => Probe.WorkAsync("a", ct));
                });
            }
        }
        """,
        Grouped);

    [Fact]
    public Task Group_LeftByContinue_IsABlock() => FixesAndRuns(
        """
        async Task RunAsync(CancellationToken token)
        {
            for (var i = 0; i < 2; i++)
            {
                try
                {
                    // both
                    {|CS4014:Probe.WorkAsync("a")|};
                    if (i == 0)
                    {
                        continue;
                    }
                    Probe.Note("end");
                }
                finally
                {
                    await Task.Yield();
                }
            }
        }
        """,
        """
        async Task RunAsync(CancellationToken token)
        {
            for (var i = 0; i < 2; i++)
            {
                try
                {
                    // both
                    await using var group = TaskGroup.Open(cancellationToken: token);
                    _ = group.Start(ct => Probe.WorkAsync("a", ct));
                    if (i == 0)
                    {
                        await group.JoinAsync();
                        continue;
                    }
                    Probe.Note("end");
                    await group.JoinAsync();
                }
                finally
                {
                    await Task.Yield();
                }
            }
        }
        """,
        Grouped);

    [Fact]
    public Task Group_InAnAsyncIterator_IsABlock() => FixesAndRuns(
        """
        async IAsyncEnumerable<int> CountAsync()
        {
            await Task.Yield();
            {|CS4014:Probe.WorkAsync("a")|};
            yield return 1;
            yield return 2;
        }
        async Task<int> RunAsync()
        {
            var sum = 0;
            await foreach (var i in CountAsync()) sum += i;
            return sum;
        }
        """,
        """
        async IAsyncEnumerable<int> CountAsync()
        {
            await Task.Yield();
            await using var group = TaskGroup.Open();
            _ = group.Start(ct => Probe.WorkAsync("a", ct));
            yield return 1;
            yield return 2;
            await group.JoinAsync();
        }
        async Task<int> RunAsync()
        {
            var sum = 0;
            await foreach (var i in CountAsync()) sum += i;
            return sum;
        }
        """,
        Grouped);

    [Fact]
    public Task Group_InMethodReturningTask_MakesItAsync() => FixesAndRuns(
        """
        static Task Other() => Probe.StubbornAsync("b");
        Task RunAsync()
        {
            [|Other()|];
            return Task.CompletedTask;
        }
        """,
        """
        static Task Other() => Probe.StubbornAsync("b");
        async Task RunAsync()
        {
            await TaskGroup.RunAsync(group =>
            {
                _ = group.Start(_ => Other());
            });
        }
        """,
        Grouped);

    [Fact]
    public Task Group_OfOtherAwaitables() => FixesAndRuns(
        """
        C? Me => this;
        Task WorkAsync(string name, CancellationToken token = default) => Probe.WorkAsync(name, token);
        async Task RunAsync()
        {
            {|CS4014:Probe.SaveAsync("a")|};
            {|CS4014:Probe.CountAsync("b", 1)|};
            {|CS4014:Probe.WorkAsync("c").ConfigureAwait(false)|};
            [|Me?.WorkAsync("d")|];
            await Task.Yield();
        }
        """,
        """
        C? Me => this;
        Task WorkAsync(string name, CancellationToken token = default) => Probe.WorkAsync(name, token);
        async Task RunAsync()
        {
            await TaskGroup.RunAsync(async group =>
            {
                _ = group.StartValue(ct => Probe.SaveAsync("a", ct));
                _ = group.Start(ct => Probe.CountAsync("b", 1, ct));
                _ = group.Start(ct => Probe.WorkAsync("c", ct));
                _ = group.Start(ct => Me?.WorkAsync("d", ct) ?? Task.CompletedTask);
                await Task.Yield();
            });
        }
        """,
        Grouped);

    [Fact]
    public Task Group_OfWorkOnThePool() => Fixes(
        """
        Task WorkAsync() => Task.CompletedTask;
        async Task RunAsync()
        {
            {|CS4014:Task.Run(() => WorkAsync())|};
            await Task.Yield();
        }
        """,
        """
        Task WorkAsync() => Task.CompletedTask;
        async Task RunAsync()
        {
            await TaskGroup.RunAsync(async group =>
            {
                _ = group.Start(ct => Task.Run(() => WorkAsync(), ct));
                await Task.Yield();
            });
        }
        """,
        Grouped with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task Group_OfWorkOnThePoolThatHasTheToken_GivesItTheChilds() => Fixes(
        """
        Task WorkAsync(CancellationToken token) => Task.CompletedTask;
        async Task RunAsync(CancellationToken token)
        {
            {|CS4014:Task.Run(() => WorkAsync(token))|};
            {|CS4014:Task.Run(async () => { await WorkAsync(token); token.ThrowIfCancellationRequested(); }, token)|};
            {|CS4014:Task.Run(() => WorkAsync(CancellationToken.None), CancellationToken.None)|};
            await Task.Yield();
        }
        """,
        """
        Task WorkAsync(CancellationToken token) => Task.CompletedTask;
        async Task RunAsync(CancellationToken token)
        {
            await TaskGroup.RunAsync(async group =>
            {
                _ = group.Start(ct => Task.Run(() => WorkAsync(ct), ct));
                _ = group.Start(ct => Task.Run(async () => { await WorkAsync(ct); ct.ThrowIfCancellationRequested(); }, ct));
                _ = group.Start(_ => Task.Run(() => WorkAsync(CancellationToken.None), CancellationToken.None));
                await Task.Yield();
            }, token);
        }
        """,
        Grouped with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task Group_OfATaskOfATask_WaitsForTheInnerOne() => Fixes(
        """
        Task WorkAsync() => Task.CompletedTask;
        async Task RunAsync(CancellationToken token)
        {
            {|CS4014:Task.Factory.StartNew(() => WorkAsync(), token)|};
            {|CS4014:Task.Factory.StartNew(() => WorkAsync()).ConfigureAwait(false)|};
            await Task.Yield();
        }
        """,
        """
        Task WorkAsync() => Task.CompletedTask;
        async Task RunAsync(CancellationToken token)
        {
            await TaskGroup.RunAsync(async group =>
            {
                _ = group.Start(ct => Task.Factory.StartNew(() => WorkAsync(), ct).Unwrap());
                _ = group.Start(ct => Task.Factory.StartNew(() => WorkAsync(), ct).Unwrap());
                await Task.Yield();
            }, token);
        }
        """,
        Grouped with { ExtraReferences = [RuntimeLibrary.Reference] });

    // Work that is not to be cancelled runs to its end.
    [Fact]
    public Task Group_OfWorkThatTakesNoCancellation_WaitsForIt() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            {|CS4014:Probe.WorkAsync("a", CancellationToken.None)|};
            {|CS4014:Probe.StubbornAsync("b")|};
            await Task.Yield();
        }
        """,
        """
        async Task RunAsync()
        {
            await TaskGroup.RunAsync(async group =>
            {
                _ = group.Start(_ => Probe.WorkAsync("a", CancellationToken.None));
                _ = group.Start(_ => Probe.StubbornAsync("b"));
                await Task.Yield();
            });
        }
        """,
        Grouped,
        uncancelled: "the work is not to be cancelled");

    [Fact]
    public Task Group_InLambdaLocalFunctionAndOneLine() => FixesAndRuns(
        """
        async Task RunAsync()
        {
            Func<Task> f = async () => { await Task.Yield(); {|CS4014:Probe.WorkAsync("a")|}; {|CS4014:Probe.WorkAsync("b")|}; };
            await (Probe.Log.Length > 100 ? Local() : f());

            async Task Local() {
                await Task.Yield();
                {|CS4014:Probe.WorkAsync("c")|};
            }
        }
        """,
        """
        async Task RunAsync()
        {
            Func<Task> f = async () => { await Task.Yield(); await TaskGroup.RunAsync(group => { _ = group.Start(ct => Probe.WorkAsync("a", ct)); _ = group.Start(ct => Probe.WorkAsync("b", ct)); }); };
            await (Probe.Log.Length > 100 ? Local() : f());

            async Task Local() {
                await Task.Yield();
                await TaskGroup.RunAsync(group => {
                    _ = group.Start(ct => Probe.WorkAsync("c", ct));
                });
            }
        }
        """,
        Grouped);

    [Fact]
    public Task Group_UsesFreeNames_AndConfigureAwait() => FixesAndRuns(
        """
        async Task RunAsync(CancellationToken ct)
        {
            var group = "a";
            await Task.Delay(1, ct).ConfigureAwait(false);
            {|CS4014:Probe.WorkAsync(group)|};
            Probe.Note("end");
        }
        """,
        """
        async Task RunAsync(CancellationToken ct)
        {
            var group = "a";
            await Task.Delay(1, ct).ConfigureAwait(false);
            await TaskGroup.RunAsync(taskGroup =>
            {
                _ = taskGroup.Start(token => Probe.WorkAsync(group, token));
                Probe.Note("end");
            }, ct).ConfigureAwait(false);
        }
        """,
        Grouped);

    [Fact]
    public Task Group_InAFileWithTabs_KeepsThem() => Fixes(
        "using System.Threading.Tasks;\nusing AsyncGuard;\n\nclass D\n{\n\tasync Task M()\n\t{\n\t\tawait Task.Yield();\n\t\t{|CS4014:M()|};\n\t}\n}\n",
        "using System.Threading.Tasks;\nusing AsyncGuard;\n\nclass D\n{\n\tasync Task M()\n\t{\n\t\tawait Task.Yield();\n\t\tawait TaskGroup.RunAsync(group =>\n\t\t{\n\t\t\t_ = group.Start(_ => M());\n\t\t});\n\t}\n}\n",
        Grouped with { Kind = SourceKind.File, FixedUsings = [], ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task Group_InANamespaceWithItsOwnUsings_AddsItsUsingThere() => Fixes(
        "namespace N\n{\n\tusing System;\n\tusing System.Threading.Tasks;\n\tusing Microsoft.CodeAnalysis;\n\tusing System.IO;\n\n\tpublic class D\n\t{\n\t\tasync Task M()\n\t\t{\n\t\t\tawait Task.Yield();\n\t\t\t{|CS4014:M()|};\n\t\t}\n\t}\n}\nnamespace Microsoft.CodeAnalysis { class X { } }\n",
        "namespace N\n{\n\tusing System;\n\tusing System.Threading.Tasks;\n\tusing Microsoft.CodeAnalysis;\n\tusing System.IO;\n\tusing AsyncGuard;\n\n\tpublic class D\n\t{\n\t\tasync Task M()\n\t\t{\n\t\t\tawait Task.Yield();\n\t\t\tawait TaskGroup.RunAsync(group =>\n\t\t\t{\n\t\t\t\t_ = group.Start(_ => M());\n\t\t\t});\n\t\t}\n\t}\n}\nnamespace Microsoft.CodeAnalysis { class X { } }\n",
        Grouped with { Kind = SourceKind.File, FixedUsings = [], ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task Group_InATopLevelProgram() => FixesAndRuns(
        """
        using System.Threading;
        using System.Threading.Tasks;

        await Task.Yield();
        {|CS4014:Probe.WorkAsync("a")|};
        {|CS4014:Go()|};

        static Task Go(CancellationToken token = default) => Probe.WorkAsync("b", token);
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using AsyncGuard;

        await Task.Yield();
        await TaskGroup.RunAsync(group =>
        {
            _ = group.Start(ct => Probe.WorkAsync("a", ct));
            _ = group.Start(ct => Go(ct));
        });

        static Task Go(CancellationToken token = default) => Probe.WorkAsync("b", token);
        """,
        Grouped with { Kind = SourceKind.TopLevel, FixedUsings = [] });

    [Theory]
    [InlineData("void M(Stream s) { [|$|]; }")]
    [InlineData("C(Stream s) { [|$|]; }")]
    [InlineData("void M(List<Stream> l) => l.ForEach(s => [|$|]);")]
    [InlineData("Task M(Stream s) { lock (s) { [|$|]; } return Task.CompletedTask; }")]
    [InlineData("Task M(Stream s) { using (s) [|$|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Stream s, ref int i) { [|$|]; return Task.CompletedTask; }")]
    [InlineData("IEnumerable<int> M(Stream s) { [|$|]; yield return 1; }")]
    [InlineData(
        "async Task M(Stream s) { await Task.Yield(); for (;;) { try { {|CS4014:$|}; if (s.CanRead) goto end; end: s.Close(); } finally { } } }")]
    [InlineData("async Task M(Stream s) { await Task.Yield(); {|CS4014:s.WriteAsync(await File.ReadAllBytesAsync(\"\"))|}; }")]
    public Task Group_WhereNoneFits_IsNotOffered(string member) =>
    NoFix(member.Replace("$", "s.FlushAsync()"), Grouped with { ExtraReferences = [RuntimeLibrary.Reference], ActionKey = null },
    key: "AGD0201.Group");

    [Fact]
    public Task Group_WithoutTheRuntimeLibrary_IsNotOffered() =>
    Offers("async Task M(Stream s) { await Task.Yield(); {|CS4014:s.FlushAsync()|}; }", ["Await it", Keep, Discard], Compiler);

    // A background group, where nothing can wait

    private static readonly RuleTestOptions Background =
        new() { ActionKey = "AGD0201.Background", CompilerDiagnosticIds = ["CS4014"], ExtraUsings = ["AsyncGuard", "System.Diagnostics"] };

    private const string BackgroundField =
        "private readonly BackgroundTaskGroup _background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));";

    [Fact]
    public Task Background_OwnsWhatSynchronousCodeStarts() => FixesAndDrains(
        """
        class Worker : IAsyncDisposable
        {
            private readonly Worker? _other;

            // starts at once
            public Worker(Worker? other)
            {
                _other = other;
                [|Probe.WorkAsync("a")|]; // first
            }

            public void B() => {|CS4014:Probe.SaveAsync("b")|};
            public int C { get { [|Probe.CountAsync("c", 1).ConfigureAwait(false)|]; return 3; } }
            public void D() { [|_other?.Work("d")|]; }
            public void E() { new List<string> { "e" }.ForEach(name => [|Probe.StubbornAsync(name)|]); }

            // what has no other
            public Task Work(string name, CancellationToken token = default) => Probe.WorkAsync(name, token);

            public ValueTask DisposeAsync() => default;
        }
        async Task<int> RunAsync()
        {
            await using var worker = new Worker(null);
            worker.B();
            worker.D();
            worker.E();
            return worker.C;
        }
        """,
        $$"""
        class Worker : IAsyncDisposable
        {
            {{BackgroundField}}
            private readonly Worker? _other;

            // starts at once
            public Worker(Worker? other)
            {
                _other = other;
                _background.Start(ct => Probe.WorkAsync("a", ct)); // first
            }

            public void B() => _background.Start(async ct => await Probe.SaveAsync("b", ct));
            public int C { get { _background.Start(ct => Probe.CountAsync("c", 1, ct)); return 3; } }
            public void D() { _background.Start(ct => _other?.Work("d", ct) ?? Task.CompletedTask); }
            public void E() { new List<string> { "e" }.ForEach(name => _background.Start(_ => Probe.StubbornAsync(name))); }

            // what has no other
            public Task Work(string name, CancellationToken token = default) => Probe.WorkAsync(name, token);

            public ValueTask DisposeAsync() => new ValueTask(_background.DrainAsync(TimeSpan.FromSeconds(30)));
        }
        async Task<int> RunAsync()
        {
            await using var worker = new Worker(null);
            worker.B();
            worker.D();
            worker.E();
            return worker.C;
        }
        """,
        Background);

    [Fact]
    public Task Background_OwnsWhatAnotherAwaitableStarts_AndUsesAGroupThatIsThere() => Fixes(
        """
        class Owner
        {
            private readonly BackgroundTaskGroup _work = new(failure => { });
            void Dispose(IAsyncDisposable d) { [|d.DisposeAsync()|]; }
            static void Go() => [|Task.Run(() => { })|];
        }
        """,
        """
        class Owner
        {
            private static readonly BackgroundTaskGroup s_background = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));
            private readonly BackgroundTaskGroup _work = new(failure => { });
            void Dispose(IAsyncDisposable d) { _work.Start(async _ => await d.DisposeAsync()); }
            static void Go() => s_background.Start(ct => Task.Run(() => { }, ct));
        }
        """,
        Background with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Theory]
    [InlineData("void M(Stream s) { [|s.FlushAsync()|]; }", new[] { Discard, BackgroundTitle })]
    [InlineData("C(Stream s) { [|s.FlushAsync()|]; }", new[] { Discard, BackgroundTitle })]
    [InlineData("void M(List<Stream> l) => l.ForEach(s => [|s.FlushAsync()|]);", new[] { Discard, BackgroundTitle })]
    [InlineData("void M(List<Stream> l) => l.ForEach(_ => [|_.FlushAsync()|]);", new[] { BackgroundTitle })]
    [InlineData("IEnumerable<int> M(Stream s) { [|s.FlushAsync()|]; yield return 1; }", new[] { Discard, BackgroundTitle })]
    [InlineData("Task M(Stream s, ref int i) { [|s.FlushAsync()|]; return Task.CompletedTask; }", new[] { Discard, BackgroundTitle })]
    [InlineData("Task M(Stream s) { [|s.FlushAsync()|]; return Task.CompletedTask; }", new[] { "Await it", GroupTitle, Discard })]
    [InlineData("async Task M(Stream s) { await Task.Yield(); {|CS4014:s.FlushAsync()|}; }", new[] { "Await it", GroupTitle, Discard })]
    [InlineData("void M() { [|Task.Delay(50)|]; }", new[] { Discard })]
    [InlineData("async Task M() { await Task.Yield(); {|CS4014:Task.Delay(50)|}; }", new[] { "Await it", Discard })]
    [InlineData("void M(Stream s) { lock (s) { [|s.FlushAsync()|]; } }", new[] { Discard })]
    [InlineData("void M(ref Stream s) { [|s.FlushAsync()|]; }", new[] { Discard })]
    [InlineData("struct S { Stream s; void M() { [|s.FlushAsync()|]; } }", new[] { Discard })]
    [InlineData("interface I { void M(Stream s) { [|s.FlushAsync()|]; } }", new[] { Discard })]
    public Task Background_IsOffered_WhereNothingCanWait(string member, string[] titles) =>
    Offers(member, titles, Compiler with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task Join_WithoutTheRuntimeLibrary_KeepsTheTasks() => Fixes(
        """
        async Task SendAsync(string name) => await Task.Yield();
        async Task A(string[] names)
        {
            await Task.Yield();

            // all
            foreach (var name in names)
            {
                if (name != "") {|CS4014:SendAsync(name)|};
            }
            {|CS4014:SendAsync("last").ConfigureAwait(false)|};
            Console.WriteLine();
        }
        Task<int> B(IAsyncDisposable disposable, C? other)
        {
            [|disposable.DisposeAsync()|];
            [|other?.SendAsync("a")|];
            return Task.FromResult(1);
        }
        """,
        """
        async Task SendAsync(string name) => await Task.Yield();
        async Task A(string[] names)
        {
            await Task.Yield();

            // all
            var tasks = new List<Task>();
            foreach (var name in names)
            {
                if (name != "") tasks.Add(SendAsync(name));
            }
            tasks.Add(SendAsync("last"));
            Console.WriteLine();
            await Task.WhenAll(tasks);
        }
        async Task<int> B(IAsyncDisposable disposable, C? other)
        {
            var tasks = new List<Task>();
            tasks.Add(disposable.DisposeAsync().AsTask());
            tasks.Add(other?.SendAsync("a") ?? Task.CompletedTask);
            await Task.WhenAll(tasks);
            return 1;
        }
        """,
        Compiler with { ActionKey = "AGD0201.Join" });

    [Theory]
    [InlineData("void M(Stream s) { [|s.FlushAsync()|]; }")]
    [InlineData(
        "Task M(Stream s, int n) { [|s.FlushAsync()|]; if (n > 1) return Task.CompletedTask; s.Close(); return Task.CompletedTask; }")]
    [InlineData("Task M(Stream s, int tasks) { [|s.FlushAsync()|]; return Task.CompletedTask; }")]
    [InlineData("Task M(Stream s) { lock (s) { [|s.FlushAsync()|]; } return Task.CompletedTask; }")]
    public Task Join_WhereTheEndIsNotReached_IsNotOffered(string member) => NoFix(member, RuleTestOptions.Default, key: "AGD0201.Join");
}
