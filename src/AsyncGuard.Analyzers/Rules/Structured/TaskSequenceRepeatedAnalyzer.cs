using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks.Awaits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0212: a query that starts a task for each item is enumerated more than once, so that the work starts again.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TaskSequenceRepeatedAnalyzer() : GuardAnalyzer(RuleTable.TaskSequenceRepeated)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Enumerable is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.VariableDeclarator);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (LazyTasks.Of(declarator, guard) is not { } tasks || RecordedCode.Is(declarator, guard)) return;
        if (tasks.Repetition(context.GetControlFlowGraph()) is { } again)
            context.Report(RuleTable.TaskSequenceRepeated, again.Syntax, declarator.Symbol.Name);
    }
}
