using System;
using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Cli.Auditing;
using AsyncGuard.Cli.Loading;

namespace AsyncGuard.Cli.Baselines;

/// <summary>The baselines of the projects of a solution.</summary>
internal static class BaselineFiles
{
    /// <summary>One per folder that has a project. With <paramref name="rules"/>, lines of other rules stay as they are.</summary>
    public static IEnumerable<BaselineFile> Of(LoadedSolution loaded, AuditResult result, IReadOnlySet<string>? rules)
    {
        foreach (var group in loaded.ProjectFiles.GroupBy(ProjectFiles.BaselineOf, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var known = ProjectFiles.ReadBaseline(group.First())?.Entries ?? [];
            var found = result.All
                .Where(finding => finding.BaselineLine.Length > 0 && group.Contains(finding.ProjectFile, StringComparer.Ordinal))
                .Select(finding => finding.BaselineLine);
            var kept = rules is null ? [] : known.Where(entry => !rules.Contains(entry.Rule));
            yield return new BaselineFile(group.Key, known, found.Concat(kept.Select(entry => entry.ToString())));
        }
    }
}
