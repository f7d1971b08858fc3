using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class LosersOfWhenAnyTests : RuleTest<LosersOfWhenAnyAnalyzer, LosersOfWhenAnyFix>
{
    private const string Run =
        "Task RunAsync(int i = 0, CancellationToken token = default) => Task.Delay(i, token); Task<int> CountAsync(int i = 0, CancellationToken token = default) => Task.FromResult(i); void Use(object? o) { } Task _field = Task.CompletedTask;\n";

    // Reported: races

    [Theory]
    [InlineData("await [|Task.WhenAny(RunAsync(1), RunAsync(2))|];")]
    [InlineData("await [|Task.WhenAny(RunAsync(1), RunAsync(2), RunAsync(3))|].ConfigureAwait(false);")]
    [InlineData("var n = await await [|Task.WhenAny(CountAsync(1), CountAsync(2))|];")]
    [InlineData("var winner = await [|Task.WhenAny(CountAsync(1), CountAsync(2))|]; Use(await winner);")]
    [InlineData("await [|Task.WhenAny(new[] { RunAsync(1), RunAsync(2) })|];")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); var first = await [|Task.WhenAny(a, b)|]; await first;")]
    [InlineData("var a = CountAsync(1); var b = CountAsync(2); if (await [|Task.WhenAny(a, b)|] == a) Use(await a); else Use(await b);")]
    [InlineData(
        "var a = CountAsync(1); var b = CountAsync(2); var first = await [|Task.WhenAny(a, b)|]; if (first == a) { Use(await a); return; } Use(await b);")]
    [InlineData("var tasks = new List<Task> { RunAsync(1), RunAsync(2) }; await [|Task.WhenAny(tasks)|];")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToList(); await [|Task.WhenAny(tasks)|]; Use(tasks.Count);")]
    [InlineData("await [|Task.WhenAny(items.Select(i => RunAsync(i)))|];")]
    [InlineData("var first = await [|Task.WhenAny(items.Select(async i => await CountAsync(i)))|]; Use(await first);")]
    [InlineData("await [|Task.WhenAny(_field, RunAsync(1))|];")]
    [InlineData("await [|Task.WhenAny(RunAsync(1), Task.Delay(100))|];")]
    [InlineData("await [|Task.WhenAny(RunAsync(1, token), Task.Delay(Timeout.Infinite, CancellationToken.None))|];")]
    [InlineData("[|Task.WhenAny(RunAsync(1), RunAsync(2))|].Wait();")]
    [InlineData("foreach (var i in items) { var t = RunAsync(i); await [|Task.WhenAny(t, Task.Delay(10))|]; }")]
    [InlineData("System.Threading.Channels.Channel<int> c = null!, d = null!; await [|Task.WhenAny(c.Reader.WaitToReadAsync().AsTask(), d.Reader.Completion)|];")]
    public Task Race_LosersForgotten_IsReported(string body) =>
    Reports(Run +
    $"async Task M(int[] items) {{ await Task.Yield(); {body.Replace("token", "default", System.StringComparison.Ordinal)} }}");

    // Reported: time-outs

    [Theory]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(100))|] != task) throw new TimeoutException();")]
    [InlineData(
        "if (await [|Task.WhenAny(task, Task.Delay(100))|].ConfigureAwait(false) != task) throw new TimeoutException(\"too late\");")]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(100))|] == task) { await task; } else { throw new TimeoutException(); }")]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(100))|] == task) { await task; return; } throw new Exception();")]
    [InlineData("if (task == await [|Task.WhenAny(Task.Delay(100), task)|]) { await task; return; } throw new Exception();")]
    [InlineData("var delay = Task.Delay(100); if (await [|Task.WhenAny(task, delay)|] == delay) throw new TimeoutException(); await task;")]
    [InlineData(
        "var delay = Task.Delay(100); var winner = await [|Task.WhenAny(task, delay)|]; if (winner == delay) { throw new TimeoutException(); } await task;")]
    [InlineData("var own = RunAsync(1); if (await [|Task.WhenAny(own, Task.Delay(100))|] == own) await own; else Use(1);")]
    [InlineData("var own = RunAsync(1); if (await [|Task.WhenAny(own, Task.Delay(100))|] != own) return; await own;")]
    [InlineData("var own = RunAsync(1); await [|Task.WhenAny(own, Task.Delay(100))|]; if (own.IsCompleted) await own;")]
    [InlineData("var own = CountAsync(1); await [|Task.WhenAny(own, Task.Delay(100))|]; if (!own.IsCompleted) return; Use(own.Result);")]
    [InlineData("var own = RunAsync(1); if (await [|Task.WhenAny(own, Task.Delay(100))|] == own && own.Wait(0)) Use(1);")]
    public Task Timeout_TaskForgotten_IsReported(string body) => Reports(Run + $"async Task M(Task task) {{ await Task.Yield(); {body} }}");

    [Fact]
    public Task Race_InEveryKindOfFunction_IsReported() => Reports(
        Run +
        """
        C() { [|Task.WhenAny(RunAsync(1), RunAsync(2))|].Wait(); }
        Func<Task> L() => async () => await [|Task.WhenAny(RunAsync(1), RunAsync(2))|];
        async Task F() { await Local(); async Task Local() { await [|Task.WhenAny(RunAsync(1), RunAsync(2))|]; } }
        async IAsyncEnumerable<int> I() { await [|Task.WhenAny(RunAsync(1), RunAsync(2))|]; yield return 1; }
        async Task<T> G<T>(Func<Task<T>> f) => await await [|Task.WhenAny(f(), f())|];
        Func<Task> P => async delegate { await [|Task.WhenAny(RunAsync(1), RunAsync(2))|]; };
        """);

    [Fact]
    public Task Race_InTopLevelProgram_IsReported() => Reports(
        """
        using System.Threading.Tasks;
        await [|Task.WhenAny(Task.Run(() => { }), Task.Run(() => { }))|];
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Race_InOldCSharp_IsReported() => Reports(
        Run.Replace("object?", "object", System.StringComparison.Ordinal) +
            "async Task M() { await [|Task.WhenAny(RunAsync(1), RunAsync(2))|]; }",
        RuleTestOptions.Default with { LanguageVersion = LanguageVersion.CSharp7_3 });

#if !ROSLYN_FLOOR
    [Fact]
    public Task Race_InCollectionExpression_IsReported() =>
    Reports(Run +
    "async Task M() { Task[] tasks = [RunAsync(1), RunAsync(2)]; await [|Task.WhenAny(tasks)|]; await [|Task.WhenAny([RunAsync(1), RunAsync(2)])|]; }");
#endif

    // Silent

    [Theory]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); await Task.WhenAny(a, b); await Task.WhenAll(a, b);")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); await Task.WhenAny(a, b); await a; await b;")]
    [InlineData(
        "var a = RunAsync(1); var b = RunAsync(2); var first = await Task.WhenAny(a, b); try { await first; } finally { await Task.WhenAll(a, b); }")]
    [InlineData(
        "var tasks = new List<Task> { RunAsync(1), RunAsync(2) }; while (tasks.Count > 0) { var done = await Task.WhenAny(tasks); tasks.Remove(done); await done; }")]
    [InlineData("var tasks = items.Select(i => RunAsync(i)).ToList(); await Task.WhenAny(tasks); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); foreach (var i in items) { if (tasks.Count > 4) tasks.Remove(await Task.WhenAny(tasks)); tasks.Add(RunAsync(i)); } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task> { RunAsync(1) }; await Task.WhenAny(tasks); foreach (var t in tasks) t.ContinueWith(x => Use(x.Exception));")]
    public Task Losers_AwaitedLater_IsSilent(string body) => Silent(Run + $"async Task M(int[] items) {{ {body} }}");

    [Theory]
    [InlineData(
        "using var source = new CancellationTokenSource(); await Task.WhenAny(RunAsync(1, source.Token), RunAsync(2, source.Token)); source.Cancel();")]
    [InlineData(
        "using var source = new CancellationTokenSource(); var token = source.Token; var a = RunAsync(1, token); var b = RunAsync(2, token); await Task.WhenAny(a, b); await source.CancelAsync();")]
    [InlineData(
        "using var source = new CancellationTokenSource(1000); await Task.WhenAny(RunAsync(1, source.Token), RunAsync(2, source.Token));")]
    [InlineData(
        "using var source = new CancellationTokenSource(); var tasks = items.Select(i => RunAsync(i, source.Token)).ToList(); await Task.WhenAny(tasks); source.Cancel();")]
    [InlineData(
        "using var source = new CancellationTokenSource(); if (await Task.WhenAny(task, Task.Delay(100, source.Token)) == task) { source.Cancel(); await task; return; } throw new TimeoutException();")]
    [InlineData(
        "using var source = new CancellationTokenSource(); var delay = Task.Delay(100, source.Token); if (await Task.WhenAny(task, delay) == delay) throw new TimeoutException(); source.Cancel(); await task;")]
    public Task Losers_Cancelled_IsSilent(string body) => Silent(Run + $"async Task M(int[] items, Task task) {{ {body} }}");

    [Theory]
    [InlineData("var a = RunAsync(1); await Task.WhenAny(a, _field); Keep(a);")]
    [InlineData("var a = RunAsync(1); Keep(a); await Task.WhenAny(a, _field);")]
    [InlineData("var a = RunAsync(1); _field = a; await Task.WhenAny(a, _field);")]
    [InlineData(
        "var a = RunAsync(1); await Task.WhenAny(a, _field); a.ContinueWith(t => Use(t.Exception), TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("var a = RunAsync(1); if (await Task.WhenAny(a, _field) != a) Use(\"slow\"); await a;")]
    [InlineData("var a = RunAsync(1); if (await Task.WhenAny(a, _field) == a) await a; else a.Forget();")]
    [InlineData("var a = RunAsync(1); if (await Task.WhenAny(a, _field) != a) { Use(\"slow\"); _ = a; return; } await a;")]
    public Task Loser_HandedOn_IsSilent(string body) => Silent(Run + $"void Keep(Task t) {{ }} async Task M() {{ {body} }} ", Forgetting);

    [Theory]
    [InlineData("await Task.WhenAny(task, _field);")]
    [InlineData("await Task.WhenAny(tasks);")]
    [InlineData("var source = new TaskCompletionSource<int>(); await Task.WhenAny(source.Task, task);")]
    [InlineData("await Task.WhenAny(task, _field.WaitAsync(token));")]
    [InlineData("await Task.WhenAny(task, Task.CompletedTask, Task.FromResult(1));")]
    [InlineData("System.Threading.Channels.ChannelReader<int> r = null!; await Task.WhenAny(r.WaitToReadAsync(token).AsTask(), r.Completion);")]
    [InlineData("System.Threading.Channels.Channel<int> c = null!; await Task.WhenAny(c.Reader.Completion, c.Reader.ReadAsync(token).AsTask());")]
    public Task Tasks_OfOtherCode_IsSilent(string body) =>
    Silent(Run + $"async Task M(Task task, Task[] tasks, CancellationToken token) {{ {body} }}");

    [Theory]
    [InlineData("var own = RunAsync(1); await Task.WhenAny(own);")]
    [InlineData("await Task.WhenAny(Task.Delay(1), Task.Delay(2));")]
    [InlineData(
        "var read = CountAsync(); var stop = RunAsync(); while (true) { if (await Task.WhenAny(read, stop) == stop) break; Use(await read); read = CountAsync(); }")]
    [InlineData("var any = Task.WhenAny(RunAsync(1), RunAsync(2)); Use(any);")]
    public Task Race_ThatIsNone_IsSilent(string body) => Silent(Run + $"async Task M() {{ await Task.Yield(); {body} }}");

    [Fact]
    public Task Race_HandedToTheCaller_IsSilent() => Silent(Run + "Task<Task> M() => Task.WhenAny(RunAsync(1), RunAsync(2));");

    [Fact]
    public Task WhenAny_OfAnotherType_IsSilent() =>
    Silent(Run +
    "static class Mine { public static Task WhenAny(params Task[] tasks) => Task.WhenAll(tasks); } async Task M() { await Mine.WhenAny(RunAsync(1), RunAsync(2)); }");

    private static readonly RuleTestOptions Forgetting =
        RuleTestOptions.Default with
        {
            OtherFiles = [("Forgetting.cs",
        "static class Forgetting { public static void Forget(this System.Threading.Tasks.Task task) { } }")]
        };

    // Fixed

    [Theory]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(t))|] != task)\n        throw new TimeoutException();\n    return await task;",
        "return await task.WaitAsync(t);")]
    [InlineData(
        "if (await [|Task.WhenAny(task, Task.Delay(100))|] != task)\n        throw new TimeoutException();\n    return await task;",
            "return await task.WaitAsync(TimeSpan.FromMilliseconds(100));")]
    [InlineData(
        "if (await [|Task.WhenAny(task, Task.Delay(t))|].ConfigureAwait(false) != task)\n        throw new TimeoutException();\n    return await task.ConfigureAwait(false);",
            "return await task.WaitAsync(t).ConfigureAwait(false);")]
    [InlineData(
        "if (await [|Task.WhenAny(task, Task.Delay(t))|] != task)\n    {\n        throw new TimeoutException();\n    }\n\n    // now\n    var n = await task;\n    return n;",
            "\n    // now\n    var n = await task.WaitAsync(t);\n    return n;")]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(t))|] == task)\n        return await task;\n    throw new TimeoutException();",
        "return await task.WaitAsync(t);")]
    [InlineData(
        "if (await [|Task.WhenAny(task, Task.Delay(t))|] == task)\n    {\n        var n = await task;\n        return n; // done\n    }\n    else\n    {\n        throw new TimeoutException();\n    }",
            "var n = await task.WaitAsync(t);\n    return n; // done")]
    [InlineData(
        "var winner = await [|Task.WhenAny(task, Task.Delay(t))|];\n    if (winner != task) throw new TimeoutException();\n    return await task;",
            "return await task.WaitAsync(t);")]
    [InlineData(
        "var delay = Task.Delay(t);\n    if (await [|Task.WhenAny(task, delay)|] == delay) throw new TimeoutException();\n    return await task;",
            "return await task.WaitAsync(t);")]
    public Task Timeout_BecomesWaitAsync(string body, string expected) => Fixes(
        Run + $"async Task<int> M(Task<int> task, TimeSpan t)\n{{\n    {body}\n}}",
        Run + $"async Task<int> M(Task<int> task, TimeSpan t)\n{{\n    {expected}\n}}".Replace("{\n    \n", "{\n\n",
            System.StringComparison.Ordinal));

    [Theory]
    [InlineData("Task.Delay(t)", "t, token")]
    [InlineData("Task.Delay(t, token)", "t, token")]
    [InlineData("Task.Delay(100, CancellationToken.None)", "TimeSpan.FromMilliseconds(100), CancellationToken.None")]
    public Task Timeout_WithToken_BecomesWaitAsyncWithToken(string delay, string arguments) => Fixes(
        Run +
            $"async Task M(Task task, TimeSpan t, CancellationToken token)\n{{\n    if (await [|Task.WhenAny(task, {delay})|] != task) throw new TimeoutException();\n    await task;\n}}",
        Run + $"async Task M(Task task, TimeSpan t, CancellationToken token)\n{{\n    await task.WaitAsync({arguments});\n}}");

    [Theory]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(t))|] != task) throw new TimeoutException(\"too late\"); return await task;")]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(t))|] != task) throw new InvalidOperationException(); return await task;")]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(t))|] != task) { Use(1); throw new TimeoutException(); } return await task;")]
    [InlineData(
        "if (await [|Task.WhenAny(task, Task.Delay(t))|] != task && t > TimeSpan.Zero) throw new TimeoutException(); return await task;")]
    [InlineData(
        "var winner = await [|Task.WhenAny(task, Task.Delay(t))|]; if (winner != task) throw new TimeoutException(); Use(winner); return await task;")]
    [InlineData(
        "var delay = Task.Delay(t); Use(1); if (await [|Task.WhenAny(task, delay)|] != task) throw new TimeoutException(); return await task;")]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(t))|] != task) /* late */ throw new TimeoutException(); return await task;")]
    [InlineData("var own = CountAsync(); if (await [|Task.WhenAny(own, Task.Delay(t))|] == own) return await own; return -1;")]
    [InlineData("if (await [|Task.WhenAny(task, Task.Delay(t))|] != task) throw new TimeoutException(); Use(1); return task.Result;")]
    [InlineData("if (await [|Task.WhenAny(Task.Delay(t), task)|] != task) throw new TimeoutException(); else { Use(1); } return await task;")]
    public Task Timeout_OfAnotherShape_HasNoFix(string body) => NoFix(Run + $"async Task<int> M(Task<int> task, TimeSpan t) {{ {body} }}");

    [Fact]
    public Task Timeout_WithoutWaitAsync_HasNoFix() => NoFix(
        Run.Replace("object?", "object", System.StringComparison.Ordinal) +
            "async Task M(Task task) { if (await [|Task.WhenAny(task, Task.Delay(100))|] != task) throw new TimeoutException(); await task; }",
        RuleTestOptions.Default with { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    // Races

    private static readonly RuleTestOptions Raced = RuleTestOptions.Default with { FixedUsings = ["AsyncGuard"] };

    [Fact]
    public Task Race_ForAResult_BecomesRaceAsync() => FixesAndRaces(
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            // the faster one
            return await await [|Task.WhenAny(Probe.CountAsync("a", 3), Probe.CountAsync("b", 3, token))|]; // wins
        }
        """,
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            // the faster one
            return await TaskGroup.RaceAsync(new Func<CancellationToken, Task<int>>[] { ct => Probe.CountAsync("a", 3, ct), ct => Probe.CountAsync("b", 3, ct) }, cancellationToken: token); // wins
        }
        """,
        Raced);

    [Fact]
    public Task Race_WithNames_BecomesRaceAsync() => FixesAndRaces(
        """
        async Task<int> RunAsync()
        {
            var ct = "a";
            var first = Probe.CountAsync(ct, 3);
            var second = Probe.CountAsync("b", 3);
            var winner = await [|Task.WhenAny(first, second)|].ConfigureAwait(false);
            Probe.Note("won");
            return await winner.ConfigureAwait(false);
        }
        """,
        """
        async Task<int> RunAsync()
        {
            var ct = "a";
            var winner = await TaskGroup.RaceAsync(new Func<CancellationToken, Task<int>>[] { token => Probe.CountAsync(ct, 3, token), token => Probe.CountAsync("b", 3, token) }).ConfigureAwait(false);
            Probe.Note("won");
            return winner;
        }
        """,
        Raced);

    [Fact]
    public Task Race_OfASequence_BecomesRaceAsync() => FixesAndRaces(
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            var names = new[] { "a", "b", "c" };
            var winner = await [|Task.WhenAny(names.Select(name => Probe.CountAsync(name, 3, token)))|];
            return 1 + await winner;
        }
        """,
        """
        async Task<int> RunAsync(CancellationToken token)
        {
            var names = new[] { "a", "b", "c" };
            var winner = await TaskGroup.RaceAsync(names.Select<string, Func<CancellationToken, Task<int>>>(name => ct => Probe.CountAsync(name, 3, ct)), cancellationToken: token);
            return 1 + winner;
        }
        """,
        Raced);

    [Fact]
    public Task Race_OfAnArray_InALambda_BecomesRaceAsync() => FixesAndRaces(
        """
        async Task<int> RunAsync()
        {
            Func<Task<int>> run = async () => await (await [|Task.WhenAny(new[] { Probe.CountAsync("a", 3), Probe.CountAsync("b", 3) })|]);
            return await run();
        }
        """,
        """
        async Task<int> RunAsync()
        {
            Func<Task<int>> run = async () => await TaskGroup.RaceAsync(new Func<CancellationToken, Task<int>>[] { ct => Probe.CountAsync("a", 3, ct), ct => Probe.CountAsync("b", 3, ct) });
            return await run();
        }
        """,
        Raced);

    [Theory]
    [InlineData("await [|Task.WhenAny(RunAsync(1), RunAsync(2))|];")]
    [InlineData("var winner = await [|Task.WhenAny(CountAsync(1), CountAsync(2))|]; Use(winner);")]
    [InlineData("var a = CountAsync(1); var b = CountAsync(2); if (await [|Task.WhenAny(a, b)|] == a) Use(await a);")]
    [InlineData("var a = CountAsync(1); Use(1); var b = CountAsync(2); Use(await await [|Task.WhenAny(a, b)|]);")]
    [InlineData("var a = CountAsync(1); /* and */ var b = CountAsync(2); Use(await await [|Task.WhenAny(a, b)|]);")]
    [InlineData("Use(await await [|Task.WhenAny(PlainAsync(1), CountAsync(2))|]);")]
    [InlineData("Use(await await [|Task.WhenAny(CountAsync(1, CancellationToken.None), CountAsync(2))|]);")]
    [InlineData("Use(await await [|Task.WhenAny(_other, CountAsync(2))|]);")]
    [InlineData("Use(await await [|Task.WhenAny(items.Select(async i => await CountAsync(i)))|]);")]
    [InlineData("Task<int> winner = await [|Task.WhenAny(CountAsync(1), CountAsync(2))|]; Use(await winner);")]
    [InlineData("var tasks = items.Select(i => CountAsync(i)).ToList(); Use(await await [|Task.WhenAny(tasks)|]);")]
    public Task Race_OfAnotherShape_HasNoFix(string body) => NoFix(
        Run +
            $"Task<int> _other = Task.FromResult(1); Task<int> PlainAsync(int i) => Task.FromResult(i); async Task M(int[] items) {{ await Task.Yield(); {body} }}",
        RuleTestOptions.Default with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task Race_WithoutTheRuntimeLibrary_HasNoFix() =>
    NoFix(Run + "async Task<int> M() => await await [|Task.WhenAny(CountAsync(1), CountAsync(2))|];");
}
