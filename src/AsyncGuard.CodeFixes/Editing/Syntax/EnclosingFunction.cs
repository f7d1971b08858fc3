using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Syntax;

/// <summary>The innermost function around a node.</summary>
internal static class EnclosingFunction
{
    /// <summary>
    /// A method, accessor, constructor, local function or lambda; the compilation unit for a top-level program; null outside of any.
    /// </summary>
    public static SyntaxNode? Of(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            if (current is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
                or AnonymousFunctionExpressionSyntax or CompilationUnitSyntax)
                return current;
            if (current is BaseFieldDeclarationSyntax or BasePropertyDeclarationSyntax or TypeDeclarationSyntax) return null;
        }

        return null;
    }

    /// <summary>Whether the function around a node holds a <c>lock</c> where the node stands.</summary>
    public static bool IsInsideLock(SyntaxNode node)
    {
        for (var current = node.Parent;
            current is not (null or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
            current = current.Parent)
        {
            if (current is LockStatementSyntax) return true;
        }

        return false;
    }

    /// <summary>Whether a node stands under an <c>#if</c> of its function, so that the function has it in some builds only.</summary>
    public static bool IsUnderChoiceOfBuilds(SyntaxNode node, SyntaxNode function)
    {
        if (!function.ContainsDirectives) return false;
        var open = 0;
        foreach (var trivia in function.DescendantTrivia())
        {
            if (!trivia.IsDirective || trivia.SpanStart < function.SpanStart) continue;
            if (trivia.SpanStart > node.SpanStart) break;
            if (trivia.IsKind(SyntaxKind.IfDirectiveTrivia)) open++;
            else if (trivia.IsKind(SyntaxKind.EndIfDirectiveTrivia)) open--;
        }

        return open > 0;
    }

    public static bool IsAsync(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        CompilationUnitSyntax => true,
        _ => false,
    };
}
