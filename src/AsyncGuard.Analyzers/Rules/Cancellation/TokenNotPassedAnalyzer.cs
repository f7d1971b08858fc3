using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tokens;
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
        if (CancellableCalls.Of(guard).Missing(call, context.ContainingSymbol) is not { } token || KeptToken.Is(call, token, guard)) return;
        if (Verdict.IsOfOther(Finding.TokenNotPassed, call, context.ContainingSymbol, guard)) return;

        // Tests are expected to run to completion; users who want it there can raise its severity.
        var severity = guard.Options.IsTestProject ? DiagnosticSeverity.Hidden : RuleTable.TokenNotPassed.DefaultSeverity;
        context.Report(Diagnostic.Create(RuleTable.TokenNotPassed, NameOf(call).GetLocation(), severity, null, null,
            call.TargetMethod.Name, token.Expression), call.Syntax);
    }

    private static SyntaxNode NameOf(IInvocationOperation call) => (call.Syntax as InvocationExpressionSyntax)?.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        { } expression => expression,
        null => call.Syntax,
    };
}
