using System.Text;
using DiffPlex.Renderer;

namespace AsyncGuard.Cli.Fixing;

/// <summary>A file before and after. A null <see cref="Before"/> is a file that the fixes add.</summary>
internal sealed record FileChange(string Path, string? Before, string After, Encoding Encoding)
{
    /// <summary>A unified diff with paths relative to the folder.</summary>
    public string Diff(string root)
    {
        var name = System.IO.Path.GetRelativePath(root, Path).Replace('\\', '/');
        return UnidiffRenderer.GenerateUnidiff(WithoutLastEnd(Before ?? ""), WithoutLastEnd(After),
            Before is null ? "/dev/null" : "a/" + name, "b/" + name, ignoreWhitespace: false, ignoreCase: false, contextLines: 3);
    }

    // The renderer would take what follows it for a line.
    private static string WithoutLastEnd(string text) => text.EndsWith("\r\n", System.StringComparison.Ordinal) ? text[..^2]
        : text.EndsWith('\n') ? text[..^1] : text;
}
