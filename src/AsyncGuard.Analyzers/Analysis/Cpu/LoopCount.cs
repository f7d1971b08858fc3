using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>How often a loop runs, where constants alone say so.</summary>
internal static class LoopCount
{
    /// <summary>The number of passes, or null where it depends on anything else: on data, on another condition, on a way out.</summary>
    public static double? Of(ILoopOperation loop, GuardContext guard)
    {
        var count = loop switch
        {
            IForLoopOperation { Condition: { } condition } counting => OfFor(counting, condition, guard),
            IWhileLoopOperation { Condition: { } condition } looking => OfWhile(looking, condition, guard),
            IForEachLoopOperation { IsAsynchronous: false } each => OfItems(each.Collection, guard),
            _ => null,
        };
        return count is { } passes && !HasWayOut(loop.Body, loop, guard) ? Math.Max(0, Math.Floor(passes)) : null;
    }

    /// <summary>How many items a sequence has: an array, a string, <c>Enumerable.Range(0, 100)</c>.</summary>
    public static double? OfItems(IOperation sequence, GuardContext guard)
    {
        sequence = Unwrapped.Conversions(sequence);
        if (sequence.ConstantValue is { HasValue: true, Value: string text }) return text.Length;
        if (sequence is ILocalReferenceOperation { Local: var local } reference && local.Type is not IArrayTypeSymbol)
        {
            if (VariableWrites.IsWritten(local, reference) || InitialValue.Of(reference, guard) is not { } value) return null;
            sequence = value;
        }

        if (sequence is IInvocationOperation
            {
                TargetMethod: var method,
                Arguments: { Length: 2 } arguments
            } && SequenceMembers.Generated.Is(method))
            return NamedArgument.Of(arguments, "count") is { } count ? ConstantNumber.Of(count, guard) : null;
        return sequence.Type is IArrayTypeSymbol { Rank: 1 } ? ConstantNumber.LengthOf(sequence, guard) : null;
    }

    // for (var i = 0; i < 1000; i += 2)
    private static double? OfFor(IForLoopOperation loop, IOperation condition, GuardContext guard)
    {
        if (BoundOf(condition, loop, guard) is not var (variable, kind, bound)) return null;
        IOperation? step = null;
        foreach (var operation in loop.AtLoopBottom)
        {
            if (StepIn(operation, variable) is not { } found) continue;
            if (step is not null) return null;
            step = found;
        }

        if (step is null || VariableWrites.Count(loop.Body, variable, 1) > 0) return null;
        return StartOf(loop, variable, guard) is { } start ? Passes(start, kind, bound, step, guard) : null;
    }

    private static double? StartOf(IForLoopOperation loop, ISymbol variable, GuardContext guard)
    {
        foreach (var operation in loop.Before)
        {
            switch (operation)
            {
                case IVariableDeclarationGroupOperation group:
                    if (InitializerIn(group, variable) is { } value) return ValueOf(value, loop, guard);
                    break;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment }
                    when VariableWrites.Refers(assignment.Target, variable):
                    return ValueOf(assignment.Value, loop, guard);
            }
        }

        return null;
    }

    // for (var j = i + 1; …) inside for (var i = 0; i < 1000; i++) begins in the middle, on average
    private static double? ValueOf(IOperation value, ILoopOperation loop, GuardContext guard)
    {
        if (ConstantNumber.Of(value, guard) is { } known) return known;
        value = Unwrapped.Conversions(value);
        if (value is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } sum
            && ConstantNumber.Of(sum.RightOperand, guard) is not null)
            value = sum.LeftOperand;
        if (VariableOf(value) is not { } variable) return null;
        for (var parent = loop.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is not IForLoopOperation { Condition: { } condition } outer
                || BoundOf(condition, outer, guard) is not var (counted, _, bound))
                continue;
            if (SymbolEqualityComparer.Default.Equals(counted, variable))
                return StartOf(outer, variable, guard) is { } start ? (start + bound) / 2 : null;
        }

        return null;
    }

    private static IOperation? InitializerIn(IVariableDeclarationGroupOperation group, ISymbol variable)
    {
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable)) return declarator.Initializer?.Value;
            }
        }

        return null;
    }

    // var i = 0; while (i < 1000) { …; i++; }
    private static double? OfWhile(IWhileLoopOperation loop, IOperation condition, GuardContext guard)
    {
        if (loop.ConditionIsUntil || BoundOf(condition, loop, guard) is not var (variable, kind, bound)) return null;
        if (loop.Body is not IBlockOperation body || loop.Parent is not IBlockOperation around) return null;

        IOperation? step = null;
        foreach (var statement in body.Operations)
        {
            if (StepIn(statement, variable) is not { } found) continue;
            step = found;
            break;
        }

        if (step is null || VariableWrites.Count(loop, variable, 2) != 1 || HasContinue(loop.Body, loop)
            || IsWrittenInFunctions(FlowGraphs.RootOf(around), variable))
            return null;
        return StartBefore(loop, around, variable) is { } value && ConstantNumber.Of(value, guard) is { } start
            ? Passes(start, kind, bound, step, guard) : null;
    }

    // var i = 0; and i = 0; the last that stands before the loop in its block, with nothing in between that writes it
    private static IOperation? StartBefore(ILoopOperation loop, IBlockOperation around, ISymbol variable)
    {
        IOperation? value = null;
        foreach (var statement in around.Operations)
        {
            if (ReferenceEquals(statement, loop)) break;
            if (statement is IVariableDeclarationGroupOperation group && InitializerIn(group, variable) is { } initial) value = initial;
            else if (statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment }
                && VariableWrites.Refers(assignment.Target, variable))
                value = assignment.Value;
            else if (VariableWrites.Count(statement, variable, 1) > 0) value = null;
        }

        return value;
    }

    private static bool IsWrittenInFunctions(IOperation code, ISymbol variable)
    {
        foreach (var child in code.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation && !IsDeclaredIn(child, variable)
                ? VariableWrites.Count(child, variable, 1) > 0 : IsWrittenInFunctions(child, variable))
                return true;
        }

        return false;
    }

    private static bool IsDeclaredIn(IOperation function, ISymbol variable) =>
        variable.Locations.Length > 0 && function.Syntax.Span.Contains(variable.Locations[0].SourceSpan);

    // i < 1000, 1000 > i, i < 1000 && !token.IsCancellationRequested
    private static (ISymbol Variable, BinaryOperatorKind Kind, double Bound)? BoundOf(IOperation condition, ILoopOperation loop,
        GuardContext guard)
    {
        if (condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
        {
            return ObservesToken(both.LeftOperand, guard) ? BoundOf(both.RightOperand, loop, guard)
                : ObservesToken(both.RightOperand, guard) ? BoundOf(both.LeftOperand, loop, guard) : null;
        }

        if (condition is not IBinaryOperation { OperatorMethod: null } comparison) return null;
        if (VariableOf(comparison.LeftOperand) is { } left && ValueOf(comparison.RightOperand, loop, guard) is { } above)
            return (left, comparison.OperatorKind, above);
        return VariableOf(comparison.RightOperand) is { } right && ValueOf(comparison.LeftOperand, loop, guard) is { } below
            ? (right, Turned(comparison.OperatorKind), below) : null;
    }

    private static ISymbol? VariableOf(IOperation operation)
    {
        operation = Unwrapped.Conversions(operation);
        return (operation as ILocalReferenceOperation)?.Local;
    }

    private static BinaryOperatorKind Turned(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => kind,
    };

    // i++, --i, i += 2, i *= 2, i = i + 2
    private static IOperation? StepIn(IOperation statement, ISymbol variable)
    {
        var step = statement is IExpressionStatementOperation expression ? expression.Operation : statement;
        return step is IIncrementOrDecrementOperation or IAssignmentOperation && VariableWrites.Is(step, variable) ? step : null;
    }

    private static double? Passes(double start, BinaryOperatorKind kind, double bound, IOperation step, GuardContext guard)
    {
        switch (step)
        {
            case IIncrementOrDecrementOperation count:
                return Linear(start, kind, bound, count.Kind == OperationKind.Increment ? 1 : -1);
            case ICompoundAssignmentOperation { OperatorMethod: null } compound when ConstantNumber.Of(compound.Value, guard) is { } amount:
                return Stepped(start, kind, bound, compound.OperatorKind, amount);
            case ISimpleAssignmentOperation { Value: IBinaryOperation { OperatorMethod: null } computed } assignment
                when VariableOf(assignment.Target) is { } variable && VariableWrites.Refers(computed.LeftOperand, variable)
                && ConstantNumber.Of(computed.RightOperand, guard) is { } amount:
                return Stepped(start, kind, bound, computed.OperatorKind, amount);
            default:
                return null;
        }
    }

    private static double? Stepped(double start, BinaryOperatorKind kind, double bound, BinaryOperatorKind step, double amount) =>
        step switch
        {
            BinaryOperatorKind.Add => Linear(start, kind, bound, amount),
            BinaryOperatorKind.Subtract => Linear(start, kind, bound, -amount),
            BinaryOperatorKind.Multiply => Geometric(start, bound, amount),
            BinaryOperatorKind.Divide => Geometric(bound, start, amount),
            BinaryOperatorKind.LeftShift => Geometric(start, bound, Math.Pow(2, amount)),
            BinaryOperatorKind.RightShift => Geometric(bound, start, Math.Pow(2, amount)),
            _ => null,
        };

    private static double? Linear(double start, BinaryOperatorKind kind, double bound, double amount) => kind switch
    {
        BinaryOperatorKind.LessThan when amount > 0 => Math.Ceiling((bound - start) / amount),
        BinaryOperatorKind.LessThanOrEqual when amount > 0 => Math.Floor((bound - start) / amount) + 1,
        BinaryOperatorKind.GreaterThan when amount < 0 => Math.Ceiling((bound - start) / amount),
        BinaryOperatorKind.GreaterThanOrEqual when amount < 0 => Math.Floor((bound - start) / amount) + 1,
        BinaryOperatorKind.NotEquals when (bound - start) / amount >= 0 => (bound - start) / amount,
        _ => null,
    };

    private static double? Geometric(double from, double to, double factor) =>
        factor > 1 && to > from ? Math.Log(to / Math.Max(1, from), factor) + 1 : null;

    // break, return and goto make the count a mere limit. An exception is no way to end a loop, and who is cancelled ends none that has not
    // run.
    private static bool HasWayOut(IOperation code, ILoopOperation loop, GuardContext guard)
    {
        switch (code)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return false;
            case IReturnOperation { Kind: OperationKind.Return }:
            case IBranchOperation { BranchKind: BranchKind.GoTo }:
                return true;
            case IBranchOperation { BranchKind: BranchKind.Break } branch
                when SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel):
                return true;
            case IConditionalOperation { WhenFalse: null } choice when ObservesToken(choice.Condition, guard):
                return false;
        }

        foreach (var child in code.ChildOperations)
        {
            if (HasWayOut(child, loop, guard)) return true;
        }

        return false;
    }

    private static bool HasContinue(IOperation code, ILoopOperation loop)
    {
        if (code is IBranchOperation { BranchKind: BranchKind.Continue } branch
            && SymbolEqualityComparer.Default.Equals(branch.Target, loop.ContinueLabel))
            return true;
        foreach (var child in code.ChildOperations)
        {
            if (HasContinue(child, loop)) return true;
        }

        return false;
    }

    private static bool ObservesToken(IOperation condition, GuardContext guard)
    {
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation) condition = negation.Operand;
        return CancellationMembers.IsCancellationRequested.IsUse(condition);
    }
}
