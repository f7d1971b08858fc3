using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>
/// AGD0211: a task is started for each item of a source that may have any number of them, and nothing limits how many run at once.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedFanOutAnalyzer() : GuardAnalyzer(RuleTable.UnboundedFanOut)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.NotifyCompletion is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.SimpleAssignment, OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        if (FanOut.Of(context.Operation, guard) is not { } found) return;
        context.Report(RuleTable.UnboundedFanOut, found.Start.Syntax, found.Work.TargetMethod.Name, Advice(found, guard));
    }

    private static string Advice(FanOut found, GuardContext guard)
    {
        if (guard.Types.TaskGroup is not null)
            return found.Loop is null ? "use 'TaskGroup.ForEachAsync' with 'maxConcurrency'"
                : "start them in a 'TaskGroup' with 'MaxConcurrency'";
        return found.Loop is null or IForEachLoopOperation && guard.Types.Parallel is { } parallel
            && ThreadingMembers.ParallelAsync.IsIn(parallel) ? "use 'Parallel.ForEachAsync'" : "limit them with a 'SemaphoreSlim'";
    }
}
