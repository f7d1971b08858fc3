using AsyncGuard.Analysis.Blocking.Twins;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Packages;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>A call, creation or property that blocks the thread and that nothing awaitable can take the place of.</summary>
internal readonly struct BlockingPrimitive
{
    private BlockingPrimitive(ISymbol target, bool isThreadAffine, bool isLazy)
    {
        Target = target;
        IsThreadAffine = isThreadAffine;
        IsLazy = isLazy;
    }

    public ISymbol Target { get; }

    /// <summary>It counts on running on the thread that called it, so it cannot be moved to another.</summary>
    public bool IsThreadAffine { get; }

    /// <summary>What blocks is not the call but the enumeration of its result.</summary>
    public bool IsLazy { get; }

    /// <summary>What the operation blocks on where it stands in async code, or null.</summary>
    public static BlockingPrimitive? Of(IOperation operation, ISymbol? member, GuardContext guard, out CodeContext place)
    {
        place = default;
        if (operation is IForEachLoopOperation loop) return OfLoop(loop, member, guard, out place);
        if (Unwrapped.Target(operation) is not { } target) return null;
        if (EntryOf(operation, target, guard) is not { } entry) return OfUnlisted(operation, target, member, guard, out place);
        if (entry.Has(ApiTraits.Sleeps | ApiTraits.Waits | ApiTraits.Completes)) return null;
        if (operation is IInvocationOperation call && NothingToWaitFor.Is(call, guard)) return null;
        if (operation is IObjectCreationOperation creation && InMemory.IsGivenTo(creation, guard)) return null;
        if (operation is IPropertyReferenceOperation property && InMemory.Is(property.Instance, guard)) return null;

        if (SaysWhatItDoes(operation, target, guard)) return null;
        if (entry.Answer is not null && IsSequence(operation.Type) && !IsLooped(operation)) return null;
        if (entry.Answer is { } answer && (IsUncertain(target, entry) || IsAnswered(operation, target, answer, guard))) return null;

        place = CodeContext.Of(operation, member, guard);
        if (!place.IsAsync || SynchronousMode.Is(operation, target.Name + "Async")) return null;
        if (operation is IInvocationOperation answered && AwaitableCounterparts.Of(guard).Find(answered) is not null) return null;
        return new BlockingPrimitive(target, entry.Has(ApiTraits.ThreadAffine),
            IsSequence(operation.Type) || Enumeration.WaitsWhenEnumerated(operation.Type, guard));
    }

    // var pages = container.GetBlobs(); foreach (var blob in pages)
    private static BlockingPrimitive? OfLoop(IForEachLoopOperation loop, ISymbol? member, GuardContext guard, out CodeContext place)
    {
        place = default;
        var sequence = Unwrapped.ImplicitConversions(loop.Collection);
        if (loop.IsAsynchronous || sequence is not (ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation)
            || !Enumeration.WaitsWhenEnumerated(sequence.Type, guard) || InMemory.Is(sequence, guard))
            return null;
        var target = InitialValue.Of(sequence, guard) is IInvocationOperation call ? call.TargetMethod : (ISymbol)sequence.Type!;
        place = CodeContext.Of(loop.Collection, member, guard);
        return place.IsAsync ? new BlockingPrimitive(target, isThreadAffine: false, isLazy: true) : null;
    }

    // foreach (var tag in registry.ListTags()), a member of a package beside ListTagsAsync(); Png.Open("a.png"), new Book("a.xlsx")
    private static BlockingPrimitive? OfUnlisted(IOperation operation, ISymbol target, ISymbol? member, GuardContext guard,
        out CodeContext place)
    {
        place = default;
        if (operation is IObjectCreationOperation made && PackageFiles.Of(guard).Have(made))
        {
            place = CodeContext.Of(operation, member, guard);
            return place.IsAsync ? new BlockingPrimitive(target, isThreadAffine: false, isLazy: false) : null;
        }

        if (operation is not IInvocationOperation call) return null;
        var isSequence = IsLooped(call) && PackageTwins.Of(guard).HaveSequence(call);
        if (!isSequence && ((IsSequence(call.Type) && !IsLooped(call)) || !PackageFiles.Of(guard).Have(call))) return null;
        if (NothingToWaitFor.Is(call, guard) || MemoryBacked.Is(call.Instance, guard)) return null;
        place = CodeContext.Of(operation, member, guard);
        return place.IsAsync && !SynchronousMode.Is(operation, target.Name + ConventionalNames.Async)
            && AwaitableCounterparts.Of(guard).Find(call) is null
            ? new BlockingPrimitive(target, isThreadAffine: false, isLazy: isSequence) : null;
    }

    /// <summary>
    /// The member that gives the same items to <c>await foreach</c>: <c>GetBlobsAsync</c> beside <c>GetBlobs</c>; null where there is none.
    /// </summary>
    public string? AsyncSequence(GuardContext guard)
    {
        // items.ToBlockingEnumerable()
        if (Target is IMethodSymbol { IsExtensionMethod: true, Parameters: { Length: > 0 } parameters }
            && SequenceItems.AsyncOf(parameters[0].Type, guard) is not null)
            return parameters[0].Type.Name;

        var name = Target.Name + "Async";
        for (var type = Target as INamedTypeSymbol ?? Target.ContainingType; type is not null; type = type.BaseType)
        {
            if (GivesAsyncSequence(type, name, guard)) return name;
        }

        foreach (var contract in (Target as INamedTypeSymbol ?? Target.ContainingType).AllInterfaces)
        {
            if (GivesAsyncSequence(contract, name, guard)) return name;
        }

        return null;
    }

    private static bool GivesAsyncSequence(INamedTypeSymbol type, string name, GuardContext guard)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (member is IMethodSymbol { ReturnType: INamedTypeSymbol result } && SequenceItems.AsyncOf(result, guard) is not null)
                return true;
        }

        return false;
    }

    // queue.Take(); and container.GetBlobs(), where it is run through here
    private static ApiEntry? EntryOf(IOperation operation, ISymbol target, GuardContext guard)
    {
        if (operation is IInvocationOperation call && Enumeration.WaitsWhenEnumerated(call.Type, guard))
            return Enumeration.IsOnlyMade(call, guard, out _) ? null : guard.Apis.TypeEntry((INamedTypeSymbol)call.Type!, ApiTraits.Blocks);
        return guard.Apis.Find(target, ApiTraits.Blocks, out var entry) ? entry : null;
    }

    // An override of ours has a body, which is followed as any other. A database provider is known by its type, wherever it is compiled.
    private static bool SaysWhatItDoes(IOperation operation, ISymbol target, GuardContext guard) =>
        target is { IsOverride: true, IsAbstract: false } && BlockingSummaries.Of(guard).IsKnown(target)
        && !InheritedCounterpart.RunsInPlace((operation as IInvocationOperation)?.Instance?.Type, target.Name + "Async", guard);

    // foreach (var line in File.ReadLines(path)), but not File.ReadLines(path).Select(SendAsync), where what is started matters
    private static bool IsLooped(IOperation sequence) =>
        Unwrapped.ConversionsAround(sequence).Parent is IForEachLoopOperation { IsAsynchronous: false };

    // connection.Close() mostly ends at once, stream.ReadByte() too; with the same arguments it is a counterpart's
    private static bool IsUncertain(ISymbol target, ApiEntry entry) =>
        (target is IMethodSymbol && ConventionalNames.Closes(target.Name)) || entry.Has(ApiTraits.Buffered);

    // What a property gives has an awaitable method beside it. An engine inside the process has nothing to wait for.
    private static bool IsAnswered(IOperation operation, ISymbol target, string answer, GuardContext guard) => operation switch
    {
        IPropertyReferenceOperation => target.ContainingType.HasMember(answer),
        _ when EntityFramework.Of(guard).RunsInPlace(target) => true,
        IInvocationOperation { Instance.Type: { } receiver } =>
            guard.Apis.TypeHas(receiver, ApiTraits.NoTwin | ApiTraits.InMemory) && target.ContainingType.HasMember(answer),
        _ => false,
    };

    private static bool IsSequence(ITypeSymbol? type) =>
        type?.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T
        or SpecialType.System_Collections_IEnumerable
            or SpecialType.System_Collections_Generic_IEnumerator_T or SpecialType.System_Collections_IEnumerator;
}
