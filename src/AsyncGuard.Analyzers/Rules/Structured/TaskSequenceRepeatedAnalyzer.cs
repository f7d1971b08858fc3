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
        start.RegisterOperationAction(context => CheckParameters(context, guard), OperationKind.MethodBody);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (LazyTasks.Of(declarator, guard) is not { } tasks || RecordedCode.Is(declarator, guard)) return;
        if (tasks.Repetition(context.GetControlFlowGraph()) is { } again)
            context.Report(RuleTable.TaskSequenceRepeated, again.Syntax, declarator.Symbol.Name);
    }

    // public static async Task AllAsync(IEnumerable<Task> tasks) { Log(tasks.Count()); await Task.WhenAll(tasks); }
    private static void CheckParameters(OperationAnalysisContext context, GuardContext guard)
    {
        // The callers of the others can be seen, and most give them a list.
        if (context.ContainingSymbol is not IMethodSymbol
            {
                DeclaredAccessibility: Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
            } method)
            return;
        foreach (var parameter in method.Parameters)
        {
            if (LazyTasks.Of(parameter, (IMethodBodyOperation)context.Operation, guard) is { } tasks
                && tasks.Repetition(context.GetControlFlowGraph()) is { } again && !RecordedCode.Is(again, guard))
                context.Report(RuleTable.TaskSequenceRepeated, again.Syntax, parameter.Name);
        }
    }
}
