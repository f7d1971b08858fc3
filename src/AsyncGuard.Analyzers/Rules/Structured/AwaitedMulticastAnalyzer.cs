using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Analysis.Tasks.Misuse;
using AsyncGuard.Catalog;
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
        if (call.TargetMethod.MethodKind != MethodKind.DelegateInvoke || !guard.Awaitables.IsAwaitable(call.Type)
            || MulticastRaise.MemberOf(call) is not { } member)
            return;
        if (!IsWaitedFor(call, guard) || !AddedHandlers.MayBeSeveral(member, guard, context.CancellationToken)) return;
        if (MulticastRaise.TakesApart(call) || RecordedCode.Is(call, guard)) return;

        context.Report(RuleTable.AwaitedMulticast, call.Parent is IConditionalAccessOperation access ? access.Syntax : call.Syntax,
            member.Name);
    }

    // await Changed(); return Changed(); await Task.WhenAll(Changed(), other)
    private static bool IsWaitedFor(IInvocationOperation call, GuardContext guard)
    {
        var fate = TaskFate.Of(call, guard);
        if (fate is not { Kind: TaskFateKind.Kept or TaskFateKind.Collected, Holder: { } local }) return IsWaitedFor(call, fate, guard);

        // var raised = Changed?.Invoke(); if (raised is not null) await raised;
        var holder = TaskHolder.Of(local, call, guard);
        if (holder.IsShared || (!holder.IsCollection && holder.Starts.Count != 1)) return false;
        foreach (var use in holder.Uses)
        {
            if (use.Reference.Syntax.SpanStart > call.Syntax.SpanStart && IsWaitedFor(use.Reference, use.Fate, guard)) return true;
        }

        return false;
    }

    private static bool IsWaitedFor(IOperation task, TaskFate fate, GuardContext guard) => fate.Kind switch
    {
        TaskFateKind.Awaited or TaskFateKind.Returned => true,
        TaskFateKind.Passed => JoinAround(task) is { } join && guard.Apis.Has(join.TargetMethod, ApiTraits.JoinsAll),
        _ => false,
    };

    private static IInvocationOperation? JoinAround(IOperation task)
    {
        for (var parent = task.Parent;
            parent is not (null or IBlockOperation or IExpressionStatementOperation or IAnonymousFunctionOperation
            or IVariableDeclaratorOperation); parent = parent.Parent)
        {
            if (parent is IInvocationOperation call) return call;
        }

        return null;
    }
}
