using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AsyncGuard.Cli.Loading;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Cli.Auditing;

/// <summary>What an audit found.</summary>
/// <param name="All">Every finding, those in a baseline included, in order of place.</param>
/// <param name="Notes">What may make the result incomplete.</param>
/// <param name="Failures">Projects that could not be loaded.</param>
/// <param name="Projects">How many projects were analyzed, one per target framework.</param>
/// <param name="Lines">Lines of the files that were analyzed, each file once.</param>
/// <param name="Root">The folder to which paths are relative.</param>
internal sealed record AuditResult(
    ImmutableArray<Finding> All, ImmutableArray<string> Notes, IReadOnlyList<LoadFailure> Failures, int Projects, long Lines, string Root)
{
    /// <summary>The findings that no baseline holds.</summary>
    public ImmutableArray<Finding> Open { get; } = [.. All.Where(finding => !finding.IsInBaseline)];

    /// <summary>What the paths of the open findings lead to, that of most places first.</summary>
    public Causes Causes => field ??= new Causes(Open);

    public int CountAtOrAbove(DiagnosticSeverity severity) => Open.Count(finding => finding.Severity >= severity);
}
