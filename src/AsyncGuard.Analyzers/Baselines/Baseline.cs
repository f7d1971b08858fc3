using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Baselines;

/// <summary>The accepted findings of a project: its additional files named <c>AsyncGuardBaseline.txt</c>.</summary>
internal sealed class Baseline
{
    public const string FileName = "AsyncGuardBaseline.txt";

    private static readonly ConditionalWeakTable<SourceText, Baseline> Read = new();

    private readonly HashSet<BaselineEntry> _entries = new();

    public IReadOnlyCollection<BaselineEntry> Entries => _entries;

    public static bool IsBaseline(string path) =>
        path.Substring(path.LastIndexOfAny(['/', '\\']) + 1).Equals(FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>What all baselines among the files hold together, or null where there is none.</summary>
    public static Baseline? In(ImmutableArray<AdditionalText> files)
    {
        if (files.IsDefaultOrEmpty) return null;
        Baseline? found = null;
        foreach (var file in files)
        {
            if (!IsBaseline(file.Path) || file.GetText() is not { } text) continue;
            var read = Read.GetValue(text, static text => Parse(text));
            found = found is null ? read : found.With(read);
        }

        return found;
    }

    public static Baseline Parse(SourceText text)
    {
        var baseline = new Baseline();
        foreach (var line in text.Lines)
        {
            if (BaselineEntry.Parse(line.ToString().Trim()) is { } entry) baseline._entries.Add(entry);
        }

        return baseline;
    }

    public bool Contains(BaselineEntry entry) => _entries.Contains(entry);

    private Baseline With(Baseline other)
    {
        var both = new Baseline();
        both._entries.UnionWith(_entries);
        both._entries.UnionWith(other._entries);
        return both;
    }
}
