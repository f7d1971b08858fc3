using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Has two rules, one of them off by default, which speaks about every method.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QuietAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Off = new("TST0002", "Off", "A method", "Tests", DiagnosticSeverity.Warning, false);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [OldLiteralAnalyzer.Rule, Off];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(symbol => symbol.ReportDiagnostic(Diagnostic.Create(Off, symbol.Symbol.Locations[0])),
            SymbolKind.Method);
    }
}
