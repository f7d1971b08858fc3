using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>Analyzers that are measured together: all of ours, one rule of a peer, or a peer's package.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Analyzers">The analyzers, for a run in this process.</param>
/// <param name="Files">The package's assemblies, for a run of the compiler.</param>
internal sealed record AnalyzerSet(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers, ImmutableArray<string> Files)
{
    private const string Threading = "VSTHRD";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "peers");

    public static AnalyzerSet Ours { get; } = new("AsyncGuard", In(typeof(GuardAnalyzer).Assembly), FilesOf("AsyncGuard"));

    /// <summary>An analyzer that does nothing, so that what the driver itself costs is known.</summary>
    public static AnalyzerSet Nothing { get; } = new("nothing", [new EmptyAnalyzer()], []);

    /// <summary>What ours are compared with inside one process.</summary>
    public static ImmutableArray<AnalyzerSet> Peers { get; } =
        [OfRules("VSTHRD103", Threading, ["VSTHRD103"]), Whole("AsyncFixer", "AsyncFixer")];

    /// <summary>What ours are compared with in a process of the compiler: whole packages.</summary>
    public static ImmutableArray<AnalyzerSet> Packages { get; } =
        [Whole("AsyncFixer", "AsyncFixer"), Whole("VS Threading", Threading), Whole("Meziantou", "Meziantou")];

    private static AnalyzerSet Whole(string name, string folder) =>
        new(name, [.. FilesOf(folder).SelectMany(file => In(Assembly.LoadFrom(file)))], FilesOf(folder));

    private static AnalyzerSet OfRules(string name, string folder, IReadOnlyCollection<string> rules)
    {
        var all = Whole(name, folder);
        return all with { Analyzers = [.. all.Analyzers.Where(one => one.SupportedDiagnostics.Any(rule => rules.Contains(rule.Id)))] };
    }

    private static ImmutableArray<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.dll").Order(StringComparer.Ordinal)];

    private static ImmutableArray<DiagnosticAnalyzer> In(Assembly assembly) =>
        [.. TypesOf(assembly)
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type)
                && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    // A package's fixes name assemblies that are not here.
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
