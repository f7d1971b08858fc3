using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>
/// The sources of one project as its compiler gets them, those of its generators among them: made anew for each round, so that no round
/// profits from the one before.
/// </summary>
internal sealed class CodeBase
{
    private readonly CSharpCommandLineArguments _arguments;
    private readonly ImmutableArray<MetadataReference> _references;

    private CodeBase(string name, CSharpCommandLineArguments arguments)
    {
        Name = name;
        _arguments = arguments;
        _references = [.. arguments.MetadataReferences.Where(reference => File.Exists(reference.Reference))
            .Select(reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties))];
        Sources = [.. arguments.SourceFiles.Select(file => new SourceFile(file.Path, SourceText.From(File.ReadAllText(file.Path))))];
        Sources = Sources.AddRange(Generated());
    }

    public string Name { get; }

    public ImmutableArray<SourceFile> Sources { get; private set; }

    /// <summary>Without those of generators.</summary>
    public int Lines => Sources.Where(source => !source.IsGenerated).Sum(source => source.Text.Lines.Count);

    public int References => _references.Length;

    public static AnalyzerOptions Options { get; } = new([]);

    public static CodeBase Load(string name, IEnumerable<string> arguments, string folder) =>
        new(name, CSharpCommandLineParser.Default.Parse(arguments, folder, sdkDirectory: null));

    /// <summary>The same with other sources.</summary>
    public CodeBase With(string name, ImmutableArray<SourceFile> sources) => new(name, _arguments) { Sources = sources };

    /// <summary>Newly parsed, with nothing bound.</summary>
    public CSharpCompilation Fresh(bool isConcurrent = false)
    {
        var trees = Sources.Select(Parse).ToList();
        foreach (var tree in trees) _ = tree.GetRoot();
        return CSharpCompilation.Create(Name, trees, _references, OptionsOf(isConcurrent));
    }

    public SyntaxTree Parse(SourceFile source) => CSharpSyntaxTree.ParseText(source.Text, _arguments.ParseOptions, source.Path);

    /// <summary>What the compiler is called with, without analyzers and without sources.</summary>
    public IEnumerable<string> CompilerArguments()
    {
        foreach (var reference in _arguments.MetadataReferences.Where(reference => File.Exists(reference.Reference)))
            yield return $"/reference:{string.Concat(reference.Properties.Aliases.Select(alias => alias + "="))}\"{reference.Reference}\"";
        yield return "/nostdlib+";
        yield return "/noconfig";
        yield return "/unsafe+";
        yield return "/deterministic+";
        yield return "/debug:portable";
        yield return "/target:" + (_arguments.CompilationOptions.OutputKind == OutputKind.DynamicallyLinkedLibrary ? "library" : "exe");
        yield return "/langversion:" + _arguments.ParseOptions.SpecifiedLanguageVersion.ToDisplayString();
        yield return "/nullable:" + _arguments.CompilationOptions.NullableContextOptions;
        yield return "/define:" + string.Join(';', _arguments.ParseOptions.PreprocessorSymbolNames);
        foreach (var feature in _arguments.ParseOptions.Features) yield return $"/features:{feature.Key}={feature.Value}";
        if (_arguments.CompilationOptions.CryptoKeyFile is { } key) yield return $"/keyfile:\"{key}\"";
    }

    // Severities as the rules bring them.
    private CSharpCompilationOptions OptionsOf(bool isConcurrent) => _arguments.CompilationOptions
        .WithConcurrentBuild(isConcurrent)
        .WithGeneralDiagnosticOption(ReportDiagnostic.Default)
        .WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty);

    private IEnumerable<SourceFile> Generated()
    {
        var loader = new GeneratorLoader();
        var generators = _arguments.AnalyzerReferences.Where(reference => File.Exists(reference.FilePath))
            .SelectMany(reference => new AnalyzerFileReference(reference.FilePath, loader).GetGenerators(LanguageNames.CSharp)).ToList();
        var additional = _arguments.AdditionalFiles
            .Select(AdditionalText (file) => new AdditionalFile(file.Path)).ToImmutableArray();
        var configs = _arguments.AnalyzerConfigPaths.Select(path => AnalyzerConfig.Parse(File.ReadAllText(path), path)).ToList();
        var driver = CSharpGeneratorDriver.Create(generators, additional, _arguments.ParseOptions,
            new ConfigOptions(AnalyzerConfigSet.Create(configs)));
        var generated = driver.RunGenerators(Fresh()).GetRunResult().GeneratedTrees;
        return [.. generated.Select(tree => new SourceFile(tree.FilePath, tree.GetText(), IsGenerated: true))];
    }
}
