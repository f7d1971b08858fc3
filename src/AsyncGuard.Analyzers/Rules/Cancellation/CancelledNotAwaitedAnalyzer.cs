using System.Collections.Generic;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0305: a task is asked to stop, and no code waits until it has.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CancelledNotAwaitedAnalyzer() : GuardAnalyzer(RuleTable.CancelledNotAwaited)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationTokenSource is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!WellKnownMember.CancelsSource(call.TargetMethod.Name) || !guard.Tokens.IsSource(call.TargetMethod.ContainingType)) return;
        // void Stop() cannot await it
        if (!CodeContext.Of(call, context.ContainingSymbol, guard).IsAsync) return;
        if (CancelledTasks.LeftAloneBy(call, context.ContainingSymbol, context.GetControlFlowGraph, guard) is not { } tasks) return;

        context.Report(RuleTable.CancelledNotAwaited, PlaceOf(call), FixHints.None.Add(FixHints.Tasks, string.Join(",", tasks)),
            Subject(tasks), tasks.Count == 1 ? "it" : "each");
    }

    // source?.Cancel() as a whole
    private static SyntaxNode PlaceOf(IInvocationOperation call) =>
        call.Parent is IConditionalAccessOperation conditional ? conditional.Syntax : call.Syntax;

    private static string Subject(List<string> tasks) => tasks.Count == 1 ? $"'{tasks[0]}' is" : $"'{string.Join("', '", tasks)}' are";
}
