using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>A call that changes a collection where it succeeds, and says whether it did: <c>queue.TryDequeue(out var item)</c>.</summary>
internal static class CollectionTake
{
    /// <summary>Whether a condition with this outcome means that such a call has succeeded.</summary>
    public static bool IsMadeWhen(IOperation condition, bool isTrue) => condition switch
    {
        IParenthesizedOperation inner => IsMadeWhen(inner.Operand, isTrue),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation => IsMadeWhen(negation.Operand, !isTrue),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both =>
            isTrue && (IsMadeWhen(both.LeftOperand, true) || IsMadeWhen(both.RightOperand, true)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either =>
            !isTrue && (IsMadeWhen(either.LeftOperand, false) || IsMadeWhen(either.RightOperand, false)),
        IBinaryOperation
        {
            OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals,
            RightOperand.ConstantValue: { HasValue: true, Value: bool expected }
        } equality => IsMadeWhen(equality.LeftOperand, isTrue == (expected == (equality.OperatorKind == BinaryOperatorKind.Equals))),
        IIsPatternOperation
        {
            Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } }
        } match => IsMadeWhen(match.Value, isTrue == expected),
        IInvocationOperation { TargetMethod.Name: var name } => isTrue && CollectionNames.TriesToTake(name),
        _ => false,
    };
}
