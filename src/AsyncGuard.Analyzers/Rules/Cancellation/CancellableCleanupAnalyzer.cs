using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0306: cleanup receives the token that the work before it obeyed, and does not run once it is cancelled.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CancellableCleanupAnalyzer() : GuardAnalyzer(RuleTable.CancellableCleanup)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Await);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        if (CancellableCleanup.TokenOf((IAwaitOperation)context.Operation, context.ContainingSymbol, guard) is not { } argument) return;

        var token = argument.Syntax is ArgumentSyntax written ? written.Expression : argument.Syntax;
        var cleanup = ((IInvocationOperation)argument.Parent!).TargetMethod.Name;
        context.Report(RuleTable.CancellableCleanup, token, cleanup, token.ToString());
    }
}
