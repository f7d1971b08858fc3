using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>A <c>ValueTask</c> that a call gives and that a field or a collection keeps, where other code takes it out again.</summary>
internal static class StoredValueTask
{
    /// <summary>The name of the field or collection that keeps what the call gives, or null.</summary>
    public static string? In(IInvocationOperation call, GuardContext guard)
    {
        if (ValueTaskUse.IsRepeatable(call, guard)) return null;
        var value = Unwrapped.ConversionsAround(call);
        switch (value.Parent)
        {
            // _pending = ReadAsync();
            case ISimpleAssignmentOperation
            {
                Target: IMemberReferenceOperation
                {
                    Instance: null or IInstanceReferenceOperation,
                    Member: IFieldSymbol or IPropertySymbol { IsIndexer: false }
                } target
            } assignment
                when ReferenceEquals(assignment.Value, value):
                return IsTakenOut(target.Member, call, guard) ? target.Member.Name : null;
            case IFieldInitializerOperation { InitializedFields: { Length: 1 } fields }:
                return IsTakenOut(fields[0], call, guard) ? fields[0].Name : null;

            // tasks.Add(WorkAsync()); tasks[i] = WorkAsync();
            case IArgumentOperation
            {
                Parent: IInvocationOperation { TargetMethod.Name: var name, Instance: { } collection }
            } when CollectionNames.Adds(name):
                return OfCollection(collection, call, guard);
            case ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation { ArrayReference: var array } } element
                when ReferenceEquals(element.Value, value):
                return OfCollection(array, call, guard);
            case ISimpleAssignmentOperation
            {
                Target: IPropertyReferenceOperation
                {
                    Property.IsIndexer: true,
                    Instance: { } indexed
                }
            } entry when ReferenceEquals(entry.Value, value):
                return OfCollection(indexed, call, guard);
            default:
                return null;
        }
    }

    private static string? OfCollection(IOperation collection, IInvocationOperation call, GuardContext guard)
    {
        if (!guard.Awaitables.HoldsAwaitables(collection.Type)) return null;
        ISymbol? holder = collection switch
        {
            ILocalReferenceOperation local => local.Local,
            IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } member => member.Member,
            _ => null,
        };
        if (holder is null) return null;
        foreach (var use in NamedUses.Of(holder, call, guard))
        {
            // foreach (var task in tasks), tasks[0], tasks.Select(…), tasks.Dequeue()
            if (use.Parent is IForEachLoopOperation
                || Unwrapped.ConversionsAround(use).Parent is IForEachLoopOperation or IArgumentOperation)
                return holder.Name;
            if (use.Parent is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true }
                && use.Parent.Parent is not IAssignmentOperation)
                return holder.Name;
            if (use.Parent is IInvocationOperation { TargetMethod: { ReturnsVoid: false } taken }
                && guard.Awaitables.IsValueTask(taken.ReturnType))
                return holder.Name;
        }

        return null;
    }

    private static bool IsTakenOut(ISymbol member, IOperation place, GuardContext guard)
    {
        foreach (var use in NamedUses.Of(member, place, guard))
        {
            if (ValueTaskUse.Consumes(use, guard)) return true;
        }

        return false;
    }
}
