using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Syntax;

/// <summary>
/// A task that is returned out of code which does something when it is left: a <c>try</c>, a <c>using</c>. Awaited there, its failure is
/// handled, and the code is left when it has ended.
/// </summary>
internal static class HeldReturn
{
    public static bool IsHeld(ExpressionSyntax returned)
    {
        for (SyntaxNode child = returned; child.Parent is { } parent && !IsFunction(parent); child = parent)
        {
            var isHeld = parent switch
            {
                TryStatementSyntax attempt => child == attempt.Block || attempt.Finally is not null,
                UsingStatementSyntax use => child == use.Statement,
                BlockSyntax block => block.Statements.TakeWhile(statement => statement != child).Any(IsUsing),
                _ => false,
            };
            if (isHeld) return true;
        }

        return false;
    }

    /// <summary>Whether what is thrown at the place meets a handler of its own function.</summary>
    public static bool IsCaught(ExpressionSyntax returned)
    {
        for (SyntaxNode child = returned; child.Parent is { } parent && !IsFunction(parent); child = parent)
        {
            if (parent is TryStatementSyntax { Catches.Count: > 0 } attempt && child == attempt.Block) return true;
        }

        return false;
    }

    private static bool IsUsing(StatementSyntax statement) =>
        statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword };

    private static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax;
}
