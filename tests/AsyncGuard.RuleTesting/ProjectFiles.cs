using System.Collections.Immutable;

namespace AsyncGuard.RuleTesting;

/// <summary>The text of all files of a test.</summary>
/// <param name="Sources">The project under test.</param>
/// <param name="Referenced">The projects that it references, by name.</param>
/// <param name="Besides">Additional files, and those below.</param>
internal sealed record ProjectFiles(
    ImmutableArray<(string Path, string Text)> Sources,
    ImmutableArray<(string Name, ImmutableArray<(string Path, string Text)> Sources)> Referenced,
    ImmutableArray<(string Path, string Text)> Besides)
{
    public const string EditorConfig = "/.editorconfig";
    public const string GlobalConfig = "/.globalconfig";

    public static bool IsConfig(string path) => path is EditorConfig or GlobalConfig;
}
