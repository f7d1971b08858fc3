using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Code.Flow;

/// <summary>Which of the locals a, b and c are 1 at the normal end of a block in a loop, whatever jumps out of it.</summary>
public sealed class BlockEndTests
{
    [Theory]
    [InlineData("a = 1;", "a")]
    [InlineData("if (X()) a = 1;", "")]
    [InlineData("if (X()) a = 1; else { a = 1; b = 1; }", "a")]
    [InlineData("if (X()) return; a = 1;", "a")]
    [InlineData("a = 1; if (X()) { a = 0; return; }", "a")]
    [InlineData("a = 1; if (X()) { F(); a = 0; if (X()) return; }", "")]
    [InlineData("a = 1; if (X()) return; else b = 1;", "a b")]
    [InlineData("a = 1; if (X()) { a = 0; continue; } else if (X()) break; else b = 1;", "a b")]
    [InlineData("a = 1; if (!X()) continue;", "a")]
    [InlineData("a = 1; if (!(X() && !X())) { a = 0; break; }", "a")]
    [InlineData("if (X() || F() == 1) { a = 1; } else break;", "a")]
    [InlineData("if (X() ? X() : X()) { } else { return; } a = 1;", "a")]
    [InlineData("a = 1; if (X()) goto end; b = 1;", "a b")]
    [InlineData("a = 1; if (X()) goto inner; b = 1; inner: c = 1;", "a c")]
    [InlineData("again: a = 1; if (X()) goto again; b = 1;", "a b")]
    public void Jump_OutOfTheMiddle_IsNoEnd(string block, string expected) => Assert.Equal(expected, AtEnd(block));

    [Theory]
    [InlineData("a = 1; return;", "a")]
    [InlineData("a = 1; continue;", "a")]
    [InlineData("if (X()) { b = 1; return; } a = 1; break;", "a")]
    [InlineData("a = 1; if (X()) return; else return;", "-")]
    [InlineData("throw new Exception();", "-")]
    [InlineData("while (true) { a = 1; if (X()) return; }", "-")]
    [InlineData("a = 1; return; void Local() { return; }", "a")]
    [InlineData("a = 1; void Local() { return; }", "a")]
    [InlineData("a = 1; { ; } ;", "a")]
    public void LastStatement_IsTheEnd(string block, string expected) => Assert.Equal(expected, AtEnd(block));

    [Theory]
    [InlineData("while (X()) { a = 1; if (X()) return; }", "")]
    [InlineData("while (true) { a = 1; if (X()) break; if (X()) return; }", "a")]
    [InlineData("while (true) { if (X()) { a = 1; break; } b = 1; if (X()) return; }", "a")]
    [InlineData("do { a = 1; if (X()) return; } while (X());", "a")]
    [InlineData("for (;;) { a = 1; if (X()) { b = 1; break; } if (X()) return; }", "a b")]
    [InlineData("for (a = 1; X(); F()) { if (X()) continue; b = 1; if (X()) return; }", "a")]
    [InlineData("foreach (var i in Items()) { a = 1; if (X()) return; }", "")]
    [InlineData("a = 1; foreach (var i in Items()) { b = 1; if (X()) break; if (X()) return; }", "a")]
    [InlineData("switch (F()) { case 1: a = 1; break; case 2: return; default: a = 1; b = 1; break; }", "a")]
    [InlineData("switch (F()) { case 1: a = 1; break; default: a = 1; if (X()) continue; b = 1; break; }", "a")]
    [InlineData("a = 1; switch (F()) { case 1: case 2: break; }", "a")]
    public void LoopAndSwitch_EndByTheirOwnBreak(string block, string expected) => Assert.Equal(expected, AtEnd(block));

    [Theory]
    [InlineData("try { F(); } finally { a = 1; }", "a")]
    [InlineData("try { b = 1; if (X()) return; a = 1; } finally { c = 1; }", "a b c")]
    [InlineData("try { if (X()) { a = 0; continue; } a = 1; } finally { F(); }", "a")]
    [InlineData("a = 1; try { if (X()) goto end; } finally { b = 1; }", "a b")]
    [InlineData("a = 1; try { try { if (X()) break; } finally { b = 1; } } finally { c = 1; }", "a b c")]
    [InlineData("a = 1; try { try { if (X()) return; b = 1; } finally { a = 0; } } finally { c = 1; }", "b c")]
    [InlineData("for (;;) { try { a = 1; if (X()) break; if (X()) return; } finally { b = 1; } }", "a b")]
    [InlineData("try { a = 1; F(); } finally { throw new Exception(); }", "-")]
    [InlineData("try { a = 1; if (X()) throw new Exception(); b = 1; } finally { c = 1; }", "a b c")]
    [InlineData("a = 1; using (D()) { if (X()) return; b = 1; }", "a b")]
    [InlineData("a = 1; using var d = D(); if (X()) return; b = 1;", "a b")]
    [InlineData("lock (o) { a = 1; if (X()) return; }", "a")]
    public void Finally_RunsBeforeTheEnd(string block, string expected)
    {
        Assert.Equal(expected, AtEnd(block));
        Assert.Equal(expected, AtEnd(block, followsExceptions: false));
    }

    [Theory]
    [InlineData("a = 1; try { a = 0; F(); a = 1; } catch { F(); }", "", "a")]
    [InlineData("try { F(); a = 1; } catch (InvalidOperationException) { a = 1; b = 1; } catch (Exception) when (X()) { a = 1; }", "a", "a")]
    [InlineData("try { F(); a = 1; } catch { b = 1; return; }", "a", "a")]
    [InlineData("try { F(); } catch { a = 1; throw; } finally { b = 1; } ", "b", "b")]
    [InlineData("try { throw new Exception(); } catch { a = 1; }", "a", "-")]
    [InlineData("try { try { a = 1; F(); } finally { b = 1; } } catch { c = 1; }", "a b", "a b")]
    public void Handler_LeadsToTheEndWhereExceptionsAreFollowed(string block, string expected, string withoutExceptions)
    {
        Assert.Equal(expected, AtEnd(block));
        Assert.Equal(withoutExceptions, AtEnd(block, followsExceptions: false));
    }

    private static string AtEnd(string block, bool followsExceptions = true)
    {
        var graph = Graphs.OfBody($"while (X()) {{ a = b = c = 0; {{ {block} }} F(); }} end: F();");
        var body = graph.OriginalOperation.Descendants().OfType<IBlockOperation>()
            .First(found => found.Syntax is BlockSyntax { Parent: BlockSyntax { Parent: WhileStatementSyntax } });
        return new WrittenLocals(graph, body.Operations, followsExceptions).AtEnd;
    }
}
