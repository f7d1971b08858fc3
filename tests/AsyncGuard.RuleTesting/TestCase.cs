using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RuleTesting;

/// <summary>A test's sources and options, ready to compile. The project under test is the last one.</summary>
internal sealed record TestCase(ImmutableArray<TestProject> Projects, RuleTestOptions Options, ImmutableArray<DiagnosticResult> Expected)
{
    public const string MainPath = "/0/Test0.cs";

    // Partial, so that another file can hold more of it.
    private const string ClassHead = "\npartial class C\n{\n";

    private static readonly string[] StandardUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    public IEnumerable<TestFile> Files => Projects.SelectMany(project => project.Files);

    public bool HasMarkup => Files.Any(file => !file.Markup.IsEmpty);

    public static TestCase Create(string source, RuleTestOptions options) => Create(
        source, options, options.ExtraUsings, options.OtherFiles, static project => project.Files, options.Expected, MarkupParser.Parse);

    public static TestCase CreateFixed(string source, RuleTestOptions options) => Create(
        source,
        options,
        options.ExtraUsings.AddRange(options.FixedUsings),
        Overlay(options.OtherFiles, options.FixedOtherFiles),
        static project => Overlay(project.Files, project.FixedFiles),
        options.FixedExpected,
        MarkupParser.Parse);

    /// <summary>Takes the sources as they are: what looks like markup is code.</summary>
    public static TestCase CreateWithoutMarkup(string source, RuleTestOptions options) => Create(
        source, options, options.ExtraUsings, options.OtherFiles, static project => project.Files, options.Expected,
        static text => new(text.ReplaceLineEndings("\n"), [], ImmutableDictionary<int, TextSpan>.Empty));

    private static TestCase Create(
        string source,
        RuleTestOptions options,
        ImmutableArray<string> usings,
        ImmutableArray<(string Path, string Source)> otherFiles,
        Func<ReferencedProject, ImmutableArray<(string Path, string Source)>> filesOf,
        ImmutableArray<DiagnosticResult> expected,
        Func<string, Markup> parse)
    {
        var parseOptions = CSharpParseOptions.Default
            .WithLanguageVersion(options.LanguageVersion ?? LanguageVersion.Latest)
            .WithDocumentationMode(DocumentationMode.Parse);
        var compilationOptions = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            concurrentBuild: false,
            nullableContextOptions: parseOptions.LanguageVersion < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : NullableContextOptions.Enable);
        ImmutableArray<MetadataReference> references =
        [
            .. ReferenceAssemblies.Get(options.References),
            .. options.Stubs.Select(name => Stubs.Get(name, options.References)),
            .. options.ExtraReferences,
        ];

        TestFile Main() => new(MainPath, parse(options.Kind == SourceKind.Members ? Wrap(source, usings) : source));
        TestProject Project(string name, IEnumerable<TestFile> files, OutputKind output) =>
            new(name, [.. files], parseOptions, compilationOptions.WithOutputKind(output), references);

        return new(
            [
                .. options.ReferencedProjects.Select(project => Project(
                    project.AssemblyName,
                    filesOf(project).Select(file => new TestFile($"/{project.AssemblyName}/{file.Path}", parse(file.Source))),
                    OutputKind.DynamicallyLinkedLibrary)),
                Project(
                    options.AssemblyName,
                    [Main(), .. otherFiles.Select(file => new TestFile("/0/" + file.Path, parse(file.Source)))],
                    options.Kind == SourceKind.TopLevel ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary),
            ],
            options,
            expected);
    }

    /// <summary>Takes off what <see cref="Wrap"/> has put around; a fix may have changed the usings.</summary>
    public static string Unwrap(string text, SourceKind kind)
    {
        var head = text.IndexOf(ClassHead, StringComparison.Ordinal);
        if (kind != SourceKind.Members || head < 0)
            return text;
        var members = text[(head + ClassHead.Length)..text.LastIndexOf('}')].TrimEnd('\n').Split('\n');
        return string.Join('\n', members.Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line));
    }

    // Indented as in a real class, so that what the formatter writes into a fix agrees with what stands around it.
    private static string Wrap(string members, ImmutableArray<string> usings) =>
        string.Concat(StandardUsings.Concat(usings).Select(name => $"using {name};\n"))
        + ClassHead
        + string.Concat(members.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n"))
        + "}\n";

    private static ImmutableArray<(string Path, string Source)> Overlay(
        ImmutableArray<(string Path, string Source)> files, ImmutableArray<(string Path, string Source)> changed) =>
    [
        .. files.Where(file => !changed.Any(other => other.Path == file.Path)),
        .. changed,
    ];
}
