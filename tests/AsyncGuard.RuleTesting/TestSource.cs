using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Testing;

namespace AsyncGuard.RuleTesting;

/// <summary>The files of a test as text: what a test writes, with what the harness writes around it.</summary>
internal static class TestSource
{
    public const string MainPath = "/0/Test0.cs";

    // Partial, so that another file can hold more of it.
    private const string ClassHead = "\npartial class C\n{\n";

    private static readonly string[] StandardUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks"];

    /// <summary>The project under test and the projects that it references, before the fix.</summary>
    public static ProjectFiles Of(string source, RuleTestOptions options) => new(
        Main(source, options, options.ExtraUsings, options.OtherFiles),
        [.. options.ReferencedProjects.Select(project => (project.AssemblyName, Below(project.AssemblyName, project.Files)))],
        BesidesSources(options));

    /// <summary>The same after the fix.</summary>
    public static ProjectFiles OfFixed(string source, RuleTestOptions options) => new(
        Main(source, options, options.ExtraUsings.AddRange(options.FixedUsings), Overlay(options.OtherFiles, options.FixedOtherFiles)),
        [.. options.ReferencedProjects.Select(project => (project.AssemblyName,
            Below(project.AssemblyName, Overlay(project.Files, project.FixedFiles))))],
        BesidesSources(options));

    /// <summary>Takes off what <see cref="Wrap"/> has put around; a fix may have changed the usings.</summary>
    public static string Unwrap(string text, SourceKind kind)
    {
        var head = text.IndexOf(ClassHead, StringComparison.Ordinal);
        if (kind != SourceKind.Members || head < 0) return text;
        var members = text[(head + ClassHead.Length)..text.LastIndexOf('}')].TrimEnd('\n').Split('\n');
        return string.Join('\n', members.Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line));
    }

    /// <summary>Takes out the markup.</summary>
    public static (string Path, string Text) Unmarked((string Path, string Text) file)
    {
        TestFileMarkupParser.GetSpans(file.Text, treatPositionIndicatorsAsCode: true, out var text,
            out var _);
        return (file.Path, text);
    }

    private static ImmutableArray<(string Path, string Text)> Main(
        string source, RuleTestOptions options, ImmutableArray<string> usings, ImmutableArray<(string Path, string Source)> others) =>
    [
        (MainPath, (options.Kind == SourceKind.Members ? Wrap(source, usings) : source).ReplaceLineEndings("\n")),
        .. Below("0", others),
    ];

    private static ImmutableArray<(string Path, string Text)> Below(string folder, ImmutableArray<(string Path, string Source)> files) =>
        [.. files.Select(file => ($"/{folder}/{file.Path}", file.Source.ReplaceLineEndings("\n")))];

    private static ImmutableArray<(string Path, string Text)> BesidesSources(RuleTestOptions options)
    {
        var files = ImmutableArray.CreateBuilder<(string, string)>();
        files.AddRange(options.AdditionalFiles.Select(file => ("/0/" + file.Path, file.Text)));
        if (!options.EditorConfig.IsEmpty) files.Add((ProjectFiles.EditorConfig, "root = true\n[*.cs]\n" + Lines(options.EditorConfig)));
        if (!options.GlobalConfig.IsEmpty) files.Add((ProjectFiles.GlobalConfig, "is_global = true\n" + Lines(options.GlobalConfig)));
        return files.ToImmutable();
    }

    private static string Lines(ImmutableDictionary<string, string> options) =>
        string.Concat(options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key} = {option.Value}\n"));

    // Indented as in a real class, so that what the formatter writes into a fix agrees with what stands around it.
    private static string Wrap(string members, ImmutableArray<string> usings) =>
        string.Concat(StandardUsings.Concat(usings).Select(name => $"using {name};\n"))
        + ClassHead
        + string.Concat(members.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')
        .Select(line => line.Length == 0 ? "\n" : $"    {line}\n"))
        + "}\n";

    // Each in its place: the order of the files is that of the documents.
    private static ImmutableArray<(string Path, string Source)> Overlay(
        ImmutableArray<(string Path, string Source)> files, ImmutableArray<(string Path, string Source)> changed) =>
    [
        .. files.Select(file => changed.FirstOrDefault(other => other.Path == file.Path) is { Path: not null } other ? other : file),
        .. changed.Where(other => files.All(file => file.Path != other.Path)),
    ];
}
