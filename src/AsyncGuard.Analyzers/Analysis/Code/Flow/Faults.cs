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
        ILiteralOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IDiscardOperation => false,
        IFlowCaptureOperation or IFlowCaptureReferenceOperation or ICaughtExceptionOperation or IFlowAnonymousFunctionOperation => false,
        IExpressionStatementOperation or IArgumentOperation or IParenthesizedOperation or ITupleOperation or IDeclarationExpressionOperation => false,
        IFieldReferenceOperation field => field.Instance is not (null or IInstanceReferenceOperation),
        IConversionOperation conversion => !conversion.IsImplicit && !conversion.IsTryCast,
        ISimpleAssignmentOperation or IDelegateCreationOperation or IMethodReferenceOperation => false,
        IDefaultValueOperation or INameOfOperation or ITypeOfOperation or ISizeOfOperation or IIsTypeOperation or IIsNullOperation => false,
        IPatternOperation or IIsPatternOperation or IArrayInitializerOperation => false,
        IUnaryOperation unary => unary.OperatorMethod is not null || unary.IsChecked,
        IBinaryOperation binary => binary.OperatorMethod is not null || binary.IsChecked
            || binary.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.IntegerDivide or BinaryOperatorKind.Remainder,
        _ => true,
    };

    // try { … } catch { }, catch (Exception e) { }, but not: catch (Exception e) when (…) { }
    public static bool AreAllCaughtBy(ControlFlowRegion attempt)
    {
        foreach (var handler in attempt.NestedRegions)
        {
            if (handler is { Kind: ControlFlowRegionKind.Catch, ExceptionType: { } type } && (IsObject(type) || IsObject(type.BaseType))) return true;
        }

        return false;
    }

    private static bool IsObject(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_Object;
}
