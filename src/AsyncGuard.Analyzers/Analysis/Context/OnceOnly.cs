using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Code that runs the first time only, because it leaves something behind that is looked at before:
/// <code>s_rows ??= Load();      if (s_rows is null) { s_rows = Load(); }      if (s_isReady) return; Load(); s_isReady = true;</code>
/// What is left in a static field is there for good, in a field of the object for as long as the object.
/// </summary>
internal static class OnceOnly
{
    /// <summary>Whether the operation runs the first time only.</summary>
    public static bool Is(IOperation operation)
    {
        var child = operation;
        for (var parent = operation.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            var holds = parent switch
            {
                ICoalesceAssignmentOperation assignment => ReferenceEquals(assignment.Value, child) && Kept(assignment.Target) is not null,
                ICoalesceOperation choice =>
                    ReferenceEquals(choice.WhenNull, child) && Kept(choice.Value) is { } kept && Sets(choice.WhenNull, kept),
                IConditionalOperation conditional => IsFirstTime(conditional, child),
                IBlockOperation block => IsLeftBefore(block, child),
                _ => false,
            };
            if (holds) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the operation is of the straight code of a program's entry point, which runs once: not in a loop, nor in a function of it.
    /// </summary>
    public static bool IsOfEntryPoint(IOperation operation, IMethodSymbol? function)
    {
        if (function is null || !CodeContext.IsEntryPoint(function)) return false;
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation) return false;
        }

        return true;
    }

    // if (_rows == null) { _rows = Load(); }      if (!_isReady) { Load(); _isReady = true; }
    private static bool IsFirstTime(IConditionalOperation conditional, IOperation branch)
    {
        if (ReferenceEquals(conditional.Condition, branch)) return false;
        var isThen = ReferenceEquals(conditional.WhenTrue, branch);
        return TestedMember(conditional.Condition, out var isMissing) is { } kept && isMissing == isThen && Sets(branch, kept);
    }

    // if (_rows != null) return _rows;  …  _rows = Load();
    private static bool IsLeftBefore(IBlockOperation block, IOperation statement)
    {
        foreach (var earlier in block.Operations)
        {
            if (ReferenceEquals(earlier, statement)) return false;
            if (earlier is not IConditionalOperation { WhenFalse: null } exit || !Returns(exit.WhenTrue)) continue;
            if (TestedMember(exit.Condition, out var isMissing) is { } kept && !isMissing && Sets(block, kept)) return true;
        }

        return false;
    }

    /// <summary>The field or property that the condition looks at, and whether it holds while nothing has been left there.</summary>
    private static ISymbol? TestedMember(IOperation condition, out bool isMissing)
    {
        isMissing = true;
        while (true)
        {
            switch (condition)
            {
                case IParenthesizedOperation parenthesized:
                    condition = parenthesized.Operand;
                    break;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                    condition = negation.Operand;
                    isMissing = !isMissing;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                    when IsNull(comparison.RightOperand):
                    isMissing ^= comparison.OperatorKind == BinaryOperatorKind.NotEquals;
                    return Kept(comparison.LeftOperand);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                    when IsNull(comparison.LeftOperand):
                    isMissing ^= comparison.OperatorKind == BinaryOperatorKind.NotEquals;
                    return Kept(comparison.RightOperand);
                case IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } test when IsNull(value):
                    return Kept(test.Value);
                case IIsPatternOperation
                {
                    Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var value } }
                } test when IsNull(value):
                    isMissing = !isMissing;
                    return Kept(test.Value);
                case IIsPatternOperation
                {
                    Pattern: IRecursivePatternOperation
                    {
                        DeconstructionSubpatterns.IsEmpty: true,
                        PropertySubpatterns.IsEmpty: true
                    }
                } test:
                    isMissing = !isMissing;
                    return Kept(test.Value);
                default:
                    // The flag itself: it holds once something has been done.
                    isMissing = !isMissing;
                    return condition.Type?.SpecialType == SpecialType.System_Boolean ? Kept(condition) : null;
            }
        }
    }

    private static bool IsNull(IOperation value)
    {
        value = Unwrapped.Conversions(value);
        return value.ConstantValue is { HasValue: true, Value: null } || value is IDefaultValueOperation { Type.IsReferenceType: true };
    }

    /// <summary>A field or property of this object or of a type, which outlives the call.</summary>
    private static ISymbol? Kept(IOperation reference)
    {
        reference = Unwrapped.Conversions(reference);
        return reference is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation }
            or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true }
            ? ((IMemberReferenceOperation)reference).Member
            : null;
    }

    private static bool Sets(IOperation code, ISymbol kept)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IAssignmentOperation assignment && SymbolEqualityComparer.Default.Equals(Kept(assignment.Target), kept)
                && !IsForgotten(assignment.Value))
                return true;
        }

        return false;
    }

    // _rows = null; _isReady = false;
    private static bool IsForgotten(IOperation value) => IsNull(value) || value.ConstantValue is { HasValue: true, Value: false };

    private static bool Returns(IOperation branch) => branch switch
    {
        IReturnOperation => true,
        IBlockOperation { Operations: { Length: > 0 } statements } => Returns(statements[statements.Length - 1]),
        _ => false,
    };
}
