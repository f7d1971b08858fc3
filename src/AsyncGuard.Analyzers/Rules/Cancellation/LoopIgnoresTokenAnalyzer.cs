using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Precedence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0303: a loop that waits again and again, and that the token in scope cannot stop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoopIgnoresTokenAnalyzer() : GuardAnalyzer(RuleTable.LoopIgnoresToken)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Loop);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var loop = (ILoopOperation)context.Operation;
        if (IgnoringLoop.TokenIgnoredBy(loop, context.ContainingSymbol, guard) is not { } token) return;
        if (Verdict.IsOfOther(Finding.LoopIgnoresToken, loop, context.ContainingSymbol, guard)) return;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.LoopIgnoresToken, loop.Syntax.GetFirstToken().GetLocation(),
            token.Expression));
    }
}
