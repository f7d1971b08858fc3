using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <content>
/// What a member does with the task, or the collection of tasks, that it is called on. Null: its result stands for the same tasks.
/// </content>
internal readonly partial struct TaskFate
{
    private static TaskFateKind? KindByReceiver(IInvocationOperation call, GuardContext guard)
    {
        var method = call.TargetMethod;
        if (WellKnownMember.IsOfObject(method.Name)) return TaskFateKind.Inspected;
        if (call.Instance is { } instance && guard.Awaitables.HoldsAwaitables(instance.Type)) return OfCollection(call, guard);

        if (StartedTask.IsWrapper(method)) return null;
        if (guard.Apis.Has(method, ApiTraits.Waits) || method.Name is WellKnownMember.GetAwaiter) return TaskFateKind.Awaited;
        if (guard.Apis.Has(method, ApiTraits.JoinsAll)) return null;
        if (TaskObserver.Is(call, guard)) return TaskFateKind.Observed;
        return TaskMembers.StartsOrDisposes.Is(method) ? TaskFateKind.Inspected
            : TaskFateKind.Passed;
    }

    private static TaskFateKind? KindByReceiver(IPropertyReferenceOperation property, GuardContext guard)
    {
        if (property.Instance is { } instance && guard.Awaitables.HoldsAwaitables(instance.Type))
        {
            if (CollectionNames.IsNumber(property.Property.Name)) return TaskFateKind.Inspected;
            if (IsAssigned(property)) return TaskFateKind.Written;
            return IsTasks(property.Type, guard) ? null : TaskFateKind.Passed;
        }

        if (guard.Apis.Has(property.Property, ApiTraits.Waits)) return TaskFateKind.Awaited;
        if (!guard.Awaitables.IsTask(property.Instance?.Type) && !guard.Awaitables.IsValueTask(property.Instance?.Type))
            return TaskFateKind.Passed;
        return TaskMembers.Exception.Is(property.Property) ? TaskFateKind.Observed : TaskFateKind.Inspected;
    }

    /// <summary>Whether the place is written and not read: <c>tasks[i] = …</c></summary>
    private static bool IsAssigned(IOperation target) =>
        target.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, target);

    /// <summary>Methods that put what they receive into the collection.</summary>
    public static bool Fills(IMethodSymbol method) => CollectionNames.Fills(method.Name);

    private static TaskFateKind? OfCollection(IInvocationOperation call, GuardContext guard)
    {
        var method = call.TargetMethod;

        // list = list.Add(RunAsync()): an immutable list is another one afterwards
        if (Fills(method)) return guard.Awaitables.HoldsAwaitables(method.ReturnType) ? null : TaskFateKind.Written;
        if (!OnlyInspects(call, guard)) return TaskFateKind.Passed;
        if (CollectionNames.Arranges(method.Name) || CollectionNames.GoesThrough(method.Name)) return TaskFateKind.Inspected;
        return IsTasks(method.ReturnType, guard) ? null : TaskFateKind.Passed;
    }

    private static bool IsTasks(ITypeSymbol? type, GuardContext guard) =>
        guard.Awaitables.IsAwaitable(type) || guard.Awaitables.HoldsAwaitables(type);
}
