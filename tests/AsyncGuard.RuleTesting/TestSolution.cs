using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// Makes the solutions of tests. What tests with equal options have in common, a project with its references but without files, is made
/// once:
/// solutions never change, and a compilation that begins with another one shares the symbols of its references.
/// </summary>
internal static class TestSolution
{
    public const string ProjectName = "TestProject";

    private static readonly Lazy<AdhocWorkspace> Workspace = new(static () => new(MefHostServices.DefaultHost));

    private static readonly ConcurrentDictionary<Key, Lazy<(Solution Solution, Compilation Compilation)>> Bases = new();

    // Builds do not show these either: a library may be built for an older framework.
    private static readonly ImmutableDictionary<string,
        ReportDiagnostic> Silenced = ImmutableDictionary.CreateRange<string, ReportDiagnostic>(
        [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    private sealed record Key(CSharpParseOptions Parsing, CSharpCompilationOptions Compiling, string AssemblyName, ReferenceSet Set,
        ReferenceList References);

    public static Project Create(ProjectFiles files, RuleTestOptions options)
    {
        var key = KeyOf(options);
        var solution = Bases.GetOrAdd(key, static key => new(() => CreateBase(key))).Value.Solution;
        var main = solution.ProjectIds.Single();
        foreach (var (name, sources) in files.Referenced)
        {
            var other = ProjectId.CreateNewId(name);
            solution = AddFiles(
                solution
                    .AddProject(ProjectInfo.Create(
                        other,
                        VersionStamp.Default,
                        name,
                        name,
                        LanguageNames.CSharp,
                        compilationOptions: key.Compiling.WithOutputKind(OutputKind.DynamicallyLinkedLibrary),
                        parseOptions: key.Parsing,
                        projectReferences: solution.ProjectIds.Where(id => id != main).Select(id => new ProjectReference(id)).ToList(),
                        metadataReferences: solution.GetProject(main)!.MetadataReferences))
                    .AddProjectReference(main, new ProjectReference(other)),
                other,
                sources,
                files.Besides);
        }

        return AddFiles(solution, main, files.Sources, files.Besides).GetProject(main)!;
    }

    private static Solution AddFiles(
        Solution solution, ProjectId project, IEnumerable<(string Path, string Text)> sources,
        IEnumerable<(string Path, string Text)> besides)
    {
        foreach (var (path, text) in sources)
            solution = solution.AddDocument(DocumentId.CreateNewId(project), NameOf(path), SourceText.From(text, Encoding.UTF8),
                folders: [], path);
        foreach (var (path, text) in besides)
        {
            var id = DocumentId.CreateNewId(project);
            solution = ProjectFiles.IsConfig(path)
                ? solution.AddAnalyzerConfigDocument(id, path, SourceText.From(text, Encoding.UTF8), folders: [], path)
                : solution.AddAdditionalDocument(id, NameOf(path), SourceText.From(text, Encoding.UTF8), folders: [], path);
        }

        return solution;
    }

    // Files lie in the folder of their project.
    private static string NameOf(string path) => path[(path.IndexOf('/', 1) + 1)..];

    private static (Solution Solution, Compilation Compilation) CreateBase(Key key)
    {
        var id = ProjectId.CreateNewId(ProjectName);
        var solution = Workspace.Value.CurrentSolution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            ProjectName,
            key.AssemblyName,
            LanguageNames.CSharp,
            compilationOptions: key.Compiling,
            parseOptions: key.Parsing,
            metadataReferences: ReferenceAssemblies.Get(key.Set).Concat(key.References.References)));

        // Kept, so that the symbols of the references are.
        var compilation = solution.GetProject(id)!.GetCompilationAsync().GetAwaiter().GetResult()!;
        _ = compilation.GetSpecialType(SpecialType.System_Object);
        return (solution, compilation);
    }

    private static Key KeyOf(RuleTestOptions options)
    {
        var parsing = CSharpParseOptions.Default
            .WithLanguageVersion(options.LanguageVersion ?? LanguageVersion.Latest)
            .WithDocumentationMode(DocumentationMode.Parse);
        var compiling = new CSharpCompilationOptions(
            options.Kind == SourceKind.TopLevel ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            concurrentBuild: false,
            specificDiagnosticOptions: Silenced,
            nullableContextOptions: parsing.LanguageVersion < LanguageVersion.CSharp8 ? NullableContextOptions.Disable
                : NullableContextOptions.Enable);
        return new(
            parsing,
            compiling,
            options.AssemblyName,
            options.References,
            new([.. options.Stubs.Select(name => Stubs.Get(name, options.References)), .. options.ExtraReferences]));
    }
}
