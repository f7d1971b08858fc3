using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Plans;

/// <summary>
/// Handlers that take a cancellation for an error: a call in their <c>try</c> that an edit gives a token would fail there again and again.
/// </summary>
internal static class SwallowingHandlers
{
    public static bool AreAdded(SyntaxNode edited, (GuardContext Guard, SyntaxTree Tree) before,
        (GuardContext Guard, SyntaxTree Tree) after, FixContext fix)
    {
        if (!edited.GetAnnotatedNodes(DocumentEdits.Written).Any(IsInTry)) return false;
        return Count(after.Guard, after.Tree, fix) > Count(before.Guard, before.Tree, fix);
    }

    private static bool IsInTry(SyntaxNode node)
    {
        foreach (var ancestor in node.AncestorsAndSelf())
        {
            if (ancestor is BlockSyntax { Parent: TryStatementSyntax { Catches.Count: > 0 } attempt } && ancestor == attempt.Block)
                return true;
            if (ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) return false;
        }

        return false;
    }

    private static int Count(GuardContext guard, SyntaxTree tree, FixContext fix)
    {
        var model = guard.Compilation.GetSemanticModel(tree);
        return tree.GetRoot(fix.CancellationToken).DescendantNodes().OfType<CatchClauseSyntax>().Count(node =>
            model.GetOperation(node, fix.CancellationToken) is ICatchClauseOperation clause
            && SwallowedCancellation.Of(clause, MemberOf(clause, model), guard) is { } swallowed
            && swallowed.GoesOn(GraphAround(clause, model, fix)));
    }

    private static ISymbol? MemberOf(IOperation operation, SemanticModel model)
    {
        var symbol = model.GetEnclosingSymbol(operation.Syntax.SpanStart);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;
        return symbol;
    }

    private static ControlFlowGraph GraphAround(IOperation operation, SemanticModel model, FixContext fix) =>
        ControlFlowGraph.Create(FlowGraphs.RootOf(operation).Syntax, model, fix.CancellationToken)!;
}
