using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0312: a semaphore may be released without having been entered, or not be released at all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReleaseWithoutAcquireAnalyzer() : GuardAnalyzer(RuleTable.ReleaseWithoutAcquire)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!guard.Apis.MayHave(call.TargetMethod.Name, ApiTraits.TakesPermit)
            || PermitUse.FaultOf(call, guard) is not (not PermitFault.None and var fault) || RecordedCode.Is(call, guard))
            return;

        // gate.Wait() in async code: that it blocks is the finding
        if (Verdict.IsOfOther(Finding.ReleaseWithoutAcquire, call, context.ContainingSymbol, guard)) return;

        var name = (call.Instance?.Type ?? call.TargetMethod.ContainingType).Name + "." + call.TargetMethod.Name;
        var (what, advice) = fault switch
        {
            PermitFault.TakenInside =>
                ("can fail inside the 'try' that releases it, which then releases what it never entered", "move it in front of the 'try'"),
            PermitFault.ResultIgnored => ("may time out, and the code then releases without having entered", "check what it returns"),
            PermitFault.SkippedBeforeTry =>
                ("is not followed by a 'Release' when the code in front of the 'try' throws", "start the 'try' right behind it"),
            _ => ("is not followed by a 'Release' when the code in between throws", "release it in a 'finally'"),
        };
        context.Report(RuleTable.ReleaseWithoutAcquire, call.Syntax, name, what, advice);
    }
}
