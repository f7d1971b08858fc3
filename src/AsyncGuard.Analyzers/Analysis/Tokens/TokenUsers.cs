using System.Collections.Immutable;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// The methods of a class that use the token of one of its fields. Those that make it, end it or show it to others do not.
/// </summary>
internal static class TokenUsers
{
    public static ImmutableArray<SyntaxNode> Of(ISymbol holder, bool isSource)
    {
        var users = ImmutableArray.CreateBuilder<SyntaxNode>();
        foreach (var part in holder.ContainingType.DeclaringSyntaxReferences)
        {
            if (part.GetSyntax() is not TypeDeclarationSyntax type) continue;
            foreach (var member in type.Members)
            {
                if (member is MethodDeclarationSyntax method && !CleanupNames.EndsLife(method.Identifier.ValueText)
                    && Uses(method, holder.Name, isSource))
                    users.Add(method);
            }
        }

        return users.ToImmutable();
    }

    /// <summary>Whether the method is one of the users.</summary>
    public static bool Hold(ImmutableArray<SyntaxNode> users, IMethodSymbol method)
    {
        foreach (var declaration in method.DeclaringSyntaxReferences)
        {
            foreach (var user in users)
            {
                if (user.SyntaxTree == declaration.SyntaxTree && user.Span.Contains(declaration.Span)) return true;
            }
        }

        return false;
    }

    // LoadAsync(_stopping.Token), LoadAsync(_stopping), _stopping.IsCancellationRequested
    private static bool Uses(MethodDeclarationSyntax method, string name, bool isSource)
    {
        foreach (var node in method.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: var text } || text != name) continue;
            SyntaxNode use = node.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : node;
            switch (use.Parent)
            {
                case AssignmentExpressionSyntax assignment when assignment.Left == use:
                    continue;
                case MemberAccessExpressionSyntax read when read.Expression == use:
                    if (!isSource || read.Name.Identifier.ValueText is WellKnownMember.Token
                        || CancellationMembers.IsCancellationRequested.IsNamed(read.Name.Identifier.ValueText))
                        return true;
                    continue;
                default:
                    return true;
            }
        }

        return false;
    }
}
