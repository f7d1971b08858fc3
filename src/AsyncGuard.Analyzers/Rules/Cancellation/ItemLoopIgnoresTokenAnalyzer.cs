using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Precedence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0316: a loop awaits for each of its items, and the token in scope cannot stop it between two of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ItemLoopIgnoresTokenAnalyzer() : GuardAnalyzer(RuleTable.ItemLoopIgnoresToken)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null) return;
        start.RegisterInAsyncMembers(guard, context => Check(context, guard), OperationKind.Loop);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var loop = (ILoopOperation)context.Operation;
        if (IgnoringItemLoop.TokenIgnoredBy(loop, context.ContainingSymbol, guard) is not { } token) return;
        if (Verdict.IsOfOther(Finding.ItemLoopIgnoresToken, loop, context.ContainingSymbol, guard)) return;

        // Tests are expected to run to completion; users who want it there can raise its severity.
        var severity = guard.Options.IsTestProject ? DiagnosticSeverity.Hidden : RuleTable.ItemLoopIgnoresToken.DefaultSeverity;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.ItemLoopIgnoresToken, loop.Syntax.GetFirstToken().GetLocation(), severity,
            null, null, token.Expression));
    }
}
