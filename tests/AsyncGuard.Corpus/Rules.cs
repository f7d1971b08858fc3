using System;
using System.Collections.Immutable;
using System.Linq;
using AsyncGuard.Fixes.Blocking;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Corpus;

/// <summary>Every analyzer and every fix of the package.</summary>
internal static class Rules
{
    private static readonly ImmutableArray<CodeFixProvider> EveryFix = All<CodeFixProvider>(typeof(BlockingSleepFix));

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers() => All<DiagnosticAnalyzer>(typeof(GuardAnalyzer));

    public static ImmutableArray<DiagnosticAnalyzer> AnalyzersOf(CorpusOptions options) =>
        [.. Analyzers()
        .Where(analyzer => options.Rules.Count == 0 || options.Wants(analyzer.SupportedDiagnostics.Select(rule => rule.Id)))];

    public static ImmutableArray<CodeFixProvider> FixesOf(string rule) =>
        [.. EveryFix.Where(fix => fix.FixableDiagnosticIds.Contains(rule))];

    private static ImmutableArray<T> All<T>(Type marker) =>
        [.. marker.Assembly.GetTypes().Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (T)Activator.CreateInstance(type)!)];
}
