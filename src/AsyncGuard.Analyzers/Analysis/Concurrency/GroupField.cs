using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>A field that holds a task group, read in the type that declares it.</summary>
internal static class GroupField
{
    /// <summary>Whether the type joins, drains or disposes the group somewhere, or other code that may can reach it.</summary>
    public static bool IsEnded(IFieldSymbol field)
    {
        if (field.DeclaredAccessibility != Accessibility.Private) return true;
        foreach (var part in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name && MayEnd(name)) return true;
            }
        }

        return false;
    }

    private static bool MayEnd(IdentifierNameSyntax name)
    {
        SyntaxNode whole = name;
        while (whole.Parent is PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax
            || (whole.Parent is MemberAccessExpressionSyntax access && access.Name == whole))
            whole = whole.Parent;
        return whole.Parent switch
        {
            MemberAccessExpressionSyntax member => GroupMembers.Ends(member.Name.Identifier.ValueText),
            ConditionalAccessExpressionSyntax
            {
                WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member }
            } =>
                    GroupMembers.Ends(member.Name.Identifier.ValueText),
            AssignmentExpressionSyntax assignment => assignment.Right == whole,
            ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or UsingStatementSyntax =>
                true,
            _ => false,
        };
    }
}
