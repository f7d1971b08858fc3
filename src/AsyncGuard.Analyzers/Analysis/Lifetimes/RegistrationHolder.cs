using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>What happens to the <c>CancellationTokenRegistration</c> that a call returns.</summary>
internal static class RegistrationHolder
{
    /// <summary>The call with what stands before its <c>?.</c>: <c>token?.Register(…)</c>.</summary>
    public static IOperation WholeOf(IInvocationOperation call) =>
        call.Parent is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, call) ? access : call;

    /// <summary>The token, without <c>?.</c> and <c>.Value</c>.</summary>
    public static IOperation? TokenOf(IInvocationOperation call)
    {
        var token = Unwrapped.ConditionalInstance(call);
        return token is IPropertyReferenceOperation
        {
            Property.ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, Instance: { } nullable
        } ? nullable : token;
    }

    /// <summary>
    /// Whether it cannot be disposed: the call is a statement, or what keeps it is never read. <c>_ =</c> says that this is deliberate.
    /// </summary>
    public static bool IsDropped(IOperation call)
    {
        var value = Unwrapped.ConversionsAround(call);
        return value.Parent switch
        {
            IExpressionStatementOperation => true,
            IVariableInitializerOperation
            {
                Parent: IVariableDeclaratorOperation
                {
                    Parent.Parent.Parent: not (IUsingDeclarationOperation or IUsingOperation)
                } declarator
            } =>
                        !DiscardNames.Is(declarator.Symbol.Name) && !IsRead(declarator.Symbol, call),
            ISimpleAssignmentOperation
            {
                Target: IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field },
                Parent: IExpressionStatementOperation
            } => !IsRead(field),
            _ => false,
        };
    }

    private static bool IsRead(ILocalSymbol local, IOperation place)
    {
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local))
                return true;
        }

        return false;
    }

    private static bool IsRead(IFieldSymbol field)
    {
        foreach (var part in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != field.Name) continue;
                var whole = Unwrapped.FullName(name);
                if (whole.Parent is not AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment
                    || assignment.Left != whole)
                    return true;
            }
        }

        return false;
    }
}
