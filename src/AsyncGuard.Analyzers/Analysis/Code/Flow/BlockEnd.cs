using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>
/// The normal end of a list of statements, as opposed to a jump out of it. In a graph both are branches that lead to the same block:
/// <c>if (x) return; F();</c> and <c>if (x) F();</c> differ in nothing. So the syntax that follows the source of a branch decides. A jump
/// that is the last statement of the list is its end.
/// </summary>
internal sealed class BlockEnd
{
    private readonly TextSpan _span;
    private readonly SyntaxNode _last;
    private readonly HashSet<IOperation> _next = new();

    public BlockEnd(IReadOnlyList<IOperation> statements, ControlFlowGraph graph)
    {
        // Local functions may stand behind the last statement that runs.
        _last = (statements.LastOrDefault(statement => statement is not ILocalFunctionOperation) ?? statements[0]).Syntax;
        _span = TextSpan.FromBounds(statements[0].Syntax.SpanStart, _last.Span.End);
        foreach (var block in graph.Blocks) AddNext(block);
    }

    /// <summary>
    /// Whether the operation is the next to run after the end, with no branch between: both are in one block of the graph.
    /// </summary>
    public bool IsBefore(IOperation operation) => _next.Contains(operation);

    /// <summary>
    /// Whether the branch leaves the list at its end. False for a jump, for a branch that stays inside, and where that cannot be said.
    /// </summary>
    public bool IsReachedBy(ControlFlowBranch branch)
    {
        var source = branch.Source;
        if ((source.BranchValue ?? source.Operations.LastOrDefault())?.Syntax is not { } place || !_span.Contains(place.Span)) return false;
        if (branch.Destination is not { } destination || LeadsInside(destination)) return false;
        bool? outcome = source.ConditionKind == ControlFlowConditionKind.None ? null
            : branch.IsConditionalSuccessor == (source.ConditionKind == ControlFlowConditionKind.WhenTrue);
        return IsEndAfter(place, outcome);
    }

    private void AddNext(BasicBlock block)
    {
        var operations = FlowGraphs.InOrder(block);
        for (var i = 1; i < operations.Count; i++)
        {
            var place = operations[i - 1].Syntax;
            if (_span.Contains(place.Span) && !_span.Contains(operations[i].Syntax.Span) && IsEndAfter(place, outcome: null))
                _next.Add(operations[i]);
        }
    }

    private bool LeadsInside(BasicBlock block)
    {
        while (true)
        {
            if ((block.Operations.FirstOrDefault() ?? block.BranchValue)?.Syntax is { } place) return _span.Contains(place.Span);
            if (block.FallThroughSuccessor is not { Destination: { } next } branch) return block.Kind != BasicBlockKind.Exit;

            // try { } finally { … }: the branch out of the empty block runs it.
            if (!branch.FinallyRegions.IsEmpty) return true;
            block = next;
        }
    }

    // Nothing in the list runs between the place and the end, so what follows in the text is empty or a jump.
    private bool IsEndAfter(SyntaxNode place, bool? outcome)
    {
        for (var node = place; node != _last;)
        {
            if (node.Parent is not { } parent) return false;
            if (parent.IsKind(SyntaxKind.LogicalNotExpression)) outcome = !outcome;
            if (JumpAfter(node, parent, outcome, out var isPast) is { } jump)
            {
                if (jump == _last) return true;
                if (TargetOf(jump) is not { } target) return false;
                node = target;
            }
            else
            {
                if (isPast) return true;
                node = parent;
            }
        }

        return true;
    }

    private SyntaxNode? JumpAfter(SyntaxNode node, SyntaxNode parent, bool? outcome, out bool isPast)
    {
        isPast = false;
        switch (parent)
        {
            case ReturnStatementSyntax:
                return parent;
            case IfStatementSyntax choice when choice.Condition == node:
                return JumpIn(outcome == true ? choice.Statement : choice.Else);
            case WhileStatementSyntax loop when loop.Condition == node && outcome == true:
                return JumpIn(loop.Statement);
            case ForStatementSyntax loop when loop.Condition == node && outcome == true:
                return JumpIn(loop.Statement);
            case SwitchSectionSyntax section when node is SwitchLabelSyntax && outcome == true:
                return JumpIn(section);
            case SwitchStatementSyntax when node is SwitchSectionSyntax or ExpressionSyntax:
                return FirstOut(parent);
            case BlockSyntax block:
                return JumpBehind(node, block.Statements, out isPast);
            case SwitchSectionSyntax section when node is StatementSyntax:
                return JumpBehind(node, section.Statements, out isPast);
            case CompilationUnitSyntax unit:
                return JumpBehind(node, unit.Members, out isPast);
            default:
                return null;
        }
    }

    private SyntaxNode? JumpBehind<T>(SyntaxNode node, SyntaxList<T> list, out bool isPast) where T : SyntaxNode
    {
        isPast = false;
        foreach (var next in list)
        {
            if (next.SpanStart <= node.SpanStart) continue;
            if (JumpIn(next) is { } jump) return jump;
            if (!next.Span.Contains(_last.Span)) continue;
            isPast = true;
            break;
        }

        return null;
    }

    // With no case of its own, and nothing that runs in its sections: silent if one of them jumps out.
    private SyntaxNode? FirstOut(SyntaxNode choice)
    {
        foreach (var jump in JumpsIn(choice))
        {
            if (TargetOf(jump) is null) return jump;
        }

        return null;
    }

    // The loop or switch that a break inside of the list ends.
    private SyntaxNode? TargetOf(SyntaxNode jump)
    {
        if (jump is not BreakStatementSyntax) return null;
        var target = jump.Ancestors().FirstOrDefault(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
            or CommonForEachStatementSyntax or SwitchStatementSyntax);
        return target is not null && _span.Contains(target.Span) ? target : null;
    }

    private static SyntaxNode? JumpIn(SyntaxNode? node) => node is null ? null : JumpsIn(node).FirstOrDefault();

    private static IEnumerable<SyntaxNode> JumpsIn(SyntaxNode node) =>
        node.DescendantNodesAndSelf(inner => inner is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            .Where(inner => inner is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax
                || inner.IsKind(SyntaxKind.YieldBreakStatement));
}
