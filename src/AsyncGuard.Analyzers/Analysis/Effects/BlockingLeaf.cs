using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Packages;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Analysis.Waiting.Completion;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// An operation that holds the thread by itself: a blocking call of the catalog, a synchronous wait for a task that may be running, a
/// marked member, a package's member that has an awaitable counterpart or opens a file.
/// </summary>
internal static class BlockingLeaf
{
    /// <summary>
    /// Whether the operation may be one, by the name of what it calls: the cheap test, wrong only in favour of a closer look.
    /// </summary>
    public static bool MayBe(IOperation operation, GuardContext guard) =>
        Unwrapped.Target(operation) is { } target
        && (IsListed(target, guard) || target.Name == WellKnownMember.GetResult || BlockingMarks.Of(guard).IsBlocking(target)
        || (PackageTwinNames.Of(guard).Have(target.Name) && PackageTwinNames.MayBeOfPackage(target, guard))
        || PackageFiles.MayHave(target, guard));

    // An operator of a query may run it: db.Rows.Where(…).ToList().
    private static bool IsListed(ISymbol target, GuardContext guard) =>
        guard.Apis.MayHave(target.Name, ApiTraits.Blocks | ApiTraits.Waits)
        && (target is IMethodSymbol { IsExtensionMethod: true } || guard.Apis.Has(target, ApiTraits.Blocks | ApiTraits.Waits));

    /// <summary>How a message calls it, or null where the operation is none.</summary>
    public static string? NameOf(IOperation operation, Func<ControlFlowGraph> graphOfMember, GuardContext guard)
    {
        if (TaskWait.Of(operation, guard) is { } wait) return CompletionProof.IsComplete(wait, graphOfMember, guard) ? null : wait.Name;
        if (Unwrapped.Target(operation) is not { } target || EntityFramework.Of(guard).RunsInPlace(target)) return null;
        if (BlockingMarks.Of(guard).IsBlocking(target)) return MemberNames.Full(target);
        if (operation is IInvocationOperation query && QueryTwins.Runs(query, guard)) return MemberNames.Full(target);
        if (!guard.Apis.Find(target, ApiTraits.Blocks, out var api)) return IsUnlisted(operation, guard) ? MemberNames.Full(target) : null;
        if (api.Has(ApiTraits.Waits | ApiTraits.Completes)) return null;

        // An override of ours says itself what it does.
        if (BlockingSummaries.Of(guard).IsKnown(target) && !target.IsAbstract) return null;
        if (operation is IPropertyReferenceOperation property
            && (BoundForm.Is(property, guard) || InMemory.Is(property.Instance, guard) || MemoryBacked.Is(property.Instance, guard)))
            return null;
        if (operation is IObjectCreationOperation creation && InMemory.IsGivenTo(creation, guard)) return null;
        if (operation is IInvocationOperation call
            && (NothingToWaitFor.Is(call, guard) || MemoryBacked.Is(call.Instance, guard) || SemaphoreLock.IsTaken(call, guard)
            || IsOnlyMade(call, guard) || IsInProcess(call, api, guard)))
            return null;
        return MemberNames.Full(target);
    }

    // An engine inside the process has nothing to wait for: SqliteCommand.ExecuteNonQuery
    private static bool IsInProcess(IInvocationOperation call, ApiEntry api, GuardContext guard) =>
        api.Answer is not null && guard.Apis.TypeHas(call.Instance?.Type, ApiTraits.NoTwin);

    private static bool IsUnlisted(IOperation operation, GuardContext guard) => operation switch
    {
        IInvocationOperation call => IsUnlisted(call, guard),
        IObjectCreationOperation creation => PackageFiles.Of(guard).Have(creation),
        _ => false,
    };

    // redis.Get("key") beside GetAsync; Png.Open("a.png"); directory.GetFilesAndDirectories(), which gives a Pageable
    private static bool IsUnlisted(IInvocationOperation call, GuardContext guard) =>
        (PackageTwins.Of(guard).Have(call) || PackageFiles.Of(guard).Have(call) || Enumeration.WaitsWhenEnumerated(call.Type, guard)
        || IsSequenceRunThrough(call, guard))
        && !NothingToWaitFor.Is(call, guard) && !MemoryBacked.Is(call.Instance, guard) && !IsOnlyMade(call, guard);

    // foreach (var tag in registry.ListTags()) beside ListTagsAsync(), which gives an IAsyncEnumerable
    private static bool IsSequenceRunThrough(IInvocationOperation call, GuardContext guard) =>
        Unwrapped.ConversionsAround(call).Parent is IForEachLoopOperation { IsAsynchronous: false }
        && PackageTwins.Of(guard).HaveSequence(call);

    // IEnumerable<Row> Rows() => queue.GetConsumingEnumerable(); the body counts where it is enumerated. Env.Load(path), whose result
    // is not used, is called for what it does.
    private static bool IsOnlyMade(IInvocationOperation call, GuardContext guard) =>
        Enumeration.IsOnlyMade(call, guard, out var use) && use is not IExpressionStatementOperation
        && !(use is IReturnOperation && call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart) is IMethodSymbol method
        && HandedSequences.Of(guard).IsHandedOut(method));
}
