using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Analysis.Lifetimes;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Analysis.Tasks.Misuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Precedence;

/// <content>Claims of tasks and what they use.</content>
internal static partial class Verdict
{
    // while (true) _ = HandleAsync(await AcceptAsync()): that nothing limits them is worse
    private static bool IsFanOut(IOperation place, ISymbol? member, GuardContext guard) =>
        place is ISimpleAssignmentOperation && FanOut.Of(place, guard) is not null;

    // new TaskCompletionSource<int>(): a build stops at the warning, and the source that is left open is seen once it is fixed
    private static bool ContinuesInline(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IObjectCreationOperation creation && InlineContinuations.CanBeAvoided(guard) && InlineContinuations.AreOf(creation, guard);

    // retry.Execute(async () => …): that the runner does not wait for its work is worse
    private static bool IsOfSyncRunner(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation call && SyncRunner.SiblingOf(call, guard) is not null;

    // using var held = gate.LockAsync();
    private static bool IsUnawaitedResource(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IVariableDeclaratorOperation { Parent.Parent.Parent: IUsingDeclarationOperation or IUsingOperation } declarator
        && DisposedTask.Keeps(declarator, guard);

    // using var reader = …; return reader.ReadToEndAsync(): that the reader is closed is the finding
    private static bool OutlivesResource(IOperation place, ISymbol? member, GuardContext guard)
    {
        var starts = new List<IOperation>();
        TaskStarts.AddFrom(place, starts, guard);
        var resources = DisposedResources.After(place);
        foreach (var start in starts)
        {
            if (LockReleaser.Around(place, start) is not null) return true;
            if (resources?.Exists(resource => ResourceUse.Needs(start, resource, guard)) == true) return true;
        }

        return false;
    }

    // var a = db.A.ToListAsync(); var b = db.B.ToListAsync(); await a; await b;: they must not run together at all
    private static bool SharesObject(IOperation place, ISymbol? member, Func<ControlFlowGraph> graphOfMember, GuardContext guard)
    {
        if (place is not IAwaitOperation awaited || SequentialAwaits.AwaitedLocal(awaited) is not { } local) return false;
        foreach (var other in SequentialAwaits.LeftAloneAt(awaited, graphOfMember(), guard))
        {
            if (SharedMeeting.Meet(local, other, place, guard)) return true;
        }

        return false;
    }
}
