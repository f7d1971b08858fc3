using System;
using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Names.Loops;

/// <summary>Loops over data inside each other.</summary>
internal static class LoopNesting
{
    /// <summary>How many loops over data are nested, each over something that is not found in an outer one.</summary>
    public static int Depth(SyntaxNode loop, SyntaxNode outermost)
    {
        if (!IsOverData(loop) || LoopParts.HasWayOut(LoopParts.BodyOf(loop)!, loop)) return 0;
        if (loop != outermost && DependsOn(loop, outermost)) return 0;
        var deepest = 0;
        foreach (var inner in Inner(LoopParts.BodyOf(loop)!)) deepest = Math.Max(deepest, Depth(inner, outermost));
        return deepest + 1;
    }

    private static bool IsOverData(SyntaxNode loop) => loop switch
    {
        ForStatementSyntax { Condition: { } condition } => IsUpToSize(condition),
        CommonForEachStatementSyntax each => each.AwaitKeyword.RawKind == 0,
        _ => false,
    };

    private static bool IsUpToSize(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsUpToSize(parenthesized.Expression),
        BinaryExpressionSyntax comparison => IsSize(comparison.Left) || IsSize(comparison.Right),
        _ => false,
    };

    // rows.Count, rows.Length - 1, n where it is a parameter
    private static bool IsSize(ExpressionSyntax side) => side switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsSize(parenthesized.Expression),
        CastExpressionSyntax cast => IsSize(cast.Expression),
        CheckedExpressionSyntax inside => IsSize(inside.Expression),
        PostfixUnaryExpressionSyntax suppressed => IsSize(suppressed.Operand),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference => IsSize(difference.Left),
        InvocationExpressionSyntax call => IsNameOfSize(call.Expression),
        IdentifierNameSyntax { Identifier.ValueText: var name } => CollectionNames.IsSize(name) || IsParameter(name, side),
        _ => IsNameOfSize(side),
    };

    private static bool IsNameOfSize(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => CollectionNames.Counts(name),
        ConditionalAccessExpressionSyntax => true,
        SimpleNameSyntax { Identifier.ValueText: var name } => CollectionNames.IsCountOrGetLength(name),
        _ => false,
    };

    private static bool IsParameter(string name, SyntaxNode place)
    {
        if (name == "value") return true;
        for (var around = place.Parent; around is not null and not BaseNamespaceDeclarationSyntax; around = around.Parent)
        {
            if (around is StatementSyntax and not LocalFunctionStatementSyntax) continue;
            foreach (var child in around.ChildNodes())
            {
                if (child is ParameterSyntax { Identifier.ValueText: var single } && single == name) return true;
                if (child is not BaseParameterListSyntax list) continue;
                foreach (var parameter in list.Parameters)
                {
                    if (parameter.Identifier.ValueText == name) return true;
                }
            }
        }

        return false;
    }

    private static IEnumerable<SyntaxNode> Inner(SyntaxNode code)
    {
        if (LoopParts.BodyOf(code) is not null)
        {
            yield return code;
            yield break;
        }

        if (LoopParts.IsFunction(code)) yield break;
        foreach (var child in code.ChildNodes())
        {
            foreach (var inner in Inner(child)) yield return inner;
        }
    }

    private static bool DependsOn(SyntaxNode inner, SyntaxNode outermost)
    {
        switch (inner)
        {
            case CommonForEachStatementSyntax { Expression: var items }:
                return LoopParts.Mentions(items, name => IsDeclaredIn(name, outermost, inner));
            case ForStatementSyntax { Condition: BinaryExpressionSyntax comparison }:
                return IsFound(comparison.Left, inner, outermost) || IsFound(comparison.Right, inner, outermost);
            default:
                return false;
        }
    }

    // i < row.Cells.Count, where the row is what an outer loop has reached
    private static bool IsFound(ExpressionSyntax side, SyntaxNode inner, SyntaxNode outermost) =>
        side is MemberAccessExpressionSyntax or InvocationExpressionSyntax
        && LoopParts.Mentions(side, name => IsDeclaredIn(name, outermost, inner));

    private static bool IsDeclaredIn(string name, SyntaxNode outermost, SyntaxNode inner)
    {
        foreach (var node in outermost.DescendantNodesAndSelf(node => node != inner))
        {
            var declared = node switch
            {
                ForEachStatementSyntax each when each != inner => each.Identifier,
                VariableDeclaratorSyntax variable => variable.Identifier,
                SingleVariableDesignationSyntax variable => variable.Identifier,
                _ => default,
            };
            if (declared.RawKind != 0 && declared.ValueText == name) return true;
        }

        return false;
    }
}
