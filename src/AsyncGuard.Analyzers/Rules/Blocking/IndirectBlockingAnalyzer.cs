using System.Collections.Generic;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Causes;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Effects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules.Blocking;

/// <summary>
/// AGD0105: a call in async code of something that is not async itself and reaches a blocking call, through whatever number of calls; where
/// more than a few do, the blocking call in their stead.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IndirectBlockingAnalyzer() : GuardAnalyzer(RuleTable.IndirectBlocking)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterInAsyncMembers(guard, context => CheckPlace(context, guard), IndirectCalls.Kinds);
        start.RegisterOperationAction(context => CheckCause(context, guard), OperationKind.Invocation, OperationKind.PropertyReference,
            OperationKind.ObjectCreation);
    }

    private static void CheckPlace(OperationAnalysisContext context, GuardContext guard)
    {
        if (!IndirectCall.MayBe(context.Operation, context.ContainingSymbol, guard)) return;
        if (IndirectCall.Of(context.Operation, context.ContainingSymbol, context.GetControlFlowGraph, guard) is not { IsOnce: false } found)
            return;
        if (found.Path.Cause is { } cause && BlockingCauses.Of(guard).IsShared(cause.Place)) return;
        context.Report(RuleTable.IndirectBlocking, found, "move it to another thread with 'Task.Run', or make it async");
    }

    private static void CheckCause(OperationAnalysisContext context, GuardContext guard)
    {
        var call = context.Operation;
        if (!IsCause(context, guard, out var name) || !BlockingCauses.Of(guard).IsShared(call.Syntax)) return;

        var through = $" that reaches it through '{MemberNames.Short(context.ContainingSymbol)}' from more than three places";
        var places = BlockingCauses.Of(guard).PlacesOf(call.Syntax);
        context.Report(
            Diagnostic.Create(RuleTable.IndirectBlocking, call.Syntax.GetLocation(), places, FixHints.Cause, name, through, "",
                "make the methods that lead to it async"),
            call.Syntax);
    }

    /// <summary>Whether the operation blocks by itself, or leads out of the compilation to something that does.</summary>
    private static bool IsCause(OperationAnalysisContext context, GuardContext guard, out string name)
    {
        name = "";
        var operation = context.Operation;
        if (BlockingLeaf.MayBe(operation, guard) && BlockingLeaf.NameOf(operation, context.GetControlFlowGraph, guard) is { } leaf)
        {
            name = leaf;
            return true;
        }

        if (!BlockingSummaries.Of(guard).KnowsOtherAssemblies
            || !CalledMembers.OfBlocking(guard).IsWorthFollowing(operation, context.ContainingSymbol))
            return false;
        var calls = new List<BodyCall>();
        CalledMembers.OfBlocking(guard).Collect(operation, context.ContainingSymbol, context.GetControlFlowGraph, calls);
        foreach (var call in calls)
        {
            if (!call.IsLeaf && guard.IsOurs(call.Targets[0])) continue;
            name = call.Name;
            return true;
        }

        return false;
    }
}
