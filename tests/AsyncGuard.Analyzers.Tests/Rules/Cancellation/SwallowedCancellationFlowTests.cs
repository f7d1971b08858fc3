using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>AGD0304 where the ways out of the handler lead through a <c>finally</c>.</summary>
public sealed class SwallowedCancellationFlowTests : RuleTest<SwallowedCancellationAnalyzer, SwallowedCancellationFix>
{
    private static string Loop(string body) => "void Log(object? x) { } IDisposable Open() => null!; async Task "
        + "M(Func<CancellationToken, Task> work, bool x, int n, CancellationToken token) { while (true) { " + body + " } }";

    [Theory]
    [InlineData("try { await work(token); } catch (Exception ex) { try { Log(ex); } finally { token.ThrowIfCancellationRequested(); } }")]
    [InlineData("try { try { await work(token); } catch (Exception ex) { Log(ex); } } finally { token.ThrowIfCancellationRequested(); }")]
    [InlineData("try { try { await work(token); } catch (Exception ex) { Log(ex); continue; } } finally { "
        + "token.ThrowIfCancellationRequested(); }")]
    [InlineData("try { try { try { await work(token); } catch (Exception ex) { Log(ex); } } finally { Log(1); } } finally { "
        + "token.ThrowIfCancellationRequested(); }")]
    [InlineData("try { await work(token); } catch (Exception ex) { Log(ex); } finally { token.ThrowIfCancellationRequested(); }")]
    [InlineData("try { await work(token); } catch (Exception ex) { try { Log(ex); } finally { throw new InvalidOperationException(); } }")]
    [InlineData("try { await work(token); } catch (Exception ex) { try { Log(ex); } finally { Log(1); } break; }")]
    [InlineData("try { try { await work(token); } catch (Exception ex) { Log(ex); return; } } finally { Log(1); }")]
    [InlineData("try { await work(token); } catch (Exception ex) { foreach (var i in new[] { 1 }) { try { if (x) break; } finally { "
        + "Log(ex); } } token.ThrowIfCancellationRequested(); }")]
    public Task Handler_WhoseFinallyChecksOrLeaves_IsSilent(string body) => Silent(Loop(body));

    [Theory]
    [InlineData("try { await work(token); } [|catch|] (Exception ex) { try { Log(ex); } finally { Log(1); } }")]
    [InlineData("try { try { await work(token); } [|catch|] (Exception ex) { Log(ex); } } finally { Log(1); }")]
    [InlineData("try { try { await work(token); } [|catch|] (Exception ex) { Log(ex); continue; } } finally { Log(1); }")]
    [InlineData("try { await work(token); } [|catch|] (Exception ex) { using (Open()) Log(ex); }")]
    [InlineData("try { await work(token); } [|catch|] (Exception ex) { lock (work) Log(ex); }")]
    [InlineData("try { await work(token); } [|catch|] (Exception ex) { try { Log(ex); } finally { if (x) "
        + "token.ThrowIfCancellationRequested(); } }")]
    [InlineData("try { Log(0); } catch (IOException) { } try { await work(token); } catch (IOException) { throw; } [|catch|] "
        + "(Exception ex) { try { Log(ex); } catch (Exception e) { Log(e); } }")]
    [InlineData("using (Open()) { try { if (x) { try { await work(token); } finally { Log(1); } } } [|catch|] (Exception) when (n > "
        + "2) { Log(2); } }")]
    public Task Handler_WhoseFinallyOnlyCleansUp_IsReported(string body) => Reports(Loop(body));

    [Theory]
    [InlineData("try { await work(rest ? CancellationToken.None : token); } catch (OperationCanceledException) { rest = true; }")]
    [InlineData("try { await work(rest ? default : token).ConfigureAwait(false); } catch (OperationCanceledException) { "
        + "if (x && !rest) { rest = true; continue; } break; }")]
    [InlineData("try { await work(!rest ? token : CancellationToken.None); } catch (Exception ex) { Log(ex); rest = true; }")]
    public Task Handler_AfterWhichTheTokenIsLeftOut_IsSilent(string body) => Silent(
        "void Log(object? x) { } async Task M(Func<CancellationToken, Task> work, bool x, CancellationToken token) "
        + "{ var rest = false; while (true) { " + body + " } }");

    [Theory]
    [InlineData("try { await work(rest ? CancellationToken.None : token); } [|catch|] (OperationCanceledException) { Log(1); }")]
    [InlineData("try { await work(x ? CancellationToken.None : token); } [|catch|] (OperationCanceledException) { rest = true; }")]
    [InlineData("try { await Task.Delay(pause, token); await work(token); } [|catch|] (Exception ex) { Log(ex); pause *= 2; }")]
    public Task Handler_AfterWhichTheTokenStaysTheSame_IsReported(string body) => Reports(
        "void Log(object? x) { } async Task M(Func<CancellationToken, Task> work, bool x, CancellationToken token) "
        + "{ var rest = false; var pause = 1; while (true) { " + body + " } }");
}
