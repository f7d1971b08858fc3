using System.Linq;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency.Values;

/// <summary>
/// A value that other code may change while an await waits, read before it and written after it: what was written meanwhile is lost.
/// <code>_total += await LoadAsync();      _total = Math.Max(_total, await LoadAsync());      _row ??= await LoadAsync();
/// _sums[id] = _sums.GetValueOrDefault(id) + await LoadAsync();
/// var total = _total; total += await LoadAsync(); _total = total;</code>
/// </summary>
internal static class LostUpdate
{
    public static bool IsAround(IOperation awaited, GuardContext guard)
    {
        IOperation child = awaited;
        for (var parent = awaited.Parent; parent is not null && !IsStatement(parent); child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ICompoundAssignmentOperation or ICoalesceAssignmentOperation
                    when ((IAssignmentOperation)parent) is var change && ReferenceEquals(change.Value, child)
                    && SharedValue.Is(change.Target, guard):
                case ISimpleAssignmentOperation { Target: var target, Value: var value }
                    when ReferenceEquals(value, child) && SharedValue.Is(target, guard)
                    && SharedValue.IsReadBefore(target, value, awaited):
                case IDeconstructionAssignmentOperation { Target: ITupleOperation { Elements: var targets }, Value: var values }
                    when ReferenceEquals(values, child)
                    && targets.Any(one => SharedValue.Is(one, guard) && SharedValue.IsReadBefore(one, values, awaited)):
                    return true;
            }
        }

        return IsBetweenCopies(awaited, guard);
    }

    // var n = _n; … await LoadAsync() … _n = n + 1;
    private static bool IsBetweenCopies(IOperation awaited, GuardContext guard)
    {
        var root = FlowGraphs.RootOf(awaited);
        foreach (var operation in root.Descendants())
        {
            if (operation is not ISimpleAssignmentOperation { Target: var target, Value: var value }
                || !SharedValue.IsWrittenAfter(operation, awaited) || !SharedValue.Is(target, guard))
                continue;
            foreach (var read in value.DescendantsAndSelf())
            {
                if (read is ILocalReferenceOperation { Local: var local } && SharedValue.IsCopyBefore(local, target, root, awaited))
                    return true;
            }
        }

        return false;
    }

    private static bool IsStatement(IOperation operation) =>
        operation is IBlockOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation;
}
