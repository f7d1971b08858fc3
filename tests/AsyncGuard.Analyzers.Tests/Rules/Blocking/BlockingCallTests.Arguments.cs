using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// Counterparts that take the same values in another form: required, in another order, or not at all.
public sealed partial class BlockingCallTests
{
    private const string Dump =
        " interface IDump { void Write(string path, bool log = true, int size = -1, Kind kind = Kind.Full, string? note = null); Task WriteAsync(string path, bool log, int size, Kind kind, string? note, CancellationToken stop); } enum Kind { None, Full }";
    private const string Mail = " interface IMail { int Send(string text, int port); Task<int> SendAsync(int port, string text); }";
    private const string Rows =
        " interface IRows { int Count(CancellationToken stop, string table); Task<int> CountAsync(string table, CancellationToken token = default); }";

    [Theory]
    [InlineData("async Task M(IDump d) { [|d.Write(\"a\")|]; await Task.Yield(); }" + Dump)]
    [InlineData("async Task M(IDump? d) { d?[|.Write(\"a\")|]; await Task.Yield(); }" + Dump)]
    [InlineData("async Task M(IDump d) { try { await Task.Yield(); } finally { [|d.Write(\"a\", note: \"b\")|]; } }" + Dump)]
    [InlineData("Func<Task> M(IDump d) => async () => { [|d.Write(\"a\", false, 1)|]; await Task.Yield(); };" + Dump)]
    [InlineData("async Task M(IMail m) { var n = [|m.Send(\"a\", 25)|]; await Task.Yield(); }" + Mail)]
    [InlineData("async Task M(IRows r, CancellationToken t) { var n = [|r.Count(t, \"a\")|]; await Task.Yield(); }" + Rows)]
    public Task Counterpart_ThatTakesTheSameByName_IsReported(string source) => Reports(source);

    [Theory]
    // Another name, another type, a parameter of its own
    [InlineData("interface I { void Write(string path, bool log = false); Task WriteAsync(string path, bool quiet, int n); } async Task M(I i) { i.Write(\"a\"); await Task.Yield(); }")]
    [InlineData("interface I { void Write(string path, int size = 1); Task WriteAsync(string path, long size); } async Task M(I i) { i.Write(\"a\"); await Task.Yield(); }")]
    [InlineData("interface I { void Write(string path); Task WriteAsync(string path, bool log); } async Task M(I i) { i.Write(\"a\"); await Task.Yield(); }")]
    [InlineData("interface I { void Write(string a, int b); Task WriteAsync(int b, string c); } async Task M(I i) { i.Write(\"a\", 1); await Task.Yield(); }")]
    [InlineData("interface I { void Write(string path, decimal price = 1.5m); Task WriteAsync(string path, decimal price); } async Task M(I i) { i.Write(\"a\"); await Task.Yield(); }")]
    // The values of the call would be taken in the other order as well
    [InlineData("interface I { void Copy(int from, int to, bool log = false); Task CopyAsync(int to, int from, bool log); } async Task M(I i) { i.Copy(1, 2); await Task.Yield(); }")]
    [InlineData("interface I { void Write(params int[] n); Task WriteAsync(int[] n, bool log); } async Task M(I i) { i.Write(1, 2); await Task.Yield(); }")]
    public Task Counterpart_ThatTakesOtherValues_IsSilent(string source) => Silent(source);

    [Fact]
    public Task WhatWasLeftOut_IsGivenByName() => Fixes(
        "async Task M(IDump d, CancellationToken stop) { [|d.Write(\"a\")|]; await Task.Delay(1, stop); }" + Dump,
        "async Task M(IDump d, CancellationToken stop) { await d.WriteAsync(\"a\", log: true, size: -1, kind: Kind.Full, note: null, stop: stop); await Task.Delay(1, stop); }"
        + Dump);

    [Fact]
    public Task OtherOrder_IsGivenByName() => Fixes(
        "async Task<int> M(IMail m, string t) { await Task.Yield(); return [|m.Send(t, 25)|]; }" + Mail,
        "async Task<int> M(IMail m, string t) { await Task.Yield(); return await m.SendAsync(text: t, port: 25); }" + Mail);

    [Fact]
    public Task Token_InAnotherPlace_IsGivenByName() => Fixes(
        "async Task<int> M(IRows r, CancellationToken t) { await Task.Delay(1, t); return [|r.Count(t, \"a\")|]; }" + Rows,
        "async Task<int> M(IRows r, CancellationToken t) { await Task.Delay(1, t); return await r.CountAsync(token: t, table: \"a\"); }" + Rows);

    [Theory]
    [InlineData("async Task M(FASTER.core.FasterLog l) { l.Commit(); await Task.Yield(); }")]
    [InlineData("async Task M(FASTER.core.FasterLog l) { l.Commit(spinWait: false); await Task.Yield(); }")]
    [InlineData("async Task M(FASTER.core.FasterLog l, bool wait) { l.Commit(wait); await Task.Yield(); }")]
    public Task FlagThatDoesNotWait_IsSilent(string source) => Silent(source, RuleTestOptions.Default with { Stubs = [Stubs.Faster] });

    [Theory]
    [InlineData("async Task M(FASTER.core.FasterLog l) { [|l.Commit(true)|]; await Task.Yield(); }",
        "async Task M(FASTER.core.FasterLog l) { await l.CommitAsync(); await Task.Yield(); }")]
    [InlineData("async Task M(FASTER.core.FasterLog l, CancellationToken t) { [|l.Commit(spinWait: true)|]; await Task.Delay(1, t); }",
        "async Task M(FASTER.core.FasterLog l, CancellationToken t) { await l.CommitAsync(t); await Task.Delay(1, t); }")]
    public Task FlagThatWaits_BecomesTheCounterpart(string before, string after) =>
        Fixes(before, after, RuleTestOptions.Default with { Stubs = [Stubs.Faster] });
}
