using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules.Awaitables;

/// <summary>AGD0406: an awaiter of our own that does what code around an <c>await</c> does not count on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AwaiterProtocolAnalyzer() : GuardAnalyzer(RuleTable.AwaiterProtocol)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.NotifyCompletion is null || guard.Types.CriticalNotifyCompletion is null) return;
        start.RegisterSymbolAction(context => Check(context, guard), SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context, GuardContext guard)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!CustomAwaiter.Is(type, guard)) return;
        if (CustomAwaiter.LacksUnsafeOnCompleted(type, guard))
            Report(type,
                $"'{type.Name}' does not implement 'ICriticalNotifyCompletion', so each 'await' captures the execution context once more; implement 'UnsafeOnCompleted'");

        foreach (var member in type.GetMembers())
        {
            if (member is not IMethodSymbol method) continue;
            if (CustomAwaiter.ContinuesInline(method, type, guard))
                Report(method,
                    $"'{CustomAwaiter.NameOf(method)}' calls the continuation before it returns, so that awaits in a loop end in a stack overflow; keep it until the result is there");
            if (CustomAwaiter.Blocks(method, guard) is { } call)
                Report(method,
                    $"'GetResult' blocks with '{call}', although it is called only when 'IsCompleted' is true or the continuation has run; return the result");
        }

        void Report(ISymbol place, string problem) =>
            context.ReportDiagnostic(Diagnostic.Create(RuleTable.AwaiterProtocol, place.Locations[0], problem));
    }
}
