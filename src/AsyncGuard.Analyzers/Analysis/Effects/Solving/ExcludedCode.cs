using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// The branches of a body that its arguments exclude:
/// <code>Load(fromDisk: false);      string Load(bool fromDisk) => fromDisk ? File.ReadAllText(path) : "";</code>
/// </summary>
internal sealed class ExcludedCode(GivenConstants given, GuardContext guard)
{
    /// <summary>Whether the operation, in the body of the called member, cannot be reached.</summary>
    public bool Contains(IOperation operation)
    {
        var child = operation;
        for (var parent = operation.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            var isExcluded = parent switch
            {
                IConditionalOperation conditional when !ReferenceEquals(conditional.Condition, child) =>
                    Test(conditional.Condition) is { } holds && holds != ReferenceEquals(conditional.WhenTrue, child),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when ReferenceEquals(both.RightOperand, child) =>
                    Test(both.LeftOperand) == false,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either
                    when ReferenceEquals(either.RightOperand, child) => Test(either.LeftOperand) == true,
                ICoalesceOperation choice when ReferenceEquals(choice.WhenNull, child) => IsNull(choice.Value) == false,
                ICoalesceAssignmentOperation choice when ReferenceEquals(choice.Value, child) => IsNull(choice.Target) == false,
                IConditionalAccessOperation access when ReferenceEquals(access.WhenNotNull, child) => IsNull(access.Operation) == true,
                IWhileLoopOperation { ConditionIsTop: true } loop when ReferenceEquals(loop.Body, child) =>
                    Test(loop.Condition) == loop.ConditionIsUntil,
                ISwitchOperation choice when child is ISwitchCaseOperation section => IsOther(choice, section),
                ISwitchExpressionOperation choice when child is ISwitchExpressionArmOperation arm => IsOther(choice, arm),
                IBlockOperation block => IsLeftBefore(block, child),
                _ => false,
            };
            if (isExcluded) return true;
        }

        return false;
    }

    // if (!force) return;  …
    private bool IsLeftBefore(IBlockOperation block, IOperation statement)
    {
        foreach (var earlier in block.Operations)
        {
            if (ReferenceEquals(earlier, statement)) return false;
            if (earlier is IConditionalOperation exit && Test(exit.Condition) is { } holds
                && (holds ? exit.WhenTrue : exit.WhenFalse) is { } taken && Leaves(taken))
                return true;
        }

        return false;
    }

    private static bool Leaves(IOperation branch) => branch switch
    {
        IReturnOperation or IThrowOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation { Operations: { Length: > 0 } statements } => Leaves(statements[statements.Length - 1]),
        _ => false,
    };

    // switch (which) { case 1: return 1; case 2: return Read(); }
    private bool IsOther(ISwitchOperation choice, ISwitchCaseOperation section)
    {
        if (!TryValue(choice.Value, out var value)) return false;
        foreach (var clause in section.Clauses)
        {
            if (clause is not ISingleValueCaseClauseOperation { Value.ConstantValue: { HasValue: true, Value: var label } })
            {
                if (clause is not IDefaultCaseClauseOperation || !IsNamed(choice, value)) return false;
            }
            else if (KnownValue.AreEqual(label, value) != false)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNamed(ISwitchOperation choice, object? value)
    {
        foreach (var section in choice.Cases)
        {
            foreach (var clause in section.Clauses)
            {
                if (clause is ISingleValueCaseClauseOperation { Value.ConstantValue: { HasValue: true, Value: var label } }
                    && KnownValue.AreEqual(label, value) == true)
                    return true;
            }
        }

        return false;
    }

    private bool IsOther(ISwitchExpressionOperation choice, ISwitchExpressionArmOperation arm)
    {
        if (!TryValue(choice.Value, out var value)) return false;
        foreach (var earlier in choice.Arms)
        {
            if (ReferenceEquals(earlier, arm))
                return arm.Pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var label } }
                    && KnownValue.AreEqual(label, value) == false;
            if (earlier is
                {
                    Guard: null,
                    Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var taken } }
                } && KnownValue.AreEqual(taken, value) == true)
                return true;
        }

        return false;
    }

    private bool? Test(IOperation? condition)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return Test(parenthesized.Operand);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return !Test(negation.Operand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both:
                return Test(both.LeftOperand) == false || Test(both.RightOperand) == false ? false
                    : Test(both.LeftOperand) & Test(both.RightOperand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either:
                return Test(either.LeftOperand) == true || Test(either.RightOperand) == true ? true
                    : Test(either.LeftOperand) | Test(either.RightOperand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                if (!TryValue(comparison.LeftOperand, out var left) || !TryValue(comparison.RightOperand, out var right)) return null;
                return KnownValue.AreEqual(left, right) is { } equal
                    ? equal == (comparison.OperatorKind == BinaryOperatorKind.Equals) : null;
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: var pattern } } test:
                return !Matches(test.Value, pattern);
            case IIsPatternOperation test:
                return Matches(test.Value, test.Pattern);
            case IIsTypeOperation test:
                return IsNull(test.ValueOperand) == true ? test.IsNegated : null;
            default:
                return condition is not null && TryValue(condition, out var value) ? value as bool? : null;
        }
    }

    private bool? Matches(IOperation tested, IPatternOperation pattern)
    {
        if (!TryValue(tested, out var value)) return null;
        return pattern switch
        {
            IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var label } } => KnownValue.AreEqual(value, label),
            IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } any
                when SymbolEqualityComparer.Default.Equals(any.MatchedType, any.InputType) => value is not null,
            IRecursivePatternOperation or IDeclarationPatternOperation { MatchesNull: false } or ITypePatternOperation
                when value is null => false,
            _ => null,
        };
    }

    private bool? IsNull(IOperation value) => TryValue(value, out var known) ? known is null : null;

    private bool TryValue(IOperation value, out object? constant) => GivenValues.Of(guard).TryValue(value, given, out constant);
}
