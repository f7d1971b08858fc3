using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Blocking;

/// <summary>AGD0107: a lock that belongs to a thread is still held at an await, after which another thread may run.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockAcrossAwaitAnalyzer() : GuardAnalyzer(RuleTable.LockAcrossAwait)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard) =>
        start.RegisterInAsyncMembers(guard, context => Check(context, guard), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (LockCall.Of(call, guard) is not { } taken || !IsInAsyncFunction(call, context.ContainingSymbol)) return;
        if (HeldLocks.AwaitUnder(taken, context.GetControlFlowGraph()) is not { } reached) return;

        context.Report(Diagnostic.Create(RuleTable.LockAcrossAwait, call.Syntax.GetLocation(), [reached.Syntax.GetLocation()], taken.Name),
            call.Syntax);
    }

    // Only an async function can await.
    private static bool IsInAsyncFunction(IOperation call, ISymbol member)
    {
        for (var parent = call.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda) return lambda.Symbol.IsAsync;
            if (parent is ILocalFunctionOperation local) return local.Symbol.IsAsync;
        }

        return member is IMethodSymbol { IsAsync: true };
    }
}
