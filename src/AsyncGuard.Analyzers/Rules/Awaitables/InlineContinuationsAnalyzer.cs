using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Awaitables;

/// <summary>AGD0401: a <c>TaskCompletionSource</c> whose awaiters continue inside the call that completes it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InlineContinuationsAnalyzer() : GuardAnalyzer(RuleTable.InlineContinuations)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.TaskCompletionSourceOfT is null || !InlineContinuations.CanBeAvoided(guard)) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.ObjectCreation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!InlineContinuations.AreOf(creation, guard) || RecordedCode.Is(creation, guard)) return;
        context.Report(RuleTable.InlineContinuations, creation.Syntax, creation.Type!.Name);
    }
}
