using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace AsyncGuard.Cli.Auditing;

/// <summary>What the call paths of findings lead to.</summary>
internal sealed class Causes
{
    private readonly Dictionary<(string Path, int Line, int Column), int> _ranks = [];

    public Causes(IEnumerable<Finding> open)
    {
        var groups = open.Where(finding => !finding.Hops.IsEmpty && !finding.IsCause).GroupBy(PlaceOf)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key.Path, StringComparer.Ordinal).ThenBy(group => group.Key.Line).ThenBy(group => group.Key.Column)
            .ToList();
        foreach (var group in groups) _ranks.Add(group.Key, _ranks.Count);
        All = [.. groups.Select(group => new Cause(group.Key.Path, group.Key.Line, group.First().Hops[^1].Code, group.Count()))];
    }

    /// <summary>That of most places first, equal ones in the order of files and lines.</summary>
    public ImmutableArray<Cause> All { get; }

    /// <summary>The index of the finding's cause, which may be the finding itself; null where no path ends there.</summary>
    public int? RankOf(Finding finding) => _ranks.TryGetValue(PlaceOf(finding), out var rank) ? rank : null;

    /// <summary>
    /// Findings in the order in which they are worth mending: errors before warnings before suggestions; of these, causes of many places
    /// before those of few, each followed by its places; then what has no cause beyond itself, by rule, file and line.
    /// </summary>
    public ImmutableArray<Finding> First(IEnumerable<Finding> findings) =>
    [
        .. findings.OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => RankOf(finding) ?? int.MaxValue)
            .ThenByDescending(finding => finding.IsCause || finding.Hops.IsEmpty)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)
            .ThenBy(finding => finding, Finding.ByPlace),
    ];

    private static (string Path, int Line, int Column) PlaceOf(Finding finding) =>
        finding.Hops.IsEmpty || finding.IsCause ? (finding.Path, finding.Line, finding.Column)
        : (finding.Hops[^1].Path, finding.Hops[^1].Line, finding.Hops[^1].Column);
}
