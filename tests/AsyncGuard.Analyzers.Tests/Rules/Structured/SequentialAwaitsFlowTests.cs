using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

/// <summary>AGD0206 around <c>try</c>, <c>catch</c> and <c>finally</c>, and where the tasks do not fail.</summary>
public sealed class SequentialAwaitsFlowTests : RuleTest<SequentialAwaitsAnalyzer, SequentialAwaitsFix>
{
    private const string Members =
        """

        Task RunAsync(int i = 0) => Task.Delay(i);
        void Work() { }
        void Log(Exception e) { }
        async Task SafeAsync(int i) { try { await Task.Delay(i); Work(); } catch (Exception e) { Log(e); } }
        async Task FilteredAsync(int i) { try { await Task.Delay(i); } catch (Exception e) when (i > 0) { Log(e); } }
        async Task RethrowingAsync(int i) { try { await Task.Delay(i); } catch (Exception e) { Log(e); throw; } }
        async Task NarrowAsync(int i) { try { await Task.Delay(i); } catch (IOException e) { Log(e); } }
        async Task LateAsync(int i) { Work(); try { await Task.Delay(i); } catch (Exception e) { Log(e); } }
        """;

    private static string Method(string body) => "async Task M(bool x, int[] items, CancellationToken c) { " + body + " }" + Members;

    [Theory]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { Work(); } finally { Work(); } [|await a|]; await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { if (x) return; Work(); } finally { Work(); } [|await a|]; await b;")]
    [InlineData("Task a; Task b; try { Work(); } finally { a = RunAsync(1); b = RunAsync(2); } [|await a|]; await b;")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { Work(); } finally { [|await a|]; await b; }")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { Work(); } catch (Exception) { [|await a|]; await b; throw; } await "
        + "Task.WhenAll(a, b);")]
    [InlineData("foreach (var i in items) { var a = RunAsync(1); var b = RunAsync(2); try { if (x) continue; } finally { Work(); } "
        + "[|await a|]; await b; }")]
    public Task Tasks_StillPendingAfterAFinally_AreReported(string body) => Reports(Method(body));

    [Theory]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { await a; } finally { await b; }")]
    [InlineData("var a = RunAsync(1); var b = RunAsync(2); try { Work(); } finally { await Task.WhenAll(a, b); } await a; await b;")]
    [InlineData("var a = RunAsync(1); try { Work(); } finally { await a; } var b = RunAsync(2); await b;")]
    [InlineData("Task a = Task.CompletedTask, b = Task.CompletedTask; try { Work(); a = RunAsync(1); b = RunAsync(2); } finally { "
        + "await a; await b; }")]
    public Task Tasks_AwaitedInAFinally_AreSilent(string body) => Silent(Method(body));

    [Theory]
    [InlineData("var a = SafeAsync(1); var b = SafeAsync(2); await a; await b;")]
    [InlineData("var a = SafeAsync(1); var b = RunAsync(2); await a; await b;")]
    [InlineData("var a = Task.Run(() => SafeAsync(1)); var b = Task.Run(() => RunAsync(2)); await a; await b;")]
    [InlineData("var a = Task.Run(async () => { try { await RunAsync(1); } catch { } }); var b = RunAsync(2); await a; await b;")]
    [InlineData("async Task Local() { var n = 1; try { await RunAsync(n); } catch (Exception e) { Log(e); } finally { Work(); } } "
        + "var a = Local(); var b = Local(); await a; await b;")]
    [InlineData("var tasks = items.Select(async i => { try { await RunAsync(i); } catch (Exception e) { Log(e); } }).ToList(); "
        + "foreach (var t in tasks) await t;")]
    [InlineData("var tasks = new List<Task>(); foreach (var i in items) tasks.Add(SafeAsync(i)); foreach (var t in tasks) await t;")]
    [InlineData("var tasks = items.Select(SafeAsync).ToArray(); foreach (var t in tasks) await t;")]
    public Task Tasks_WhoseBodiesCatchEverything_AreSilent(string body) => Silent(Method(body));

    [Theory]
    [InlineData("var a = RunAsync(1); var b = SafeAsync(2); [|await a|]; await b;")]
    [InlineData("var a = FilteredAsync(1); var b = SafeAsync(2); [|await a|]; await b;")]
    [InlineData("var a = RethrowingAsync(1); var b = SafeAsync(2); [|await a|]; await b;")]
    [InlineData("var a = NarrowAsync(1); var b = SafeAsync(2); [|await a|]; await b;")]
    [InlineData("var a = LateAsync(1); var b = SafeAsync(2); [|await a|]; await b;")]
    [InlineData("var a = Task.Run(() => SafeAsync(1), c); var b = SafeAsync(2); [|await a|]; await b;")]
    [InlineData("var a = x ? SafeAsync(1) : RunAsync(1); var b = SafeAsync(2); [|await a|]; await b;")]
    [InlineData("var tasks = items.Select(NarrowAsync).ToArray(); foreach (var t in tasks) [|await t|];")]
    public Task Tasks_ThatMayFail_AreReported(string body) => Reports(Method(body));
}
