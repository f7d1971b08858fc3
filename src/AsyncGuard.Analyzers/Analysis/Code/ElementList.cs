using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>
/// The elements of a collection that is written out: an array, a collection expression, the arguments of a <c>params</c> parameter.
/// </summary>
internal static class ElementList
{
    /// <summary>A collection expression: newer than the Roslyn this is compiled against.</summary>
    public const OperationKind CollectionExpression = (OperationKind)127;

    public static bool TryGet(IOperation value, out IOperation.OperationList elements)
    {
        value = Unwrapped.Conversions(value);
        elements = default;
        switch (value)
        {
            case IArrayCreationOperation { Initializer: { } initializer }:
                elements = initializer.ChildOperations;
                return true;
            case { Kind: CollectionExpression }:
                elements = value.ChildOperations;
                return true;
            default:
                return false;
        }
    }
}
