using System.Collections.Immutable;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules;

/// <summary>How rules report: one short form for each place a finding can stand.</summary>
internal static class Reporting
{
    public static void Report(this OperationAnalysisContext context, DiagnosticDescriptor rule, SyntaxNode place,
        params object[] arguments) =>
        context.Report(Diagnostic.Create(rule, place.GetLocation(), arguments), place);

    public static void Report(this OperationAnalysisContext context, DiagnosticDescriptor rule, SyntaxNode place,
        ImmutableDictionary<string, string?> hint, params object[] arguments) =>
        context.Report(Diagnostic.Create(rule, place.GetLocation(), hint, arguments), place);

    /// <summary>Reports a finding about the API that is used at the place, unless the project says <c>none</c> of it.</summary>
    public static void Report(this OperationAnalysisContext context, Diagnostic finding, SyntaxNode place)
    {
        if (GuardContext.Known(context.Compilation) is not { } guard || !SilencedApi.IsUsedAt(place, context.Operation, guard))
            context.ReportDiagnostic(finding);
    }

    /// <summary>What the message adds where <c>await</c> cannot be written.</summary>
    public static string Explain(this AwaitObstacle obstacle) => obstacle switch
    {
        AwaitObstacle.Lock => " inside a 'lock', where 'await' is not allowed",
        AwaitObstacle.Unsafe => " inside 'unsafe' code, where 'await' is not allowed",
        AwaitObstacle.CatchFilter => " inside a catch filter, where 'await' is not allowed",
        AwaitObstacle.Query => " inside a query clause, where 'await' is not allowed",
        AwaitObstacle.SynchronousLambda => " inside a synchronous lambda that runs there",
        _ => "",
    };
}
