using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class GroupMisuseTests : RuleTest<GroupMisuseAnalyzer, GroupMisuseFix>
{
    private const string Run =
        "Task RunAsync(int i = 0, CancellationToken token = default) => Task.Delay(i, token); Task<int> CountAsync(int i = 0, CancellationToken token = default) => Task.FromResult(i); "
        + "Task PlainAsync(int i = 0) => Task.Delay(i); void Use(object o) { } TaskGroup _group = null!; TaskGroupScope _scope = null!; List<TaskGroup> _groups = new(); Action _later = null!; event EventHandler Changed = null!;\n";

    private static readonly RuleTestOptions WithRuntime =
        RuleTestOptions.Default with { ExtraReferences = [RuntimeLibrary.Reference], ExtraUsings = ["AsyncGuard"] };

    // Reported: opened groups

    [Theory]
    [InlineData("var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); await scope.JoinAsync();")]
    [InlineData("TaskGroupScope scope = [|TaskGroup.Open(cancellationToken: token)|]; scope.Cancel();")]
    [InlineData("var scope = [|TaskGroup.Open()|]; try { _ = scope.Start(ct => RunAsync(1, ct)); } finally { await scope.JoinAsync(); }")]
    [InlineData("[|TaskGroup.Open()|];")]
    [InlineData("_ = [|TaskGroup.Open()|];")]
    [InlineData("_ = [|TaskGroup.Open()|].Start(ct => RunAsync(1, ct));")]
    [InlineData("var group = [|TaskGroup.Open()|].Group; _ = group.Start(ct => RunAsync(1, ct));")]
    [InlineData("_lost = [|TaskGroup.Open()|];")]
    [InlineData("var background = [|new BackgroundTaskGroup(f => { })|]; background.Start(ct => RunAsync(1, ct));")]
    public Task Group_NeverDisposed_IsReported(string body) =>
    Reports(Run + $"TaskGroupScope? _lost; async Task M(CancellationToken token) {{ await Task.Yield(); {body} }}", WithRuntime);

    [Theory]
    [InlineData("await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct));")]
    [InlineData("await using var scope = [|TaskGroup.Open()|]; foreach (var i in items) _ = scope.Start(ct => RunAsync(i, ct));")]
    [InlineData("await using (var scope = [|TaskGroup.Open()|]) { _ = scope.Start(ct => RunAsync(1, ct)); }")]
    [InlineData("await using var scope = [|TaskGroup.Open()|]; _ = scope.Group.StartOnThreadPool(ct => RunAsync(1, ct)); return;")]
    [InlineData("await using var scope = [|TaskGroup.Open()|]; var task = scope.Start(ct => RunAsync(1, ct));")]
    [InlineData(
        "await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = [|TaskGroup.Open()|]; while (true) { try { _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) break; await scope.JoinAsync(); } finally { Use(1); } }")]
    [InlineData(
        "await using var scope = [|TaskGroup.Open()|]; await scope.Start(ct => RunAsync(1, ct)); _ = scope.Group.StartCancellable(ct => RunAsync(2, ct));")]
    [InlineData("await using var scope = [|TaskGroup.Open()|]; items.ToList().ForEach(i => { _ = scope.Start(ct => RunAsync(i, ct)); });")]
    [InlineData("await using var scope = [|TaskGroup.Open()|]; Fill(scope.Group); void Fill(TaskGroup group) { }")]
    [InlineData(
        "var scope = [|TaskGroup.Open()|]; try { _ = scope.Start(ct => RunAsync(1, ct)); } finally { await scope.DisposeAsync(); }")]
    [InlineData(
        "var scope = [|TaskGroup.Open()|]; await using var end = scope.ConfigureAwait(false); _ = scope.Start(ct => RunAsync(1, ct));")]
    [InlineData(
        "await using var scope = [|TaskGroup.Open()|]; switch (items.Length) { case 1: await scope.Start(ct => RunAsync(1, ct)); break; default: _ = scope.Start(ct => RunAsync(1, ct)); break; }")]
    [InlineData("await using var scope = [|TaskGroup.Open()|]; if (scope.Group.TryStart(ct => RunAsync(1, ct), out _)) Use(1);")]
    [InlineData(
        "await using var scope = [|TaskGroup.Open()|]; try { _ = scope.Start(ct => RunAsync(1, ct)); } catch (Exception) when (items.Length > 3) { await scope.JoinAsync(); }")]
    [InlineData(
        "await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); try { await PlainAsync(); } finally { Use(1); }")]
    [InlineData("await using var scope = [|TaskGroup.Open()|]; lock (items) { _ = scope.Start(ct => RunAsync(1, ct)); }")]
    [InlineData(
        "await using var scope = [|TaskGroup.Open()|]; using (var file = new MemoryStream()) { _ = scope.Start(ct => RunAsync(1, ct)); }")]
    [InlineData(
        "await using var scope = [|TaskGroup.Open()|]; try { _ = scope.Start(ct => RunAsync(1, ct)); } finally { try { await PlainAsync(); } finally { Use(1); } }")]
    public Task Group_NeverJoined_IsReported(string body) => Reports(Run + $"async Task M(int[] items) {{ {body} }}", WithRuntime);

    [Theory]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); await scope.JoinAsync(); _ = [|scope.Start(ct => RunAsync(2, ct))|];")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); try { await scope.JoinAsync(); } finally { Use(1); } await [|scope.Group.StartValue(ct => new ValueTask(RunAsync(2, ct)))|];")]
    public Task Child_StartedAfterTheEnd_IsReported(string body) => Reports(Run + $"async Task M() {{ {body} }}", WithRuntime);

    // Reported: escapes

    [Theory]
    [InlineData("_group = [|group|]; _ = group.Start(ct => RunAsync(1, ct));")]
    [InlineData("s_group = [|group|];")]
    [InlineData("Own = [|group|];")]
    [InlineData("_groups.Add([|group|]);")]
    [InlineData("kept = [|group|];")]
    [InlineData("_later = () => [|group|].Start(ct => RunAsync(1, ct));")]
    [InlineData("_later = () => { if (kept is null) { _ = [|group|].Start(ct => RunAsync(1, ct)); } };")]
    [InlineData("Changed += (s, e) => [|group|].Start(ct => RunAsync(1, ct));")]
    [InlineData(
        "AppDomain.CurrentDomain.ProcessExit += (s, e) => Use(1); Console.CancelKeyPress += delegate { _ = [|group|].Start(ct => RunAsync(1, ct)); };")]
    public Task Group_EscapesItsBody_IsReported(string body) => Reports(
        Run +
            $"static TaskGroup? s_group; TaskGroup? Own {{ get; set; }} async Task M(TaskGroup? kept = null) {{ TaskGroup? outer = null; await TaskGroup.RunAsync(async group => {{ await Task.Yield(); {body.Replace("kept = [", "outer = [", System.StringComparison.Ordinal)} }}); if (outer is not null) _ = outer.Start(ct => RunAsync(1, ct)); }}",
        WithRuntime);

    [Theory]
    [InlineData("await TaskGroup.RunAsync(async group => { await Task.Yield(); return [|group|]; });")]
    [InlineData("var (g, n) = await TaskGroup.RunAsync(async group => { await Task.Yield(); return ([|group|], 1); }); Use(n);")]
    [InlineData("await TaskGroup.RunAsync(group => Task.FromResult([|group|]));")]
    [InlineData("await TaskGroup.RunAsync<Action>(group => Task.FromResult<Action>(() => [|group|].Start(ct => RunAsync(1, ct))));")]
    [InlineData("await TaskGroup.RunAsync<Action>(async group => { Action add = () => [|group|].Start(ct => RunAsync(1, ct)); await Task.Yield(); return add; });")]
    [InlineData("Action? add = null; await TaskGroup.RunAsync(async group => { add = () => [|group|].Start(ct => RunAsync(1, ct)); await Task.Yield(); }); add!();")]
    [InlineData("Action? add = null; await TaskGroup.RunAsync(async group => { add = () => [|group|].Start(ct => RunAsync(1, ct)); await Task.Yield(); }); add?.Invoke();")]
    [InlineData("TaskGroup? outer = null; await TaskGroup.RunAsync(async group => { outer = [|group|]; await Task.Yield(); }); Action later = () => outer!.Start(ct => RunAsync(1, ct)); later();")]
    [InlineData(
        "await TaskGroup.RunAsync(group => Task.CompletedTask); await TaskGroup.RunAsync<Action>(async group => { await Task.Yield(); return () => [|group|].Start(ct => RunAsync(1, ct)); });")]
    [InlineData("await using var scope = TaskGroup.Open(); _scope = [|scope|]; await scope.JoinAsync();")]
    [InlineData("await using var scope = TaskGroup.Open(); _group = [|scope|].Group; await scope.JoinAsync();")]
    [InlineData(
        "await using (var scope = TaskGroup.Open()) { _later = () => [|scope|].Start(ct => RunAsync(1, ct)); await scope.JoinAsync(); }")]
    public Task Group_OutlivesItsScope_IsReported(string body) => Reports(Run + $"async Task M() {{ {body} }}", WithRuntime);

    [Fact]
    public Task Scope_ReturnedFromItsBlock_IsReported() =>
    Reports(Run + "async Task<TaskGroupScope> M() { await using var scope = TaskGroup.Open(); await Task.Yield(); return [|scope|]; }",
    WithRuntime);

    // Reported: a child waits for its own group

    [Theory]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(async ct => { await RunAsync(1, ct); await [|scope.JoinAsync()|]; }); await scope.JoinAsync();")]
    [InlineData("await using var scope = TaskGroup.Open(); _ = scope.Start(_ => [|scope.JoinAsync()|]); await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Group.StartOnThreadPool(async ct => { await RunAsync(1, ct); await [|scope.DisposeAsync()|].ConfigureAwait(false); }); await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(ChildAsync); await scope.JoinAsync(); async Task ChildAsync(CancellationToken ct) { await RunAsync(1, ct); await [|scope.JoinAsync()|]; }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(async ct => { await RunAsync(1, ct); [|scope.JoinAsync()|].Wait(); }); await scope.JoinAsync();")]
    [InlineData("_background.Start(async ct => { await RunAsync(1, ct); await [|_background.DisposeAsync()|]; });")]
    [InlineData("_background.Start(ct => [|_background.DrainAsync(TimeSpan.FromSeconds(1), ct)|]);")]
    [InlineData("Task? run = null; run = TaskGroup.RunAsync(async group => { await Task.Yield(); [|await run!|]; }); await run;")]
    [InlineData(
        "Task run = null!; run = TaskGroup.RunAsync(group => { _ = group.Start(async ct => { await RunAsync(1, ct); [|await run|]; }); }); await run;")]
    [InlineData(
        "Task<int>? run = default; run = TaskGroup.RunAsync(async group => { await Task.Yield(); return [|run!.Result|]; }); Use(await run);")]
    public Task Child_WaitsForItsGroup_IsReported(string body) =>
    Reports(Run + $"readonly BackgroundTaskGroup _background = new(f => {{ }}); async Task M() {{ await Task.Yield(); {body} }}",
    WithRuntime);

    // Reported: tokens

    [Theory]
    [InlineData("_ = group.Start([|_|] => RunAsync(1));")]
    [InlineData("_ = group.Start([|ct|] => RunAsync(1));")]
    [InlineData("_ = group.Start([|_|] => RunAsync(1, token));")]
    [InlineData("_ = group.Start(async [|_|] => { Use(1); await RunAsync(1); await PlainAsync(); });")]
    [InlineData("_ = group.Start((CancellationToken [|ct|]) => CountAsync(1));")]
    [InlineData("_ = group.Start(delegate (CancellationToken [|ct|]) { return RunAsync(1); });")]
    [InlineData("_ = group.Start((i, [|_|]) => RunAsync(i), 5);")]
    [InlineData("_ = group.StartValue(async [|_|] => await File.ReadAllTextAsync(\"a\"));")]
    [InlineData("_ = group.StartOnThreadPool([|_|] => Task.Delay(1));")]
    [InlineData("_ = group.StartCancellable([|_|] => RunAsync(1));")]
    [InlineData("group.TryStart([|_|] => RunAsync(1), out var child);")]
    [InlineData("await group.StartAndWaitReadyAsync<int>(async (ready, [|_|]) => { ready.Started(1); await RunAsync(1); });")]
    [InlineData("await TaskGroup.RaceAsync(new Func<CancellationToken, Task<int>>[] { ct => CountAsync(1, ct), [|_|] => CountAsync(2) });")]
    [InlineData("await TaskGroup.WhenAllAsync(token, ct => RunAsync(1, ct), [|_|] => RunAsync(2), [|_|] => RunAsync(3, token));")]
    [InlineData("await TaskGroup.ForEachAsync(new[] { 1 }, (i, [|_|]) => RunAsync(i));")]
    [InlineData("_background.Start([|_|] => RunAsync(1));")]
    public Task Child_IgnoresItsToken_IsReported(string body) => Reports(
        Run +
            $"readonly BackgroundTaskGroup _background = new(f => {{ }}); async Task M(CancellationToken token) {{ await TaskGroup.RunAsync(async group => {{ await Task.Yield(); {body} }}, token); }}",
        WithRuntime);

    [Fact]
    public Task Misuse_InEveryKindOfFunction_IsReported() => Reports(
        Run +
        """
        C() { _later = () => { _ = [|TaskGroup.Open()|]; }; }
        Func<Task> L() => async () => { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); };
        async Task F() { await Local(); async Task Local() { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); } }
        async IAsyncEnumerable<int> I() { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); yield return 1; }
        async Task<T> G<T>(Func<CancellationToken, Task<T>> f) { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(f); return default!; }
        Task P => TaskGroup.RunAsync(group => { _group = [|group|]; });
        Task<int> N(TaskGroup group) => group.Start([|_|] => CountAsync(1));
        void V() { var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); }
        Task R() { var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); return scope.JoinAsync(); }
        """,
        WithRuntime);

    [Fact]
    public Task Misuse_InTopLevelProgram_IsReported() => Reports(
        """
        using System.Threading.Tasks;
        using AsyncGuard;
        await using var scope = [|TaskGroup.Open()|];
        _ = scope.Start([|_|] => Task.Delay(1));
        """,
        RuleTestOptions.TopLevel with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task Misuse_InOldCSharp_IsReported() => Reports(
        "class D { async Task M() { var scope = [|TaskGroup.Open()|]; await scope.Start([|_|] => Task.Delay(1)); await TaskGroup.RunAsync(group => { _group = [|group|]; }); } TaskGroup _group; }",
        WithRuntime with { LanguageVersion = LanguageVersion.CSharp7_3 });

#if !ROSLYN_FLOOR
    [Fact]
    public Task Child_InCollectionExpression_IsReported() =>
    Reports(Run + "async Task M() { await TaskGroup.RaceAsync<int>([ct => CountAsync(1, ct), [|_|] => CountAsync(2)]); }", WithRuntime);
#endif

    // Silent

    [Theory]
    [InlineData("await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); foreach (var i in items) _ = scope.Start(ct => RunAsync(i, ct)); await scope.JoinAsync().ConfigureAwait(false);")]
    [InlineData("await using (var scope = TaskGroup.Open()) { _ = scope.Start(ct => RunAsync(1, ct)); await scope.JoinAsync(); }")]
    [InlineData(
        "var scope = TaskGroup.Open(); try { _ = scope.Start(ct => RunAsync(1, ct)); await scope.JoinAsync(); } finally { await scope.DisposeAsync(); }")]
    [InlineData(
        "var scope = TaskGroup.Open(); await using var end = scope.ConfigureAwait(false); _ = scope.Start(ct => RunAsync(1, ct)); await scope.JoinAsync();")]
    [InlineData("var scope = TaskGroup.Open(); await using (scope) { _ = scope.Start(ct => RunAsync(1, ct)); await scope.JoinAsync(); }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); try { _ = scope.Start(ct => RunAsync(1, ct)); await RunAsync(2); } finally { await scope.JoinAsync(); }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); if (items.Length > 3) { _ = scope.Start(ct => RunAsync(1, ct)); await scope.JoinAsync(); } else { await RunAsync(1); }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); var join = scope.JoinAsync(); _ = scope.Start(ct => RunAsync(1, ct)); await join;")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); await Task.WhenAny(scope.JoinAsync(), Task.Delay(1));")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); while (true) { _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) break; } await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); while (true) { try { _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) break; } finally { await scope.JoinAsync(); } }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); for (;;) { try { _ = scope.Start(ct => RunAsync(1, ct)); break; } finally { try { await scope.JoinAsync(); } finally { Use(1); } } }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) goto end; Use(1); end: await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); goto end; end: await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); again: _ = scope.Start(ct => RunAsync(1, ct)); if (await CountAsync() > 3) goto again; await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); try { _ = scope.Start(ct => RunAsync(1, ct)); await PlainAsync(); } catch (Exception) when (items.Length > 3) { throw; } await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); try { try { _ = scope.Start(ct => RunAsync(1, ct)); } catch (InvalidOperationException) { return; } } finally { await scope.JoinAsync(); }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); try { _ = scope.Start(ct => RunAsync(1, ct)); } catch (TimeoutException) { Use(1); } catch (Exception e) when (e is not OperationCanceledException) { Use(2); } await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); lock (items) { _ = scope.Start(ct => RunAsync(1, ct)); } await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); await using (var file = new MemoryStream()) { _ = scope.Start(ct => RunAsync(1, ct)); } await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); using (var file = new MemoryStream()) { _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) return; await scope.JoinAsync(); }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); do { try { _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) continue; Use(1); } finally { Use(2); } } while (await CountAsync() > 3); await scope.JoinAsync();")]
    public Task Group_Joined_IsSilent(string body) => Silent(Run + $"async Task M(int[] items) {{ {body} }}", WithRuntime);

    [Theory]
    [InlineData("await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); await RunAsync(2); scope.Cancel();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); await RunAsync(2); scope.Group.Cancel();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); scope.Group.CancelAfter(TimeSpan.FromSeconds(1)); _ = scope.Start(ct => RunAsync(1, ct)); await RunAsync(2);")]
    public Task Group_Cancelled_IsSilent(string body) => Silent(Run + $"async Task M() {{ {body} }}", WithRuntime);

    [Theory]
    [InlineData(
        "await using var scope = TaskGroup.Open(); foreach (var i in items) { _ = scope.Start(ct => RunAsync(i, ct)); if (i > 3) return; } await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) return; await scope.JoinAsync();")]
    [InlineData(
        "foreach (var i in items) { await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); if (i > 3) continue; await scope.JoinAsync(); }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) throw new Exception(); await scope.JoinAsync();")]
    [InlineData("await using var scope = TaskGroup.Open(); while (true) { await PlainAsync(); _ = scope.Start(ct => RunAsync(1, ct)); }")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); for (;;) { _ = scope.Start(ct => RunAsync(1, ct)); if (await CountAsync() > 3) return; }")]
    public Task Group_LeftEarly_IsSilent(string body) => Silent(Run + $"async Task M(int[] items) {{ {body} }}", WithRuntime);

    [Theory]
    [InlineData(
        "await using var scope = TaskGroup.Open(); if (items.Length > 3) _ = scope.Start(ct => RunAsync(1, ct)); if (items.Length > 3) await scope.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); switch (items.Length) { case 1: _ = scope.Start(ct => RunAsync(1, ct)); await scope.JoinAsync(); break; case 2: await scope.JoinAsync(); break; }")]
    public Task Group_JoinedOnConditionOfItsStart_IsSilent(string body) =>
    Silent(Run + $"async Task M(int[] items) {{ {body} }}", WithRuntime);

    [Theory]
    [InlineData("await using var scope = TaskGroup.Open(); await scope.Start(ct => RunAsync(1, ct));")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); var a = scope.Start(ct => RunAsync(1, ct)); var b = scope.Start(ct => RunAsync(2, ct)); await Task.WhenAll(a, b);")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); var all = new List<Task>(); foreach (var i in items) all.Add(scope.Start(ct => RunAsync(i, ct))); await Task.WhenAll(all);")]
    [InlineData("await using var scope = TaskGroup.Open(); await Task.WhenAll(items.Select(i => scope.Start(ct => RunAsync(i, ct))));")]
    [InlineData("await using var scope = TaskGroup.Open(); if (scope.Group.TryStart(ct => RunAsync(1, ct), out var child)) await child;")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); var child = scope.Group.StartCancellable(ct => RunAsync(1, ct)); child.Cancel(); await child.Task;")]
    [InlineData("await using var scope = TaskGroup.Open(); Use(scope.CancellationToken);")]
    public Task Group_WhoseChildrenAreAwaited_IsSilent(string body) => Silent(Run + $"async Task M(int[] items) {{ {body} }}", WithRuntime);

    [Theory]
    [InlineData("TaskGroupScope Begin() => TaskGroup.Open(); async Task N() { await using var scope = Begin(); await scope.JoinAsync(); }")]
    [InlineData("TaskGroupScope Begin() { var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); return scope; }")]
    [InlineData(
        "async Task N() { await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); await EndAsync(scope); } Task EndAsync(TaskGroupScope s) => s.JoinAsync();")]
    [InlineData(
        "async Task N() { var scope = TaskGroup.Open(); await EndAsync(scope); } async Task EndAsync(TaskGroupScope s) { await using (s) await s.JoinAsync(); }")]
    [InlineData(
        "async Task N() { await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); await End(); Task End() => scope.JoinAsync(); }")]
    [InlineData(
        "class Owner : IAsyncDisposable { readonly TaskGroupScope _scope = TaskGroup.Open(); public ValueTask DisposeAsync() => _scope.DisposeAsync(); }")]
    [InlineData(
        "class Owner { TaskGroupScope? _scope; void Start() => _scope = TaskGroup.Open(); Task StopAsync() => _scope?.JoinAsync() ?? Task.CompletedTask; }")]
    [InlineData(
        "class Owner { public readonly TaskGroupScope Scope = TaskGroup.Open(); internal TaskGroupScope Other = TaskGroup.Open(); }")]
    [InlineData("void N() { var background = new BackgroundTaskGroup(f => { }); Use(background); }")]
    [InlineData(
        "async Task N() { await using var background = new BackgroundTaskGroup(f => { }); background.Start(ct => RunAsync(1, ct)); }")]
    [InlineData(
        "async Task N() { var background = new BackgroundTaskGroup(f => { }); background.Start(ct => RunAsync(1, ct)); await background.DrainAsync(TimeSpan.Zero); }")]
    [InlineData(
        "class Owner { readonly Task _run; TaskGroup? _group; Owner(Task stop) => _run = TaskGroup.RunAsync(group => { _group = group; return stop; }); }")]
    [InlineData("async Task N() { await TaskGroup.Open().JoinAsync(); await TaskGroup.Open().DisposeAsync(); }")]
    [InlineData(
        "class Owner { static readonly BackgroundTaskGroup s_background = new(f => { }); BackgroundTaskGroup Make() => new(f => { }); }")]
    public Task Group_WithAnOwner_IsSilent(string members) => Silent(Run + members, WithRuntime);

    [Theory]
    [InlineData("_group = group; try { await RunAsync(1); } finally { _group = null!; }")]
    [InlineData("_groups.Add(group); await RunAsync(1); _groups.Remove(group);")]
    [InlineData("var worker = new Worker(group); await worker.RunAsync();")]
    [InlineData("state.Group = group; await RunAsync(1);")]
    [InlineData("var alias = group; _ = alias.Start(ct => RunAsync(1, ct));")]
    [InlineData("outer = group; await RunAsync(1);")]
    [InlineData("Action add = () => group.Start(ct => RunAsync(1, ct)); add(); await RunAsync(1);")]
    [InlineData("outer = group; Action add = () => outer.Start(ct => RunAsync(1, ct)); add(); await RunAsync(1);")]
    [InlineData("Use((group, 1)); await RunAsync(1);")]
    [InlineData("Use(Task.FromResult(group)); await RunAsync(1);")]
    [InlineData("await AddAsync(group); Task AddAsync(TaskGroup g) => g.Start(ct => RunAsync(1, ct));")]
    [InlineData(
        "Changed += OnChanged; await RunAsync(1); Changed -= OnChanged; void OnChanged(object? s, EventArgs e) => group.Start(ct => RunAsync(1, ct));")]
    [InlineData(
        "EventHandler handler = (s, e) => group.Start(ct => RunAsync(1, ct)); Changed += handler; await RunAsync(1); Changed -= handler;")]
    [InlineData(
        "using var watcher = new FileSystemWatcher(); watcher.Changed += (s, e) => group.Start(ct => RunAsync(1, ct)); await RunAsync(1);")]
    [InlineData("using var registration = token.Register(() => group.Cancel()); await RunAsync(1);")]
    [InlineData("_later = () => Use(group.Status); await RunAsync(1);")]
    [InlineData("_later = () => group.Cancel(); await RunAsync(1);")]
    [InlineData("_later = () => group.Start(ct => RunAsync(1, ct)); await RunAsync(1); _later = null!;")]
    [InlineData("_ = group.Start(async ct => { await RunAsync(1, ct); _ = group.Start(inner => RunAsync(2, inner)); });")]
    [InlineData("foreach (var i in new[] { 1 }.Select(i => group.Start(ct => RunAsync(i, ct)))) await i;")]
    public Task Group_ThatStaysInside_IsSilent(string body) => Silent(
        Run +
            $"class Worker {{ readonly TaskGroup _group; public Worker(TaskGroup group) => _group = group; public Task RunAsync() => _group.Start(ct => Task.Delay(1, ct)); }} class State {{ public TaskGroup? Group; }} async Task M(State state, CancellationToken token) {{ TaskGroup? outer = null; await TaskGroup.RunAsync(async group => {{ {body} }}); Use(outer!.Errors); }}",
        WithRuntime);

    [Theory]
    [InlineData(
        "Task<int>? child = null; await TaskGroup.RunAsync(group => { child = group.Start(ct => CountAsync(1, ct)); }); Use(await child!);")]
    [InlineData(
        "var child = await TaskGroup.RunAsync(async group => { await Task.Yield(); return group.Start(ct => CountAsync(1, ct)); }); Use(child.Result);")]
    [InlineData("await TaskGroup.RunAsync(group => { _task = group.Start(ct => CountAsync(1, ct)); }); Use(await _task);")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); var child = scope.Start(ct => CountAsync(1, ct)); await scope.JoinAsync(); Use(child.Result);")]
    public Task TaskOfChild_UsedAfterTheEnd_IsSilent(string body) =>
    Silent(Run + $"Task<int> _task = null!; async Task M() {{ {body} }}", WithRuntime);

    [Theory]
    [InlineData(
        "await using var outer = TaskGroup.Open(); await using var inner = TaskGroup.Open(); _ = inner.Start(ct => RunAsync(1, ct)); _ = outer.Start(async ct => { await RunAsync(1, ct); await inner.JoinAsync(); }); await outer.JoinAsync();")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); _ = scope.Start(async ct => { await using var own = TaskGroup.Open(cancellationToken: ct); _ = own.Start(c => RunAsync(1, c)); await own.JoinAsync(); }); await scope.JoinAsync();")]
    [InlineData(
        "Task last = Task.CompletedTask; foreach (var i in new[] { 1, 2 }) last = TaskGroup.RunAsync(async group => { await last; await group.Start(ct => RunAsync(i, ct)); }); await last;")]
    [InlineData(
        "Task? run = null; await RunAsync(1); run = TaskGroup.RunAsync(async group => { Use(run?.IsCompleted ?? false); await group.Start(ct => RunAsync(1, ct)); }); await run;")]
    [InlineData("var before = RunAsync(1); await TaskGroup.RunAsync(async group => { await before; });")]
    [InlineData(
        "await using var scope = TaskGroup.Open(); Func<Task> end = () => scope.JoinAsync(); _ = scope.Start(ct => RunAsync(1, ct)); await end();")]
    [InlineData("await _background.DrainAsync(TimeSpan.Zero); _background.Start(async ct => { await _other.DisposeAsync(); });")]
    public Task Wait_ForAnotherGroup_IsSilent(string body) =>
    Silent(Run + $"readonly BackgroundTaskGroup _background = new(f => {{ }}), _other = new(f => {{ }}); async Task M() {{ {body} }}",
    WithRuntime);

    [Theory]
    [InlineData("_ = group.Start(ct => RunAsync(1, ct));")]
    [InlineData("_ = group.Start(_ => PlainAsync());")]
    [InlineData("_ = group.Start(_ => RunAsync(1, CancellationToken.None));")]
    [InlineData("_ = group.Start(_ => RunAsync(1, default));")]
    [InlineData("_ = group.Start(_ => RunAsync(1, group.CancellationToken));")]
    [InlineData("_ = group.Start(_ => RunAsync(1, other));")]
    [InlineData("_ = group.Start(_ => Task.Run(() => Use(1)));")]
    [InlineData("_ = group.Start(_ => task);")]
    [InlineData("_ = group.Start(async ct => { await RunAsync(1); await RunAsync(2, ct); });")]
    [InlineData("_ = group.Start(async ct => { ct.ThrowIfCancellationRequested(); await PlainAsync(); });")]
    [InlineData("_ = group.Start(RunTokenAsync);")]
    [InlineData("_ = group.Start(async _ => { try { await PlainAsync(); } finally { await RunAsync(1); } });")]
    [InlineData("await TaskGroup.ForEachAsync(new[] { 1 }, (i, ct) => RunAsync(i, ct));")]
    [InlineData("await Parallel.ForEachAsync(new[] { 1 }, async (i, _) => await RunAsync(i));")]
    [InlineData("Func<CancellationToken, Task> f = _ => RunAsync(1); _ = group.Start(f);")]
    public Task Child_WithoutMissedToken_IsSilent(string body) => Silent(
        Run +
            $"Task RunTokenAsync(CancellationToken token) => RunAsync(1, token); async Task M(CancellationToken token, CancellationToken other, Task task) {{ await TaskGroup.RunAsync(async group => {{ await Task.Yield(); {body} }}, token); }}",
        WithRuntime);

    [Fact]
    public Task Child_OfATest_IsReportedHidden() => Reports(
        Run + "async Task M() => await TaskGroup.RunAsync(group => { _ = group.Start({|#0:ct|} => RunAsync(1)); });",
        WithRuntime with
        {
            GlobalConfig = WithRuntime.GlobalConfig.Add("build_property.IsTestProject", "true"),
            Expected = [new DiagnosticResult(RuleTable.GroupMisuse).WithSeverity(DiagnosticSeverity.Hidden).WithLocation(0)
                .WithArguments("The child ignores its token, so the group cannot stop it when another child fails",
                "pass it to 'RunAsync'")],
        });

    [Fact]
    public Task OtherTypes_OfTheSameName_AreSilent() => Silent(
        """
        namespace Other { class TaskGroup { public static TaskGroup Open() => new(); public System.Threading.Tasks.Task Start(System.Func<System.Threading.CancellationToken, System.Threading.Tasks.Task> f) => f(default); } }
        class D { void M() { var group = Other.TaskGroup.Open(); group.Start(_ => System.Threading.Tasks.Task.Delay(1)); } }
        """,
        RuleTestOptions.File with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task Everything_WithoutTheRuntimeLibrary_IsSilent() =>
    Silent("class TaskGroup { public static TaskGroup Open() => new(); } void M() { TaskGroup.Open(); }");
}
