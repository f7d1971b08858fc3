using System;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Names.Loops;

/// <summary>What a loop is made of, and what leaves it, by the syntax alone.</summary>
internal static class LoopParts
{
    /// <summary>What is repeated; null where the node is no loop.</summary>
    public static StatementSyntax? BodyOf(SyntaxNode node) => node switch
    {
        ForStatementSyntax loop => loop.Statement,
        CommonForEachStatementSyntax loop => loop.Statement,
        WhileStatementSyntax loop => loop.Statement,
        DoStatementSyntax loop => loop.Statement,
        _ => null,
    };

    public static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    /// <summary>Whether the code awaits or yields.</summary>
    public static bool Suspends(SyntaxNode code)
    {
        foreach (var child in code.DescendantNodesAndSelf(node => !IsFunction(node)))
        {
            if (child is AwaitExpressionSyntax or YieldStatementSyntax) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the code may leave the loop before its end. <c>if (token.IsCancellationRequested) break;</c> ends none that has not run.
    /// </summary>
    public static bool HasWayOut(SyntaxNode code, SyntaxNode loop)
    {
        switch (code)
        {
            case ReturnStatementSyntax or GotoStatementSyntax:
                return true;
            case BreakStatementSyntax:
                return ReferenceEquals(LeftBy(code), loop);
            case IfStatementSyntax { Else: null, Condition: var condition }
                when Mentions(condition, static name => CancellationMembers.IsCancellationRequested.IsNamed(name)):
                return false;
        }

        if (IsFunction(code)) return false;
        foreach (var child in code.ChildNodes())
        {
            if (HasWayOut(child, loop)) return true;
        }

        return false;
    }

    private static SyntaxNode? LeftBy(SyntaxNode jump)
    {
        var around = jump.Parent;
        while (around is not null && around is not SwitchStatementSyntax && BodyOf(around) is null) around = around.Parent;
        return around;
    }

    /// <summary>Whether a name in the code is one of those that match.</summary>
    public static bool Mentions(SyntaxNode code, Func<string, bool> matches)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is IdentifierNameSyntax name && matches(name.Identifier.ValueText)) return true;
        }

        return false;
    }
}
