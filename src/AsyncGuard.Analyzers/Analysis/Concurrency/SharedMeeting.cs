using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>Where two operations on one object that serves one at a time are under way together.</summary>
internal static class SharedMeeting
{
    /// <summary>The calls of <c>Task.WhenAll(db.A.ToListAsync(), db.B.ToListAsync())</c> that use what one before them uses.</summary>
    public static IEnumerable<(IOperation Second, AccessPath Object)> In(IInvocationOperation join, GuardContext guard)
    {
        if (!guard.Apis.Has(join.TargetMethod, ApiTraits.JoinsAll)) yield break;
        var seen = new List<AccessPath>();
        var reported = new List<AccessPath>();
        foreach (var start in StartsOf(join, guard))
        {
            if (start is not IInvocationOperation call || SharedUse.Of(call, guard) is not { } used) continue;
            foreach (var path in used)
            {
                if (reported.Contains(path)) continue;
                if (seen.Contains(path) || Repeats(call, join, path))
                {
                    reported.Add(path);
                    yield return (call, path);
                }

                seen.Add(path);
            }
        }
    }

    /// <summary>The first call that uses what the task of a local still uses; null where there is none.</summary>
    public static (IInvocationOperation Second, AccessPath Object)? After(IVariableDeclaratorOperation declarator, GuardContext guard)
    {
        if (declarator.Initializer?.Value is not { } value || StartedTask.CallIn(value) is not { } first
            || SharedUse.Of(first, guard) is not { } used || BlockAround(declarator) is not var (block, index))
            return null;
        if (IsSecond(declarator, block, index, used, guard)) return null;
        var end = EndOf(declarator.Symbol, declarator, block);
        for (var i = index + 1; i < block.Operations.Length; i++)
        {
            foreach (var operation in block.Operations[i].DescendantsAndSelf())
            {
                if (operation is not IInvocationOperation call || call.Syntax.SpanStart >= end || !guard.Awaitables.IsAwaitable(call.Type)
                    || !IsSameFunction(call, declarator))
                    continue;
                if (SharedUse.Common(used, SharedUse.Of(call, guard)) is { } common) return (call, common);
            }
        }

        return null;
    }

    /// <summary>Whether the tasks of two locals use one object, so that awaiting them in another way is not what is wrong.</summary>
    public static bool Meet(ILocalSymbol one, ILocalSymbol other, IOperation place, GuardContext guard) =>
        SharedUse.Common(UsedBy(one, place, guard), UsedBy(other, place, guard)) is not null;

    /// <summary>
    /// The object from outside that work for several items at once uses: <c>Select(async … db …)</c>, <c>Parallel.ForEachAsync</c>.
    /// </summary>
    public static AccessPath? InLambda(IAnonymousFunctionOperation lambda, GuardContext guard)
    {
        if (DelegateUse.CallOf(lambda) is not IInvocationOperation call
            || !(RunsAtOnce(call, guard)
            || (CollectionNames.Projects(call.TargetMethod.Name) && Enumeration.IsLazy(call, guard) && IsJoined(call, guard))))
            return null;
        return SharedUse.OfLambda(lambda, guard) is { } used && !Throttle.IsIn(lambda.Body, guard) ? used[0] : null;
    }

    private static bool RunsAtOnce(IInvocationOperation call, GuardContext guard)
    {
        if (!ThreadingMembers.ParallelAsync.Is(call.TargetMethod)) return false;
        foreach (var operation in call.Descendants())
        {
            if (operation is ISimpleAssignmentOperation
                {
                    Target: var target,
                    Value.ConstantValue: { HasValue: true, Value: 1 }
                } && ThreadingMembers.MaxDegreeOfParallelism.IsUse(target))
                return false;
        }

        return true;
    }

    // await Task.WhenAll(items.Select(…)), items.Select(…).ToList(), var tasks = items.Select(…); await Task.WhenAll(tasks);
    private static bool IsJoined(IOperation sequence, GuardContext guard)
    {
        while (true)
        {
            switch (sequence.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    sequence = sequence.Parent;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    if (guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsAll)) return true;
                    if (Enumeration.IsLazy(call, guard))
                    {
                        if (WaitsForEach(call)) return false;
                        sequence = call;
                        continue;
                    }

                    return CollectionNames.Lists(call.TargetMethod.Name) && Enumeration.IsEager(call, guard);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return IsJoinedLater(local, sequence, guard);
                default:
                    return false;
            }
        }
    }

    // items.Select(item => db.AddAsync(item)).Where(task => task.Result is not null): each has ended before the next one starts
    private static bool WaitsForEach(IInvocationOperation query)
    {
        foreach (var argument in query.Arguments)
        {
            if (Unwrapped.Delegate(argument.Value) is not IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda) continue;
            foreach (var operation in lambda.Body.Descendants())
            {
                if (operation is IPropertyReferenceOperation { Instance: IParameterReferenceOperation, Property: var read }
                    && TaskMembers.Result.Is(read))
                    return true;
            }
        }

        return false;
    }

    private static bool IsJoinedLater(ILocalSymbol local, IOperation place, GuardContext guard)
    {
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local)
                && IsJoined(operation, guard))
                return true;
        }

        return false;
    }

    private static List<IOperation> StartsOf(IInvocationOperation join, GuardContext guard)
    {
        var starts = new List<IOperation>();
        foreach (var argument in join.Arguments)
        {
            var value = argument.Value;
            value = Unwrapped.Conversions(value);
            if (value is ILocalReferenceOperation { Local: var local } && guard.Awaitables.HoldsAwaitables(local.Type))
                starts.AddRange(TaskHolder.Of(local, join, guard).Starts);
            else if (ElementList.TryGet(value, out var elements)) AddCalls(elements, starts);
            else if (StartedTask.CallIn(value) is { } call && guard.Awaitables.IsAwaitable(call.Type)) starts.Add(call);
        }

        return starts;
    }

    // Only what is called there: what a local keeps is looked at from its declaration.
    private static void AddCalls(IOperation.OperationList elements, List<IOperation> starts)
    {
        foreach (var element in elements)
        {
            if (StartedTask.CallIn(element) is { } call) starts.Add(call);
        }
    }

    // foreach (var id in ids) tasks.Add(db.Orders.FindAsync(id)); await Task.WhenAll(tasks);
    private static bool Repeats(IOperation start, IOperation join, AccessPath path)
    {
        for (var parent = start.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is not ILoopOperation loop) continue;
            if (loop.Syntax.Span.Contains(join.Syntax.Span)) return false;
            foreach (var declaration in path.Root.DeclaringSyntaxReferences)
            {
                if (declaration.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(declaration.Span)) return false;
            }

            return true;
        }

        return false;
    }

    private static List<AccessPath>? UsedBy(ILocalSymbol local, IOperation place, GuardContext guard)
    {
        foreach (var start in TaskHolder.Of(local, place, guard).Starts)
        {
            if (start is IInvocationOperation call && SharedUse.Of(call, guard) is { } used) return used;
        }

        return null;
    }

    private static (IBlockOperation Block, int Index)? BlockAround(IOperation place)
    {
        for (var (child, parent) = (place, place.Parent);
            parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is IBlockOperation block) return (block, block.Operations.IndexOf(child));
        }

        return null;
    }

    // Where the task is complete: the end of the first await of it, alone or with others.
    private static int EndOf(ILocalSymbol local, IOperation declarator, IBlockOperation block)
    {
        var end = block.Syntax.Span.End;
        foreach (var operation in block.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local)
                && AwaitAround(operation) is { } awaited && awaited.Syntax.Span.End < end)
                end = awaited.Syntax.Span.End;
        }

        return end;
    }

    private static IOperation? AwaitAround(IOperation reference)
    {
        for (var parent = reference.Parent; parent is not null and not (IBlockOperation or IAnonymousFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is IAwaitOperation) return parent;
            if (TaskMembers.Wait.IsUse(parent) || TaskMembers.Result.IsUse(parent)
                || parent is IInvocationOperation { TargetMethod.Name: WellKnownMember.GetResult })
                return parent;
        }

        return null;
    }

    // The third task is reported with the second.
    private static bool IsSecond(IOperation declarator, IBlockOperation block, int index, List<AccessPath> used, GuardContext guard)
    {
        for (var i = 0; i < index; i++)
        {
            foreach (var operation in block.Operations[i].Descendants())
            {
                if (operation is IVariableDeclaratorOperation { Initializer.Value: { } value } earlier
                    && StartedTask.CallIn(value) is { } call && SharedUse.Common(used, SharedUse.Of(call, guard)) is not null
                    && EndOf(earlier.Symbol, earlier, block) > declarator.Syntax.SpanStart) return true;
            }
        }

        return false;
    }

    private static bool IsSameFunction(IOperation one, IOperation other) =>
        ReferenceEquals(FlowGraphs.FunctionAround(one), FlowGraphs.FunctionAround(other));
}
