using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

/// <summary>AGD0205 where a task is written over: on which ways it is taken care of before.</summary>
public sealed class AbandonedTaskFlowTests : RuleTest<AbandonedTaskAnalyzer, AbandonedTaskFix>
{
    private const string Members = "\nTask RunAsync(int i = 0) => Task.Delay(i); void Work() { } bool Ask() => true;";

    private static string Method(string body) => "async Task M(bool x, Task other) { await Task.Yield(); " + body + " }" + Members;

    [Theory]
    [InlineData("var [|t|] = RunAsync(1); t = RunAsync(2); await t;")]
    [InlineData("var [|t|] = RunAsync(1); try { Work(); } finally { t = RunAsync(2); } await t;")]
    [InlineData("var [|t|] = RunAsync(1); try { if (x) goto end; Work(); } finally { t = RunAsync(2); } end: await t;")]
    [InlineData("var [|t|] = RunAsync(1); while (true) { try { if (x) break; } finally { t = RunAsync(2); } } await t;")]
    [InlineData("var [|t|] = RunAsync(1); try { try { Work(); } finally { t = other; } } catch (Exception) { await t; } await t;")]
    [InlineData("var [|t|] = RunAsync(1); try { try { Work(); } finally { Work(); } } finally { t = RunAsync(2); } await t;")]
    [InlineData("var [|t|] = RunAsync(1); try { Work(); } finally { throw new Exception(); } await t; t = RunAsync(2); await t;")]
    public Task Task_WrittenOverOnEveryWay_IsReported(string body) => Reports(Method(body));

    [Theory]
    [InlineData("var t = RunAsync(1); try { Work(); } finally { await t; } t = RunAsync(2); await t;")]
    [InlineData("var t = RunAsync(1); try { if (x) return; Work(); } finally { await t; t = RunAsync(2); } await t;")]
    [InlineData("var t = RunAsync(1); try { Work(); t = RunAsync(2); } catch (Exception) { await t; } await t;")]
    [InlineData("var t = RunAsync(1); try { Work(); t = RunAsync(2); } finally { await t; }")]
    [InlineData("var t = RunAsync(1); try { try { Work(); t = RunAsync(2); } finally { Work(); } } catch (Exception) { await t; } "
        + "await t;")]
    [InlineData("var t = RunAsync(1); try { Work(); t = RunAsync(2); } catch (InvalidOperationException) { } catch (Exception) when "
        + "(x) { await t; } await t;")]
    [InlineData("var t = RunAsync(1); try { Work(); } finally { if (x) t = RunAsync(2); } await t;")]
    [InlineData("Task t = Task.CompletedTask; while (Ask()) { try { t = RunAsync(1); if (x) continue; } finally { await t; } }")]
    public Task Task_TakenCareOfOnSomeWay_IsSilent(string body) => Silent(Method(body));
}
