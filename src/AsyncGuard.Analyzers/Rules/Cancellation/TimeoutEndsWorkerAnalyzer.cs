using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0313: a call in a worker's loop times out, and the handler takes that for the request to stop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TimeoutEndsWorkerAnalyzer() : GuardAnalyzer(RuleTable.TimeoutEndsWorker)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null || guard.Types.OperationCanceledException is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.CatchClause);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var clause = (ICatchClauseOperation)context.Operation;
        if (TimeoutEndsWorker.Of(clause, context.ContainingSymbol, guard) is not var (call, token)) return;

        var keyword = ((CatchClauseSyntax)clause.Syntax).CatchKeyword;
        var what = clause.Filter is null ? "any cancellation leaves the loop here" : "this filter lets any cancellation out of the loop";
        context.Report(Diagnostic.Create(RuleTable.TimeoutEndsWorker, keyword.GetLocation(), call.TargetMethod.Name, what,
            token.Expression), call.Syntax);
    }
}
