using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// A method that is only ever handed over as a delegate: <c>new Timer(Tick)</c>. The place that does so says what it has to return.
/// </summary>
internal static class CallbackUse
{
    public static bool IsOnly(IMethodSymbol method)
    {
        if (method.DeclaredAccessibility != Accessibility.Private && method.MethodKind != MethodKind.LocalFunction) return false;
        var isHanded = false;
        foreach (var reference in method.MethodKind == MethodKind.LocalFunction ? method.DeclaringSyntaxReferences
            : method.ContainingType.DeclaringSyntaxReferences)
        {
            var code = reference.GetSyntax();
            if (method.MethodKind == MethodKind.LocalFunction) code = code.Parent ?? code;
            foreach (var node in code.DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != method.Name) continue;
                ExpressionSyntax value = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                if (value.Parent is InvocationExpressionSyntax) return false;
                isHanded |= IsHanded(value);
            }
        }

        return isHanded;
    }

    // new Timer(Tick), Run(Tick), _tick = Tick
    private static bool IsHanded(ExpressionSyntax value) => value.Parent switch
    {
        ArgumentSyntax argument => argument.Parent?.Parent is BaseObjectCreationExpressionSyntax
            or InvocationExpressionSyntax { Expression: not IdentifierNameSyntax { Identifier.ValueText: "nameof" } },
        AssignmentExpressionSyntax assignment => assignment.Right == value && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression),
        _ => false,
    };
}
