using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using AsyncGuard.RuleTesting;
using AsyncGuard.Summaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Summaries;

/// <summary>An assembly that is compiled with the generator, as a build does it: what references it sees a reference assembly.</summary>
internal sealed class Library
{
    public const string FileName = "AsyncGuard.BlockingSummaries.g.cs";

    private Library(CSharpCompilation compilation, GeneratorDriver driver)
    {
        Compilation = compilation;
        Driver = driver;
    }

    /// <summary>Without what is generated.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>Has not run.</summary>
    public GeneratorDriver Driver { get; }

    public GeneratorDriver Run(Compilation compilation) => Driver.RunGenerators(compilation);

    public string? TextOf(Compilation compilation) => Run(compilation).GetRunResult().GeneratedTrees.SingleOrDefault()?.ToString();

    public static Library Of(string name, string source, params MetadataReference[] references) => Of(name, source, Asked, references);

    public static Library Of(string name, string source, RuleTestOptions options, params MetadataReference[] references)
    {
        var parsing = CSharpParseOptions.Default.WithLanguageVersion(options.LanguageVersion ?? LanguageVersion.Latest)
            .WithDocumentationMode(DocumentationMode.Diagnose);
        var nullable = parsing.LanguageVersion < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : NullableContextOptions.Enable;
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, parsing, "/0/" + name + ".cs")],
            [.. ReferenceAssemblies.Get(options.References), .. references],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: nullable));
        var given = AnalyzerRun.OptionsOf(options);
        return new(compilation, CSharpGeneratorDriver.Create(
            [new BlockingSummaryGenerator().AsSourceGenerator()],
            given.AdditionalFiles,
            parsing,
            given.AnalyzerConfigOptionsProvider,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)));
    }

    public static RuleTestOptions Asked { get; } = Said("true");

    public static RuleTestOptions Said(string value) =>
        RuleTestOptions.Default with
        {
            GlobalConfig = ImmutableDictionary<string, string>.Empty.Add("build_property.AsyncGuardSummaries",
        value)
        };

    /// <summary>The file that is generated, or null where there is none.</summary>
    public string? Text => TextOf(Compilation);

    /// <summary>Each attribute as <c>M:Db.Load | File.ReadAllText</c>.</summary>
    public string[] Summaries =>
        [.. (Text ?? "").Split('\n').Where(line => line.StartsWith("[assembly:", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf('"') + 1)..^2].Replace("\", \"", " | ").Replace("\"", ""))];

    public CSharpCompilation Generated
    {
        get
        {
            Driver.RunGeneratorsAndUpdateCompilation(Compilation, out var output, out var diagnostics);
            Assert.Empty(diagnostics);
            return (CSharpCompilation)output;
        }
    }

    /// <summary>What the compiler says with every warning on, except of missing comments in the source.</summary>
    public ImmutableArray<Diagnostic> Diagnostics =>
        [.. Generated.WithOptions(Compilation.Options.WithWarningLevel(9999).WithGeneralDiagnosticOption(ReportDiagnostic.Error))
        .GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden
        && !(diagnostic.Id == "CS1591" && diagnostic.Location.SourceTree == Compilation.SyntaxTrees[0]))];

    public MetadataReference Reference
    {
        get
        {
            using var image = new MemoryStream();
            var result = Generated.Emit(image, options: new EmitOptions(metadataOnly: true, includePrivateMembers: false));
            Assert.True(result.Success, string.Join('\n', result.Diagnostics));
            return MetadataReference.CreateFromImage(image.ToArray());
        }
    }
}
