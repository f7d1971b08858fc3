using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Code that runs the first time only, because it leaves something behind that is looked at before:
/// <code>s_rows ??= Load();      if (s_rows is null) { s_rows = Load(); }      if (s_isReady) return; Load(); s_isReady = true;</code>
/// What is left in a static field is there for good. An object may be new for each request, so that of its own fields only those count that stand
/// behind a property, <c>Rows => _rows ??= Load()</c>, or are filled under a lock, as in an object that many threads share; but not <c>void EnsureConnected()</c>.
/// </summary>
internal static class OnceOnly
{
    /// <summary>Whether the operation, in the body of the member, runs the first time only.</summary>
    public static bool Is(IOperation operation, ISymbol member)
    {
        var outlives = member is IMethodSymbol { MethodKind: MethodKind.PropertyGet } || IsLocked(operation);
        var child = operation;
        for (var parent = operation.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent, parent = parent.Parent)
        {
            var holds = parent switch
            {
                ICoalesceAssignmentOperation assignment => ReferenceEquals(assignment.Value, child) && Stays(Kept(assignment.Target), outlives),
                ICoalesceOperation choice => ReferenceEquals(choice.WhenNull, child) && Kept(choice.Value) is { } kept && Stays(kept, outlives) && Sets(choice.WhenNull, kept),
                IConditionalOperation conditional => IsFirstTime(conditional, child, outlives),
                IBlockOperation block => IsLeftBefore(block, child, outlives),
                _ => false,
            };
            if (holds) return true;
        }

        return false;
    }

    private static bool IsLocked(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ILockOperation) return true;
        }

        return false;
    }

    // if (_rows == null) { _rows = Load(); }      if (!_isReady) { Load(); _isReady = true; }
    private static bool IsFirstTime(IConditionalOperation conditional, IOperation branch, bool outlives)
    {
        if (ReferenceEquals(conditional.Condition, branch)) return false;
        var isThen = ReferenceEquals(conditional.WhenTrue, branch);
        return TestedMember(conditional.Condition, out var isMissing) is { } kept && isMissing == isThen && Stays(kept, outlives) && Sets(branch, kept);
    }

    // if (_rows != null) return _rows;  …  _rows = Load();
    private static bool IsLeftBefore(IBlockOperation block, IOperation statement, bool outlives)
    {
        foreach (var earlier in block.Operations)
        {
            if (ReferenceEquals(earlier, statement)) return false;
            if (earlier is not IConditionalOperation { WhenFalse: null } exit || !Returns(exit.WhenTrue)) continue;
            if (TestedMember(exit.Condition, out var isMissing) is { } kept && !isMissing && Stays(kept, outlives) && Sets(block, kept)) return true;
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
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when IsNull(comparison.RightOperand):
                    isMissing ^= comparison.OperatorKind == BinaryOperatorKind.NotEquals;
                    return Kept(comparison.LeftOperand);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when IsNull(comparison.LeftOperand):
                    isMissing ^= comparison.OperatorKind == BinaryOperatorKind.NotEquals;
                    return Kept(comparison.RightOperand);
                case IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } test when IsNull(value):
                    return Kept(test.Value);
                case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } } test when IsNull(value):
                    isMissing = !isMissing;
                    return Kept(test.Value);
                case IIsPatternOperation { Pattern: IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } } test:
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
        return reference is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true }
            ? ((IMemberReferenceOperation)reference).Member
            : null;
    }

    private static bool Stays(ISymbol? kept, bool outlives) => kept is not null && (kept.IsStatic || outlives);

    private static bool Sets(IOperation code, ISymbol kept)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IAssignmentOperation assignment && SymbolEqualityComparer.Default.Equals(Kept(assignment.Target), kept) && !IsForgotten(assignment.Value)) return true;
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
