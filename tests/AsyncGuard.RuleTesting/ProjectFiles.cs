using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Testing.Model;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RuleTesting;

/// <summary>The text of all files of a test.</summary>
/// <param name="Sources">The project under test.</param>
/// <param name="Referenced">The projects that it references, by name.</param>
/// <param name="Besides">Additional files, and those of the configuration.</param>
internal sealed record ProjectFiles(
    ImmutableArray<(string Path, string Text)> Sources,
    ImmutableArray<(string Name, ImmutableArray<(string Path, string Text)> Sources)> Referenced,
    ImmutableArray<(string Path, string Text)> Besides)
{
    public const string EditorConfig = "/.editorconfig";
    public const string GlobalConfig = "/.globalconfig";

    /// <summary>What the library has made of a state: sources without markup.</summary>
    public static ProjectFiles Of(EvaluatedProjectState project, ImmutableArray<EvaluatedProjectState> referenced) => new(
        Texts(project.Sources),
        [.. referenced.Select(other => (other.Name, Texts(other.Sources)))],
        [.. Texts(project.AdditionalFiles), .. Texts(project.AnalyzerConfigFiles)]);

    public static bool IsConfig(string path) => path is EditorConfig or GlobalConfig;

    /// <summary>The state is complete: it inherits nothing, and what is marked in it is expected.</summary>
    public void Fill(SolutionState state)
    {
        state.InheritanceMode = StateInheritanceMode.Explicit;
        state.MarkupHandling = MarkupMode.Allow;
        Fill(state, Sources);
        foreach (var (name, sources) in Referenced) Fill(state.AdditionalProjects[name], sources);
    }

    private static ImmutableArray<(string Path, string Text)> Texts(ImmutableArray<(string Path, SourceText Text)> files) =>
        [.. files.Select(file => (file.Path, file.Text.ToString()))];

    private void Fill(ProjectState state, ImmutableArray<(string Path, string Text)> sources)
    {
        foreach (var (path, text) in sources) state.Sources.Add((path, SourceText.From(text, Encoding.UTF8)));
        foreach (var (path, text) in Besides)
            (IsConfig(path) ? state.AnalyzerConfigFiles : state.AdditionalFiles).Add((path, SourceText.From(text, Encoding.UTF8)));
    }
}
