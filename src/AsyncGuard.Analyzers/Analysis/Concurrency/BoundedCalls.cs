using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>What the calls of a query make of the number of its items.</summary>
internal static class BoundedCalls
{
    /// <summary>Whether no more than a number of items comes out: <c>Take</c>, <c>Chunk</c>, or those that a list at hand names.</summary>
    public static bool Limits(IInvocationOperation call, GuardContext guard)
    {
        var name = call.TargetMethod.Name;
        if (CollectionNames.FiltersAsync(name)) return call.Arguments.Length > 1 && LooksUpList(call.Arguments[1].Value, guard);
        return CollectionNames.Limits(name) && (call.TargetMethod.IsExtensionMethod || IsSequence(call.Instance?.Type, guard));
    }

    /// <summary>
    /// The sequence whose items the call arranges, chooses from, converts or collects; null where it makes one of its own.
    /// </summary>
    public static IOperation? SourceOf(IInvocationOperation call, GuardContext guard)
    {
        var method = call.TargetMethod;

        // rows.ConfigureAwait(false), ReadAllLinesAsync().ConfigureAwait(false)
        if (StartedTask.IsWrapper(method) && call.Instance is { } wrapped) return wrapped;
        if (!method.IsExtensionMethod || call.Arguments.IsEmpty || CollectionNames.Groups(method.Name)) return null;
        var source = Unwrapped.Conversions(call.Arguments[0].Value);
        if (!IsSequence(source.Type, guard)) return null;
        return IsSequence(call.Type, guard) || (guard.Awaitables.ResultOf(call.Type) is { } result && IsSequence(result, guard))
            ? source : null;
    }

    /// <summary>Whether the value is, or reads from, a channel that holds no more than a number of items.</summary>
    public static bool IsOfBoundedChannel(IOperation? value, GuardContext guard)
    {
        if (value is IPropertyReferenceOperation { Instance: { } channel } && ThreadingMembers.ChannelReader.IsUse(value)) value = channel;
        if (value is null) return false;
        if (InitialValue.Of(value, guard) is not { } made) return false;
        return ThreadingMembers.CreateBounded.IsUse(made)
            || (ThreadingMembers.ChannelReader.IsUse(made) && IsOfBoundedChannel(made, guard));
    }

    public static bool IsSequence(ITypeSymbol? type, GuardContext guard)
    {
        if (type is null or { SpecialType: SpecialType.System_String }) return false;
        if (type is IArrayTypeSymbol || IsSequenceItself(type, guard)) return true;
        foreach (var implemented in type.AllInterfaces)
        {
            if (IsSequenceItself(implemented, guard)) return true;
        }

        return false;
    }

    private static bool IsSequenceItself(ITypeSymbol type, GuardContext guard) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
        || guard.Types.IsAsyncSequence(type);

    // Where(row => ids.Contains(row.Id))
    private static bool LooksUpList(IOperation predicate, GuardContext guard)
    {
        foreach (var operation in predicate.Descendants())
        {
            if (operation is IInvocationOperation call && CollectionNames.Contains(call.TargetMethod.Name)
                && (call.Instance ?? (call.Arguments.IsEmpty ? null : call.Arguments[0].Value)) is { } list && IsSequence(list.Type, guard)
                && !UnboundedSource.IsSequence(list, guard))
                return true;
        }

        return false;
    }
}
