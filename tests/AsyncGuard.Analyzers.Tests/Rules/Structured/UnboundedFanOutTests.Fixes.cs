using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class UnboundedFanOutTests
{
    private const string Source =
        "static async IAsyncEnumerable<string> RowsAsync(bool more = true) { while (more) { yield return \"a\"; yield return \"b\"; yield return \"c\"; await Task.Yield(); more = false; } }\n";

    private static readonly RuleTestOptions Imports = new() { FixedUsings = ["AsyncGuard"] };

    private static readonly RuleTestOptions Grouped = new() { FixedUsings = ["AsyncGuard"], ActionKey = "AGD0211.Group" };

    // Without the runtime library

    [Fact]
    public Task Fix_OfSelect_RunsInParallel() => Fixes(
        """
        Task SendAsync(string line, CancellationToken token) => Task.Delay(line.Length, token);

        async Task M(string path, CancellationToken token)
        {
            // the lines
            await Task.WhenAll([|File.ReadLines(path).Select(line => SendAsync(line, token))|]);
            await Task.WhenAll([|File.ReadLines(path).Where(line => line.Length > 0).Select(async line => { await SendAsync(line, token); })|]).ConfigureAwait(false);
            var tasks = [|File.ReadLines(path).Select(line => SendAsync(line, token))|].ToList();
            await Task.WhenAll(tasks);
        }
        """,
        """
        Task SendAsync(string line, CancellationToken token) => Task.Delay(line.Length, token);

        async Task M(string path, CancellationToken token)
        {
            // the lines
            await Parallel.ForEachAsync(File.ReadLines(path), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token }, async (line, ct) => await SendAsync(line, ct).ConfigureAwait(false));
            await Parallel.ForEachAsync(File.ReadLines(path).Where(line => line.Length > 0), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token }, async (line, ct) => { await SendAsync(line, ct); }).ConfigureAwait(false);
            await Parallel.ForEachAsync(File.ReadLines(path), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token }, async (line, ct) => await SendAsync(line, ct).ConfigureAwait(false));
        }
        """);

    [Fact]
    public Task Fix_OfLoop_RunsInParallel() => Fixes(
        """
        Task SendAsync(string line, CancellationToken token = default) => Task.Delay(line.Length, token);

        async Task M(IAsyncEnumerable<string> rows, CancellationToken token)
        {
            var tasks = new List<Task>();
            await foreach (var row in rows.WithCancellation(token))
            {
                tasks.Add([|this.SendAsync(row)|]);
            }
            await Task.WhenAll(tasks);

            // and again
            await foreach (var row in rows) _ = [|this.SendAsync(row)|]; // each
        }
        """,
        """
        Task SendAsync(string line, CancellationToken token = default) => Task.Delay(line.Length, token);

        async Task M(IAsyncEnumerable<string> rows, CancellationToken token)
        {
            await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token }, async (row, ct) => await this.SendAsync(row, ct));

            // and again
            await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token }, async (row, ct) => await this.SendAsync(row, ct)); // each
        }
        """);

    [Fact]
    public Task Fix_OfAMethodGroupAndAnExpressionBody_RunsInParallel() => Fixes(
        """
        Task SendAsync(string line) => Task.Delay(line.Length);
        Task M(string path) => Task.WhenAll([|File.ReadLines(path).Select(SendAsync)|]);
        async Task N(string path) => await Task.WhenAll([|File.ReadLines(path).Select((string line) => SendAsync(line))|]);
        """,
        """
        Task SendAsync(string line) => Task.Delay(line.Length);
        Task M(string path) => Parallel.ForEachAsync(File.ReadLines(path), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (item, _) => await SendAsync(item));
        async Task N(string path) => await Parallel.ForEachAsync(File.ReadLines(path), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (string line, CancellationToken _) => await SendAsync(line));
        """);

    [Fact]
    public Task Fix_InATopLevelProgram_RunsInParallel() => Fixes(
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;
        var copies = [|File.ReadLines(args[0]).Select(line => File.WriteAllTextAsync(line, line))|].ToList();
        await Task.WhenAll(copies);
        var tasks = new List<Task>();
        foreach (var line in File.ReadLines(args[0])) tasks.Add([|File.WriteAllTextAsync(line, line)|]);
        await Task.WhenAll(tasks);
        Console.WriteLine();
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;
        await Parallel.ForEachAsync(File.ReadLines(args[0]), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (line, ct) => await File.WriteAllTextAsync(line, line, ct));
        await Parallel.ForEachAsync(File.ReadLines(args[0]), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (line, ct) => await File.WriteAllTextAsync(line, line, ct));
        Console.WriteLine();
        """,
        RuleTestOptions.TopLevel);

    // With it

    [Fact]
    public Task Fix_OfSelect_RunsInAGroup() => FixesAndRuns(
        """
        static IEnumerable<string> Lines(bool more = true) { while (more) { yield return "a"; yield return "b"; yield return "c"; more = false; } }

        async Task RunAsync(CancellationToken token)
        {
            await Task.WhenAll([|Lines().Select(line => Probe.WorkAsync(line, token))|]);
        }
        """,
        """
        static IEnumerable<string> Lines(bool more = true) { while (more) { yield return "a"; yield return "b"; yield return "c"; more = false; } }

        async Task RunAsync(CancellationToken token)
        {
            await TaskGroup.ForEachAsync(Lines(), (line, ct) => Probe.WorkAsync(line, ct), maxConcurrency: Environment.ProcessorCount, cancellationToken: token);
        }
        """,
        Imports);

    [Fact]
    public Task Fix_OfSelectWithResults_MapsThem() => FixesAndRuns(
        """
        static IEnumerable<string> Lines(bool more = true) { while (more) { yield return "a"; yield return "b"; more = false; } }

        async Task<int> RunAsync()
        {
            var counts = await Task.WhenAll([|Lines().Select(async line => await Probe.CountAsync(line, 2))|]);
            return counts.Sum();
        }
        """,
        """
        static IEnumerable<string> Lines(bool more = true) { while (more) { yield return "a"; yield return "b"; more = false; } }

        async Task<int> RunAsync()
        {
            var counts = await TaskGroup.MapAsync(Lines(), async (line, ct) => await Probe.CountAsync(line, 2, ct), maxConcurrency: Environment.ProcessorCount);
            return counts.Sum();
        }
        """,
        Imports);

    [Fact]
    public Task Fix_OfLoop_RunsInAGroup() => FixesAndRuns(
        Source +
        """
        async Task RunAsync(CancellationToken token)
        {
            Probe.Note("begin");
            var tasks = new List<Task>();
            await foreach (var row in RowsAsync())
                tasks.Add([|Probe.WorkAsync(row, token)|]);
            await Task.WhenAll(tasks);
            Probe.Note("end");
        }
        """,
        Source +
        """
        async Task RunAsync(CancellationToken token)
        {
            Probe.Note("begin");
            await TaskGroup.ForEachAsync(RowsAsync(), (row, ct) => Probe.WorkAsync(row, ct), maxConcurrency: Environment.ProcessorCount, cancellationToken: token);
            Probe.Note("end");
        }
        """,
        Imports);

    [Fact]
    public Task Fix_OfValueTasks_AwaitsThem() => FixesAndRuns(
        Source +
        """
        async Task RunAsync(CancellationToken token)
        {
            await foreach (var row in RowsAsync()) _ = [|Probe.SaveAsync(row, token)|];
        }
        """,
        Source +
        """
        async Task RunAsync(CancellationToken token)
        {
            await TaskGroup.ForEachAsync(RowsAsync(), async (row, ct) => await Probe.SaveAsync(row, ct), maxConcurrency: Environment.ProcessorCount, cancellationToken: token);
        }
        """,
        Imports);

    [Fact]
    public Task Fix_OfALoopThatDoesMore_RunsInAGroupWithALimit() => FixesAndRuns(
        Source +
        """
        async Task RunAsync(CancellationToken token)
        {
            var tasks = new List<Task>();
            await foreach (var row in RowsAsync())
            {
                Probe.Note("got " + row);
                tasks.Add([|Probe.WorkAsync(row, token)|]);
            }

            await Task.WhenAll(tasks);
        }
        """,
        Source +
        """
        async Task RunAsync(CancellationToken token)
        {
            var tasks = new List<Task>();
            await TaskGroup.RunAsync(async group =>
            {
                await foreach (var row in RowsAsync())
                {
                    await group.WaitForSlotAsync();
                    Probe.Note("got " + row);
                    tasks.Add(group.Start(ct => Probe.WorkAsync(row, ct)));
                }

                await Task.WhenAll(tasks);
            }, new TaskGroupOptions { MaxConcurrency = 100 }, token);
        }
        """,
        Grouped);

    [Fact]
    public Task Fix_OfAnAcceptLoop_RunsInAGroupThatGoesOn() => FixesAndRuns(
        """
        static readonly System.Threading.Channels.Channel<string> Calls = Start();
        static System.Threading.Channels.Channel<string> Start() { var calls = System.Threading.Channels.Channel.CreateUnbounded<string>(); calls.Writer.TryWrite("a"); calls.Writer.TryWrite("b"); calls.Writer.Complete(); return calls; }

        async Task RunAsync(CancellationToken token)
        {
            // until no client calls
            while (await Calls.Reader.WaitToReadAsync(token))
            {
                var call = await Calls.Reader.ReadAsync(token);
                _ = [|Probe.WorkAsync(call, token)|];
            }
        }
        """,
        """
        static readonly System.Threading.Channels.Channel<string> Calls = Start();
        static System.Threading.Channels.Channel<string> Start() { var calls = System.Threading.Channels.Channel.CreateUnbounded<string>(); calls.Writer.TryWrite("a"); calls.Writer.TryWrite("b"); calls.Writer.Complete(); return calls; }

        async Task RunAsync(CancellationToken token)
        {
            await TaskGroup.RunAsync(async group =>
            {
                // until no client calls
                while (await Calls.Reader.WaitToReadAsync(group.CancellationToken))
                {
                    await group.WaitForSlotAsync();
                    var call = await Calls.Reader.ReadAsync(group.CancellationToken);
                    _ = group.Start(ct => Probe.WorkAsync(call, ct));
                }
            }, new TaskGroupOptions { MaxConcurrency = 100, Policy = TaskGroupPolicy.Supervise }, token);
        }
        """,
        Grouped,
        uncancelled: "the group supervises: what has been accepted goes on");

    [Fact]
    public Task Fix_OfAnAcceptLoopThatGoesOnAfterFailures_RunsAllOfItInOneGroup() => FixesAndRuns(
        """
        static readonly System.Threading.Channels.Channel<string> Calls = Start();
        static System.Threading.Channels.Channel<string> Start() { var calls = System.Threading.Channels.Channel.CreateUnbounded<string>(); calls.Writer.TryWrite("a"); calls.Writer.TryWrite("b"); calls.Writer.Complete(); return calls; }
        static Task HandleAsync(string call, CancellationToken token) => Probe.WorkAsync(call, token);

        async Task RunAsync(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                try
                {
                    var call = await Calls.Reader.ReadAsync(token);

                    // one of many
                    _ = [|HandleAsync(call, token)|];
                }
                catch (System.Threading.Channels.ChannelClosedException)
                {
                    break;
                }
                catch (OperationCanceledException)
                {
                }
            }
        }
        """,
        """
        static readonly System.Threading.Channels.Channel<string> Calls = Start();
        static System.Threading.Channels.Channel<string> Start() { var calls = System.Threading.Channels.Channel.CreateUnbounded<string>(); calls.Writer.TryWrite("a"); calls.Writer.TryWrite("b"); calls.Writer.Complete(); return calls; }
        static Task HandleAsync(string call, CancellationToken token) => Probe.WorkAsync(call, token);

        async Task RunAsync(CancellationToken token)
        {
            await TaskGroup.RunAsync(async group =>
            {
                while (!group.CancellationToken.IsCancellationRequested)
                {
                    await group.WaitForSlotAsync();
                    try
                    {
                        var call = await Calls.Reader.ReadAsync(group.CancellationToken);

                        // one of many
                        _ = group.Start(ct => HandleAsync(call, ct));
                    }
                    catch (System.Threading.Channels.ChannelClosedException)
                    {
                        break;
                    }
                    catch (OperationCanceledException)
                    {
                    }
                }
            }, new TaskGroupOptions { MaxConcurrency = 100, Policy = TaskGroupPolicy.Supervise }, token);
        }
        """,
        Grouped,
        uncancelled: "the group supervises: what has been accepted goes on");

    [Fact]
    public Task Fix_OfAnAcceptLoopThatStartsTasksOfTasks_LimitsTheInnerOnes() => Fixes(
        """
        Task HandleAsync(System.Net.Sockets.Socket client) => Task.CompletedTask;

        async Task M(System.Net.Sockets.Socket listener, CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                try
                {
                    var client = await listener.AcceptAsync(token).ConfigureAwait(false);
                    _ = [|Task.Factory.StartNew(() => HandleAsync(client), token, TaskCreationOptions.PreferFairness, TaskScheduler.Default)|].ConfigureAwait(false);
                }
                catch (IOException)
                {
                    await Task.Delay(1000, token).ConfigureAwait(false);
                }
            }
        }
        """,
        """
        Task HandleAsync(System.Net.Sockets.Socket client) => Task.CompletedTask;

        async Task M(System.Net.Sockets.Socket listener, CancellationToken token)
        {
            await TaskGroup.RunAsync(async group =>
            {
                while (!group.CancellationToken.IsCancellationRequested)
                {
                    await group.WaitForSlotAsync();
                    try
                    {
                        var client = await listener.AcceptAsync(group.CancellationToken).ConfigureAwait(false);
                        _ = group.Start(ct => Task.Factory.StartNew(() => HandleAsync(client), ct, TaskCreationOptions.PreferFairness, TaskScheduler.Default).Unwrap());
                    }
                    catch (IOException)
                    {
                        await Task.Delay(1000, group.CancellationToken).ConfigureAwait(false);
                    }
                }
            }, new TaskGroupOptions { MaxConcurrency = 100, Policy = TaskGroupPolicy.Supervise }, token).ConfigureAwait(false);
        }
        """,
        Grouped with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Theory]
    [InlineData(
        "while (true) { using (var gate = new SemaphoreSlim(1)) { var client = await listener.AcceptAsync(); _ = [|HandleAsync(client)|]; } }")]
    [InlineData(
        "while (true) { try { await Task.Yield(); } finally { var client = await listener.AcceptAsync(); _ = [|HandleAsync(client)|]; } }")]
    [InlineData(
        "var tasks = new List<Task>(); while (true) { try { var client = await listener.AcceptAsync(); tasks.Add([|HandleAsync(client)|]); } catch (IOException) { break; } } await Task.WhenAll(tasks);")]
    public Task Fix_OfALoopWhoseTasksEndInItsPass_IsNotOffered(string body) => NoFix(
        $"Task HandleAsync(System.Net.Sockets.Socket client) => Task.CompletedTask; async Task M(System.Net.Sockets.Socket listener) {{ {body} }}",
        Grouped with { ActionKey = null, ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task Fix_OfTwoLoops_RunsThemInOneGroup() => FixesAndRuns(
        Source +
        """
        async Task RunAsync()
        {
            await foreach (var row in RowsAsync())
            {
                Probe.Note("one " + row);
                _ = [|Probe.WorkAsync(row)|];
            }

            await foreach (var row in RowsAsync())
            {
                Probe.Note("two " + row);
                _ = [|Probe.WorkAsync(row + row)|];
            }
        }
        """,
        Source +
        """
        async Task RunAsync()
        {
            await TaskGroup.RunAsync(async group =>
            {
                await foreach (var row in RowsAsync())
                {
                    await group.WaitForSlotAsync();
                    Probe.Note("one " + row);
                    _ = group.Start(ct => Probe.WorkAsync(row, ct));
                }

                await foreach (var row in RowsAsync())
                {
                    await group.WaitForSlotAsync();
                    Probe.Note("two " + row);
                    _ = group.Start(ct => Probe.WorkAsync(row + row, ct));
                }
            }, new TaskGroupOptions { MaxConcurrency = 100, Policy = TaskGroupPolicy.Supervise });
        }
        """,
        Grouped,
        uncancelled: "the group supervises: what has been accepted goes on");

    [Fact]
    public Task Fix_OfAGroupLoopWithoutALimit_SetsIt() => FixesAndRuns(
        Source +
        """
        async Task RunAsync(CancellationToken token)
        {
            await [|AsyncGuard.TaskGroup.ForEachAsync(RowsAsync(), (row, ct) => Probe.WorkAsync(row, ct))|];
            await [|AsyncGuard.TaskGroup.ForEachAsync(RowsAsync(), (row, ct) => Probe.WorkAsync(row, ct), cancellationToken: token)|];
        }
        """,
        Source +
        """
        async Task RunAsync(CancellationToken token)
        {
            await AsyncGuard.TaskGroup.ForEachAsync(RowsAsync(), (row, ct) => Probe.WorkAsync(row, ct), maxConcurrency: Environment.ProcessorCount);
            await AsyncGuard.TaskGroup.ForEachAsync(RowsAsync(), (row, ct) => Probe.WorkAsync(row, ct), maxConcurrency: Environment.ProcessorCount, cancellationToken: token);
        }
        """);

    // None

    [Theory]
    [InlineData("var counts = await Task.WhenAll([|File.ReadLines(path).Select(line => CountAsync(line))|]);")]
    [InlineData("var i = 0; await Task.WhenAll([|File.ReadLines(path).Select(line => SendAsync(line + i++))|]);")]
    [InlineData("var i = 0; foreach (var line in File.ReadLines(path)) _all.Add([|SendAsync(i++)|]);")]
    [InlineData("await Task.WhenAll([|File.ReadLines(path).Select(line => SendAsync(line))|].Append(SendAsync()));")]
    [InlineData(
        "var tasks = [|File.ReadLines(path).Select(line => SendAsync(line))|].ToList(); tasks.Add(SendAsync()); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); foreach (var line in File.ReadLines(path)) { Console.WriteLine(line); tasks.Add([|SendAsync(line)|]); } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task> { SendAsync() }; foreach (var line in File.ReadLines(path)) tasks.Add([|SendAsync(line)|]); await Task.WhenAll(tasks);")]
    [InlineData("await Task.WhenAll(from line in File.ReadLines(path) [|select SendAsync(line)|]);")]
    public Task Fix_WhereTheWorkCannotMove_IsNotOffered(string body) =>
    NoFix(Members + $"async Task M(string path) {{ {body} await Task.Yield(); }}");
}
