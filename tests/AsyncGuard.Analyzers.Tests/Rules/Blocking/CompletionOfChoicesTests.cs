using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>AGD0102 and tasks that are complete as one of two values, under another name, or because a condition said so.</summary>
public sealed class CompletionOfChoicesTests : RuleTest<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private const string Members = "\nstatic Task<int> RunAsync() => Task.Run(() => 1); void Use(object o) { }";

    [Theory]
    [InlineData("await (t ?? Task.FromResult(0)); return t.Result;")]
    [InlineData("await (t ?? Task.FromResult(0)).ConfigureAwait(false); return t.Result;")]
    [InlineData("await (t ?? RunAsync()); return t.Result;")]
    [InlineData("await (t ?? u ?? RunAsync()); return t.Result;")]
    [InlineData("await (t ?? (Task)Task.CompletedTask); return t.Result;")]
    [InlineData("await (t == null ? Task.FromResult(0) : t); return t.Result;")]
    [InlineData("await (t is null ? Task.CompletedTask : t); return t.Result;")]
    [InlineData("await (t is not null ? t : RunAsync()); return t.Result;")]
    [InlineData("await (t.IsCompleted ? u : t); return t.Result;")]
    [InlineData("await Task.WhenAll(t ?? Task.FromResult(0), u); return t.Result + u.Result;")]
    [InlineData("var same = t ?? Task.FromResult(0); await same; return t.Result;")]
    [InlineData("var same = t ?? Task.FromResult(0); await same; return same.Result;")]
    [InlineData("await (t ?? Task.FromResult(0)).WaitAsync(c); return t.Result;")]
    [InlineData("await t; await u; return (t ?? u).Result;")]
    [InlineData("await t; return (t ?? Task.FromResult(0)).Result;")]
    [InlineData("await t; await u; return (t.Id > 3 ? t : u).Result;")]
    [InlineData("return (t.IsCompleted ? t : Task.FromResult(0)).Result;")]
    public Task OneOfTwo_ThatIsAwaited_IsComplete(string body) => Silent(In(body));

    [Theory]
    [InlineData("await (t ?? u); return [|u.Result|];")]
    [InlineData("await (t.Id > 3 ? t : u); return [|t.Result|];")]
    [InlineData("await (t.Id > 3 ? t : Task.FromResult(0)); return [|t.Result|];")]
    [InlineData("var same = t ?? Task.FromResult(0); return [|t.Result|];")]
    [InlineData("var same = t ?? u; t = RunAsync(); await same; return [|t.Result|];")]
    [InlineData("await (t ?? Task.FromResult(0)); t = RunAsync(); return [|t.Result|];")]
    [InlineData("await (t.IsCompleted ? t : u); return [|t.Result|];")]
    [InlineData("await t; return [|(t ?? u).Result|];")]
    [InlineData("await Task.WhenAny(t ?? u, u); return [|t.Result|];")]
    [InlineData("for (var i = 0; i < 3; i++) { await (t ?? u); t = RunAsync(); } return [|t.Result|];")]
    public Task OneOfTwo_ThatMayBeTheOther_IsReported(string body) => Reports(In(body));

    [Theory]
    [InlineData("return t is var x && x.IsCompleted ? x.Result : 0;")]
    [InlineData("return t is var x && x.IsCompleted ? t.Result : 0;")]
    [InlineData("return t is { } x && x.IsCompleted ? t.Result : 0;")]
    [InlineData("return t is Task<int> x && t.IsCompleted ? x.Result : 0;")]
    [InlineData("switch (t) { case var x when x.IsCompleted: return x.Result; default: return 0; }")]
    [InlineData("switch (t) { case var x when x.IsCompleted: return t.Result; default: return 0; }")]
    [InlineData("switch (t) { case { } x when x.IsCompletedSuccessfully: return x.Result; } return 0;")]
    [InlineData("return t switch { var x when x.IsCompleted => x.Result, _ => 0 };")]
    [InlineData("return t switch { var x when x.IsCompleted => t.Result, _ => 0 };")]
    [InlineData("return t switch { Task<int> x when x.IsCompleted => t.Result, _ => 0 };")]
    [InlineData("return t is { IsCompleted: var ok } && ok ? t.Result : 0;")]
    [InlineData("return t is { IsCompleted: var ok } && ok && t.Result > 1 ? 1 : 0;")]
    [InlineData("if (t is not { IsCompleted: var ok } || !ok) return 0; return t.Result;")]
    [InlineData("return t is { IsCompleted: var ok } x && ok ? x.Result : 0;")]
    [InlineData("return t switch { { IsCompleted: var ok } when ok => t.Result, _ => 0 };")]
    [InlineData("return t.IsCompleted is var ok && ok ? t.Result : 0;")]
    [InlineData("return t.IsCompleted is true and var ok && ok ? t.Result : 0;")]
    [InlineData("return (t.Status == TaskStatus.RanToCompletion) is var ok && ok ? t.Result : 0;")]
    [InlineData("return (t.IsCompleted, c.IsCancellationRequested) is (true, false) ? t.Result : 0;")]
    [InlineData("return (t, u) is ({ IsCompleted: true }, _) ? t.Result : 0;")]
    [InlineData("return await Task.WhenAny(t, u) is var won && won == t ? t.Result : 0;")]
    [InlineData("return await Task.WhenAny(t, u) is var won ? won.Result : 0;")]
    [InlineData("if (t?.IsCompleted == true) return t.Result; return 0;")]
    [InlineData("if (t?.IsCompleted is true) return t.Result; return 0;")]
    [InlineData("if (t?.IsCompleted ?? false) return t.Result; return 0;")]
    [InlineData("if (t?.IsCompleted != true) return 0; return t.Result;")]
    [InlineData("if (!(t?.IsCompleted ?? false)) return 0; return t.Result;")]
    [InlineData("var ok = t.IsCompleted; var go = ok && c.CanBeCanceled; return go ? t.Result : 0;")]
    [InlineData("var ok = t.IsCompleted && c.CanBeCanceled; return ok ? t.Result : 0;")]
    [InlineData("bool ok; ok = t.IsCompleted; if (!ok) return 0; return t.Result;")]
    [InlineData("bool ok; if (ok = t.IsCompleted) return t.Result; return 0;")]
    [InlineData("bool ok; while (!(ok = t.IsCompleted)) await Task.Yield(); return t.Result;")]
    [InlineData("return !t.IsCompleted ? 0 : t.Result;")]
    [InlineData("return t.Status is >= TaskStatus.RanToCompletion ? t.Result : 0;")]
    [InlineData("return t.Status >= TaskStatus.RanToCompletion ? t.Result : 0;")]
    public Task Condition_ThatShowsCompletion_IsSilent(string body) => Silent(In(body));

    [Theory]
    [InlineData("return t is var x && x.Id > 1 ? [|x.Result|] : 0;")]
    [InlineData("return t is var x && u.IsCompleted ? [|x.Result|] : 0;")]
    [InlineData("switch (t) { case var x when !x.IsCompleted: return [|x.Result|]; default: return 0; }")]
    [InlineData("return t is { IsCompleted: var ok } && !ok ? [|t.Result|] : 0;")]
    [InlineData("return t is { IsCompleted: var ok } && c.IsCancellationRequested ? [|t.Result|] : 0;")]
    [InlineData("if (t is { IsCompleted: var ok }) { t = RunAsync(); if (ok) return [|t.Result|]; } return 0;")]
    [InlineData("if (t is { IsCompleted: var ok }) { ok = true; if (ok) return [|t.Result|]; } return 0;")]
    [InlineData("if (t is var x) { x = RunAsync(); if (t.IsCompleted) return [|x.Result|]; } return 0;")]
    [InlineData("if (t is var x) { t = RunAsync(); if (x.IsCompleted) return [|t.Result|]; } return 0;")]
    [InlineData("if (t?.IsCompleted == false) return [|t.Result|]; return 0;")]
    [InlineData("var ok = t.IsCompleted || c.CanBeCanceled; return ok ? [|t.Result|] : 0;")]
    [InlineData("return t.Status <= TaskStatus.RanToCompletion ? [|t.Result|] : 0;")]
    [InlineData("return t.Status > TaskStatus.Created ? [|t.Result|] : 0;")]
    public Task Condition_ThatShowsNoCompletion_IsReported(string body) => Reports(In(body));

    [Theory]
    [InlineData("[|t.Wait(c)|]; return t.Result;")]
    [InlineData("[|t.Wait(Timeout.Infinite)|]; return t.Result;")]
    [InlineData("[|t.Wait(Timeout.Infinite, c)|]; return t.Result;")]
    [InlineData("[|t.Wait(Timeout.InfiniteTimeSpan)|]; return t.Result;")]
    [InlineData("try { [|t.Wait(c)|]; } catch (OperationCanceledException) { return 0; } return t.Result;")]
    [InlineData("[|Task.WaitAll(new Task[] { t, u }, c)|]; return t.Result + u.Result;")]
    [InlineData("[|t.Wait(1000)|]; return [|t.Result|];")]
    [InlineData("[|t.Wait(1000, c)|]; return [|t.Result|];")]
    [InlineData("try { [|t.Wait(c)|]; } catch (OperationCanceledException) { } return [|t.Result|];")]
    [InlineData("if ([|t.Wait(1000, c)|]) return t.Result; return 0;")]
    public Task Wait_ThatReturned_Proves(string body) => Reports(In(body));

    private static string In(string body) =>
        "async Task<int> M(Task<int> t, Task<int> u, CancellationToken c) { await Task.Yield(); " + body + " }" + Members;
}
