using System;
using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Analysis;

/// <summary>What the project says of itself: <c>asyncguard_*</c> options and whether it holds tests.</summary>
internal sealed class GuardOptions
{
    private readonly AnalyzerConfigOptionsProvider? _options;

    public GuardOptions(Compilation compilation, AnalyzerOptions? options)
    {
        _options = options?.AnalyzerConfigOptionsProvider;
        IsTestProject = ReadsTestProject(compilation);
        TaskObservers = ReadNames("asyncguard_task_observers");
    }

    /// <summary>Whether the project is a test project: it says so, or it references a test framework.</summary>
    public bool IsTestProject { get; }

    /// <summary><c>asyncguard_task_observers</c>: names of methods that take care of the task they are given or called on.</summary>
    public HashSet<string> TaskObservers { get; }

    private bool ReadsTestProject(Compilation compilation)
    {
        if (Read("build_property.IsTestProject") is { } said) return said.Equals("true", StringComparison.OrdinalIgnoreCase);
        foreach (var reference in compilation.ReferencedAssemblyNames)
        {
            if (KnownAssemblies.TestFrameworks.Contains(reference.Name)) return true;
        }

        return false;
    }

    private HashSet<string> ReadNames(string key)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in (Read(key) ?? "").Split(',', '|'))
        {
            var trimmed = name.Trim();
            if (trimmed.Length > 0) names.Add(trimmed);
        }

        return names;
    }

    private string? Read(string key) =>
        _options is not null && _options.GlobalOptions.TryGetValue(key, out var value) && value.Length > 0 ? value : null;
}
