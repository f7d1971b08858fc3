using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>Values that are named or put together, and that come out the same whenever that is done.</summary>
internal static class PureExpression
{
    public static bool Is(IOperation value, GuardContext guard)
    {
        if (value.ConstantValue.HasValue) return true;
        switch (value)
        {
            case ILiteralOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation
                or IDefaultValueOperation or ITypeOfOperation or INameOfOperation or IMethodReferenceOperation:
                break;
            case IFieldReferenceOperation { Field.IsVolatile: false }:
            case IPropertyReferenceOperation { Arguments.IsEmpty: true, Property: var property } when IsStored(property):
                break;
            case IConversionOperation { OperatorMethod: null } or IParenthesizedOperation or IInterpolatedStringOperation
                or IInterpolatedStringTextOperation or IInterpolationOperation or IArrayCreationOperation or IArrayInitializerOperation
                or ITupleOperation:
            case IBinaryOperation { OperatorMethod: null or { ContainingType.SpecialType: not SpecialType.None } }:
            case IArgumentOperation { Parameter.RefKind: RefKind.None }:
                break;

            // new Uri(address), Uri.EscapeDataString(name), string.Join("/", parts)
            case IObjectCreationOperation { Type: var made } when SymbolEqualityComparer.Default.Equals(made, guard.Types.Uri):
            case IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: var type } }
                when type.SpecialType == SpecialType.System_String || SymbolEqualityComparer.Default.Equals(type, guard.Types.Uri):
                break;
            default:
                return false;
        }

        foreach (var child in value.ChildOperations)
        {
            if (!Is(child, guard)) return false;
        }

        return true;
    }

    /// <summary>Whether the property gives what was put there: it has no body, or none that can be seen.</summary>
    public static bool IsStored(IPropertySymbol property)
    {
        if (property.ContainingType.TypeKind == TypeKind.Interface || property.IsAbstract || property.IsVirtual)
            return property.DeclaringSyntaxReferences.IsEmpty;
        foreach (var reference in property.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.PropertyDeclarationSyntax declaration
                && (declaration.ExpressionBody is not null || HasBody(declaration)))
                return false;
        }

        return true;
    }

    private static bool HasBody(Microsoft.CodeAnalysis.CSharp.Syntax.PropertyDeclarationSyntax declaration)
    {
        if (declaration.AccessorList is null) return false;
        foreach (var accessor in declaration.AccessorList.Accessors)
        {
            if (accessor.Body is not null || accessor.ExpressionBody is not null) return true;
        }

        return false;
    }
}
