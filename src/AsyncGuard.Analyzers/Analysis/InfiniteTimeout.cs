using System.Collections.Immutable;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>Time-outs that never come: <c>Timeout.Infinite</c>, <c>-1</c>, <c>Timeout.InfiniteTimeSpan</c>.</summary>
internal static class InfiniteTimeout
{
    /// <summary>Whether the arguments hold a time, and it is infinite; null where they hold none.</summary>
    public static bool? IsIn(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type is { } type && (type.SpecialType == SpecialType.System_Int32 || ApiTypes.TimeSpan.Is(type)))
                return Is(argument.Value);
        }

        return null;
    }

    private static bool Is(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: -1 } } => true,
        IFieldReferenceOperation { Field: var field } => ThreadingMembers.InfiniteTimeSpan.Is(field),
        _ => false,
    };
}
