using System.Collections.Immutable;
using AsyncGuard.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard;

/// <summary>
/// What every rule shares: it runs concurrently, never on generated code, and once per compilation gets the shared
/// <see cref="GuardContext"/>.
/// </summary>
public abstract class GuardAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<DiagnosticDescriptor> _rules;

    private protected GuardAnalyzer(params DiagnosticDescriptor[] rules) => _rules = ImmutableArray.Create(rules);

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => _rules;

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start => Register(start, GuardContext.For(start.Compilation, start.Options)));
    }

    /// <summary>Registers the rule's callbacks, or none where the types that it is about do not exist.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext start, GuardContext guard);
}
