using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Awaitables;

public sealed class ValueTaskReuseTests : RuleTest<ValueTaskReuseAnalyzer, ValueTaskReuseFix>
{
    private const string Members =
        "\nasync ValueTask<int> ReadAsync() { await Task.Yield(); return 1; } async ValueTask WorkAsync() => await Task.Yield(); void Use(object? o) { } Task Both(ValueTask<int> v) => v.AsTask();";

    // Reported: twice on a path

    [Theory]
    [InlineData("async Task M() { var v = ReadAsync(); await v; await [|v|]; }")]
    [InlineData("async Task M() { var v = WorkAsync(); await v.ConfigureAwait(false); await [|v|].ConfigureAwait(false); }")]
    [InlineData("async Task M(ValueTask<int> v) { Use(await v); Use(await [|v|]); }")]
    [InlineData("async Task M() { var v = ReadAsync(); var t = v.AsTask(); Use(await [|v|]); await t; }")]
    [InlineData("async Task M() { var v = ReadAsync(); await v; Use([|v|].Result); }")]
    [InlineData("async Task M() { var v = ReadAsync(); await v; Use([|v|].GetAwaiter().GetResult()); }")]
    [InlineData("async Task M(bool b) { var v = ReadAsync(); if (b) await v; await [|v|]; }")]
    [InlineData("async Task M(bool b) { var v = ReadAsync(); await v; if (b) Use(await [|v|]); }")]
    [InlineData("async Task M() { var v = ReadAsync(); while (true) await [|v|]; }")]
    [InlineData("async Task M() { var v = ReadAsync(); for (var i = 0; i < 3; i++) Use(await [|v|]); }")]
    [InlineData("async Task M(int[] all) { var v = ReadAsync(); foreach (var i in all) Use(i + await [|v|]); }")]
    [InlineData("async Task M() { var v = ReadAsync(); try { await v; } catch (IOException) { await [|v|]; } }")]
    [InlineData("async Task M() { var v = ReadAsync(); try { await v; } finally { await [|v|]; } }")]
    [InlineData("async Task M() { var v = ReadAsync(); await Both(v); await [|v|]; }")]
    [InlineData("async ValueTask<int> M() { var v = ReadAsync(); await v; return await [|v|]; }")]
    [InlineData("async Task M() { await L(ReadAsync()); async Task L(ValueTask<int> v) { await v; await [|v|]; } }")]
    [InlineData("Func<ValueTask<int>, Task> M() => async v => { await v; await [|v|]; };")]
    [InlineData("async Task M() { var v = ReadAsync(); do { await [|v|]; } while (DateTime.Now.Hour == 1); }")]
    [InlineData("async Task M(bool b) { var v = ReadAsync(); await v; if (b) v = ReadAsync(); await [|v|]; }")]
    [InlineData("async Task M() { ValueTask v; v = WorkAsync(); await v; await [|v|]; v = WorkAsync(); await v; }")]
    public Task SecondUse_IsReported(string member) => Reports(member + Members);

    // Reported: stored

    [Theory]
    [InlineData("ValueTask<int> _v; void S() => _v = [|ReadAsync()|]; async Task M() => await _v;")]
    [InlineData("ValueTask V { get; set; } void S() { this.V = [|WorkAsync()|]; } async Task M() { await V; }")]
    [InlineData(
        "async Task M() { var all = new List<ValueTask>(); all.Add([|WorkAsync()|]); all.Add([|WorkAsync()|]); foreach (var v in all) await v; }")]
    [InlineData("async Task M() { var all = new ValueTask<int>[2]; all[0] = [|ReadAsync()|]; foreach (var v in all) Use(await v); }")]
    [InlineData(
        "readonly Dictionary<string, ValueTask<int>> _all = new(); void S(string k) => _all[k] = [|ReadAsync()|]; async Task<int> M(string k) => await _all[k];")]
    public Task Stored_IsReported(string member) => Reports(member + Members);

    // From real code

    [Fact]
    public Task ChannelRead_IsReported() => Reports(
        """
        async Task Pump(System.Threading.Channels.ChannelReader<int> reader, CancellationToken token)
        {
            var next = reader.ReadAsync(token);
            while (!token.IsCancellationRequested)
            {
                var item = await [|next|];
                Use(item);
            }
        }
        """ + Members);

    [Fact]
    public Task PollThenAwait_IsReported() =>
    Reports(
    "async Task M(Stream s, byte[] b) { var read = s.ReadAsync(b.AsMemory()); if (read.IsCompleted) Use(read.Result); Use(await [|read|]); }" +
        Members);

    [Fact]
    public Task LogAndReturn_IsReported() =>
    Reports(
    "async ValueTask<int> M(Stream s, byte[] b) { var read = s.ReadAsync(b.AsMemory()); Use(await read); return await [|read|]; }" +
        Members);

    [Fact]
    public Task WhenAllAndAwait_IsReported() =>
    Reports(
    "async Task M() { var a = ReadAsync(); var b = ReadAsync(); await Task.WhenAll(a.AsTask(), b.AsTask()); Use(await [|a|] + await [|b|]); }" +
        Members);

    [Fact]
    public Task TimeLimit_IsReported() =>
    Reports(
    "async Task M() { var v = ReadAsync(); var first = await Task.WhenAny(v.AsTask(), Task.Delay(10)); if (first is Task<int>) Use(await [|v|]); }" +
        Members);

    // Silent: another value in each pass

    [Theory]
    [InlineData("async Task M(Queue<ValueTask> q) { while (q.TryDequeue(out ValueTask v)) await v.ConfigureAwait(false); }")]
    [InlineData("async Task M(Queue<ValueTask> q) { while (q.TryDequeue(out var v)) { await v; } }")]
    [InlineData("async Task M(Queue<ValueTask> q) { try { Use(q); } finally { while (q.TryDequeue(out var v)) { try { await v; } catch { } } } }")]
    [InlineData("async Task M(Stack<ValueTask<int>> q) { while (q.Count > 0) { if (q.TryPop(out var v)) Use(await v); } }")]
    [InlineData("async Task M(Queue<ValueTask> q) { ValueTask v; while (q.TryDequeue(out v)) await v; }")]
    [InlineData("async Task M(System.Threading.Channels.ChannelReader<ValueTask> r) { while (await r.WaitToReadAsync()) while (r.TryRead(out var v)) await v; }")]
    [InlineData("async Task M(Func<object?> next) { while (next() is ValueTask v) await v; }")]
    [InlineData("async Task M(int n) { ValueTask p = default; for (var i = 0; i < n; i++) p = Next(p, n - i > 5 ? 5 : n - i); await p; async ValueTask Next(ValueTask v, int k) { await v; Use(k); } }")]
    [InlineData("async Task M(int n, string? s) { ValueTask p = default; for (var i = 0; i < n; i++) { p = Next(p, s ?? \"\"); } await p; async ValueTask Next(ValueTask v, string k) { await v; Use(k); } }")]
    public Task NewValueInEachPass_IsSilent(string member) => Silent(member + Members);

    [Theory]
    [InlineData("async Task M(Queue<ValueTask> q) { while (q.TryDequeue(out var v)) { await v; await [|v|]; } }")]
    [InlineData("async Task M(Queue<ValueTask> q) { if (q.TryDequeue(out var v)) while (true) await [|v|]; }")]
    [InlineData("async Task M(int n) { ValueTask p = WorkAsync(); for (var i = 0; i < n; i++) { ValueTask q = Next([|p|], n > 5 ? 5 : n); await q; } async ValueTask Next(ValueTask v, int k) { await v; Use(k); } }")]
    public Task SameValueInEachPass_IsReported(string member) => Reports(member + Members);

    // Silent

    [Theory]
    [InlineData("async Task M() { await ReadAsync(); await ReadAsync(); }")]
    [InlineData("async Task M() { var v = ReadAsync(); Use(await v); }")]
    [InlineData("async Task M() { var v = ReadAsync(); await v; v = ReadAsync(); await v; }")]
    [InlineData("async Task M() { for (var i = 0; i < 3; i++) { var v = ReadAsync(); await v; } }")]
    [InlineData("async Task M() { while (true) { ValueTask<int> v = ReadAsync(); Use(await v); } }")]
    [InlineData("async Task M() { var v = ReadAsync(); while (true) { Use(await v); v = ReadAsync(); } }")]
    [InlineData("async Task M(bool b) { var v = ReadAsync(); if (b) await v; else Use(await v); }")]
    [InlineData("async Task M() { var v = ReadAsync(); if (v.IsCompletedSuccessfully) { Use(v.Result); return; } Use(await v); }")]
    [InlineData("async Task<int> M() { var v = ReadAsync(); return v.IsCompletedSuccessfully ? v.Result : await v; }")]
    [InlineData("async Task M() { var t = ReadAsync().AsTask(); await t; await t; }")]
    [InlineData("async Task M() { var v = ReadAsync().Preserve(); await v; await v; }")]
    [InlineData("async Task M() { var v = new ValueTask<int>(5); await v; await v; }")]
    [InlineData("async Task M() { var v = new ValueTask(Task.Delay(1)); await v; await v; }")]
    [InlineData("async Task M() { ValueTask v = default; await v; await v; }")]
    [InlineData("async Task M() { var v = ValueTask.FromResult(1); await v; await v; }")]
    [InlineData("async Task M() { var v = ReadAsync(); if (!v.IsCompleted) Use(v.IsFaulted); await v; }")]
    [InlineData("async Task M(Task t) { await t; await t; }")]
    [InlineData("async Task M(ValueTask<int>[] all) { foreach (var v in all) Use(await v); }")]
    [InlineData("ValueTask<int> M() { var v = ReadAsync(); return v; }")]
    [InlineData("async Task M(int n) { var v = ReadAsync(); switch (n) { case 0: await v; break; default: await v; break; } }")]
    [InlineData("async Task M() { var v = ReadAsync(); try { await v; return; } catch (IOException) { Use(1); } }")]
    public Task OnceOnEachPath_IsSilent(string member) => Silent(member + Members);

    // From real code

    [Fact]
    public Task StoredTask_IsSilent() =>
    Silent(
    "Task<int>? _t; ValueTask<int> _v; void S() { _t = ReadAsync().AsTask(); _v = ReadAsync().Preserve(); } async Task M() { await _t!; await _v; }" +
        Members);

    [Fact]
    public Task FastPath_IsSilent() =>
    Silent(
    "ValueTask<int> Get() { var v = ReadAsync(); return v.IsCompletedSuccessfully ? new ValueTask<int>(v.Result + 1) : Slow(v); static async ValueTask<int> Slow(ValueTask<int> v) => await v + 1; }" +
        Members);

    [Fact]
    public Task StoredAndNeverTaken_IsSilent() => Silent("ValueTask _v; void S() => _v = WorkAsync();" + Members);

    [Fact]
    public Task OwnStruct_IsSilent() =>
    Silent(
    "struct ValueTask<T> { public System.Runtime.CompilerServices.TaskAwaiter<T> GetAwaiter() => default; } async Task M(ValueTask<int> v) { await v; await v; }");

    [Fact]
    public Task OtherVariables_AreSilent() =>
    Silent("async Task M() { var a = ReadAsync(); var b = ReadAsync(); await a; await b; }" + Members);

    // Fixes

    [Theory]
    [InlineData("async Task M() { var v = ReadAsync(); await v; await [|v|]; }",
        "async Task M() { var v = ReadAsync().Preserve(); await v; await v; }")]
    [InlineData("async Task M() { ValueTask<int> v = ReadAsync(); while (true) await [|v|]; }",
        "async Task M() { ValueTask<int> v = ReadAsync().Preserve(); while (true) await v; }")]
    [InlineData("ValueTask<int> _v; void S() => _v = [|ReadAsync()|]; async Task M() => await _v;",
        "ValueTask<int> _v; void S() => _v = ReadAsync().Preserve(); async Task M() => await _v;")]
    [InlineData("async Task M() { var all = new List<ValueTask>(); all.Add([|WorkAsync()|]); foreach (var v in all) await v; }",
        "async Task M() { var all = new List<ValueTask>(); all.Add(WorkAsync().Preserve()); foreach (var v in all) await v; }")]
    public Task Fix_Preserves(string before, string after) => Fixes(before + Members, after + Members);

    [Fact]
    public Task Parameter_HasNoFix() => NoFix("async Task M(ValueTask<int> v) { await v; await [|v|]; }" + Members);
}
