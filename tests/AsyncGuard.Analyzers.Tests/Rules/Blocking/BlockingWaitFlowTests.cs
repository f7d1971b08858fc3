using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>
/// AGD0102 around <c>try</c>, <c>catch</c>, filters and <c>finally</c>: what has run before the wait, and what may not have.
/// </summary>
public sealed class BlockingWaitFlowTests : RuleTest<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private const string Members = "\nstatic Task<int> RunAsync() => Task.Run(() => 1); void Work() { } bool Ask() => true; "
        + "Resource Open() => new(); object gate = new();"
        + " class Resource : IDisposable, IAsyncDisposable { public void Dispose() { } public ValueTask DisposeAsync() => default; }";

    private static string Method(string body) => "async Task<int> M(Task<int> t, bool x, CancellationToken c) { await Task.Yield(); "
        + "" + body + " }" + Members;

    [Theory]
    [InlineData("try { Work(); } finally { await t; } return t.Result;")]
    [InlineData("try { Work(); } finally { await Task.WhenAll(t); } return t.Result;")]
    [InlineData("try { Work(); } finally { if (!t.IsCompleted) await t; } return t.Result;")]
    [InlineData("try { if (x) return 1; Work(); } finally { await t; } return t.Result;")]
    [InlineData("while (true) { try { if (x) break; Work(); } finally { await t; } } return t.Result;")]
    [InlineData("do { try { if (x) continue; Work(); } finally { await t; } } while (Ask()); return t.Result;")]
    [InlineData("try { if (x) goto end; Work(); } finally { await t; } Work(); end: return t.Result;")]
    [InlineData("try { try { Work(); } finally { await t; } } finally { Work(); } return t.Result;")]
    [InlineData("try { Work(); } finally { try { Work(); } finally { await t; } } return t.Result;")]
    [InlineData("try { Work(); } finally { await t; if (x) throw new Exception(); } return t.Result;")]
    [InlineData("try { try { Work(); } finally { await t; } } catch (Exception) { return t.Result; } return 0;")]
    [InlineData("try { Work(); } catch (Exception) { Work(); } finally { await t; } return t.Result;")]
    [InlineData("try { Work(); await t; } catch (Exception) { await t; } return t.Result;")]
    [InlineData("try { Work(); await t; } catch (Exception) { throw; } return t.Result;")]
    [InlineData("try { await t; Work(); } catch (IOException) { Console.WriteLine(t.Result); } catch (Exception) { return t.Result; "
        + "} return 0;")]
    [InlineData("try { Work(); } catch (Exception) when (t.IsCompleted) { return t.Result; } return 0;")]
    [InlineData("try { Work(); } catch (Exception) when (!x && t.IsCompletedSuccessfully && t.Result > 0) { return t.Result; } return 0;")]
    [InlineData("using (Open()) { await t; } return t.Result;")]
    [InlineData("await using (Open()) { Work(); await t; } return t.Result;")]
    [InlineData("using var r = Open(); await t; using var s = Open(); return t.Result;")]
    [InlineData("await t; lock (gate) { Work(); } return t.Result;")]
    [InlineData("await t; foreach (var i in new List<int>()) { try { Work(); } finally { Work(); } } return t.Result;")]
    [InlineData("foreach (var i in new List<int>()) { var u = RunAsync(); try { Work(); } finally { await u; } "
        + "Console.WriteLine(u.Result); } return 0;")]
    [InlineData("t = null!; try { Work(); } finally { t = Task.FromResult(1); } return t.Result;")]
    [InlineData("Func<Task<int>> f = async () => { try { Work(); } finally { await t; } return t.Result; }; return await f();")]
    public Task Task_AwaitedInAFinally_IsComplete(string body) => Silent(Method(body));

    [Theory]
    [InlineData("await t; try { Work(); } finally { t = RunAsync(); } return [|t.Result|];")]
    [InlineData("await t; try { Work(); } finally { if (x) t = RunAsync(); } return [|t.Result|];")]
    [InlineData("await t; try { Work(); } finally { try { Work(); } finally { t = RunAsync(); } } return [|t.Result|];")]
    [InlineData("await t; try { try { if (x) goto end; } finally { t = RunAsync(); } await t; } finally { Work(); } end: return "
        + "[|t.Result|];")]
    [InlineData("await t; while (Ask()) { try { if (x) break; } finally { t = RunAsync(); } await t; } return [|t.Result|];")]
    [InlineData("await t; foreach (var i in new List<int>()) { try { Work(); } finally { t = RunAsync(); } } return [|t.Result|];")]
    [InlineData("await t; try { try { Work(); } finally { t = RunAsync(); } } catch (Exception) { return [|t.Result|]; } return 0;")]
    [InlineData("await t; try { Work(); } catch (Exception) { t = RunAsync(); } return [|t.Result|];")]
    [InlineData("await t; try { t = RunAsync(); await t; } catch (Exception) { Work(); } finally { t = RunAsync(); } return [|t.Result|];")]
    [InlineData("await t; await using (Open()) { t = RunAsync(); } return [|t.Result|];")]
    public Task Task_AssignedInAFinally_IsNotComplete(string body) => Reports(Method(body));

    [Theory]
    [InlineData("try { Work(); } finally { if (x) await t; } return [|t.Result|];")]
    [InlineData("try { Work(); await t; } finally { Console.WriteLine([|t.Result|]); } return 0;")]
    [InlineData("try { Work(); await t; } catch (Exception) { return [|t.Result|]; } return t.Result;")]
    [InlineData("try { Work(); await t; } catch (Exception) { Work(); } return [|t.Result|];")]
    [InlineData("try { Work(); await t; } catch (IOException) when (x) { Work(); } return [|t.Result|];")]
    [InlineData("try { Work(); } finally { try { Work(); await t; } catch (Exception) { } } return [|t.Result|];")]
    [InlineData("try { Work(); } catch (Exception) when (!t.IsCompleted) { return [|t.Result|]; } return 0;")]
    [InlineData("try { await t.WaitAsync(c); } catch (OperationCanceledException) { } return [|t.Result|];")]
    [InlineData("try { try { Work(); } finally { Work(); await t; } } catch (Exception) { return [|t.Result|]; } return 0;")]
    public Task Task_AwaitedOnSomePathsOnly_IsNotComplete(string body) => Reports(Method(body));

    [Fact]
    public Task AsyncIterator_IsFollowedThroughItsFinally() => Reports(
        """
        async IAsyncEnumerable<int> M(Task<int> t, Task<int> u)
        {
            try { yield return 1; } finally { await t; }
            yield return t.Result;
            yield return [|u.Result|];
        }
        """);
}
