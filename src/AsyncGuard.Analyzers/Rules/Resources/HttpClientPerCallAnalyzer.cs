using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Resources;

/// <summary>AGD0501: an <c>HttpClient</c> that lives no longer than the call that makes it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HttpClientPerCallAnalyzer() : GuardAnalyzer(RuleTable.HttpClientPerCall)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.HttpClient is null || guard.Options.IsTestProject) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.ObjectCreation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is not { Name: "HttpClient" } || !SymbolEqualityComparer.Default.Equals(creation.Type, guard.Types.HttpClient)) return;
        if (context.ContainingSymbol is not IMethodSymbol method || (RunsOnce(method) && !RequestCode.IsInEndpoint(creation, guard))) return;
        if (!HandlerLifetime.EndsWithTheClient(creation, guard) || !LocalLifetime.EndsWithTheCall(creation)) return;
        if (RecordedCode.Is(creation, guard)) return;

        context.Report(RuleTable.HttpClientPerCall, creation.Syntax, guard.Types.HttpClientFactory is null
            ? "keep one and share it, with 'SocketsHttpHandler.PooledConnectionLifetime' set so that it follows DNS"
            : "take one from 'IHttpClientFactory', or keep one and share it");
    }

    // A static constructor, Main and a top-level program run once.
    private static bool RunsOnce(IMethodSymbol method) =>
        method.MethodKind == MethodKind.StaticConstructor
        || method is { IsStatic: true, MethodKind: MethodKind.Ordinary, Name: WellKnownMemberNames.EntryPointMethodName or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName };
}
