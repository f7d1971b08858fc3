using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// What the fix leaves as it is.
public sealed partial class BlockingWaitTests
{
    [Theory]
    [InlineData("[|t.Wait(5000)|];")]
    [InlineData("[|t.Wait(TimeSpan.FromSeconds(5))|];")]
    [InlineData("[|t.Wait(5000, token)|];")]
    [InlineData("if (![|t.Wait(5000)|]) Console.WriteLine();")]
    [InlineData("[|Task.WaitAll(new[] { t }, 5000)|];")]
    [InlineData("[|Task.WaitAny(new[] { t }, 5000)|];")]
    public Task Wait_WithATimeout_HasNoFix(string body) =>
    NoFix($"async Task M(Task t, CancellationToken token) {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("[|t.Wait(token)|];", "await t.WaitAsync(token);")]
    [InlineData("[|Task.WaitAll(t)|];", "await t;")]
    [InlineData("[|Task.WaitAll(t, u)|];", "await Task.WhenAll(t, u);")]
    [InlineData("[|Task.WaitAny(t)|];", "await Task.WhenAny(t);")]
    public Task Wait_WithoutATimeout_IsAwaited(string body, string expected) => Fixes(
        $"async Task M(Task t, Task u, CancellationToken token) {{ await Task.Yield(); {body} }}",
        $"async Task M(Task t, Task u, CancellationToken token) {{ await Task.Yield(); {expected} }}");

    [Theory]
    [InlineData("try { [|t.Wait()|]; } catch (AggregateException e) when (e.InnerException is IOException) { }")]
    [InlineData("try { [|t.Wait()|]; } catch (Exception e) when (e.InnerException is IOException) { }")]
    [InlineData("try { [|t.Wait()|]; } catch (Exception e) { Console.WriteLine(e.GetBaseException()); }")]
    [InlineData("try { [|t.Wait()|]; } catch (Exception e) { if (e is AggregateException many) Console.WriteLine(many.Flatten()); }")]
    [InlineData("try { if (t.Id > 0) { try { [|t.Wait()|]; } finally { } } } catch (AggregateException) { }")]
    public Task Wait_WhoseAggregateExceptionIsCaught_HasNoFix(string body) =>
    NoFix($"async Task M(Task t) {{ await Task.Yield(); {body} }}");

    [Fact]
    public Task Wait_WhoseCallerCatchesAggregateException_HasNoFix() => NoFix(
        "async Task Inner(Task t) { await Task.Yield(); [|t.Wait()|]; } async Task Outer(Task t) { try { await Inner(t); } catch (AggregateException) { } }");

    [Fact]
    public Task Wait_UnderAThreadsLock_HasNoFix() => NoFix(
        "readonly object _gate = new(); Task M(Task t) { Monitor.Enter(_gate); try { [|t.Wait()|]; } finally { Monitor.Exit(_gate); } return Task.CompletedTask; }");
}
