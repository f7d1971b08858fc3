using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// The constants that a call gives, and which branches of the called body they exclude:
/// <code>Load(fromDisk: false);      string Load(bool fromDisk) => fromDisk ? File.ReadAllText(path) : "";</code>
/// </summary>
internal sealed class GivenConstants
{
    private readonly Dictionary<int, object?> _values = new();
    private readonly ISymbol _target;

    private GivenConstants(ISymbol target) => _target = target;

    /// <summary>
    /// What the call gives to the member that answers it; null where nothing is constant. Constants of the body around it are handed on.
    /// </summary>
    public static GivenConstants? Of(IOperation? call, ISymbol target, GivenConstants? around)
    {
        var arguments = call switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        GivenConstants? given = null;
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.None, IsParams: false } parameter
                || !TryValue(argument.Value, around, out var value))
                continue;
            given ??= new GivenConstants(target);
            given._values[parameter.Ordinal] = value;
        }

        return given;
    }

    /// <summary>Whether the operation, in the body of the called member, cannot be reached.</summary>
    public bool Exclude(IOperation operation)
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
        if (!TryValue(choice.Value, this, out var value)) return false;
        foreach (var clause in section.Clauses)
        {
            if (clause is not ISingleValueCaseClauseOperation { Value.ConstantValue: { HasValue: true, Value: var label } })
            {
                if (clause is not IDefaultCaseClauseOperation || !IsNamed(choice, value)) return false;
            }
            else if (Equals(label, value))
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
                    && Equals(label, value))
                    return true;
            }
        }

        return false;
    }

    private bool IsOther(ISwitchExpressionOperation choice, ISwitchExpressionArmOperation arm)
    {
        if (!TryValue(choice.Value, this, out var value)) return false;
        foreach (var earlier in choice.Arms)
        {
            if (ReferenceEquals(earlier, arm))
                return arm.Pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var label } }
                    && !Equals(label, value);
            if (earlier is
                {
                    Guard: null,
                    Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var taken } }
                } && Equals(taken, value))
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
                if (!TryValue(comparison.LeftOperand, this, out var left) || !TryValue(comparison.RightOperand, this, out var right))
                    return null;
                return Equals(left, right) == (comparison.OperatorKind == BinaryOperatorKind.Equals);
            case IIsPatternOperation
            {
                Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var pattern } }
            } test:
                return TryValue(test.Value, this, out var tested) ? Equals(tested, pattern) : null;
            case IIsPatternOperation
            {
                Pattern: INegatedPatternOperation
                {
                    Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var pattern } }
                }
            } test:
                return TryValue(test.Value, this, out var denied) ? !Equals(denied, pattern) : null;
            default:
                return condition is not null && TryValue(condition, this, out var value) ? value as bool? : null;
        }
    }

    private static bool TryValue(IOperation value, GivenConstants? around, out object? constant)
    {
        while (value is IConversionOperation { ConstantValue.HasValue: false, OperatorMethod: null } conversion
            && !(conversion.Operand.ConstantValue is { HasValue: true, Value: not null } && conversion.Type?.IsReferenceType == true))
            value = conversion.Operand;
        constant = value.ConstantValue is { HasValue: true, Value: var known } ? known : null;
        if (value.ConstantValue.HasValue || value is IDefaultValueOperation { Type.IsReferenceType: true }) return true;
        return value is IParameterReferenceOperation { Parameter: var parameter } && around is not null
            && around.TryValue(parameter, value, out constant);
    }

    private bool TryValue(IParameterSymbol parameter, IOperation reference, out object? constant)
    {
        constant = null;
        return SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, _target.OriginalDefinition)
            && _values.TryGetValue(parameter.Ordinal, out constant) && !IsAssigned(parameter, reference);
    }

    private static bool IsAssigned(IParameterSymbol parameter, IOperation reference)
    {
        foreach (var operation in FlowGraphs.RootOf(reference).Descendants())
        {
            if (operation is IAssignmentOperation { Target: IParameterReferenceOperation { Parameter: var assigned } }
                && SymbolEqualityComparer.Default.Equals(assigned, parameter))
                return true;
        }

        return false;
    }
}
