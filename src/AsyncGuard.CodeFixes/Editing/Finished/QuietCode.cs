using System.Linq;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Finished;

/// <summary>Code that cannot throw: constants, names, and what the language computes of them without a check.</summary>
internal static class QuietCode
{
    // What a lambda throws, it throws where it is called.
    public static bool CanThrow(IOperation code) =>
        code.ChildOperations.Any(static child => child is not IAnonymousFunctionOperation && (Throws(child) || CanThrow(child)));

    /// <summary>Whether the code mentions cancellation, which ends a task in another way than a failure.</summary>
    public static bool MayCancel(SyntaxNode code) =>
        code.DescendantNodes()
        .Any(static node => node is IdentifierNameSyntax { Identifier.ValueText: var name }
            && (ApiTypes.Cancellation.IsNamed(name) || ApiTypes.CancellationToken.IsNamed(name)
            || CancellationMembers.ThrowIfCancellationRequested.IsNamed(name)));

    private static bool Throws(IOperation operation) => operation switch
    {
        IMethodBodyOperation or IBlockOperation or IReturnOperation or IExpressionStatementOperation or IVariableDeclarationGroupOperation
            or IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation => false,
        ILiteralOperation or IDefaultValueOperation or INameOfOperation or ITypeOfOperation or ILocalReferenceOperation
            or IParameterReferenceOperation or IInstanceReferenceOperation => false,
        IFieldReferenceOperation field => field.Instance is not (null or IInstanceReferenceOperation),
        IPropertyReferenceOperation property => property.Instance is not IInstanceReferenceOperation || !IsAutomatic(property.Property),
        ISimpleAssignmentOperation or IConditionalOperation or ICoalesceOperation or IParenthesizedOperation or ITupleOperation
            or IIsPatternOperation or IConstantPatternOperation or IIsTypeOperation or IEmptyOperation => false,
        IDelegateCreationOperation creation => creation.Target is not IAnonymousFunctionOperation,
        IConversionOperation conversion => conversion.OperatorMethod is not null || !(conversion.IsImplicit || conversion.IsTryCast),
        IBinaryOperation binary =>
            binary.OperatorMethod is not null || binary.IsChecked
            || binary.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder,
        IUnaryOperation unary => unary.OperatorMethod is not null || unary.IsChecked,
        _ => operation is not { ConstantValue.HasValue: true },
    };

    // string Name { get; set; }, not overridden
    private static bool IsAutomatic(IPropertySymbol property) =>
        !property.IsVirtual && !property.IsAbstract && !property.IsOverride
        && property.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}
