using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Code.Flow;

/// <summary>Every <c>catch</c> has its region of the graph: the one with the call <c>H(n)</c> that it holds.</summary>
public sealed class HandlerOfTests
{
    [Theory]
    [InlineData("try { F(); } catch { H(1); }")]
    [InlineData("try { F(); } catch (InvalidOperationException) { H(1); } catch (Exception) { H(2); }")]
    [InlineData("try { F(); } catch (InvalidOperationException) when (X()) { H(1); } catch (Exception e) when (e.Message == \"\") { "
        + "H(2); } catch { H(3); }")]
    [InlineData("try { try { F(); } catch { H(1); } } catch { H(2); }")]
    [InlineData("try { F(); } catch { H(1); try { F(); } catch { H(2); } }")]
    [InlineData("try { F(); } catch { H(1); } finally { try { F(); } catch { H(2); } }")]
    [InlineData("try { try { } finally { try { F(); } catch { H(1); } } } catch { H(2); }")]
    [InlineData("while (X()) { try { F(); } catch { H(1); continue; } } try { F(); } catch { H(2); }")]
    [InlineData("for (var i = 0; i < F(); i++) try { F(); } catch { H(1); } foreach (var i in Items()) try { F(); } catch { H(2); }")]
    [InlineData("using (D()) lock (o) try { F(); } catch { H(1); } using var d = D(); try { F(); } catch { H(2); }")]
    [InlineData("switch (F()) { case 1: try { F(); } catch { H(1); } break; default: try { F(); } catch { H(2); } break; }")]
    [InlineData("if (X()) try { F(); } catch { H(1); } else try { F(); } catch { H(2); }")]
    [InlineData("try { } catch { H(1); } try { F(); } catch { H(2); }")]
    [InlineData("return; try { F(); } catch { H(1); } try { F(); } catch { H(2); }")]
    [InlineData("Use(() => { try { F(); } catch { F(); } }); try { F(); } catch { H(1); }")]
    [InlineData("void L() { try { F(); } catch { F(); } } L(); try { F(); } catch { H(1); }")]
    [InlineData("try { F(); } catch { H(1); } finally { F(); } do { try { F(); } finally { F(); } } while (X()); try { F(); } catch "
        + "{ H(2); }")]
    public void EachCatch_HasTheRegionWithItsCalls(string body)
    {
        var operation = Graphs.OperationOf($"void M() {{ {body} }}");
        var graph = ControlFlowGraph.Create((IMethodBodyOperation)operation, TestContext.Current.CancellationToken);
        var clauses = operation.Descendants().OfType<ICatchClauseOperation>().ToList();
        Assert.NotEmpty(clauses);
        foreach (var clause in clauses)
        {
            // Those of lambdas and local functions are numbered in none.
            if (NumberIn(clause.Handler.DescendantsAndSelf()) is not { } number) continue;
            var handler = FlowGraphs.HandlerOf(clause, graph);
            Assert.NotNull(handler);
            Assert.Equal(ControlFlowRegionKind.Catch, handler.Kind);
            var blocks =
                graph.Blocks.Where(block => block.Ordinal >= handler.FirstBlockOrdinal && block.Ordinal <= handler.LastBlockOrdinal);
            Assert.Equal(number, NumberIn(blocks.SelectMany(FlowGraphs.InOrder)));
        }
    }

    [Fact]
    public void CatchOfALambda_IsNotInTheGraphOfItsMember()
    {
        var operation = Graphs.OperationOf("void M() { Use(() => { try { F(); } catch { H(1); } }); }");
        var graph = ControlFlowGraph.Create((IMethodBodyOperation)operation, TestContext.Current.CancellationToken);
        Assert.Null(FlowGraphs.HandlerOf(operation.Descendants().OfType<ICatchClauseOperation>().Single(), graph));
    }

    private static int? NumberIn(IEnumerable<IOperation> operations) => (int?)operations.OfType<IInvocationOperation>()
        .FirstOrDefault(call => call.TargetMethod.Name == "H")?.Arguments[0].Value.ConstantValue.Value;
}
