using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Packages.Tests;

/// <summary>Compilations over a package's assemblies and the framework. Of an assembly that both bring, the newer one counts.</summary>
internal static class PackageReferences
{
    private static readonly ConcurrentDictionary<string, MetadataReference> Read = new();

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    private static readonly CSharpCompilationOptions Compiling =
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(
        string.Concat(
            new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
                "System.Threading.Tasks" }.Select(name => $"global using {name};\n")),
        Parsing,
        "Usings.cs");

    public static CSharpCompilation Compile(IEnumerable<string> assemblies, IEnumerable<(string Path, string Text)> sources) =>
        CSharpCompilation.Create(
        "Uses",
        [Usings, .. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, Parsing, source.Path))],
        With(assemblies),
        Compiling);

    private static IEnumerable<MetadataReference> With(IEnumerable<string> assemblies)
    {
        var byName = new Dictionary<string, (Version Version, MetadataReference Reference)>(StringComparer.OrdinalIgnoreCase);
        foreach (var reference in ReferenceAssemblies.Get(ReferenceSet.AspNetCore))
        {
            var path = ((PortableExecutableReference)reference).FilePath!;
            byName.Add(Path.GetFileNameWithoutExtension(path), (VersionOf(path), reference));
        }

        foreach (var path in assemblies)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (byName.TryGetValue(name, out var other) && other.Version >= VersionOf(path)) continue;
            byName[name] = (VersionOf(path), Read.GetOrAdd(path, static path => MetadataReference.CreateFromFile(path)));
        }

        return byName.Values.Select(found => found.Reference);
    }

    private static Version VersionOf(string path) => AssemblyName.GetAssemblyName(path).Version ?? new Version(0, 0);
}
