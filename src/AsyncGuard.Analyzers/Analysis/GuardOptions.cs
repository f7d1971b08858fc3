using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Analysis;

/// <summary>What the project says of itself: <c>asyncguard_*</c> options and whether it holds tests.</summary>
internal sealed class GuardOptions
{
    private const string Prefix = "asyncguard_";
    private const string TaskObservers = "asyncguard_task_observers";
    private const string ConcurrentCalls = "asyncguard_concurrent_calls";
    private const string CpuBudgetKey = "asyncguard_cpu_budget";
    private const string CpuLoopGuessKey = "asyncguard_cpu_loop_guess";

    /// <summary>How often a loop over data is taken to run, where nothing else is said.</summary>
    public const double UsualLoopGuess = 10;

    private const double UsualCpuBudget = 100_000_000;
    private const string Summaries = "build_property.AsyncGuardSummaries";
    private const string DesignTime = "build_property.AsyncGuardDesignTime";

    /// <summary>Every option with what its value has to be.</summary>
    private static readonly Dictionary<string, (Func<string, bool> IsMet, string Text)> Expectations = new(StringComparer.OrdinalIgnoreCase)
    {
        [TaskObservers] = (AreNames, "expected names of methods, separated by ',' or '|'"),
        [ConcurrentCalls] = (AreNames, "expected names of methods, separated by ',' or '|'"),
        [CpuBudgetKey] = (static value => NumberIn(value) is >= 1, "expected a number of steps, such as 100_000_000"),
        [CpuLoopGuessKey] = (static value => NumberIn(value) is >= 1, "expected the number of passes assumed for a loop over data, such as 10"),
    };

    private readonly AnalyzerConfigOptionsProvider? _options;
    private readonly ConcurrentDictionary<string, HashSet<string>> _names = new(StringComparer.Ordinal);

    public GuardOptions(Compilation compilation, AnalyzerOptions? options)
    {
        _options = options?.AnalyzerConfigOptionsProvider;
        IsTestProject = ReadsTestProject(compilation);
    }

    /// <summary>Whether the project is a test project: it says so, or it references a test framework.</summary>
    public bool IsTestProject { get; }

    /// <summary>
    /// <c>AsyncGuardSummaries</c>: whether the project declares, for those that reference it, what its members do. Who references the
    /// runtime library does. Never in an editor.
    /// </summary>
    public bool WritesSummaries(Compilation compilation)
    {
        if (IsTrue(Read(DesignTime))) return false;
        if (Read(Summaries) is { } said) return IsTrue(said);
        foreach (var reference in compilation.ReferencedAssemblyNames)
        {
            if (reference.Name == KnownAssemblies.Runtime) return true;
        }

        return false;
    }

    /// <summary><c>asyncguard_task_observers</c>: names of methods that take care of the task that they receive or are called on.</summary>
    public bool IsTaskObserver(string method, SyntaxTree tree) =>
        IsListed(method, Read(TaskObservers)) || IsListed(method, Read(TaskObservers, _options?.GetOptions(tree)));

    /// <summary>
    /// <c>asyncguard_concurrent_calls</c>: names of methods that only read, and that may run at the same time as each other.
    /// </summary>
    public bool IsConcurrentCall(string method, SyntaxTree tree) =>
        IsListed(method, Read(ConcurrentCalls)) || IsListed(method, Read(ConcurrentCalls, _options?.GetOptions(tree)));

    /// <summary><c>asyncguard_cpu_budget</c>: how many simple steps async code may take without a break.</summary>
    public double CpuBudget(SyntaxTree tree) => NumberOf(CpuBudgetKey, tree) ?? UsualCpuBudget;

    /// <summary><c>asyncguard_cpu_loop_guess</c>: how often a loop is taken to run whose end is not a constant.</summary>
    public double CpuLoopGuess(SyntaxTree tree) => NumberOf(CpuLoopGuessKey, tree) ?? UsualLoopGuess;

    /// <summary>The <c>asyncguard_*</c> options that mean nothing, or whose value does not, each with what was expected.</summary>
    public IEnumerable<(string Option, string Problem)> Problems(SyntaxTree tree)
    {
        if (_options?.GetOptions(tree) is not { } options) yield break;
        foreach (var key in KeysOf(options))
        {
            if (!key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) continue;
            if (!Expectations.TryGetValue(key, out var expectation)) yield return (key, "there is no such option");
            else if (options.TryGetValue(key, out var value) && !expectation.IsMet(value)) yield return (key, expectation.Text);
        }
    }

    // A host need not list its options.
    private static IEnumerable<string> KeysOf(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            return Array.Empty<string>();
        }
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static bool AreNames(string value)
    {
        foreach (var name in NamesIn(value))
        {
            if (!SyntaxFacts.IsValidIdentifier(name)) return false;
        }

        return true;
    }

    private bool ReadsTestProject(Compilation compilation)
    {
        if (Read("build_property.IsTestProject") is { } said) return IsTrue(said);
        foreach (var reference in compilation.ReferencedAssemblyNames)
        {
            if (KnownAssemblies.TestFrameworks.Contains(reference.Name)) return true;
        }

        return false;
    }

    private bool IsListed(string name, string? list) => list is not null && _names.GetOrAdd(list, NamesIn).Contains(name);

    private static HashSet<string> NamesIn(string list)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in list.Split(',', '|'))
        {
            var trimmed = name.Trim();
            if (trimmed.Length > 0) names.Add(trimmed);
        }

        return names;
    }

    private double? NumberOf(string key, SyntaxTree tree) =>
        (Read(key, _options?.GetOptions(tree)) ?? Read(key)) is { } value && NumberIn(value) is >= 1 and var number ? number : null;

    // 100000000, 100_000_000
    private static double? NumberIn(string value) =>
        double.TryParse(value.Replace("_", ""),
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var number) ? number : null;

    // A .globalconfig and MSBuild speak for the compilation, an .editorconfig for the files below it.
    private string? Read(string key) => Read(key, _options?.GlobalOptions);

    private static string? Read(string key, AnalyzerConfigOptions? options) =>
        options is not null && options.TryGetValue(key, out var value) && value.Length > 0 ? value : null;
}
