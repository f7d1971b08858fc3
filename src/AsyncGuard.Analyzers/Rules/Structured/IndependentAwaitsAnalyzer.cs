using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Tasks.Awaits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>
/// AGD0207: reads that need nothing of each other are awaited one after the other, so that they take as long as all of them together.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IndependentAwaitsAnalyzer() : GuardAnalyzer(RuleTable.IndependentAwaits)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        // In a test the order is often what is tested, and time does not matter.
        if (guard.Types.NotifyCompletion is null || guard.Options.IsTestProject) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Await);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var awaited = (IAwaitOperation)context.Operation;
        var row = IndependentAwaits.RowWithSecond(awaited, guard);
        if (!row.IsEmpty)
            context.Report(RuleTable.IndependentAwaits, awaited.Syntax, row.Length, row[1].Call.TargetMethod.Name,
                guard.Types.TaskGroup is null ? "'Task.WhenAll'" : "'Task.WhenAll' or 'TaskGroup.WhenAllAsync'");
    }
}
