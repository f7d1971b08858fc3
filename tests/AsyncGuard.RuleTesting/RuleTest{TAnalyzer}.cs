using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace AsyncGuard.RuleTesting;

/// <summary>Base of the tests of a rule without a fix.</summary>
public abstract class RuleTest<TAnalyzer> : RuleTest<TAnalyzer, EmptyCodeFixProvider>
    where TAnalyzer : DiagnosticAnalyzer, new();
