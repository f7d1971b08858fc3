using AsyncGuard.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0301: a token is in scope, and a call that could take it is made without.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TokenNotPassedAnalyzer() : GuardAnalyzer(RuleTable.TokenNotPassed)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!guard.CancellableCalls.MayTakeToken(call)) return;
        if (guard.Tokens.Best(call, context.ContainingSymbol) is not { } token) return;
        if (CleanupCode.Holds(call, context.ContainingSymbol)) return;
        if (guard.CancellableCalls.Find(call, token) is null || IsAnothersFinding(call, context.ContainingSymbol, guard)) return;

        var severity = guard.Options.IsTestProject ? DiagnosticSeverity.Hidden : RuleTable.TokenNotPassed.DefaultSeverity;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.TokenNotPassed, NameOf(call).GetLocation(), severity, null, null, call.TargetMethod.Name, token.Expression));
    }

    /// <summary>A blocking call is replaced by its awaitable counterpart, which gets the token; an <c>await foreach</c> takes it by <c>WithCancellation</c>.</summary>
    private static bool IsAnothersFinding(IInvocationOperation call, ISymbol? member, GuardContext guard) =>
        ReplaceableCall.Is(call, member, guard, out _, out _)
        || (TaskWait.Of(call, guard) is not null && CodeContext.Of(call, member, guard).IsAsync)
        || call.Parent is IForEachLoopOperation { IsAsynchronous: true }
        || call.Parent is IConversionOperation { Parent: IForEachLoopOperation { IsAsynchronous: true } };

    private static SyntaxNode NameOf(IInvocationOperation call) => (call.Syntax as InvocationExpressionSyntax)?.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        { } expression => expression,
        null => call.Syntax,
    };
}
