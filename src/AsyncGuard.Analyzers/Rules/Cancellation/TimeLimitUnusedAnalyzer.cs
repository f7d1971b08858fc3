using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Lifetimes.Sources;
using AsyncGuard.Analysis.Precedence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0315: a time limit is set, and nothing receives the token that it cancels.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TimeLimitUnusedAnalyzer() : GuardAnalyzer(RuleTable.TimeLimitUnused)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationTokenSource is null) return;
        start.RegisterOperationAction(context => CheckCreation(context, guard), OperationKind.ObjectCreation);
        start.RegisterOperationAction(context => CheckCall(context, guard), OperationKind.Invocation);
    }

    // new CancellationTokenSource(1000)
    private static void CheckCreation(OperationAnalysisContext context, GuardContext guard)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (guard.Tokens.IsSource(creation.Type) && TokenSourceCreation.IsTimed(creation) && UnusedTimeLimit.IsMade(creation))
            Report(context, guard);
    }

    // source.CancelAfter(1000), timeProvider.CreateCancellationTokenSource(limit)
    private static void CheckCall(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (guard.Tokens.IsSource(call.Instance?.Type) ? UnusedTimeLimit.IsSet(call, guard)
            : TokenSourceCreation.IsTimed(call, guard) && UnusedTimeLimit.IsMade(call))
            Report(context, guard);
    }

    private static void Report(OperationAnalysisContext context, GuardContext guard)
    {
        if (Verdict.IsOfOther(Finding.TimeLimitUnused, context.Operation, context.ContainingSymbol, guard)) return;
        if (!RecordedCode.Is(context.Operation, guard)) context.Report(RuleTable.TimeLimitUnused, context.Operation.Syntax);
    }
}
