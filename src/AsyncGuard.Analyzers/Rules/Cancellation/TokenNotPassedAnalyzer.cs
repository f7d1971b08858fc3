using AsyncGuard.Analysis;
using AsyncGuard.Catalog;
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
        if (guard.CancellableCalls.Find(call, token) is null) return;
        if (CleanupCode.Holds(call, context.ContainingSymbol)) return;
        if (CodeContext.IsInExpressionTree(call, guard) || IsAnothersFinding(call, context.ContainingSymbol, guard)) return;

        // Tests are meant to run through; who wants it there can still raise it.
        var severity = guard.Options.IsTestProject ? DiagnosticSeverity.Hidden : RuleTable.TokenNotPassed.DefaultSeverity;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.TokenNotPassed, NameOf(call).GetLocation(), severity, null, null, call.TargetMethod.Name, token.Expression));
    }

    // File.ReadAllText(path) and semaphore.Wait() in async code, task.Wait() anywhere: the awaitable form gets the token
    private static bool IsAnothersFinding(IInvocationOperation call, ISymbol? member, GuardContext guard) =>
        TaskWait.Of(call, guard) is not null
        || ReplaceableCall.Is(call, member, guard, out _, out _)
        || (guard.Apis.Has(call.TargetMethod, ApiTraits.Blocks) && CodeContext.Of(call, member, guard).IsAsync);

    private static SyntaxNode NameOf(IInvocationOperation call) => (call.Syntax as InvocationExpressionSyntax)?.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        { } expression => expression,
        null => call.Syntax,
    };
}
