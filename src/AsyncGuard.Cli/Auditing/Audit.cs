using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Baselines;
using AsyncGuard.Cli.Loading;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Cli.Auditing;

/// <summary>
/// Runs the rules over each project of a solution and joins what several target frameworks report at one place. A project is let go of when
/// it is done, so that the memory needed grows with the largest and not with all.
/// </summary>
internal sealed class Audit
{
    private const int LinesAround = 2;

    private readonly LoadedSolution _loaded;
    private readonly IReadOnlySet<string>? _rules;
    private readonly Dictionary<object, Finding> _findings = [];
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long _lines;

    private Audit(LoadedSolution loaded, IReadOnlySet<string>? rules) => (_loaded, _rules) = (loaded, rules);

    public static async Task<AuditResult> RunAsync(LoadedSolution loaded, IReadOnlySet<string>? rules, TextWriter progress,
        CancellationToken cancellationToken)
    {
        var audit = new Audit(loaded, rules);
        var wanted = loaded.Projects.ToHashSet();
        var count = 0;
        foreach (var id in loaded.Order)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await loaded.ReadEncodingsAsync(id, cancellationToken).ConfigureAwait(false);
            if (!wanted.Contains(id))
            {
                loaded.Release(id, (await loaded.Get(id).GetCompilationAsync(cancellationToken).ConfigureAwait(false))!);
                continue;
            }

            var done = await audit.AddAsync(id, cancellationToken).ConfigureAwait(false);
            await progress.WriteLineAsync($"[{++count}/{wanted.Count}] {done}").ConfigureAwait(false);
        }

        var ordered = audit._findings.Values.Order(Finding.ByPlace).ToImmutableArray();
        return new AuditResult(ordered, [.. audit._notes], loaded.Failures, loaded.Projects.Count, audit._lines, loaded.Root);
    }

    private async Task<string> AddAsync(ProjectId id, CancellationToken cancellationToken)
    {
        var project = _loaded.Get(id);
        var result = await ProjectDiagnostics.OfAsync(project, _rules, cancellationToken).ConfigureAwait(false);
        foreach (var tree in result.Compilation.SyntaxTrees)
        {
            if (_seen.Add(tree.FilePath)) _lines += (await tree.GetTextAsync(cancellationToken).ConfigureAwait(false)).Lines.Count;
        }

        var errors = result.Compilation.GetDeclarationDiagnostics(cancellationToken)
            .Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (errors > 0)
            _notes.Add(
                $"{project.Name} has {errors} errors in its declarations; findings in it may be missing. Has it been restored and built?");
        foreach (var crash in result.Crashes) _notes.Add($"{project.Name}: {crash}");

        var baseline = project.FilePath is { } file ? ProjectFiles.ReadBaseline(file) : null;
        var count = 0;
        foreach (var diagnostic in result.Diagnostics)
        {
            if (await CreateAsync(diagnostic, result.Compilation, project, baseline, _loaded.Root, cancellationToken)
                .ConfigureAwait(false) is not { } finding)
                continue;
            count++;
            if (_findings.TryGetValue(finding.Place, out var known))
                _findings[finding.Place] = known with { Frameworks = known.Frameworks.Union(finding.Frameworks) };
            else _findings.Add(finding.Place, finding);
        }

        _loaded.Release(id, result.Compilation);
        return $"{project.Name}: {count} findings";
    }

    private static async Task<Finding?> CreateAsync(Diagnostic diagnostic, Compilation compilation, Project project, Baseline? baseline,
        string root, CancellationToken cancellationToken)
    {
        if (diagnostic.Location.SourceTree is not { } tree)
            return diagnostic.Location.Kind is LocationKind.None or LocationKind.ExternalFile ? CreateOutside(diagnostic, project, root)
                : null;

        var text = await tree.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var span = diagnostic.Location.GetLineSpan();
        var first = Math.Max(0, span.StartLinePosition.Line - LinesAround);
        var last = Math.Min(text.Lines.Count - 1, Math.Min(span.EndLinePosition.Line, span.StartLinePosition.Line + 8) + LinesAround);
        var entry = BaselineEntry.Of(diagnostic, compilation.GetSemanticModel(tree), cancellationToken);
        return new Finding
        {
            Rule = diagnostic.Descriptor,
            Severity = diagnostic.Severity,
            Message = diagnostic.GetMessage(),
            Project = NameOf(project),
            ProjectFile = project.FilePath ?? "",
            Path = Relative(tree.FilePath, root),
            Line = span.StartLinePosition.Line + 1,
            Column = span.StartLinePosition.Character + 1,
            EndLine = span.EndLinePosition.Line + 1,
            EndColumn = span.EndLinePosition.Character + 1,
            FirstCodeLine = first + 1,
            Code = [.. Enumerable.Range(first, last - first + 1).Select(line => text.Lines[line].ToString())],
            Hops = [.. diagnostic.AdditionalLocations.Where(location => location.IsInSource).Select(location => HopAt(location, root))],
            IsCause = diagnostic.Properties.ContainsKey(FixHints.ReachedFrom),
            BaselineLine = entry?.ToString() ?? "",
            IsInBaseline = entry is { } line && baseline?.Contains(line) == true,
            Frameworks = FrameworkOf(project) is { } framework ? [framework] : [],
        };
    }

    // A configuration file, which has no place in the source.
    private static Finding CreateOutside(Diagnostic diagnostic, Project project, string root)
    {
        var span = diagnostic.Location.GetLineSpan();
        return new Finding
        {
            Rule = diagnostic.Descriptor,
            Severity = diagnostic.Severity,
            Message = diagnostic.GetMessage(),
            Project = NameOf(project),
            ProjectFile = project.FilePath ?? "",
            Path = Relative(span.Path is { Length: > 0 } path ? path : project.FilePath ?? "", root),
            Line = span.StartLinePosition.Line + 1,
            Column = span.StartLinePosition.Character + 1,
            EndLine = span.EndLinePosition.Line + 1,
            EndColumn = span.EndLinePosition.Character + 1,
            FirstCodeLine = 1,
            Code = [],
            Hops = [],
            BaselineLine = "",
        };
    }

    private static Hop HopAt(Location location, string root)
    {
        var position = location.GetLineSpan().StartLinePosition;
        var line = location.SourceTree!.GetText().Lines[position.Line].ToString().Trim();
        return new Hop(Relative(location.SourceTree.FilePath, root), position.Line + 1, position.Character + 1, line);
    }

    private static string Relative(string path, string root) =>
        path.Length == 0 ? path : Path.GetRelativePath(root, path).Replace('\\', '/');

    // "Library(net8.0)": a workspace writes the framework behind the name where there are several.
    private static string NameOf(Project project) =>
        FrameworkOf(project) is { } framework ? project.Name[..^(framework.Length + 2)] : project.Name;

    private static string? FrameworkOf(Project project)
    {
        var open = project.Name.LastIndexOf('(');
        return open > 0 && project.Name.EndsWith(')') ? project.Name[(open + 1)..^1] : null;
    }
}
