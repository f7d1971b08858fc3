using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0216: a synchronous runner receives asynchronous work, which it sees begin and not end.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyncRunnerAnalyzer() : GuardAnalyzer(RuleTable.SyncRunner)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (SyncRunner.SiblingOf(call, guard) is { } sibling && !RecordedCode.Is(call, guard))
            context.Report(RuleTable.SyncRunner, call.Syntax, call.TargetMethod.Name, sibling.Name);
    }
}
