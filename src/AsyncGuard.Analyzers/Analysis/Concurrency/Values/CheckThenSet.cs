using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency.Values;

/// <summary>
/// A check of what the object keeps, and the change that it decides, with an await between them: a second caller passes the check while
/// the first one waits, so that both do what one of them did before.
/// <code>if (_rows is null) _rows = await LoadAsync();      if (_isReady) return; await LoadAsync(); _isReady = true;
/// if (!_sizes.ContainsKey(id)) _sizes.Add(id, await SizeAsync(id));
/// if (_lines.Count > 0) { await SaveAsync(_lines); _lines.Clear(); }</code>
/// </summary>
internal static class CheckThenSet
{
    public static bool IsAround(IOperation awaited, GuardContext guard)
    {
        var root = FlowGraphs.RootOf(awaited);
        var function = FlowGraphs.FunctionAround(awaited);
        foreach (var write in root.Descendants())
        {
            if (!SharedValue.IsWrittenAfter(write, awaited) || ChangedBy(write, guard) is not { } changed
                || !ReferenceEquals(FlowGraphs.FunctionAround(write), function) || IsLastUse(write, changed, root, awaited, guard))
                continue;
            if (IsDecided(write, new Check(changed, root, awaited, guard))) return true;
        }

        return false;
    }

    /// <summary>What the operation changes: a field or property of this object or of a type, or a collection in one.</summary>
    private static AccessPath? ChangedBy(IOperation operation, GuardContext guard)
    {
        var target = operation switch
        {
            IAssignmentOperation assignment => assignment.Target,
            IIncrementOrDecrementOperation step => step.Target,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
            _ => null,
        };
        if (target is not null && !SharedValue.Is(target, guard)) return null;
        var holder = target is not null ? SharedValue.HolderOf(target) ?? target
            : operation is IInvocationOperation call && Changes(call.TargetMethod.Name) ? Unwrapped.Receiver(call) : null;
        // A collection for several threads: its users have decided what two of them at once may do.
        return holder is null || KnownTypes.IsConcurrentCollection(holder.Type) ? null
            : AccessPath.Of(holder) is { Root: IFieldSymbol or IPropertySymbol } path ? path : null;
    }

    private static bool Changes(string method) =>
        CollectionNames.Fills(method) || CollectionNames.Drops(method) || CollectionNames.TakesOut(method);

    // if (_loop != null) { await _loop; _loop = null; }: a second caller waits for the same, and leaves the same.
    private static bool IsLastUse(IOperation write, AccessPath changed, IOperation root, IOperation awaited, GuardContext guard)
    {
        if (write is not ISimpleAssignmentOperation { Value: var value } || !IsNothing(value) || !IsOf(awaited, changed, guard))
            return false;
        return !root.Descendants().Any(used =>
            used.Syntax.SpanStart >= awaited.Syntax.Span.End && used.Syntax.Span.End <= write.Syntax.SpanStart
            && changed.Equals(AccessPath.Of(used)));
    }

    // await _stream.DisposeAsync()      await _loop.WaitAsync(limit)      await Task.WhenAny(_loop, Task.Delay(limit))
    private static bool IsOf(IOperation awaited, AccessPath changed, GuardContext guard)
    {
        foreach (var used in awaited.Descendants())
        {
            if (!changed.Equals(AccessPath.Of(used))) continue;
            if (guard.Awaitables.IsTask(used.Type) || guard.Awaitables.IsValueTask(used.Type)) return true;
            if (used.Parent is IInvocationOperation { Instance: { } receiver } && ReferenceEquals(receiver, used)) return true;
        }

        return false;
    }

    private static bool IsNothing(IOperation value) =>
        Unwrapped.Conversions(value) is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation;

    private static bool IsDecided(IOperation write, Check check)
    {
        var child = write;
        for (var parent = write.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            var isDecided = parent switch
            {
                // if (_rows is null) _rows = …;
                IConditionalOperation choice => !ReferenceEquals(choice.Condition, child) && check.Decides(choice.Condition, child),
                // _rows ?? (_rows = …)
                ICoalesceOperation choice => ReferenceEquals(choice.WhenNull, child) && check.Decides(choice.Value, child),
                // _rows != null || Set(_rows = …)
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both =>
                    ReferenceEquals(both.RightOperand, child) && check.Decides(both.LeftOperand, child),
                // switch (_state) { case State.New: … _state = State.Ready; }
                ISwitchOperation choice => !ReferenceEquals(choice.Value, child) && check.Decides(choice.Value, child),
                IBlockOperation block => IsLeftBefore(block.Operations, child, check),
                ISwitchCaseOperation section => IsLeftBefore(section.Body, child, check),
                _ => false,
            };
            if (isDecided) return true;
        }

        return false;
    }

    // if (_isReady) return; … _isReady = true;
    private static bool IsLeftBefore(IReadOnlyList<IOperation> statements, IOperation statement, Check check)
    {
        foreach (var earlier in statements)
        {
            if (ReferenceEquals(earlier, statement)) return false;
            if (earlier is IConditionalOperation exit && (Leaves(exit.WhenTrue) || Leaves(exit.WhenFalse)) && check.DecidesBehind(exit))
                return true;
        }

        return false;
    }

    private static bool Leaves(IOperation? branch) => branch switch
    {
        IReturnOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } or IThrowOperation => true,
        IBlockOperation { Operations: { Length: > 0 } statements } => Leaves(statements[statements.Length - 1]),
        _ => false,
    };

    private sealed class Check(AccessPath changed, IOperation root, IOperation awaited, GuardContext guard)
    {
        /// <summary>Whether the condition reads what is changed, and the await stands behind that, there or in the branch.</summary>
        public bool Decides(IOperation condition, IOperation branch) =>
            (Contains(branch) || Contains(condition)) && IsReadIn(condition) && !IsClaimed(condition, branch.Syntax.SpanStart);

        public bool DecidesBehind(IConditionalOperation exit) =>
            (exit.Syntax.Span.End <= awaited.Syntax.SpanStart || Contains(exit.Condition)) && IsReadIn(exit.Condition)
            && !IsClaimed(exit.Condition, exit.Syntax.Span.End);

        private bool Contains(IOperation code) => code.Syntax.Span.Contains(awaited.Syntax.Span);

        private bool IsReadIn(IOperation condition)
        {
            foreach (var read in condition.DescendantsAndSelf())
            {
                if (read.Syntax.SpanStart >= awaited.Syntax.SpanStart) continue;
                if (changed.Equals(AccessPath.Of(read)) || IsReadByMember(read)
                    || (read is ILocalReferenceOperation { Local: var local } && IsCopy(local)))
                    return true;
            }

            return false;
        }

        // bool IsReady => _isReady;
        private bool IsReadByMember(IOperation read)
        {
            var member = read switch
            {
                IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property.GetMethod,
                IInvocationOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } call => call.TargetMethod,
                _ => null,
            };
            return member is not null && !member.DeclaringSyntaxReferences.IsEmpty
                && Bodies.Of(guard).OperationsOf(member).Any(body =>
                    body.DescendantsAndSelf().Any(one => changed.Equals(AccessPath.Of(one))));
        }

        // var rows = _rows; if (rows is null) …
        private bool IsCopy(ILocalSymbol local) =>
            root.Descendants().Any(one => changed.Equals(AccessPath.Of(one)) && SharedValue.IsCopyBefore(local, one, root, awaited));

        // if (_isBusy) return; _isBusy = true; …      if (Interlocked.Exchange(ref _isBusy, 1) != 0) return;
        // if (!_ids.Add(id)) return;
        private bool IsClaimed(IOperation condition, int begin) => root.Descendants().Any(write =>
            (condition.Syntax.Span.Contains(write.Syntax.Span)
                || (write.Syntax.SpanStart >= begin && write.Syntax.Span.End <= awaited.Syntax.SpanStart))
            && changed.Equals(ChangedBy(write, guard)));
    }
}
