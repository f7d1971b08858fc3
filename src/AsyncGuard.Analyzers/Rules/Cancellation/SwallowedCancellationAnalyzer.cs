using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0304: a handler takes a cancellation for an error like any other, and the loop that was to stop goes on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwallowedCancellationAnalyzer() : GuardAnalyzer(RuleTable.SwallowedCancellation)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null || guard.Types.OperationCanceledException is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.CatchClause);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var clause = (ICatchClauseOperation)context.Operation;
        if (SwallowedCancellation.Of(clause, context.ContainingSymbol, guard) is not { } swallowed
            || !swallowed.GoesOn(context.GetControlFlowGraph()))
            return;

        var keyword = ((CatchClauseSyntax)clause.Syntax).CatchKeyword;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.SwallowedCancellation, keyword.GetLocation(),
            swallowed.IsInLoop ? "the loop" : "the service"));
    }
}
