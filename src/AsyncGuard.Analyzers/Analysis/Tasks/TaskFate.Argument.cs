using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <content>
/// What a call does with the task, or the collection of tasks, that is its argument. Null: its result stands for the same tasks.
/// </content>
internal readonly partial struct TaskFate
{
    private static TaskFateKind? KindByArgument(IArgumentOperation argument, GuardContext guard, out ILocalSymbol? collection)
    {
        collection = null;
        if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out) return TaskFateKind.Passed;
        return argument.Parent switch
        {
            IInvocationOperation call => OfCall(call, argument, guard, out collection),

            // new List<Task>(tasks)
            IObjectCreationOperation creation => guard.Awaitables.HoldsAwaitables(creation.Type) ? null : TaskFateKind.Passed,
            _ => TaskFateKind.Passed,
        };
    }

    /// <summary>The expression that stands for the tasks after the call.</summary>
    private static IOperation ResultOf(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation
        {
            Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
        } item
            && CreationAround(item) is { } creation ? creation : argument.Parent!;

    private static TaskFateKind? OfCall(IInvocationOperation call, IArgumentOperation argument, GuardContext guard,
        out ILocalSymbol? collection)
    {
        collection = null;
        var method = call.TargetMethod;
        if (Fills(method) && call.Instance is { } receiver && guard.Awaitables.HoldsAwaitables(receiver.Type))
            return OfItem(call, receiver, guard, out collection);
        if (call.Instance is { } arranged && CollectionNames.Arranges(method.Name) && guard.Awaitables.HoldsAwaitables(arranged.Type))
            return TaskFateKind.Inspected;

        if (argument.Parameter?.Ordinal != 0 || !method.IsExtensionMethod) return TaskFateKind.Passed;
        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, guard.Types.Enumerable)) return OfLinq(call, guard);
        if (TaskMembers.Unwrap.Is(method)) return null;
        return TaskObserver.Is(call, guard) ? TaskFateKind.Observed : IsCopy(method, guard) ? null : TaskFateKind.Passed;
    }

    // tasks.Add(RunAsync())
    private static TaskFateKind? OfItem(IInvocationOperation call, IOperation receiver, GuardContext guard, out ILocalSymbol? collection)
    {
        collection = null;
        receiver = Unwrapped.Conversions(receiver);
        switch (receiver)
        {
            // immutable = immutable.Add(RunAsync())
            case not IInstanceReferenceOperation when guard.Awaitables.HoldsAwaitables(call.Type):
                return null;
            case ILocalReferenceOperation { Local: var local }:
                collection = local;
                return TaskFateKind.Collected;

            // new List<Task> { RunAsync() }
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
                when CreationAround(call) is not null:
                return null;
            default:
                return TaskFateKind.Stored;
        }
    }

    // tasks.ToArray(), tasks.Where(t => !t.IsCompleted), tasks.Count()
    private static TaskFateKind? OfLinq(IInvocationOperation call, GuardContext guard)
    {
        if (!OnlyInspects(call, guard)) return TaskFateKind.Passed;
        return guard.Awaitables.IsAwaitable(call.Type) || guard.Awaitables.HoldsAwaitables(call.Type) ? null : TaskFateKind.Inspected;
    }

    // tasks.ToImmutableArray()
    private static bool IsCopy(IMethodSymbol method, GuardContext guard) =>
        CollectionNames.Freezes(method.Name) && guard.Awaitables.HoldsAwaitables(method.ReturnType);

    private static IObjectCreationOperation? CreationAround(IOperation item) =>
        item.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation } ? creation : null;
}
