using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tasks.Misuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>
/// AGD0217: a task is returned out of a <c>try</c> without <c>await</c>, so that its <c>catch</c> or <c>finally</c> is over before the work
/// is.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TaskReturnedFromTryAnalyzer() : GuardAnalyzer(RuleTable.TaskReturnedFromTry)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.NotifyCompletion is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Return);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var returning = (IReturnOperation)context.Operation;
        if (!guard.Awaitables.IsAwaitable(returning.ReturnedValue?.Type)
            || UnguardedReturn.Of(returning, context.ContainingSymbol, guard) is not var (part, starts))
            return;
        if (RecordedCode.Is(returning, guard)
            || Verdict.IsOfOther(Finding.TaskReturnedFromTry, returning.ReturnedValue!, context.ContainingSymbol, guard))
            return;

        var consequence = part == "catch" ? "its failure bypasses the 'catch'" : "the 'finally' runs before it completes";
        context.Report(RuleTable.TaskReturnedFromTry, returning.ReturnedValue!.Syntax, ((IInvocationOperation)starts[0]).TargetMethod.Name,
            consequence);
    }
}
