using System.Linq;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Code.Flow;

/// <summary>Which of the locals a, b and c are 1 on every path to the call <c>P()</c>. F() and X() may throw, assignments do not.</summary>
public sealed class ForwardFlowTests
{
    [Theory]
    [InlineData("a = 1; P();", "a")]
    [InlineData("if (X()) a = 1; P();", "")]
    [InlineData("if (X()) a = 1; else a = 1; P();", "a")]
    [InlineData("a = 1; a = 0; P();", "")]
    [InlineData("if (a == 1) P();", "a")]
    [InlineData("if (a == 1 && X()) P();", "a")]
    [InlineData("if (!(a == 1)) return; P();", "a")]
    [InlineData("if (true) a = 1; P();", "a")]
    [InlineData("while (X()) a = 1; P();", "")]
    [InlineData("do a = 1; while (X()); P();", "a")]
    [InlineData("a = 1; while (X()) { P(); a = 0; }", "")]
    [InlineData("return; P();", "-")]
    public void BranchesAndLoops(string body, string expected) => Assert.Equal(expected, AtPoint(body));

    [Theory]
    [InlineData("try { F(); } finally { a = 1; } P();", "a")]
    [InlineData("a = 1; try { F(); } finally { a = 0; } P();", "")]
    [InlineData("try { if (X()) return; b = 1; } finally { a = 1; } P();", "a b")]
    [InlineData("while (true) { try { if (X()) break; F(); } finally { a = 1; } } P();", "a")]
    [InlineData("for (;;) { try { b = 1; if (X()) break; } finally { a = 1; } } P();", "a b")]
    [InlineData("do { try { if (X()) continue; } finally { a = 1; } b = 1; } while (X()); P();", "a")]
    [InlineData("try { if (X()) goto end; b = 1; } finally { a = 1; } c = 1; end: P();", "a")]
    [InlineData("switch (F()) { case 1: try { break; } finally { a = 1; } default: a = 1; break; } P();", "a")]
    [InlineData("try { try { b = 1; } finally { a = 1; } } finally { c = 1; } P();", "a b c")]
    [InlineData("try { try { if (X()) goto end; b = 1; } finally { a = 1; } } finally { c = 1; } end: P();", "a c")]
    [InlineData("a = 1; try { try { if (X()) goto end; } finally { a = 0; } } finally { c = 1; } end: P();", "c")]
    [InlineData("while (X()) { a = 1; try { F(); } finally { a = 0; } } P();", "")]
    [InlineData("a = 1; while (X()) { try { F(); } finally { a = 0; } a = 1; } P();", "a")]
    [InlineData("while (X()) { try { F(); a = 1; } catch { a = 1; continue; } finally { b = 1; } P(); }", "a b")]
    public void Finally_RunsOnTheBranchThatLeaves(string body, string expected) => Assert.Equal(expected, AtPoint(body));

    [Theory]
    [InlineData("try { b = 1; } finally { while (X()) a = 1; } P();", "b")]
    [InlineData("try { } finally { if (X()) a = 1; else a = 1; } P();", "a")]
    [InlineData("try { } finally { try { F(); a = 1; } catch { a = 1; } } P();", "a")]
    [InlineData("try { } finally { try { F(); a = 1; } catch { } } P();", "")]
    [InlineData("try { } finally { try { F(); } finally { a = 1; } b = 1; } P();", "a b")]
    [InlineData("try { } finally { for (;;) { try { if (X()) break; } finally { a = 1; } } } P();", "a")]
    [InlineData("try { } finally { do { if (X()) continue; a = 1; } while (X()); b = 1; } P();", "b")]
    [InlineData("try { } finally { if (X()) goto end; a = 1; end: b = 1; } P();", "b")]
    [InlineData("try { } finally { try { F(); } catch when (a == 1) { b = 1; } } P();", "")]
    [InlineData("try { a = 1; } finally { if (X()) throw new Exception(); b = 1; } P();", "a b")]
    [InlineData("try { a = 1; } finally { throw new Exception(); } P();", "-")]
    [InlineData("try { try { } finally { throw new Exception(); } } catch { a = 1; } P();", "a")]
    [InlineData("try { try { F(); } finally { if (a == 1) throw new Exception(); } } catch { } P();", "")]
    public void Finally_MayHoldAnything(string body, string expected) => Assert.Equal(expected, AtPoint(body));

    [Theory]
    [InlineData("try { a = 1; F(); } finally { P(); }", "a")]
    [InlineData("try { F(); a = 1; } finally { P(); }", "")]
    [InlineData("a = 1; try { if (X()) { a = 0; return; } F(); } finally { P(); }", "")]
    [InlineData("a = 1; try { F(); a = 0; F(); a = 1; } finally { P(); }", "")]
    public void Finally_StartsWithWhatHoldsWhereverItsTryIsLeft(string body, string expected) => Assert.Equal(expected, AtPoint(body));

    [Theory]
    [InlineData("a = 1; try { F(); } catch { P(); }", "a")]
    [InlineData("try { a = 1; F(); } catch { P(); }", "a")]
    [InlineData("try { F(); a = 1; F(); } catch { P(); }", "")]
    [InlineData("a = 1; try { F(); a = 0; F(); a = 1; } catch { P(); }", "")]
    [InlineData("a = 1; try { F(); a = 0; a = 1; F(); } catch { P(); }", "a")]
    [InlineData("a = 1; try { while (X()) { a = 0; F(); a = 1; } } catch { P(); }", "")]
    [InlineData("try { F(); a = 1; } catch { return; } P();", "a")]
    [InlineData("try { F(); a = 1; } catch { throw; } P();", "a")]
    [InlineData("try { F(); } catch (InvalidOperationException) { a = 1; } P();", "")]
    [InlineData("try { a = 1; F(); } catch (InvalidOperationException) { } catch (Exception) { } P();", "a")]
    [InlineData("try { throw new Exception(); } catch { a = 1; } P();", "a")]
    [InlineData("try { a = 1; throw new Exception(); } catch { P(); }", "a")]
    [InlineData("try { a = 1; throw new Exception(); } catch (Exception) { b = 1; } finally { c = 1; } P();", "a b c")]
    public void Handler_StartsWithWhatHoldsWhereverItsTryMayThrow(string body, string expected) => Assert.Equal(expected, AtPoint(body));

    [Theory]
    [InlineData("try { try { F(); } finally { a = 1; } } catch { P(); }", "a")]
    [InlineData("a = 1; try { try { F(); } finally { a = 0; } } catch { P(); }", "")]
    [InlineData("try { try { F(); } finally { F(); a = 1; } } catch { P(); }", "")]
    [InlineData("try { try { F(); } catch (InvalidOperationException) { a = 1; } } catch { P(); }", "")]
    [InlineData("try { try { F(); } catch (Exception) { a = 1; F(); } } catch { P(); }", "a")]
    [InlineData("try { try { F(); } catch { a = 1; throw; } } catch { P(); }", "a")]
    [InlineData("try { try { F(); } catch (Exception) when (X()) { a = 1; } } catch { P(); }", "")]
    [InlineData("try { try { F(); } catch { throw new Exception(); } finally { a = 1; } } catch { P(); }", "a")]
    [InlineData("try { try { F(); } finally { try { F(); } finally { a = 1; } } } catch { P(); }", "a")]
    public void Handler_OfAnOuterTry_StartsAfterTheInnerFinally(string body, string expected) => Assert.Equal(expected, AtPoint(body));

    [Theory]
    [InlineData("try { F(); } catch (Exception) when (a == 1) { P(); }", "a")]
    [InlineData("try { a = 1; F(); } catch (Exception) when (X()) { P(); }", "a")]
    [InlineData("try { a = 1; F(); } catch (Exception) when (b == 1) { } catch (Exception) { P(); }", "a")]
    [InlineData("try { F(); } catch (Exception) when (X() && a == 1) { } catch (Exception) when (b == 1) { P(); }", "b")]
    [InlineData("try { F(); } catch (Exception) when (a == 1 || X()) { P(); }", "")]
    [InlineData("try { try { F(); } finally { a = 1; } } catch (Exception) when (X()) { P(); }", "a")]
    public void Filter_DecidesOnItsHandler(string body, string expected) => Assert.Equal(expected, AtPoint(body));

    [Theory]
    [InlineData("void M() { int a = 0, b = 0; using (D()) { a = 1; } P(); }", "a")]
    [InlineData("void M() { int a = 0, b = 0; using (var d = D()) { if (X()) goto end; a = 1; } b = 1; end: P(); }", "")]
    [InlineData("void M() { int a = 0, b = 0; { using var d = D(); a = 1; } P(); }", "a")]
    [InlineData("void M() { int a = 0, b = 0; lock (o) { a = 1; F(); } P(); }", "a")]
    [InlineData("void M() { int a = 0, b = 0; try { lock (o) { a = 1; F(); } } catch { P(); } }", "")]
    [InlineData("void M() { int a = 0, b = 0; foreach (var i in Items()) a = 1; P(); }", "")]
    [InlineData("void M() { int a = 0, b = 0; b = 1; foreach (var i in Items()) { a = 1; if (X()) break; } P(); }", "b")]
    [InlineData("async Task M() { int a = 0, b = 0; await using (D()) { a = 1; await Task.Yield(); } P(); }", "a")]
    [InlineData("async Task M() { int a = 0, b = 0; a = 1; await foreach (var i in Stream()) { a = 0; } P(); }", "")]
    [InlineData("async Task M() { int a = 0, b = 0; await foreach (var i in Stream()) { b = 1; try { if (X()) continue; } finally { "
        + "a = 1; } P(); } }", "a b")]
    [InlineData("IEnumerable<int> M() { int a = 0, b = 0; try { a = 1; yield return 1; } finally { b = 1; } P(); }", "a b")]
    [InlineData("IEnumerable<int> M() { int a = 0, b = 0; try { yield return 1; a = 1; if (X()) yield break; } finally { b = 1; } "
        + "P(); }", "a b")]
    [InlineData("async IAsyncEnumerable<int> M() { int a = 0, b = 0; try { yield return 1; await Task.Yield(); } finally { b = 1; } "
        + "P(); }", "b")]
    public void StatementsWithAFinallyOfTheirOwn(string method, string expected)
    {
        Assert.Equal(expected, AtPointOf(Graphs.OfMethod(method)));
    }

    [Fact]
    public void Place_InAnotherFunction_IsNotFound()
    {
        var other = Graphs.OfBody("P();");
        Assert.Equal("not found", new WrittenLocals(Graphs.OfBody("P();")).At(Graphs.CallsIn(other).Single().Call.Syntax));
    }

    private static string AtPoint(string body) => AtPointOf(Graphs.OfBody(body));

    private static string AtPointOf(ControlFlowGraph graph)
    {
        var point = Graphs.CallsIn(graph).Single(found => found.Call.TargetMethod.Name == "P");
        return new WrittenLocals(graph).At(point.Call.Syntax);
    }
}
