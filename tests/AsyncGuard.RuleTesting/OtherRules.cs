using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// What the other rules of a rule's assembly say before and after a fix: the fix of one gives none of the others a place to report.
/// </summary>
internal static class OtherRules
{
    private const string Precedence = "the first goes before the second on one place, which has both faults";

    private const string InAsync = "what blocks elsewhere, in a function that becomes async";

    private static readonly ConcurrentDictionary<Assembly, ImmutableArray<DiagnosticAnalyzer>> All = new();

    // What a fix leaves for another rule, and why. By "" for the fix of any.
    private static readonly ImmutableDictionary<(string Fixed, string Speaks), string> Left =
        ImmutableDictionary.CreateRange<(string, string), string>(
        [
            new(("", "AGD0302"), "at the parameter: code that awaits in place of blocking has something for its token to end"),
            new(("AGD0102", "AGD0301"), "the wait is awaited as it is; that it takes a token is said next"),
            new(("AGD0103", "AGD0108"), "in a caller that waits: what it waits for held its thread before as well, inside of the call"),
            new(("AGD0103", "AGD0312"), Precedence),
            new(("AGD0103", "AGD0503"), "a text that is awaited whole, and only copied"),
            new(("AGD0104", "AGD0101"), InAsync),
            new(("AGD0104", "AGD0103"), InAsync),
            new(("AGD0108", "AGD0103"), InAsync),
            new(("AGD0201", "AGD0202"), "'_ =' says that the task is left alone on purpose, which AGD0202 is about"),
            new(("AGD0201", "AGD0211"), "that too many run at once is asked once something waits for them"),
            new(("AGD0209", "AGD0602"), "'Task.Run(async …)' keeps the thread that 'StartNew' took; AGD0602 asks whether it is needed"),
            new(("AGD0202", "AGD0602"), "as for AGD0201"),
            new(("AGD0201", "AGD0602"), "'Task.Run' that nothing waits for is left alone by AGD0602"),
            new(("AGD0209", "AGD0407"), Precedence),
            new(("AGD0312", "AGD0309"), Precedence),
            new(("AGD0401", "AGD0404"), Precedence),
            new(("AGD0501", "AGD0217"), "a task that leaves its client leaves its 'try' as well, of which AGD0210 has spoken before"),
        ]);

    /// <summary>
    /// Fails where a rule reports more than it did, other than those whose fix has been carried out. On the newest Roslyn only.
    /// </summary>
    public static async Task RequireSilentAsync(ImmutableArray<DiagnosticAnalyzer> analyzers,
        IEnumerable<(Compilation Before, Compilation After)> projects, AnalyzerOptions options, string subject)
    {
        // The floor runs the same programs: the rules are the same there, and the check is not cheap.
        if (RunningRoslyn.IsFloor) return;
        var own = analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Select(static rule => rule.Id).ToHashSet();
        var others = All.GetOrAdd(analyzers[0].GetType().Assembly, static assembly =>
        [
            .. assembly.GetTypes().Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer)))
                .Where(static type => type.Namespace?.Contains(".Rules.") == true)
                .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        ]).RemoveAll(analyzer => analyzer.SupportedDiagnostics.Any(rule => own.Contains(rule.Id)));
        if (others.IsEmpty) return;
        var added = new List<string>();
        foreach (var (before, after) in projects)
        {
            var found = await FindAsync(after, others, options).ConfigureAwait(false);
            if (found.Count == 0) continue;
            var known = await FindAsync(before, others, options).ConfigureAwait(false);
            foreach (var rule in found.GroupBy(static finding => finding.Id))
            {
                if (own.Append("").Any(id => Left.ContainsKey((id, rule.Key)))) continue;
                var lines = known.Where(finding => finding.Id == rule.Key).Select(static finding => finding.Line).ToList();
                if (rule.Count() > lines.Count)
                {
                    added.AddRange(rule.Where(finding => !lines.Remove(finding.Line))
                        .Select(static finding => $"{finding.Id} in: {finding.Line}"));
                }
            }
        }

        Assert.True(added.Count == 0,
            $"After the fix of {string.Join(", ", own)}, other rules speak. {subject}\n{string.Join('\n', added)}");
    }

    private static async Task<List<(string Id, string Line)>> FindAsync(Compilation compilation,
        ImmutableArray<DiagnosticAnalyzer> analyzers, AnalyzerOptions options)
    {
        var run = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            options, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        return
        [
            .. (await run.GetAnalyzerDiagnosticsAsync().ConfigureAwait(false))
                .Where(static finding => finding.Id.StartsWith("AGD", StringComparison.Ordinal))
                .Select(static finding => (finding.Id, LineOf(finding.Location))),
        ];
    }

    private static string LineOf(Location location) => location.SourceTree is { } tree
        ? tree.GetText().Lines.GetLineFromPosition(location.SourceSpan.Start).ToString().Trim() : "";
}
