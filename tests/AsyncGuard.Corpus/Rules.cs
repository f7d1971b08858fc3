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
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers() => All<DiagnosticAnalyzer>(typeof(GuardAnalyzer));

    public static ImmutableArray<CodeFixProvider> Fixes() => All<CodeFixProvider>(typeof(BlockingSleepFix));

    private static ImmutableArray<T> All<T>(Type marker) =>
        [.. marker.Assembly.GetTypes().Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract).Select(type => (T)Activator.CreateInstance(type)!)];
}
