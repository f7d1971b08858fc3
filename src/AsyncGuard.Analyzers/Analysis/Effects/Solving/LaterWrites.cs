using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// Whether a private field, or a parameter of a type, is assigned after its object was made. Read from the text of its type.
/// </summary>
internal static class LaterWrites
{
    /// <summary>Whether code of its type other than a constructor assigns it.</summary>
    public static bool Any(ISymbol field)
    {
        foreach (var part in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name && IsWrite(name)
                    && !IsInConstructor(name, field.IsStatic))
                    return true;
            }
        }

        return false;
    }

    private static bool IsWrite(IdentifierNameSyntax name)
    {
        var whole = Unwrapped.ParenthesesAround(name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name);
        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == whole,
            ArgumentSyntax { Parent: TupleExpressionSyntax } => true,
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
            PostfixUnaryExpressionSyntax step => !step.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            PrefixUnaryExpressionSyntax step => step.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression
                or SyntaxKind.AddressOfExpression,
            RefExpressionSyntax => true,
            _ => false,
        };
    }

    private static bool IsInConstructor(SyntaxNode write, bool isStatic)
    {
        for (var around = write.Parent; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or InitializerExpressionSyntax:
                    return false;
                case ConstructorDeclarationSyntax constructor:
                    return constructor.Modifiers.Any(SyntaxKind.StaticKeyword) == isStatic;
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
