using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class GroupMisuseTests
{
    private const string Started = "await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); ";

    // The normal end of the block is reached with children that only some paths join.

    [Theory]
    [InlineData("if (items.Length > 3) await scope.JoinAsync(); else Use(1);")]
    [InlineData("if (items.Length > 3) { Use(1); return; } if (items.Length > 2) { await scope.JoinAsync(); }")]
    [InlineData("if (items.Length > 3) { await scope.JoinAsync(); return; } Use(1);")]
    [InlineData("if (items.Length > 3) { await scope.JoinAsync(); return; }")]
    [InlineData("while (true) { if (items.Length > 3) { await scope.JoinAsync(); return; } if (items.Length > 2) break; }")]
    [InlineData("try { if (items.Length > 3) { await scope.JoinAsync(); return; } } finally { Use(1); }")]
    [InlineData("try { if (items.Length > 3) goto end; await scope.JoinAsync(); end: Use(2); } finally { Use(1); }")]
    [InlineData("try { await PlainAsync(); } catch (Exception e) when (e is not OperationCanceledException) { await scope.JoinAsync(); }")]
    [InlineData("try { await PlainAsync(); } catch (Exception) { try { Use(1); } finally { await scope.JoinAsync(); } }")]
    [InlineData("using (var file = new MemoryStream()) { if (items.Length > 3) { await scope.JoinAsync(); return; } }")]
    [InlineData("switch (items.Length) { case 1: await scope.JoinAsync(); return; case 2: Use(1); break; }")]
    [InlineData("if (items.Length > 3) await scope.JoinAsync(); return;")]
    public Task Group_JoinedOnSomePathsOnly_IsReported(string rest) =>
        Reports(Run + $"async Task M(int[] items) {{ {Started}{rest} }}", WithRuntime);

    [Theory]
    [InlineData("foreach (var i in items) { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); continue; }")]
    [InlineData("foreach (var i in items) { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); if (i > 3) await scope.JoinAsync(); }")]
    [InlineData("while (true) { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); break; }")]
    [InlineData("for (;;) { try { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); } finally { Use(1); } }")]
    [InlineData("switch (items.Length) { case 1: { await using var scope = [|TaskGroup.Open()|]; _ = scope.Start(ct => RunAsync(1, ct)); break; } }")]
    public Task Group_OfALoopOrSwitch_IsReported(string body) => Reports(Run + $"async Task M(int[] items) {{ {body} }}", WithRuntime);

    // Every path to the normal end joins; the others leave by a jump or an exception.

    [Theory]
    [InlineData("try { if (items.Length > 3) return; await PlainAsync(); } finally { await scope.JoinAsync(); }")]
    [InlineData("try { if (items.Length > 3) goto end; await PlainAsync(); } finally { await scope.JoinAsync(); } end: Use(1);")]
    [InlineData("try { if (items.Length > 3) throw new Exception(); } finally { await scope.JoinAsync(); }")]
    [InlineData("try { try { await PlainAsync(); } finally { await scope.JoinAsync(); } } catch (Exception) { Use(1); }")]
    [InlineData("try { await PlainAsync(); await scope.JoinAsync(); } catch (Exception) when (items.Length > 3) { Use(1); }")]
    [InlineData("try { await scope.JoinAsync(); } catch (TimeoutException) { try { Use(1); } catch (Exception) when (items.Length > 3) { Use(2); } }")]
    [InlineData("try { if (items.Length > 3) throw new TimeoutException(); await scope.JoinAsync(); } catch (TimeoutException) { Use(1); }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { await scope.JoinAsync(); break; } catch (TimeoutException) { Use(1); } }")]
    [InlineData("foreach (var i in items) { await PlainAsync(); scope.Cancel(); }")]
    [InlineData("while (items.Length > 3) { await scope.JoinAsync(); }")]
    [InlineData("do { await scope.JoinAsync(); } while (items.Length > 3);")]
    [InlineData("using (var file = new MemoryStream()) { if (items.Length > 3) return; await scope.JoinAsync(); }")]
    [InlineData("await using (var file = new MemoryStream()) { try { if (items.Length > 3) return; } finally { await scope.JoinAsync(); } }")]
    [InlineData("if (items.Length > 3) goto end; await scope.JoinAsync(); return; end: throw new Exception();")]
    [InlineData("if (items is { Length: > 3 } && items[0] > 1 || items.Length == 0) { Use(1); return; } await scope.JoinAsync();")]
    [InlineData("switch (items.Length) { case 1: return; case 2: await scope.JoinAsync(); break; default: throw new Exception(); }")]
    [InlineData("if (items.Length > 3) return; else await scope.JoinAsync();")]
    public Task Group_JoinedOnEveryPathToTheEnd_IsSilent(string rest) => Silent(
        Run + $"async Task M(int[] items) {{ {Started.Replace("[|", "", System.StringComparison.Ordinal).Replace("|]", "", System.StringComparison.Ordinal)}{rest} }}",
        WithRuntime);

    [Theory]
    [InlineData("foreach (var i in items) _ = scope.Start(ct => RunAsync(i, ct)); if (items.Length > 0) await scope.JoinAsync();")]
    [InlineData("for (var i = 0; i < items.Length; i++) { _ = scope.Start(ct => RunAsync(1, ct)); } if (items.Length > 0) await scope.JoinAsync();")]
    [InlineData("foreach (var i in items) { if (i > 3) continue; _ = scope.Start(ct => RunAsync(i, ct)); } if (items.Length > 0) await scope.JoinAsync();")]
    public Task Group_JoinedWhereItsLoopHasRun_IsSilent(string body) =>
        Silent(Run + $"async Task M(int[] items) {{ await using var scope = TaskGroup.Open(); {body} }}", WithRuntime);

    [Theory]
    [InlineData("try { Use(1); } finally { await scope.JoinAsync(); } _ = [|scope.Start(ct => RunAsync(2, ct))|];")]
    [InlineData("if (items.Length > 3) await scope.JoinAsync(); else { await scope.JoinAsync(); Use(1); } _ = [|scope.Start(ct => RunAsync(2, ct))|];")]
    [InlineData("try { if (items.Length > 3) return; } finally { await scope.JoinAsync(); } _ = [|scope.Start(ct => RunAsync(2, ct))|];")]
    [InlineData("await scope.JoinAsync(); foreach (var i in items) { _ = [|scope.Start(ct => RunAsync(i, ct))|]; }")]
    public Task Child_StartedAfterEveryPathHasEnded_IsReported(string rest) => Reports(
        Run + $"async Task M(int[] items) {{ {Started.Replace("[|", "", System.StringComparison.Ordinal).Replace("|]", "", System.StringComparison.Ordinal)}{rest} }}",
        WithRuntime);

    [Theory]
    [InlineData("foreach (var i in items) { await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(i, ct)); await scope.JoinAsync(); }")]
    [InlineData("await using var scope = TaskGroup.Open(); _ = scope.Start(ct => RunAsync(1, ct)); while (items.Length > 3) { if (items.Length > 4) { await scope.JoinAsync(); return; } _ = scope.Start(ct => RunAsync(2, ct)); } await scope.JoinAsync();")]
    public Task Child_StartedInTheNextPassOfALoop_IsSilent(string body) =>
        Silent(Run + $"async Task M(int[] items) {{ {body} }}", WithRuntime);
}
