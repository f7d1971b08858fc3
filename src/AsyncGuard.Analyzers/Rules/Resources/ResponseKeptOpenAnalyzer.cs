using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Resources;

/// <summary>AGD0506: a response is asked for with <c>ResponseHeadersRead</c>, and on some path neither disposed nor read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ResponseKeptOpenAnalyzer() : GuardAnalyzer(RuleTable.ResponseKeptOpen)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.HttpClient is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (OpenResponse.Of(call, guard) is not { } response || !response.IsLeft(context.GetControlFlowGraph)
            || RecordedCode.Is(call, guard))
            return;
        context.Report(RuleTable.ResponseKeptOpen, call.Syntax, call.TargetMethod.Name);
    }
}
