using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// The number that an expression has each time it is evaluated, where that can be seen: constants, what is computed of them, variables that
/// are assigned only once, sizes of arrays.
/// </summary>
internal static class ConstantNumber
{
    private const int MaxDepth = 6;

    public static double? Of(IOperation? value, GuardContext guard) => Of(value, guard, MaxDepth);

    private static double? Of(IOperation? value, GuardContext guard, int depth)
    {
        if (value is null || depth == 0) return null;
        if (value.ConstantValue is { HasValue: true, Value: { } constant }) return Number(constant);
        switch (value)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                return Of(conversion.Operand, guard, depth - 1);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, guard, depth - 1);
            case IBinaryOperation { OperatorMethod: null } binary:
                return Of(binary.LeftOperand, guard, depth - 1) is { } left && Of(binary.RightOperand, guard, depth - 1) is { } right
                    ? Computed(binary.OperatorKind, left, right) : null;
            case IPropertyReferenceOperation
            {
                Property.Name: var name,
                Instance: { Type: IArrayTypeSymbol { Rank: 1 } } array
            } when CollectionNames.Counts(name):
                return LengthOf(array, guard);
            case ILocalReferenceOperation { Local: { IsConst: false } local } reference:
                return !VariableWrites.IsWritten(local, reference) ? Of(InitialValue.Of(reference, guard), guard, depth - 1) : null;
            case IFieldReferenceOperation { Field: { IsReadOnly: true, IsStatic: true } }
                or IPropertyReferenceOperation { Property: { SetMethod: null, IsStatic: true, IsIndexer: false } }:
                return IsOurs(value, guard) ? Of(InitialValue.Of(value, guard), guard, depth - 1) : null;
            default:
                return null;
        }
    }

    /// <summary>How many items the array has: <c>new int[100]</c>, <c>{ 1, 2, 3 }</c>.</summary>
    public static double? LengthOf(IOperation array, GuardContext guard)
    {
        array = Unwrapped.Conversions(array);
        if (array is ILocalReferenceOperation { Local: var local } && VariableWrites.IsWritten(local, array)) return null;
        var made = array is IArrayCreationOperation ? array : IsOurs(array, guard) ? InitialValue.Of(array, guard) : null;
        return made is IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes } ? Of(sizes[0], guard) : null;
    }

    private static bool IsOurs(IOperation value, GuardContext guard) => value switch
    {
        IMemberReferenceOperation { Member: var member } => guard.IsOurs(member),
        ILocalReferenceOperation => true,
        _ => false,
    };

    private static double? Number(object constant) => constant switch
    {
        int number => number,
        long number => number,
        double number => number,
        uint number => number,
        ulong number => number,
        byte number => number,
        sbyte number => number,
        short number => number,
        ushort number => number,
        float number => number,
        decimal number => (double)number,
        char letter => letter,
        _ => null,
    };

    private static double? Computed(BinaryOperatorKind kind, double left, double right) => kind switch
    {
        BinaryOperatorKind.Add => left + right,
        BinaryOperatorKind.Subtract => left - right,
        BinaryOperatorKind.Multiply => left * right,
        BinaryOperatorKind.Divide when right != 0 => left / right,
        BinaryOperatorKind.LeftShift => left * System.Math.Pow(2, right),
        BinaryOperatorKind.RightShift => left / System.Math.Pow(2, right),
        _ => null,
    };
}
