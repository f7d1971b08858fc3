using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>Which types of a project name which, by their symbols; nothing but its own sources has to resolve.</summary>
internal sealed class SourceGraph
{
    private static readonly Dictionary<string, Lazy<SourceGraph>> Known = new()
    {
        [Analyzers] = new(() => new SourceGraph(Analyzers)),
        [Fixes] = new(() => new SourceGraph(Analyzers, Fixes)),
    };

    private readonly Dictionary<INamedTypeSymbol, SourceType> _types = new(SymbolEqualityComparer.Default);

    private SourceGraph(params string[] projects)
    {
        var trees = projects.SelectMany(Checkout.SourcesBelow).Select(path => CSharpSyntaxTree.ParseText(Checkout.Read(path), path: path))
            .ToList();
        var compilation =
            CSharpCompilation.Create("Sources", trees, References(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var project = projects[^1];
        foreach (var tree in trees.Where(tree => tree.FilePath.StartsWith(project, StringComparison.Ordinal)))
        {
            var model = compilation.GetSemanticModel(tree);
            if (tree.GetCompilationUnitRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().FirstOrDefault() is not { } declaration)
                continue;
            var source = SourceOf(model.GetDeclaredSymbol(declaration)!, project);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null && TypeMeant(model.GetSymbolInfo(name)) is { } type
                    && type.DeclaringSyntaxReferences.Length > 0
                    && type.DeclaringSyntaxReferences[0].SyntaxTree.FilePath.StartsWith(project, StringComparison.Ordinal))
                {
                    source.Names.Add(SourceOf(type, project));
                }
            }

            source.Names.Remove(source);
        }
    }

    /// <summary>The sources of the analyzers.</summary>
    public const string Analyzers = "src/AsyncGuard.Analyzers";

    /// <summary>The sources of the fixes.</summary>
    public const string Fixes = "src/AsyncGuard.CodeFixes";

    public IEnumerable<SourceType> Types => _types.Values;

    public static SourceGraph Of(string project) => Known[project].Value;

    /// <summary>The types that name each other in circles, each circle once.</summary>
    public static IEnumerable<IReadOnlyList<SourceType>> Knots(IEnumerable<SourceType> types)
    {
        var all = types.OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        var reached = all.ToDictionary(type => type, Reach);
        var seen = new HashSet<SourceType>();
        foreach (var type in all.Where(type => !seen.Contains(type)))
        {
            List<SourceType> knot =
                [.. all.Where(other => other == type || (reached[type].Contains(other) && reached[other].Contains(type)))];
            seen.UnionWith(knot);
            if (knot.Count > 1) yield return knot;
        }

        static HashSet<SourceType> Reach(SourceType start)
        {
            var found = new HashSet<SourceType>();
            var open = new Stack<SourceType>([start]);
            while (open.TryPop(out var type))
            {
                foreach (var next in type.Names.Where(found.Add)) open.Push(next);
            }

            return found;
        }
    }

    // A static member that is named without its type counts as its type.
    private static INamedTypeSymbol? TypeMeant(SymbolInfo info)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer) type = outer;
        return type?.OriginalDefinition;
    }

    private SourceType SourceOf(INamedTypeSymbol type, string project)
    {
        while (type.ContainingType is { } outer) type = outer;
        if (_types.TryGetValue(type, out var known)) return known;
        var path = type.DeclaringSyntaxReferences[0].SyntaxTree.FilePath;
        var folder = Path.GetDirectoryName(path[(project.Length + 1)..])!.Replace('\\', '/');
        return _types[type] = new SourceType(type.Name, folder);
    }

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Where(path => !Path.GetFileName(path).StartsWith("AsyncGuard", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path));
}
