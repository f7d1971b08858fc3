using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>Where exceptions start, and where they end.</summary>
internal static class Faults
{
    /// <summary>Whether the operation itself may throw. Memory and stack are taken to suffice.</summary>
    public static bool MayThrow(IOperation operation) => operation switch
    {
        ILiteralOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation => false,
        IFlowCaptureOperation or IFlowCaptureReferenceOperation or ICaughtExceptionOperation => false,
        IFlowAnonymousFunctionOperation or IExpressionStatementOperation or IArgumentOperation or IDiscardOperation => false,
        IParenthesizedOperation or ITupleOperation or IDeclarationExpressionOperation => false,
        IFieldReferenceOperation field => field.Instance is not (null or IInstanceReferenceOperation),
        IConversionOperation conversion => !conversion.IsImplicit && !conversion.IsTryCast,
        ISimpleAssignmentOperation or IDelegateCreationOperation or IMethodReferenceOperation => false,
        IDefaultValueOperation or INameOfOperation or ITypeOfOperation or ISizeOfOperation or IIsTypeOperation or IIsNullOperation => false,
        IPatternOperation or IIsPatternOperation or IArrayInitializerOperation => false,
        IUnaryOperation unary => unary.OperatorMethod is not null || unary.IsChecked,
        IBinaryOperation binary => binary.OperatorMethod is not null || binary.IsChecked
            || binary.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.IntegerDivide or BinaryOperatorKind.Remainder,
        _ => !ElementList.TryGet(operation, out _),
    };

    // try { … } catch { }, catch (Exception e) { }, but not: catch (Exception e) when (…) { }
    public static bool AreAllCaughtBy(ControlFlowRegion attempt)
    {
        foreach (var handler in attempt.NestedRegions)
        {
            if (handler is { Kind: ControlFlowRegionKind.Catch, ExceptionType: { } type } && IsEveryException(type)) return true;
        }

        return false;
    }

    /// <summary>Whether a <c>catch</c> of the type takes whatever is thrown.</summary>
    public static bool IsEveryException(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Object || type.BaseType?.SpecialType == SpecialType.System_Object;
}
