using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Awaitables;

/// <summary>AGD0403: a <c>ValueTask</c> whose result is asked for twice, or that is stored for later.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValueTaskReuseAnalyzer() : GuardAnalyzer(RuleTable.ValueTaskReuse)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.ValueTask is null && guard.Types.ValueTaskOfT is null) return;
        start.RegisterOperationAction(context => CheckUse(context, guard), OperationKind.LocalReference, OperationKind.ParameterReference);
        start.RegisterOperationAction(context => CheckCall(context, guard), OperationKind.Invocation);
    }

    private static void CheckUse(OperationAnalysisContext context, GuardContext guard)
    {
        var use = context.Operation;
        if (!guard.Awaitables.IsValueTask(use.Type) || !ValueTaskUse.Consumes(use, guard)) return;
        if (RepeatedValueTask.Is(use, context.GetControlFlowGraph, guard))
            context.Report(RuleTable.ValueTaskReuse, use.Syntax, use.Syntax,
                "has been used up by then, and its result may belong to another operation; keep 'AsTask()' or 'Preserve()' of it");
    }

    private static void CheckCall(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!guard.Awaitables.IsValueTask(call.Type)
            || StoredValueTask.In(call, guard) is not { } store)
            return;
        context.Report(RuleTable.ValueTaskReuse, call.Syntax, call.TargetMethod.Name,
            $"is stored in '{store}' and used later, when it may have been used up; store 'AsTask()' or 'Preserve()' of it");
    }
}
