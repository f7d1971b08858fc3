using System;
using System.Collections.Immutable;
using System.Linq;

namespace AsyncGuard.RuleTesting;

/// <summary>How the lines of a file are written. A fix leaves every line as it is, and writes its own like those around them.</summary>
public sealed class Layout
{
    private const int Step = 4;

    private readonly string _step;
    private readonly string _option;
    private readonly string _lineEnd;
    private readonly bool _endsLast;

    private Layout(string name, string step, string option, string lineEnd, bool endsLast)
    {
        Name = name;
        _step = step;
        _option = option;
        _lineEnd = lineEnd;
        _endsLast = endsLast;
    }

    /// <summary>Two spaces with the line ends of Windows; tabs without a last line end.</summary>
    public static ImmutableArray<Layout> Others { get; } =
    [
        new("two spaces", "  ", "indent_size = 2", "\r\n", endsLast: true),
        new("tabs", "\t", "indent_style = tab", "\n", endsLast: false),
    ];

    public string Name { get; }

    /// <summary>The same code, which is indented by four spaces and has plain line ends.</summary>
    public string Of(string text)
    {
        var lines = text.Split('\n').Select(line =>
        {
            var code = line.TrimStart(' ');
            var deep = code.Length == 0 ? 0 : line.Length - code.Length;
            return string.Concat(Enumerable.Repeat(_step, deep / Step)) + new string(' ', deep % Step) + code;
        });
        var whole = string.Join(_lineEnd, lines);
        return _endsLast ? whole : whole.TrimEnd('\n', '\r');
    }

    /// <summary>Whether each of the files has an indented line, which shows the step.</summary>
    internal static bool ShowsStep(ProjectFiles files) =>
        files.Sources.All(file => file.Text.Contains("\n ", StringComparison.Ordinal));

    /// <summary>The same files. Where one of them shows no step, <c>.editorconfig</c> names it; else that says nothing of it.</summary>
    internal ProjectFiles Of(ProjectFiles files, bool showsStep) => files with
    {
        Besides = showsStep || files.Besides.Any(file => file.Path == ProjectFiles.EditorConfig) ? files.Besides
            : files.Besides.Add((ProjectFiles.EditorConfig, $"root = true\n[*.cs]\n{_option}\n")),
        Sources = [.. files.Sources.Select(file => (file.Path, Of(file.Text)))],
        Referenced = [.. files.Referenced.Select(project =>
            (project.Name, project.Sources.Select(file => (file.Path, Of(file.Text))).ToImmutableArray()))],
    };
}
