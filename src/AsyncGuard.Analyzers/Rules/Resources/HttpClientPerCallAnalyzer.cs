using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules.Resources;

/// <summary>
/// AGD0501: an <c>HttpClient</c>, or another client that is made to be shared, which lives no longer than the call that makes it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HttpClientPerCallAnalyzer() : GuardAnalyzer(RuleTable.HttpClientPerCall)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.HttpClient is null || guard.Options.IsTestProject) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.ObjectCreation, OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        if (SharedClient.MadeBy(context.Operation, guard) is not { } client) return;
        if (context.ContainingSymbol is not IMethodSymbol method
            || (RunsOnce(method) && !RequestCode.IsInEndpoint(context.Operation, guard)))
            return;
        if (!client.IsMadeForItself || !LocalLifetime.EndsWithTheCall(context.Operation) || RecordedCode.Is(context.Operation, guard))
            return;

        context.Report(RuleTable.HttpClientPerCall, context.Operation.Syntax, client.Name, client.Cost, client.Advice);
    }

    // A static constructor, Main and a top-level program run once.
    private static bool RunsOnce(IMethodSymbol method) =>
        method.MethodKind == MethodKind.StaticConstructor
        || method is
        {
            IsStatic: true, MethodKind: MethodKind.Ordinary,
            Name: WellKnownMemberNames.EntryPointMethodName or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName
        };
}
