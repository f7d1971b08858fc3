using System;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Base of the harness's own tests: what a verification says when it fails.</summary>
public abstract class HarnessTest
{
    protected static RuleVerifier With<TFix>()
        where TFix : CodeFixProvider, new() => With<OldLiteralAnalyzer, TFix>();

    protected static RuleVerifier With<TAnalyzer, TFix>()
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() => new([new TAnalyzer()], new TFix());

    protected static async Task Fails(Func<Task> verification, params string[] messageParts)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(verification);
        foreach (var part in messageParts) Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }
}
