using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using AsyncGuard.Fixes.Blocking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Cli.Auditing;

/// <summary>
/// The rules and fixes that look at a project: those of the version that the project references, otherwise the tool's own.
/// </summary>
internal sealed class RuleAssemblies
{
    private const string AnalyzerAssembly = "AsyncGuard.Analyzers";
    private const string FixAssembly = "AsyncGuard.CodeFixes";

    private static readonly RuleAssemblies Own = new(typeof(GuardAnalyzer).Assembly, typeof(BlockingSleepFix).Assembly);
    private static readonly Dictionary<string, RuleAssemblies> Referenced = new(StringComparer.Ordinal);

    private RuleAssemblies(Assembly analyzers, Assembly fixes)
    {
        Version = analyzers.GetName().Version?.ToString(3) ?? "";

        // The tool reads the baseline itself, also for projects that do not reference the package.
        Analyzers = [.. All<DiagnosticAnalyzer>(analyzers).Where(analyzer => analyzer is not DiagnosticSuppressor)];
        Fixes = [.. All<CodeFixProvider>(fixes)];
    }

    public string Version { get; }

    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    public ImmutableArray<CodeFixProvider> Fixes { get; }

    public static RuleAssemblies Of(Project project)
    {
        if (Find(project, AnalyzerAssembly) is not { } analyzers || Find(project, FixAssembly) is not { } fixes) return Own;
        lock (Referenced)
        {
            if (!Referenced.TryGetValue(analyzers.FullPath, out var known))
                Referenced.Add(analyzers.FullPath, known = Load(analyzers, fixes));
            return known;
        }
    }

    /// <summary>Whether the project references the package, so that its build adds the catalog and baseline files itself.</summary>
    public static bool IsReferencedBy(Project project) => Find(project, AnalyzerAssembly) is not null;

    private static RuleAssemblies Load(AnalyzerFileReference analyzers, AnalyzerFileReference fixes)
    {
        var assembly = analyzers.GetAssembly();
        return assembly.ManifestModule.ModuleVersionId == typeof(GuardAnalyzer).Assembly.ManifestModule.ModuleVersionId ? Own
            : new RuleAssemblies(assembly, fixes.GetAssembly());
    }

    private static AnalyzerFileReference? Find(Project project, string name) => project.AnalyzerReferences.OfType<AnalyzerFileReference>()
        .FirstOrDefault(reference => System.IO.Path.GetFileNameWithoutExtension(reference.FullPath)
        .Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<T> All<T>(Assembly assembly) => assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null)
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (T)Activator.CreateInstance(type)!);
}
