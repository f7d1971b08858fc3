using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens.Interruption;

/// <summary>
/// An entry that a statement puts into a collection and later code takes out again:
/// <code>_pending[id] = reply; await SendAsync(id); … _pending.TryRemove(id, out _);</code>
/// </summary>
internal static class RemovedEntry
{
    /// <summary>Whether the code removes from the collection that the statement puts something into.</summary>
    public static bool IsIn(IOperation code, IOperation statement)
    {
        if (FilledBy(statement) is not { } collection) return false;
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && CollectionNames.Removes(call.TargetMethod.Name)
                && collection.Equals(AccessPath.Of(call.Instance)))
                return true;
        }

        return false;
    }

    // _pending[id] = x;  _pending.Add(id, x);  if (!_pending.TryAdd(id, x)) throw …
    private static AccessPath? FilledBy(IOperation statement)
    {
        var change = statement switch
        {
            IExpressionStatementOperation { Operation: var done } => done,
            IConditionalOperation { Condition: IUnaryOperation { Operand: var asked } } => asked,
            _ => null,
        };
        var collection = change switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: > 0 } entry } => entry.Instance,
            IInvocationOperation call when CollectionNames.Fills(call.TargetMethod.Name) => call.Instance,
            _ => null,
        };
        return AccessPath.Of(collection) is { Root: not ILocalSymbol } path ? path : null;
    }
}
