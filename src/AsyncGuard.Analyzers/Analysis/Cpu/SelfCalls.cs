using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// A method that calls itself twice on one way through it, each time with a number only a little nearer to its end:
/// <c>Fib(n - 1) + Fib(n - 2)</c>. To visit
/// both halves of a range or both branches of a tree takes no longer than there is data.
/// </summary>
internal sealed class SelfCalls
{
    private readonly IMethodSymbol _method;
    private IOperation? _second;

    private SelfCalls(IMethodSymbol method) => _method = method;

    /// <summary>The second of the two calls, or null where there is none.</summary>
    public static IOperation? Of(IMethodSymbol method, IOperation body)
    {
        var calls = new SelfCalls(method.OriginalDefinition);
        if (!calls.HasAny(body) || calls.Remembers(body)) return null;
        calls.Walk(body, before: 0);
        return calls._second;
    }

    private bool IsStep(IOperation operation)
    {
        if (operation is not IInvocationOperation call
            || !SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, _method))
            return false;
        if (call.Instance is not (null or IInstanceReferenceOperation)) return false;
        foreach (var argument in call.Arguments)
        {
            if (LeadsOn(argument.Value)) return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter
                && parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32
                or SpecialType.System_UInt64 && IsNear(argument.Value, parameter))
                return true;
        }

        return false;
    }

    // Visit(node.Left, depth - 1) ends with the tree
    private static bool LeadsOn(IOperation value)
    {
        value = Unwrapped.Conversions(value);
        return value.Type is { IsReferenceType: true }
            && value is not (IParameterReferenceOperation or IInstanceReferenceOperation
            or IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation }) && !value.ConstantValue.HasValue;
    }

    // n - 1, n - 2 in the place of n
    private static bool IsNear(IOperation value, IParameterSymbol parameter)
    {
        value = Unwrapped.Conversions(value);
        if (value is not IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.Subtract,
                RightOperand.ConstantValue: { HasValue: true }
            } binary)
            return false;
        var left = Unwrapped.Conversions(binary.LeftOperand);
        return left is IParameterReferenceOperation { Parameter: { Ordinal: var ordinal, Name: var name } } && ordinal == parameter.Ordinal
            && name == parameter.Name;
    }

    private bool HasAny(IOperation code)
    {
        if (IsStep(code)) return true;
        foreach (var child in code.ChildOperations)
        {
            if (HasAny(child)) return true;
        }

        return false;
    }

    // if (known.TryGetValue(n, out var value)) return value; … known[n] = value;
    private bool Remembers(IOperation code)
    {
        switch (code)
        {
            case IInvocationOperation { TargetMethod.Name: var name } when CollectionNames.Remembers(name):
            case IAssignmentOperation
            {
                Target: IArrayElementReferenceOperation
                or IPropertyReferenceOperation { Property.IsIndexer: true }
            }:
            case ICoalesceAssignmentOperation:
                return true;
        }

        foreach (var child in code.ChildOperations)
        {
            if (Remembers(child)) return true;
        }

        return false;
    }

    /// <summary>How many calls lie on the longest way to the end of the code; null where the end is not reached.</summary>
    private int? Walk(IOperation? code, int before)
    {
        switch (code)
        {
            case null:
                return before;
            case IAnonymousFunctionOperation:
            case ILocalFunctionOperation local when !SymbolEqualityComparer.Default.Equals(local.Symbol, _method):
                return before;
            case IConditionalOperation choice:
                return Walk(choice.Condition, before) is { } decided
                    ? Longest(Walk(choice.WhenTrue, decided), Walk(choice.WhenFalse, decided)) : null;
            case ISwitchOperation choice:
                int? end = Walk(choice.Value, before);
                var start = end ?? before;
                foreach (var section in choice.Cases) end = Longest(end, WalkChildren(section, start));
                return end;
            case ISwitchExpressionOperation choice:
                int? value = null;
                foreach (var arm in choice.Arms) value = Longest(value, Walk(arm.Value, before));
                return value;
            case IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: BranchKind.Continue or BranchKind.GoTo }:
                WalkChildren(code, before);
                return null;
        }

        if (WalkChildren(code, before) is not { } after) return null;
        if (!IsStep(code)) return after;
        if (after + 1 >= 2) _second ??= code;
        return after + 1;
    }

    private int? WalkChildren(IOperation code, int before)
    {
        int? calls = before;
        foreach (var child in code.ChildOperations)
        {
            if (calls is not { } known) return null;
            calls = Walk(child, known);
        }

        return calls;
    }

    private static int? Longest(int? left, int? right) => left is { } one && right is { } other ? Math.Max(one, other) : left ?? right;
}
