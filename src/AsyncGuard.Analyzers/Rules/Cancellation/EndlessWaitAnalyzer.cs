using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Analysis.Waiting.Completion;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0309: a wait that may never end, and does not look at the token in scope.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndlessWaitAnalyzer() : GuardAnalyzer(RuleTable.EndlessWait)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null) return;
        start.RegisterOperationAction(context => CheckCall(context, guard), OperationKind.Invocation);
        start.RegisterOperationAction(context => CheckSource(context, guard), OperationKind.Await);
    }

    // await gate.WaitAsync(), await reader.ReadAsync(), return Task.Delay(Timeout.Infinite)
    private static void CheckCall(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!EndlessWait.Is(call, guard) || CancellableCalls.Of(guard).Missing(call, context.ContainingSymbol) is not { } token) return;
        if (Verdict.IsOfOther(Finding.EndlessWait, call, context.ContainingSymbol, guard)) return;
        Report(context, call, MemberNames.Full(call.TargetMethod), token, "pass it on", guard);
    }

    // await ready.Task
    private static void CheckSource(OperationAnalysisContext context, GuardContext guard)
    {
        var awaited = Unwrapped.Awaited(((IAwaitOperation)context.Operation).Operation);
        if (EndlessWait.SourceOf(awaited, guard) is not { } source) return;
        if (TokenScope.Of(guard).Best(awaited, context.ContainingSymbol) is not { } token
            || CleanupCode.Surrounds(awaited, context.ContainingSymbol, guard))
            return;
        if (!CompletionSourceUse.IgnoresCancellation(source, token, guard) || CompletionProof.IsComplete(awaited, context, guard)) return;
        Report(context, awaited, awaited.Syntax.ToString(), token, "await '.WaitAsync' with it", guard);
    }

    private static void Report(OperationAnalysisContext context, IOperation wait, string name, TokenCandidate token, string advice,
        GuardContext guard)
    {
        // Tests are expected to run to completion; users who want it there can raise its severity.
        var severity = guard.Options.IsTestProject ? DiagnosticSeverity.Hidden : RuleTable.EndlessWait.DefaultSeverity;
        context.Report(Diagnostic.Create(RuleTable.EndlessWait, wait.Syntax.GetLocation(), severity, null, null, name, token.Expression,
            advice), wait.Syntax);
    }
}
