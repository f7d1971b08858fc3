using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0208: a <c>Task.WhenAny</c> whose losers are neither awaited, cancelled nor observed; also as a time-out.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LosersOfWhenAnyAnalyzer() : GuardAnalyzer(RuleTable.LosersOfWhenAny)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is not { } task) return;
        var canLimit = TaskMembers.WaitAsync.IsIn(task);
        start.RegisterOperationAction(context => Check(context, guard, canLimit), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard, bool canLimit)
    {
        var call = (IInvocationOperation)context.Operation;
        if (Race.Of(call, guard) is not { } race) return;
        if (!race.LeavesDelay() && !race.LeavesLoser()) return;
        if (RecordedCode.Is(call, guard)) return;

        var advice = race.IsReturned ? "give the delay a token, and cancel it"
            : race.Limit is not null && canLimit
            ? race.WaitsForWork() ? "give the delay a token, and cancel it" : "use 'WaitAsync' with the time-out"
            : "cancel and await them, or await them later";
        context.Report(RuleTable.LosersOfWhenAny, call.Syntax, advice);
    }
}
