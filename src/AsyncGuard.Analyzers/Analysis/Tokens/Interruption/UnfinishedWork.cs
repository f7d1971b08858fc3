using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens.Interruption;

/// <summary>
/// What stands behind a place and says that the work is over. Where the place throws, others wait for it without an end:
/// <code>await LoadAsync(); _ready.SetResult();      await LoadAsync(); Interlocked.Decrement(ref _running);</code>
/// What a handler or a <c>finally</c> around the place says as well is said in any case.
/// </summary>
internal static class UnfinishedWork
{
    /// <param name="place">The place that may end the work.</param>
    /// <param name="guard">The context.</param>
    /// <param name="isLeft">
    /// Whether what stands behind the place still runs, so that only what says of a part that it is the whole counts.
    /// </param>
    public static bool IsBehind(IOperation place, GuardContext guard, bool isLeft = false)
    {
        var ends = EndsAround(place, guard);
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ITryOperation attempt when ReferenceEquals(attempt.Body, child) && IsHandledIn(attempt, guard):
                    return false;
                case IBlockOperation block when IsBehind(block.Operations, child, place, ends, guard, isLeft):
                case ISwitchCaseOperation section when IsBehind(section.Body, child, place, ends, guard, isLeft):
                    return true;
            }
        }

        return false;
    }

    /// <summary>What runs in any case where the place throws.</summary>
    private static List<IOperation> EndsAround(IOperation place, GuardContext guard)
    {
        var ends = new List<IOperation>();
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            if (attempt.Finally is { } cleanup) ends.Add(cleanup);
            foreach (var handler in attempt.Catches)
            {
                if (guard.Cancellations.Catches(handler.ExceptionType)) ends.Add(handler.Handler);
            }
        }

        return ends;
    }

    // try { … } catch (Exception e) { Log(e); } what stands behind it is reached
    private static bool IsHandledIn(ITryOperation attempt, GuardContext guard)
    {
        foreach (var handler in attempt.Catches)
        {
            if (handler.Filter is null && guard.Cancellations.Catches(handler.ExceptionType) && GoesOn(handler.Handler)) return true;
        }

        return false;
    }

    private static bool IsBehind(ImmutableArray<IOperation> statements, IOperation child, IOperation place, List<IOperation> ends,
        GuardContext guard, bool isLeft)
    {
        var at = statements.IndexOf(child);
        for (var next = at + 1; at >= 0 && next < statements.Length; next++)
        {
            foreach (var operation in FunctionCode.InPlace(statements[next]))
            {
                if (Finish.Of(operation) is { } finish && (!isLeft || finish.Kind == FinishKind.Completion)
                    && IsMeant(finish, operation, place) && !IsSaidIn(ends, finish)
                    && !IsBegunBehind(finish, operation, place)
                    && !(finish.Kind == FinishKind.Completion && IsCancellableAnyway(operation, place, guard)))
                    return true;
            }
        }

        return at >= 0 && IsBetweenHalves(statements, at, place, ends);
    }

    private static bool GoesOn(IBlockOperation handler) =>
        handler.Operations.IsEmpty || handler.Operations[handler.Operations.Length - 1] is not (IThrowOperation or IReturnOperation
            or IBranchOperation or IExpressionStatementOperation { Operation: IThrowOperation });

    private static bool IsMeant(Finish finish, IOperation operation, IOperation place) => finish.Kind switch
    {
        FinishKind.Flag => finish.Path is { } path && (IsSetBefore(path, operation, place)
            || (operation is not IIncrementOrDecrementOperation && !IsDatum(operation) && MeansRunning(operation))),
        FinishKind.File => operation is IInvocationOperation delete && IsMarker(delete, place),
        _ => true,
    };

    // Loading = null; is no flag
    private static bool IsDatum(IOperation operation) =>
        operation is ISimpleAssignmentOperation { Target.Type: { IsReferenceType: true } };

    private static bool MeansRunning(IOperation operation)
    {
        var target = operation is ISimpleAssignmentOperation assignment ? assignment.Target
            : ((IInvocationOperation)operation).Arguments[0].Value;
        return target is IMemberReferenceOperation { Member.Name: var name } && FinishNames.MeansRunning(name);
    }

    // if (Interlocked.Exchange(ref _busy, 1) == 1) return; if (x) _busy = true; _running++;
    private static bool IsSetBefore(AccessPath path, IOperation back, IOperation place)
    {
        foreach (var operation in FunctionCode.Own(FlowGraphs.FunctionAround(place) ?? FlowGraphs.RootOf(place)))
        {
            if (operation.Syntax.SpanStart >= place.Syntax.SpanStart) continue;
            var target = operation switch
            {
                IIncrementOrDecrementOperation { Kind: OperationKind.Increment } count => count.Target,
                ISimpleAssignmentOperation assignment when back is not IIncrementOrDecrementOperation
                    && assignment.Value is not { ConstantValue: { HasValue: true, Value: null or false or 0 } } => assignment.Target,
                IInvocationOperation { Arguments.Length: > 0 } call when ThreadingMembers.Writes.Is(call.TargetMethod)
                    || ThreadingMembers.Increment.Is(call.TargetMethod) => call.Arguments[0].Value,
                _ => null,
            };
            if (target is not null && path.Equals(AccessPath.Of(target))) return true;
        }

        return false;
    }

    // await LoadAsync(); await _gate.WaitAsync(); try { … } finally { _gate.Release(); }
    private static bool IsBegunBehind(Finish finish, IOperation end, IOperation place)
    {
        if (finish.Path is not { } path) return false;
        foreach (var operation in FunctionCode.Own(FlowGraphs.FunctionAround(place) ?? FlowGraphs.RootOf(place)))
        {
            if (operation.Syntax.SpanStart < place.Syntax.SpanStart || operation.Syntax.SpanStart >= end.Syntax.SpanStart) continue;
            var begun = operation switch
            {
                IInvocationOperation call when LockNames.Acquires(call.TargetMethod.Name) => AccessPath.Of(Unwrapped.Receiver(call)),
                IInvocationOperation { Arguments.Length: > 0 } call when ThreadingMembers.Writes.Is(call.TargetMethod)
                    || ThreadingMembers.Increment.Is(call.TargetMethod) => AccessPath.Of(call.Arguments[0].Value),
                IAssignmentOperation assignment => AccessPath.Of(assignment.Target),
                IIncrementOrDecrementOperation count => AccessPath.Of(count.Target),
                _ => null,
            };
            if (path.Equals(begun)) return true;
            if (operation is IVariableDeclaratorOperation { Symbol: var local } && SymbolEqualityComparer.Default.Equals(local, path.Root))
                return true;
        }

        return false;
    }

    private static bool IsMarker(IInvocationOperation delete, IOperation place)
    {
        if (Finish.FileOf(delete) is not { } file) return false;
        var text = file.Syntax.ToString();
        if (FinishNames.IsMarker(text)) return true;
        foreach (var operation in FunctionCode.Own(FlowGraphs.FunctionAround(place) ?? FlowGraphs.RootOf(place)))
        {
            if (operation is IInvocationOperation { TargetMethod: { Name: var name, ContainingType.Name: var type } } made
                && operation.Syntax.SpanStart < place.Syntax.SpanStart && FinishNames.Makes(name) && FinishNames.IsFile(type)
                && Finish.FileOf(made)?.Syntax.ToString() == text)
                return true;
        }

        return false;
    }

    private static bool IsSaidIn(List<IOperation> ends, Finish finish)
    {
        foreach (var end in ends)
        {
            foreach (var operation in FunctionCode.Own(end))
            {
                if (Finish.Of(operation) is { } said && said.Kind == finish.Kind
                    && (said.Path is null || finish.Path is null || said.Path.Equals(finish.Path)))
                    return true;
            }
        }

        return false;
    }

    // await LoadAsync(token); await SaveAsync(); _ready.SetResult(); where the first ends it, nothing is said either
    private static bool IsCancellableAnyway(IOperation finish, IOperation place, GuardContext guard)
    {
        foreach (var operation in FunctionCode.Own(FlowGraphs.FunctionAround(place) ?? FlowGraphs.RootOf(place)))
        {
            if (operation.Syntax.SpanStart >= finish.Syntax.SpanStart || ReferenceEquals(operation, place)
                || operation is not IArgumentOperation { ArgumentKind: ArgumentKind.Explicit, Value: var value } argument
                || !guard.Tokens.IsToken(argument.Parameter?.Type) || CancellationMembers.None.IsUse(value)
                || value is IDefaultValueOperation || !IsAwaited(operation.Syntax))
                continue;
            if (!IsHandled(operation, finish)) return true;
        }

        return false;
    }

    private static bool IsAwaited(SyntaxNode argument)
    {
        for (var node = argument.Parent; node is not null and not StatementSyntax; node = node.Parent)
        {
            if (node is AwaitExpressionSyntax || node.Parent is CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }) return true;
        }

        return false;
    }

    private static bool IsHandled(IOperation call, IOperation finish)
    {
        for (var parent = call.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ITryOperation { Catches.IsEmpty: false } && !parent.Syntax.Span.Contains(finish.Syntax.Span)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the place stands behind the first half of a transfer and not behind the second, with no transaction around them:
    /// <code>from.Balance -= sum; await LogAsync(); to.Balance += sum;</code>
    /// </summary>
    private static bool IsBetweenHalves(ImmutableArray<IOperation> statements, int at, IOperation place, List<IOperation> ends)
    {
        for (var before = 0; before < at; before++)
        {
            foreach (var first in FunctionCode.InPlace(statements[before]))
            {
                if (HalfOf(first) is not { } half || IsUndone(ends) || IsInTransaction(place)) continue;
                for (var next = at; next < statements.Length; next++)
                {
                    foreach (var second in FunctionCode.InPlace(statements[next]))
                    {
                        if (second.Syntax.Span.End >= place.Syntax.Span.End && HalfOf(second) is { } other && other.IsOut != half.IsOut
                            && other.What == half.What)
                            return true;
                    }
                }
            }
        }

        return false;
    }

    private static (bool IsOut, string What)? HalfOf(IOperation operation) => operation switch
    {
        ICompoundAssignmentOperation
        {
            OperatorKind: BinaryOperatorKind.Subtract or BinaryOperatorKind.Add,
            Target: not ILocalReferenceOperation
        } change => (change.OperatorKind == BinaryOperatorKind.Subtract, change.Value.Syntax.ToString()),
        IInvocationOperation call when FinishNames.Leaves(call.TargetMethod.Name) => (true, ""),
        IInvocationOperation call when FinishNames.Arrives(call.TargetMethod.Name) => (false, ""),
        _ => null,
    };

    private static bool IsUndone(List<IOperation> ends)
    {
        foreach (var end in ends)
        {
            foreach (var operation in FunctionCode.Own(end))
            {
                if (HalfOf(operation) is not null
                    || (operation is IInvocationOperation call && CleanupNames.GivesBack(call.TargetMethod.Name)))
                    return true;
            }
        }

        return false;
    }

    private static bool IsInTransaction(IOperation place)
    {
        foreach (var operation in FunctionCode.Own(FlowGraphs.FunctionAround(place) ?? FlowGraphs.RootOf(place)))
        {
            var name = operation switch
            {
                IInvocationOperation call => call.TargetMethod.Name,
                IObjectCreationOperation made => made.Type?.Name,
                IMemberReferenceOperation read => read.Member.Name,
                ILocalReferenceOperation or IParameterReferenceOperation => operation.Type?.Name,
                _ => null,
            };
            if (name is not null && FinishNames.IsTransaction(name)) return true;
        }

        return false;
    }
}
