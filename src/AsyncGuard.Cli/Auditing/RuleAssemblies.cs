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
    private static readonly Dictionary<(string Analyzers, string Fixes), RuleAssemblies> Referenced = [];

    private RuleAssemblies(Assembly analyzers, Assembly fixes)
    {
        // The tool reads the baseline itself, also for projects that do not reference the package.
        Analyzers = [.. All<DiagnosticAnalyzer>(analyzers).Where(analyzer => analyzer is not DiagnosticSuppressor)];
        Fixes = [.. All<CodeFixProvider>(fixes)];
    }

    private RuleAssemblies(RuleAssemblies other, string problem) =>
        (Analyzers, Fixes, Problem) = (other.Analyzers, other.Fixes, problem);

    /// <summary>Why these are not those that the project references; null where they are, or where it references none.</summary>
    public string? Problem { get; }

    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    public ImmutableArray<CodeFixProvider> Fixes { get; }

    public static RuleAssemblies Of(Project project)
    {
        if (Find(project, AnalyzerAssembly) is not { } analyzers || Find(project, FixAssembly) is not { } fixes) return Own;
        lock (Referenced)
        {
            var paths = (analyzers.FullPath, fixes.FullPath);
            if (!Referenced.TryGetValue(paths, out var known)) Referenced.Add(paths, known = Load(analyzers.FullPath, fixes.FullPath));
            return known;
        }
    }

    /// <summary>Whether the project references the package, so that its build adds the catalog and baseline files itself.</summary>
    public static bool IsReferencedBy(Project project) => Find(project, AnalyzerAssembly) is not null;

    private static RuleAssemblies Load(string analyzers, string fixes)
    {
        try
        {
            var context = new RulesLoadContext(analyzers, fixes);
            var assembly = context.LoadFromAssemblyName(new AssemblyName(AnalyzerAssembly));
            return assembly.ManifestModule.ModuleVersionId == typeof(GuardAnalyzer).Assembly.ManifestModule.ModuleVersionId ? Own
                : new RuleAssemblies(assembly, context.LoadFromAssemblyName(new AssemblyName(FixAssembly)));
        }

        // Such as a version for a newer compiler than the tool's. The project is looked at all the same.
        catch (Exception exception) when (exception is ReflectionTypeLoadException or TypeLoadException or System.IO.IOException
            or BadImageFormatException or MissingMemberException or TargetInvocationException or UnauthorizedAccessException)
        {
            var reason = exception is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first : exception;
            return new RuleAssemblies(Own, $"the rules in {analyzers} cannot be used by the tool, which used its own: {reason.Message}");
        }
    }

    private static AnalyzerFileReference? Find(Project project, string name) => project.AnalyzerReferences.OfType<AnalyzerFileReference>()
        .FirstOrDefault(reference => System.IO.Path.GetFileNameWithoutExtension(reference.FullPath)
        .Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<T> All<T>(Assembly assembly) => assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null)
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (T)Activator.CreateInstance(type)!);
}
