using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Causes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules.Blocking;

/// <summary>
/// AGD0112: a call in async code that reaches a blocking one, which is reported itself because many do, or which blocks at most once.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IndirectBlockingPlaceAnalyzer() : GuardAnalyzer(RuleTable.IndirectBlockingPlace)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterInAsyncMembers(guard, context => Check(context, guard), IndirectCalls.Kinds);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        if (!IndirectCall.MayBe(context.Operation, context.ContainingSymbol, guard)) return;
        if (IndirectCall.Of(context.Operation, context.ContainingSymbol, context.GetControlFlowGraph, guard) is not { } found) return;
        if (found.IsOnce)
            context.Report(RuleTable.IndirectBlockingPlace, found,
                "it does so at most once; move it to another thread with 'Task.Run', or make it async");
        else if (found.Path.Cause is { } cause && BlockingCauses.Of(guard).IsShared(cause.Place))
            context.Report(RuleTable.IndirectBlockingPlace, found,
                "the blocking call is reported where it stands; move this one to another thread with 'Task.Run', or make it async");
    }
}
