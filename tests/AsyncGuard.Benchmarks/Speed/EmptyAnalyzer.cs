using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Benchmarks.Speed;

#pragma warning disable RS1001, RS1012, RS1038 // It is never shipped.

/// <summary>
/// Asks for operations and does nothing with them: what a run with any analyzer costs. It knows which compilation was analyzed.
/// </summary>
internal sealed class EmptyAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new DiagnosticDescriptor("EMPTY", "Nothing", "Nothing", "Nothing", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    /// <summary>The driver's copy of the compilation.</summary>
    public Compilation? Analyzed { get; private set; }

    /// <summary>All copies that the driver made: one for a document, another for the rest.</summary>
    public HashSet<Compilation> Seen { get; } = [];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            lock (Seen) Seen.Add(start.Compilation);
        });
        context.RegisterCompilationAction(end => Analyzed = end.Compilation);
        context.RegisterOperationAction(static _ => { }, OperationKind.Invocation);
    }
}
