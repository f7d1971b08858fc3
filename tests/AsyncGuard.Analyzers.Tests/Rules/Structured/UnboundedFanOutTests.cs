using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class UnboundedFanOutTests : RuleTest<UnboundedFanOutAnalyzer, UnboundedFanOutFix>
{
    private const string Members =
        """
        Task SendAsync(object? o = null, CancellationToken token = default) => Task.Delay(1, token);
        Task<int> CountAsync(object? o = null) => Task.FromResult(1);
        ValueTask SaveAsync(object? o) => default;
        IAsyncEnumerable<string> Rows = null!;
        List<Task> _all = new List<Task>();
        SemaphoreSlim _gate = new SemaphoreSlim(4);
        async Task PoliteAsync(object? o) { await _gate.WaitAsync(); try { await Task.Yield(); } finally { _gate.Release(); } }

        """;

    private static readonly RuleTestOptions Network =
        new()
        {
            ExtraUsings = ["System.Net", "System.Net.Sockets", "System.Threading.Channels", "System.Data.Common",
        "System.Collections.Concurrent"]
        };

    private static readonly RuleTestOptions Ef =
        new() { Stubs = [Stubs.EntityFrameworkCore], ExtraUsings = ["Microsoft.EntityFrameworkCore"] };

    // Reported: queries

    [Theory]
    [InlineData("await Task.WhenAll([|File.ReadLines(path).Select(line => SendAsync(line))|]);")]
    [InlineData(
        "await Task.WhenAll([|File.ReadAllLines(path).Where(line => line.Length > 0).Select(async line => await SendAsync(line))|]);")]
    [InlineData(
        "await Task.WhenAll([|(await File.ReadAllLinesAsync(path)).Select(SendIt)|]); Task SendIt(string line) => SendAsync(line);")]
    [InlineData(
        "var lines = await File.ReadAllLinesAsync(path); var counts = await Task.WhenAll([|lines.Select(line => CountAsync(line))|]);")]
    [InlineData("var tasks = [|File.ReadLines(path).Select(line => SendAsync(line))|].ToList(); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = [|File.ReadLines(path).Select(line => SendAsync(line))|]; await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = [|File.ReadLines(path).Skip(1).Distinct().Select(line => SendAsync(line))|].ToArray(); foreach (var task in tasks) await task;")]
    [InlineData("foreach (var task in [|File.ReadLines(path).Select(line => SendAsync(line))|].ToList()) await task;")]
    [InlineData("await Task.WhenAny([|File.ReadLines(path).Select(line => SendAsync(line))|]);")]
    [InlineData("await Task.WhenAll(from line in File.ReadLines(path) [|select SendAsync(line)|]);")]
    [InlineData("Task.WaitAll([|File.ReadLines(path).Select(line => SendAsync(line))|].ToArray()); await Task.Yield();")]
    [InlineData(
        "await Task.WhenAll([|Lines(path).Select(line => SendAsync(line))|]); static IEnumerable<string> Lines(string p) => File.ReadLines(p).Skip(1);")]
    [InlineData(
        "var all = await Task.WhenAll([|File.ReadLines(path).Select(async line => { await Task.Yield(); return line; })|]); _ = all;")]
    [InlineData("await Task.WhenAll([|queue.GetConsumingEnumerable().Select(item => SendAsync(item))|]);")]
    public Task Select_OverAnUnboundedSource_IsReported(string body) =>
    Reports(Members + $"async Task M(string path, BlockingCollection<string> queue) {{ {body} }}", Network);

    [Theory]
    [InlineData("await Task.WhenAll([|db.Items.Select(item => SendAsync(item))|]);", false)]
    [InlineData("await Task.WhenAll([|db.Items.AsEnumerable().Select(item => SendAsync(item))|]);", true)]
    [InlineData(
        "var rows = await db.Items.Where(item => item.Id > 3).ToListAsync(); await Task.WhenAll([|rows.Select(row => SendAsync(row))|]);",
            true)]
    [InlineData(
        "var rows = await db.Items.ToListAsync(token).ConfigureAwait(false); var tasks = new List<Task>(); foreach (var row in rows) tasks.Add([|SendAsync(row)|]); await Task.WhenAll(tasks);",
            true)]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var row in db.Items.AsAsyncEnumerable()) tasks.Add([|SendAsync(row)|]); await Task.WhenAll(tasks);",
            true)]
    [InlineData(
        "var ids = (await db.Items.ToListAsync()).Select(row => row.Id).ToList(); await Task.WhenAll([|ids.Select(id => SendAsync(id))|]);",
            true)]
    [InlineData(
        "if (db.Items.Any()) { var rows = db.Items.ToArray(); if (rows.Length > 0) await Task.WhenAll([|rows.Select(row => SendAsync(row))|]); }",
            true)]
    public Task QueryOfADatabase_IsReported(string body, bool isReported)
    {
        var source = Members +
            $"class Item {{ public int Id {{ get; set; }} }} class Db : DbContext {{ public DbSet<Item> Items => Set<Item>(); }} async Task M(Db db, CancellationToken token) {{ {body} }}";
        return isReported ? Reports(source, Ef)
            : Silent(source.Replace("[|", "").Replace("|]", "")
            .Replace("await Task.WhenAll(db.Items.Select(item => SendAsync(item)))",
            "await db.Items.Select(item => item.Id).ToListAsync()"), Ef);
    }

    // Reported: loops

    [Theory]
    [InlineData("var tasks = new List<Task>(); await foreach (var row in Rows) tasks.Add([|SendAsync(row)|]); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var row in Rows.WithCancellation(token).ConfigureAwait(false)) { if (row.Length > 0) { tasks.Add([|SendAsync(row)|]); } } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var row in given) tasks.Add([|Task.Run(() => SendAsync(row))|]); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); foreach (var line in File.ReadLines(path)) tasks.Add([|SendAsync(line)|]); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); foreach (var line in File.ReadLines(path)) { var task = [|SendAsync(line)|]; tasks.Add(task); } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); string? line; while ((line = await reader.ReadLineAsync()) != null) tasks.Add([|SendAsync(line)|]); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); while (await reader.ReadLineAsync(token) is { } line) { tasks.Add([|SendAsync(line)|]); } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); while (!reader.EndOfStream) { var line = reader.ReadLine(); tasks.Add([|SendAsync(line)|]); } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); while (await rows.ReadAsync(token)) tasks.Add([|SendAsync(rows.GetInt32(0))|]); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new Dictionary<string, Task>(); await foreach (var row in Rows) tasks[row] = [|SendAsync(row)|]; await Task.WhenAll(tasks.Values);")]
    [InlineData(
        "var tasks = new ConcurrentBag<Task>(); await foreach (var row in Rows) tasks.Add([|SendAsync(row)|]); await Task.WhenAll(tasks);")]
    [InlineData("await foreach (var item in channel.Reader.ReadAllAsync(token)) _ = [|SendAsync(item)|];")]
    [InlineData(
        "while (await channel.Reader.WaitToReadAsync(token)) while (channel.Reader.TryRead(out var item)) _ = [|SendAsync(item)|];")]
    [InlineData("while (true) { var item = await channel.Reader.ReadAsync(token); _all.Add([|SendAsync(item)|]); }")]
    [InlineData(
        "await foreach (var row in Rows) _ = [|SendAsync(row).ContinueWith(t => t.Exception, TaskContinuationOptions.OnlyOnFaulted)|];")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var row in Numbers()) tasks.Add([|SendAsync(row)|]); await Task.WhenAll(tasks); async IAsyncEnumerable<int> Numbers() { var i = 0; while (true) { await Task.Yield(); yield return i++; } }")]
    public Task Loop_OverAnUnboundedSource_IsReported(string body) =>
    Reports(Members +
    $"async Task M(string path, StreamReader reader, DbDataReader rows, Channel<int> channel, IAsyncEnumerable<int> given, CancellationToken token) {{ {body} }}".Replace(
    "[|SendAsync(row).ContinueWith(t => t.Exception, TaskContinuationOptions.OnlyOnFaulted)|]",
        "[|SendAsync(row)|].ContinueWith(t => t.Exception, TaskContinuationOptions.OnlyOnFaulted)"), Network);

    [Theory]
    [InlineData("while (true) { var client = await listener.AcceptTcpClientAsync(); _ = [|SendAsync(client)|]; }")]
    [InlineData(
        "while (!token.IsCancellationRequested) { var client = await listener.AcceptTcpClientAsync(token).ConfigureAwait(false); _ = [|Task.Run(() => SendAsync(client))|]; }")]
    [InlineData("for (;;) _ = [|SendAsync(await listener.AcceptSocketAsync())|];")]
    [InlineData("while (true) { var socket = await server.AcceptAsync(token); _all.Add([|SendAsync(socket)|]); }")]
    [InlineData(
        "var running = new List<Task>(); while (!token.IsCancellationRequested) { running.Add([|SendAsync(await http.GetContextAsync())|]); running.RemoveAll(t => t.IsCompleted); } await Task.WhenAll(running);")]
    [InlineData(
        "try { while (http.IsListening) { var context = await http.GetContextAsync(); _ = [|SendAsync(context)|]; } } finally { http.Stop(); }")]
    [InlineData(
        "while (true) { try { var client = await listener.AcceptTcpClientAsync(); _ = [|Task.Run(() => SendAsync(client))|].ConfigureAwait(false); } catch (SocketException) { await Task.Delay(100); } }")]
    [InlineData(
        "while (!token.IsCancellationRequested) { TcpClient? client = null; try { client = await listener.AcceptTcpClientAsync(token); _ = [|SendAsync(client)|]; } catch (OperationCanceledException) when (token.IsCancellationRequested) { } catch (Exception) { client?.Close(); } }")]
    [InlineData(
        "while (!token.IsCancellationRequested) { var call = await own.AcceptCallAsync().ConfigureAwait(false); if (call == null) continue; _ = [|SendAsync(call)|]; }")]
    [InlineData("do { var client = listener.AcceptTcpClient(); _ = [|Task.Factory.StartNew(() => SendAsync(client))|]; } while (true);")]
    public Task AcceptLoop_IsReported(string body) =>
    Reports(Members +
    $"class Own {{ public Task<object?> AcceptCallAsync() => null!; }} async Task M(TcpListener listener, Socket server, HttpListener http, Own own, CancellationToken token) {{ {body} await Task.Yield(); }}",
    Network);

    [Theory]
    [InlineData(
        "await TaskGroup.RunAsync(async group => { while (true) { var client = await listener.AcceptTcpClientAsync(group.CancellationToken); _ = [|group.Start(ct => SendAsync(client, ct))|]; } }, token);")]
    [InlineData(
        "await TaskGroup.RunAsync(async group => { await foreach (var row in Rows) { _ = [|group.Start(ct => SendAsync(row, ct))|]; } }, new TaskGroupOptions { Name = \"rows\" }, token);")]
    [InlineData(
        "await using var group = TaskGroup.Open(); await foreach (var row in Rows) _ = [|group.Start(ct => SendAsync(row, ct))|]; await group.JoinAsync();")]
    [InlineData("await [|TaskGroup.ForEachAsync(Rows, (row, ct) => SendAsync(row, ct))|];")]
    [InlineData("await [|TaskGroup.ForEachAsync(File.ReadLines(\"\"), SendAsync, cancellationToken: token)|];")]
    [InlineData(
        "var counts = await [|TaskGroup.MapAsync(File.ReadLines(\"\"), (line, _) => CountAsync(line), cancellationToken: token)|];")]
    public Task GroupWithoutALimit_IsReported(string body) =>
    Reports(Members + $"async Task M(TcpListener listener, CancellationToken token) {{ {body} }}",
    Probed with { ExtraUsings = ["AsyncGuard", "System.Net.Sockets"] });

    [Fact]
    public Task EveryKindOfFunction_IsReported() => Reports(
        Members +
        """
        Func<string, Task> L() => async path => await Task.WhenAll([|File.ReadLines(path).Select(line => SendAsync(line))|]);
        Task E(string path) => Task.WhenAll([|File.ReadLines(path).Select(line => SendAsync(line))|]);
        Task<int[]> R(string path) { return Task.WhenAll([|File.ReadLines(path).Select(line => CountAsync(line))|]); }
        void S(System.Net.Sockets.TcpListener listener) { while (true) { var client = listener.AcceptTcpClient(); _ = [|SendAsync(client)|]; } }
        async Task<T[]> G<T>(IAsyncEnumerable<T> items, Func<T, Task<T>> f) { var tasks = new List<Task<T>>(); await foreach (var item in items) tasks.Add([|f(item)|]); return await Task.WhenAll(tasks); }
        Func<Task> P { get { return async delegate { await foreach (var row in Rows) _ = [|SendAsync(row)|]; }; } }
        async Task F() { await Local(); async Task Local() { await foreach (var row in Rows) _all.Add([|SendAsync(row)|]); } }
        """);

    [Fact]
    public Task TopLevelProgram_IsReported() => Reports(
        """
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;
        await Task.WhenAll([|File.ReadLines(args[0]).Select(line => File.WriteAllTextAsync(line, line))|]);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task OldLanguage_IsReported() => Reports(
        "Task SendAsync(string s) { return Task.Delay(s.Length); } async Task M(string path) { await Task.WhenAll([|File.ReadLines(path).Select(line => SendAsync(line))|]); }",
        new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task RequestBody_IsReported() => Reports(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;

        public class Order { public List<string> Lines { get; set; } = new(); }

        [ApiController]
        public class Orders : ControllerBase
        {
            Task SendAsync(object o) => Task.Delay(1);
            [HttpPost] public async Task Add([FromBody] List<int> ids) => await Task.WhenAll([|ids.Select(id => SendAsync(id))|]);
            [HttpPost] public async Task AddLines([FromBody] Order order) => await Task.WhenAll([|order.Lines.Select(line => SendAsync(line))|]);
            [HttpPut] public async Task AddAll(Order[] orders) { var tasks = new List<Task>(); foreach (var order in orders) tasks.Add([|SendAsync(order)|]); await Task.WhenAll(tasks); }
            public async Task Read(HttpRequest request) { var ids = await request.ReadFromJsonAsync<List<int>>(); await Task.WhenAll([|ids!.Select(id => SendAsync(id))|]); }
            public void Map(WebApplication app) => app.MapPost("/orders", async (List<Order> orders) => await Task.WhenAll([|orders.Select(order => SendAsync(order))|]));

            // Bounded, or not from the body
            [HttpGet] public async Task Get([FromQuery] List<int> ids) => await Task.WhenAll(ids.Select(id => SendAsync(id)));
            [HttpPost] public async Task AddFew([FromBody] List<int> ids) { if (ids.Count > 50) return; await Task.WhenAll(ids.Select(id => SendAsync(id))); }
            public void MapGet(WebApplication app) => app.MapGet("/orders", async (Order[] orders) => await Task.WhenAll(orders.Select(order => SendAsync(order))));
            private async Task Private(Order[] orders) => await Task.WhenAll(orders.Select(order => SendAsync(order)));
        }
        """,
        RuleTestOptions.File with { References = ReferenceSet.AspNetCore });

    [Fact]
    public Task SourcesOfTheProject_AreReported() => Reports(
        "class Legacy { public List<int> All() => new List<int>(); public bool TryNext(out int x) { x = 0; return false; } } Task SendAsync(int i) => Task.Delay(i);\n"
        + "async Task M(Legacy legacy) { await Task.WhenAll([|legacy.All().Select(i => SendAsync(i))|]); var tasks = new List<Task>(); while (legacy.TryNext(out var x)) tasks.Add([|SendAsync(x)|]); await Task.WhenAll(tasks); }",
        new() { AdditionalFiles = [("AsyncGuard.Own.txt", "M:C.Legacy.All; unbounded\nM:C.Legacy.TryNext(*); next-item\n")] });

    [Fact]
    public Task SaysWhatLimits()
    {
        const string source =
            "Task SendAsync(string s) => Task.Delay(1); async Task M(System.Net.Sockets.TcpListener listener) { await Task.WhenAll({|#0:File.ReadLines(\"\").Select(line => SendAsync(line))|}); while (true) { var client = await listener.AcceptTcpClientAsync(); _ = {|#1:SendAsync(\"\" + client)|}; } }";
        return Reports(source, new()
        {
            Expected =
            [
                new DiagnosticResult("AGD0211", DiagnosticSeverity.Info).WithLocation(0)
                    .WithMessage(
                    "'Select' starts a task for each item of a source of unknown size, and nothing limits how many run at the same time; use 'Parallel.ForEachAsync'"),
                new DiagnosticResult("AGD0211", DiagnosticSeverity.Info).WithLocation(1)
                    .WithMessage(
                    "'SendAsync' starts a task for each item of a source of unknown size, and nothing limits how many run at the same time; limit them with a 'SemaphoreSlim'"),
            ],
        });
    }

    // Silent

    [Theory]
    [InlineData("await Task.WhenAll(list.Select(item => SendAsync(item)));")]
    [InlineData("await Task.WhenAll(items.Select(item => SendAsync(item)));")]
    [InlineData("await Task.WhenAll(File.ReadLines(path).Take(10).Select(line => SendAsync(line)));")]
    [InlineData("foreach (var chunk in File.ReadLines(path).Chunk(10)) await Task.WhenAll(chunk.Select(line => SendAsync(line)));")]
    [InlineData("foreach (var chunk in File.ReadLines(path).Select(line => SendAsync(line)).Chunk(10)) await Task.WhenAll(chunk);")]
    [InlineData("foreach (var task in File.ReadLines(path).Select(line => SendAsync(line))) await task;")]
    [InlineData(
        "await Task.WhenAll(File.ReadLines(path).Select(async line => { await _gate.WaitAsync(); try { await SendAsync(line); } finally { _gate.Release(); } }));")]
    [InlineData("await Task.WhenAll(File.ReadLines(path).Select(line => PoliteAsync(line)));")]
    [InlineData("await Task.WhenAll(File.ReadLines(path).Select(PoliteAsync));")]
    [InlineData(
        "var lines = File.ReadAllLines(path); if (lines.Length > 100) throw new Exception(); await Task.WhenAll(lines.Select(line => SendAsync(line)));")]
    [InlineData("var lines = File.ReadLines(path).Select(line => line.Length).ToList(); await Task.WhenAll(new[] { SendAsync(lines) });")]
    [InlineData("await Parallel.ForEachAsync(File.ReadLines(path), async (line, ct) => await SendAsync(line, ct));")]
    [InlineData("var sequence = File.ReadLines(path).Select(line => SendAsync(line)); Use(sequence); await Task.Yield();")]
    [InlineData("await Task.WhenAll(path.Split(',').Select(part => SendAsync(part)));")]
    [InlineData("await Task.WhenAll(Directory.GetFiles(path).Select(file => SendAsync(file)));")]
    [InlineData("await Task.WhenAll(list.AsQueryable().ToList().Select(item => SendAsync(item)));")]
    [InlineData(
        "await Task.WhenAll((await Task.WhenAll(File.ReadLines(path).Take(3).Select(line => CountAsync(line)))).Select(count => SendAsync(count)));")]
    public Task Select_WithALimitOrOverAListAtHand_IsSilent(string body) =>
    Silent(Members + $"void Use(object o) {{ }} async Task M(string path, List<string> list, IEnumerable<string> items) {{ {body} }}");

    [Theory]
    [InlineData("await foreach (var row in Rows) await SendAsync(row);")]
    [InlineData("var tasks = new List<Task>(); foreach (var item in list) tasks.Add(SendAsync(item)); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var row in Rows) { await _gate.WaitAsync(); tasks.Add(SendAsync(row)); } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var row in Rows) { _gate.Wait(); tasks.Add(SendAsync(row)); } await Task.WhenAll(tasks);")]
    [InlineData("var tasks = new List<Task>(); await foreach (var row in Rows) tasks.Add(PoliteAsync(row)); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var row in Rows) { if (tasks.Count == 10) { await Task.WhenAll(tasks); tasks.Clear(); } tasks.Add(SendAsync(row)); } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var row in Rows) { tasks.Add(SendAsync(row)); if (tasks.Count > 10) tasks.Remove(await Task.WhenAny(tasks)); } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var row in Rows) { while (tasks.Count >= 10) await Task.Yield(); tasks.Add(SendAsync(row)); } await Task.WhenAll(tasks);")]
    [InlineData("await foreach (var row in Rows) { var tasks = new List<Task>(); tasks.Add(SendAsync(row)); await Task.WhenAll(tasks); }")]
    [InlineData("var tasks = new List<Task>(); await foreach (var row in Rows) tasks.Add(SendAsync(row));")]
    [InlineData(
        "var tasks = new List<Task>(); for (var i = 0; i < 10; i++) { var line = await reader.ReadLineAsync(); tasks.Add(SendAsync(line)); } await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); var n = 0; while (await reader.ReadLineAsync() is { } line && n++ < 10) tasks.Add(SendAsync(line)); await Task.WhenAll(tasks);")]
    [InlineData(
        "using var memory = new StringReader(\"a\"); var tasks = new List<Task>(); while (memory.ReadLine() is { } line) tasks.Add(SendAsync(line)); await Task.WhenAll(tasks);")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var i in Two()) tasks.Add(SendAsync(i)); await Task.WhenAll(tasks); async IAsyncEnumerable<int> Two() { await Task.Yield(); yield return 1; yield return 2; }")]
    [InlineData(
        "var tasks = new List<Task>(); await foreach (var i in Few(list)) tasks.Add(SendAsync(i)); await Task.WhenAll(tasks); async IAsyncEnumerable<string> Few(List<string> all) { foreach (var one in all) { await Task.Yield(); yield return one; } }")]
    [InlineData("await foreach (var row in Rows) { _ = Task.CompletedTask; }")]
    [InlineData("await foreach (var row in Rows) { await Task.Delay(100); _ = SendAsync(row); }")]
    [InlineData("await foreach (var row in Rows) { Action later = () => _ = SendAsync(row); later(); }")]
    [InlineData("var bounded = Channel.CreateBounded<int>(10); await foreach (var i in bounded.Reader.ReadAllAsync()) _ = SendAsync(i);")]
    [InlineData(
        "var bounded = Channel.CreateBounded<int>(10); while (true) { var i = await bounded.Reader.ReadAsync(); _ = SendAsync(i); }")]
    [InlineData(
        "var slots = Channel.CreateBounded<int>(10); await foreach (var row in Rows) { await slots.Writer.WriteAsync(1); _ = SendAsync(row); }")]
    [InlineData("while (true) { await Task.Delay(100); _ = SendAsync(); }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) _ = SendAsync();")]
    [InlineData("while (true) { var client = await listener.AcceptTcpClientAsync(); await SendAsync(client); }")]
    [InlineData(
        "while (true) { await _gate.WaitAsync(); var client = await listener.AcceptTcpClientAsync(); _ = SendAsync(client).ContinueWith(_ => _gate.Release()); }")]
    [InlineData("while (_all.Count < 100) { var client = await listener.AcceptTcpClientAsync(); _all.Add(SendAsync(client)); }")]
    [InlineData(
        "while (true) { using var lease = await limiter.AcquireAsync(); var client = await listener.AcceptTcpClientAsync(); _ = SendAsync(client); }")]
    [InlineData("await SaveAsync(await listener.AcceptTcpClientAsync()); _ = SendAsync();")]
    [InlineData("await foreach (var task in Task.WhenEach(list.Select(item => CountAsync(item)))) _ = SendAsync(await task);")]
    public Task Loop_WithALimitOrOverAListAtHand_IsSilent(string body) =>
    Silent(Members +
    $"class Limiter {{ public Task<IDisposable> AcquireAsync() => null!; }} async Task M(List<string> list, StreamReader reader, PeriodicTimer timer, TcpListener listener, Limiter limiter) {{ {body} await Task.Yield(); }}",
    Network);

    [Theory]
    [InlineData(
        "await TaskGroup.RunAsync(async group => { await foreach (var row in Rows) { _ = group.Start(ct => SendAsync(row, ct)); } }, new TaskGroupOptions { MaxConcurrency = 8 }, token);")]
    [InlineData(
        "await TaskGroup.RunAsync(async group => { await foreach (var row in Rows) { await group.WaitForSlotAsync(); _ = group.Start(ct => SendAsync(row, ct)); } }, token);")]
    [InlineData(
        "await TaskGroup.RunAsync(async group => { await foreach (var row in Rows) { _ = group.Start(ct => SendAsync(row, ct)); } }, given, token);")]
    [InlineData(
        "await TaskGroup.RunAsync(async group => { foreach (var item in list) { _ = group.Start(ct => SendAsync(item, ct)); } await Task.Yield(); }, token);")]
    [InlineData("await TaskGroup.ForEachAsync(Rows, SendAsync, maxConcurrency: 8, token);")]
    [InlineData("await TaskGroup.ForEachAsync(list, SendAsync);")]
    [InlineData(
        "await using var group = TaskGroup.Open(new TaskGroupOptions { MaxConcurrency = 3 }); await foreach (var row in Rows) _ = group.Start(ct => SendAsync(row, ct)); await group.JoinAsync();")]
    public Task GroupWithALimit_IsSilent(string body) =>
    Silent(Members + $"async Task M(List<string> list, TaskGroupOptions given, CancellationToken token) {{ {body} }}",
    Probed with { ExtraUsings = ["AsyncGuard"] });

    [Theory]
    [InlineData("var rows = await db.Items.Take(100).ToListAsync(); await Task.WhenAll(rows.Select(row => SendAsync(row)));")]
    [InlineData(
        "var rows = await db.Items.OrderBy(i => i.Id).Skip(10).Take(10).ToListAsync(); await Task.WhenAll(rows.Select(row => SendAsync(row)));")]
    [InlineData(
        "var rows = await db.Items.Where(item => ids.Contains(item.Id)).ToListAsync(); await Task.WhenAll(rows.Select(row => SendAsync(row)));")]
    [InlineData("var item = await db.Items.FirstAsync(); await Task.WhenAll(new[] { item }.Select(row => SendAsync(row)));")]
    [InlineData("foreach (var row in await db.Items.ToListAsync()) await SendAsync(row);")]
    public Task QueryOfADatabase_WithALimit_IsSilent(string body) => Silent(
        Members +
            $"class Item {{ public int Id {{ get; set; }} }} class Db : DbContext {{ public DbSet<Item> Items => Set<Item>(); }} async Task M(Db db, List<int> ids) {{ {body} }}",
            Ef);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;
        class D { Task M() => Task.WhenAll(File.ReadLines("").Select(line => Task.Delay(line.Length))); }
        """,
        RuleTestOptions.File);
}
