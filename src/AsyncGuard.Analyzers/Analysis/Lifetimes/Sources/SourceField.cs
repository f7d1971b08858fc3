using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Lifetimes.Sources;

/// <summary>A private field that holds a <c>CancellationTokenSource</c>, read in the type that declares it.</summary>
internal static class SourceField
{
    /// <summary>Whether every use of the field leaves the source with it, and none disposes it.</summary>
    public static bool IsNeverDisposed(IFieldSymbol field)
    {
        if (field.IsStatic || field.DeclaredAccessibility != Accessibility.Private) return false;
        foreach (var part in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name && !IsHarmless(name)) return false;
            }
        }

        return true;
    }

    /// <summary>Whether a time limit is set on the field: <c>_source.CancelAfter(…)</c>.</summary>
    public static bool IsLimited(IFieldSymbol field)
    {
        foreach (var part in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name
                    && MemberUsed(Unwrapped.FullName(name)) == WellKnownMember.CancelAfter)
                    return true;
            }
        }

        return false;
    }

    // _source.Token, _source?.Cancel(), _source = new CancellationTokenSource(), _source != null
    private static bool IsHarmless(IdentifierNameSyntax name)
    {
        var source = Unwrapped.FullName(name);
        if (MemberUsed(source) is { } member) return WellKnownMember.KeepsSource(member);
        return source.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == source && assignment.Parent is ExpressionStatementSyntax,
            BinaryExpressionSyntax or IsPatternExpressionSyntax => true,
            _ => false,
        };
    }

    private static string? MemberUsed(ExpressionSyntax source) => source.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == source => access.Name.Identifier.ValueText,
        ConditionalAccessExpressionSyntax access when access.Expression == source => FirstOf(access.WhenNotNull),
        _ => null,
    };

    private static string? FirstOf(ExpressionSyntax whenNotNull) => whenNotNull switch
    {
        InvocationExpressionSyntax call => FirstOf(call.Expression),
        MemberAccessExpressionSyntax access => FirstOf(access.Expression),
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => "",
    };
}
