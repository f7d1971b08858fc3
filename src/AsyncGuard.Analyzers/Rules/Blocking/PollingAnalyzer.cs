using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Blocking;

/// <summary>AGD0109: a loop that waits for what other code does by looking at it every now and then.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PollingAnalyzer() : GuardAnalyzer(RuleTable.Polling)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard) =>
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Loop);

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var loop = (ILoopOperation)context.Operation;
        if (loop.LoopKind is not (LoopKind.While or LoopKind.For) || PollingLoop.DelayOf(loop, guard) is not { } delay) return;
        if (CodeContext.IsInExpressionTree(loop, guard)) return;

        var name = MemberNames.Full(delay.TargetMethod);
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.Polling, loop.Syntax.GetFirstToken().GetLocation(), name));
    }
}
