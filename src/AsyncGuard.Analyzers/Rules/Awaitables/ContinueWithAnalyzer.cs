using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Awaitables;

/// <summary>AGD0407: <c>ContinueWith</c> in async code that awaits or returns its result, so that <c>await</c> says the same.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContinueWithAnalyzer() : GuardAnalyzer(RuleTable.ContinueWith)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!PlainContinuation.Is(call, guard) || PlainContinuation.OnlyWaits(call) || !PlainContinuation.IsAwaitedOrReturned(call, guard))
            return;
        if (CodeContext.Of(call, context.ContainingSymbol, guard) is not { IsAsync: true, Obstacle: AwaitObstacle.None }) return;

        context.Report(RuleTable.ContinueWith, NameIn(call.Syntax));
    }

    private static SyntaxNode NameIn(SyntaxNode call) =>
        call is not InvocationExpressionSyntax invocation ? call : invocation.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            _ => call,
        };
}
