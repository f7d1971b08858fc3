using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Blocking;

/// <summary>AGD0101: the thread sleeps or spins where the code could wait without it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingSleepAnalyzer() : GuardAnalyzer(RuleTable.BlockingSleep)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard) =>
        start.RegisterInAsyncMembers(guard, context => Check(context, guard), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!guard.Apis.Find(call.TargetMethod, ApiTraits.Sleeps, out var api)) return;
        if (ZeroTimeout.IsGivenTo(call, guard)) return;

        var place = CodeContext.Of(call, context.ContainingSymbol, guard);
        if (!place.IsAsync || SynchronousMode.Is(call, api.Answer ?? "") || NoReturn.IsLastBeforeExit(call, guard)) return;

        var name = MemberNames.Full(call.TargetMethod);
        var advice = api.Answer is null
            ? "await what it waits for: a 'TaskCompletionSource', a 'SemaphoreSlim' or a 'Channel'"
            : "await 'Task.Delay'";
        var hint = api.Answer is null || place.Obstacle != AwaitObstacle.None ? FixHints.CannotAwait : FixHints.None;
        context.Report(RuleTable.BlockingSleep, call.Syntax, hint, name, place.Obstacle.Explain(), advice);
    }
}
