using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>A row of the rule table with everything that goes by the name of its smell.</summary>
internal sealed record RuleRow(string Smell, DiagnosticDescriptor Descriptor)
{
    private static readonly Assembly AnalyzerAssembly = typeof(GuardAnalyzer).Assembly;
    private static readonly Assembly FixAssembly = typeof(GuardFix).Assembly;

    /// <summary>Every row, by id.</summary>
    public static ImmutableArray<RuleRow> All { get; } =
    [
        .. typeof(RuleTable).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => new RuleRow(field.Name, (DiagnosticDescriptor)field.GetValue(null)!))
            .OrderBy(row => row.Id, StringComparer.Ordinal),
    ];

    public static ImmutableArray<DiagnosticAnalyzer> AllAnalyzers { get; } =
        [.. Concrete<DiagnosticAnalyzer>(AnalyzerAssembly).Where(analyzer => analyzer is not DiagnosticSuppressor)];

    public static ImmutableArray<CodeFixProvider> AllFixes { get; } = [.. Concrete<CodeFixProvider>(FixAssembly)];

    public string Id => Descriptor.Id;

    public string Title => Descriptor.Title.ToString();

    public string Message => Descriptor.MessageFormat.ToString();

    public string Page => $"docs/rules/{Id}.md";

    /// <summary>The folder and namespace of the rule's category: <c>Blocking</c>.</summary>
    public string Family => Descriptor.Category["AsyncGuard.".Length..];

    public DiagnosticAnalyzer? Analyzer =>
        AllAnalyzers.FirstOrDefault(analyzer => analyzer.GetType().FullName == $"AsyncGuard.Rules.{Family}.{Smell}Analyzer");

    public CodeFixProvider? Fix => AllFixes.FirstOrDefault(fix => fix.GetType().FullName == $"AsyncGuard.Fixes.{Family}.{Smell}Fix");

    public static RuleRow Of(string id) => All.Single(row => row.Id == id);

    private static IEnumerable<T> Concrete<T>(Assembly assembly) => assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (T)Activator.CreateInstance(type)!);
}
