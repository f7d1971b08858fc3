using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Analysis.Tasks.Misuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0218: several asynchronous handlers are raised with one call, and only the task of the last one is awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AwaitedMulticastAnalyzer() : GuardAnalyzer(RuleTable.AwaitedMulticast)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.NotifyCompletion is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.MethodKind != MethodKind.DelegateInvoke || !guard.Awaitables.IsAwaitable(call.Type) || MulticastRaise.MemberOf(call) is not { } member) return;
        if (TaskFate.Of(call, guard).Kind is not (TaskFateKind.Awaited or TaskFateKind.Returned) || !AddedHandlers.MayBeSeveral(member, guard, context.CancellationToken)) return;
        if (MulticastRaise.TakesApart(call) || RecordedCode.Is(call, guard)) return;

        context.Report(RuleTable.AwaitedMulticast, call.Parent is IConditionalAccessOperation access ? access.Syntax : call.Syntax, member.Name);
    }
}
