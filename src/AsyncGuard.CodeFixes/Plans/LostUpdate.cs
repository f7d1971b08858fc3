using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Plans;

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
                    && IsShared(change.Target, guard):
                case ISimpleAssignmentOperation { Target: var target, Value: var value }
                    when ReferenceEquals(value, child) && IsShared(target, guard) && IsReadBefore(target, value, awaited):
                case IDeconstructionAssignmentOperation { Target: ITupleOperation { Elements: var targets }, Value: var values }
                    when ReferenceEquals(values, child)
                    && targets.Any(one => IsShared(one, guard) && IsReadBefore(one, values, awaited)):
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
            if (operation is not ISimpleAssignmentOperation { Target: var target, Value: var value } || !IsWrittenAfter(operation, awaited)
                || !IsShared(target, guard))
                continue;
            foreach (var read in value.DescendantsAndSelf())
            {
                if (read is ILocalReferenceOperation { Local: var local } && IsCopyBefore(local, target, root, awaited)) return true;
            }
        }

        return false;
    }

    private static bool IsWrittenAfter(IOperation assignment, IOperation awaited) =>
        assignment.Syntax.SpanStart >= awaited.Syntax.Span.End || assignment.Syntax.Span.Contains(awaited.Syntax.Span);

    private static bool IsCopyBefore(ILocalSymbol local, IOperation target, IOperation root, IOperation awaited)
    {
        foreach (var operation in root.Descendants())
        {
            var copied = operation switch
            {
                IVariableDeclaratorOperation { Symbol: var symbol, Initializer.Value: var made } when Same(symbol, local) => made,
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var symbol }, Value: var set }
                    when Same(symbol, local) => set,
                // _sums.TryGetValue(id, out var sum)
                IArgumentOperation { Parameter.RefKind: RefKind.Out, Value: var filled, Parent: { } call }
                    when Same(LocalOf(filled), local) => call,
                _ => null,
            };
            if (copied is not null && copied.Syntax.Span.End <= awaited.Syntax.SpanStart && IsReadBefore(target, copied, awaited))
                return true;
        }

        return false;
    }

    private static ILocalSymbol? LocalOf(IOperation filled) => filled switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
        ILocalReferenceOperation reference => reference.Local,
        _ => null,
    };

    private static bool Same(ILocalSymbol? symbol, ILocalSymbol local) => SymbolEqualityComparer.Default.Equals(symbol, local);

    private static bool IsStatement(IOperation operation) =>
        operation is IBlockOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation;

    // _total, _sums[0], order.Sum; not a variable of the function, nor what belongs to its flow
    private static bool IsShared(IOperation target, GuardContext guard) => target switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation or IDiscardOperation => false,
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance } => IsShared(instance, guard),
        IPropertyReferenceOperation { Instance.Type: var holder } when guard.Types.IsAsyncLocal(holder) => false,
        IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation => !IsOfOwn(target),
        _ => false,
    };

    // What a variable of the function was made with in it: var sums = new int[3]; … sums[0] += …
    private static bool IsOfOwn(IOperation target)
    {
        var instance = target switch
        {
            IArrayElementReferenceOperation element => element.ArrayReference,
            IMemberReferenceOperation member => member.Instance,
            _ => null,
        };
        return instance is ILocalReferenceOperation { Local: var local }
            && FlowGraphs.RootOf(target).Descendants().OfType<IVariableDeclaratorOperation>().Any(declared =>
                SymbolEqualityComparer.Default.Equals(declared.Symbol, local)
                && declared.Initializer?.Value is { } made
                && Unwrapped.Conversions(made) is IObjectCreationOperation or IArrayCreationOperation);
    }

    // Of an element, whatever is read out of what holds it: which one is meant is only known at run time.
    private static bool IsReadBefore(IOperation target, IOperation value, IOperation awaited)
    {
        var holder = HolderOf(target);
        return AccessPath.Of(holder ?? target) is { } path && value.DescendantsAndSelf().Any(read =>
            read.Syntax.SpanStart < awaited.Syntax.SpanStart
            && path.Equals(AccessPath.Of(holder is null ? read : HolderOf(read))));
    }

    private static IOperation? HolderOf(IOperation element) => element switch
    {
        IArrayElementReferenceOperation one => one.ArrayReference,
        IPropertyReferenceOperation { Arguments.Length: > 0 } one => one.Instance,
        IInvocationOperation { Instance: { } instance } => instance,
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { Length: > 0 } given } => given[0].Value,
        _ => null,
    };
}
