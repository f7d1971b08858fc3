using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RuleTesting;

/// <summary>Base of the tests of a rule without a fix.</summary>
public abstract class RuleTest<TAnalyzer> : RuleTest<TAnalyzer, NoFixProvider>
    where TAnalyzer : DiagnosticAnalyzer, new();
