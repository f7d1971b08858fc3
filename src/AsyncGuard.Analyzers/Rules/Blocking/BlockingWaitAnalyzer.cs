using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Analysis.Waiting.Completion;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules.Blocking;

/// <summary>AGD0102: a task is waited for synchronously where it could be awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingWaitAnalyzer() : GuardAnalyzer(RuleTable.BlockingWait)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        start.RegisterInAsyncMembers(guard, context => Check(context, guard), OperationKind.Invocation);
        start.RegisterInAsyncMembers(guard, context => Check(context, guard), OperationKind.PropertyReference);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        if (TaskWait.Of(context.Operation, guard) is not { } wait) return;

        var place = CodeContext.Of(context.Operation, context.ContainingSymbol, guard);
        if (!place.IsAsync) return;
        if (CompletionProof.IsComplete(wait, context.GetControlFlowGraph, guard) || IsSynchronousMode(wait, context.Operation)
            || Verdict.IsOfOther(Finding.Wait, context.Operation, context.ContainingSymbol, context.GetControlFlowGraph, guard))
            return;

        var hint = place.Obstacle == AwaitObstacle.None ? FixHints.None : FixHints.CannotAwait;
        context.Report(RuleTable.BlockingWait, context.Operation.Syntax, hint, wait.Name, place.Obstacle.Explain(), wait.Advice);
    }

    // if (async) await t; else t.Wait();
    private static bool IsSynchronousMode(TaskWait wait, IOperation operation) =>
        wait.Tasks.Length > 0 && SynchronousMode.IsForWait(operation, wait.Tasks[0]);
}
