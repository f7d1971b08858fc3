using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Corpus;

/// <summary>Applies each offered fix to the original project, one at a time, and emits the result: a fix that does not compile is printed.</summary>
internal static class FixCheck
{
    public static async Task<int> ApplyEachAsync(Project project, ImmutableArray<Diagnostic> findings, TextWriter output)
    {
        var before = await ErrorsAsync(project);
        var offered = 0;
        var broken = 0;
        var without = 0;
        foreach (var finding in findings)
        {
            if (project.GetDocument(finding.Location.SourceTree) is not { } document) continue;
            var actions = await ActionsAsync(document, finding);
            var line = finding.Location.GetLineSpan();
            if (actions.Count == 0)
            {
                without++;
                output.WriteLine($"none   {finding.Id} {line.Path}({line.StartLinePosition.Line + 1})");
            }

            foreach (var action in actions)
            {
                offered++;
                var operations = await action.GetOperationsAsync(CancellationToken.None);
                var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
                var errors = (await ErrorsAsync(changed.GetProject(project.Id)!)).Except(before).ToList();
                output.WriteLine($"{(errors.Count == 0 ? "ok    " : "BROKEN")} {finding.Id} '{action.Title}' {line.Path}({line.StartLinePosition.Line + 1})");
                await PrintChangeAsync(project.Solution, changed, output);
                if (errors.Count == 0) continue;
                broken++;
                foreach (var error in errors) output.WriteLine("       " + error);
            }
        }

        output.WriteLine($"{offered} fixes applied one by one, {broken} broken; {without} of {findings.Length} findings have none");
        return broken;
    }

    private static async Task<IReadOnlyList<CodeAction>> ActionsAsync(Document document, Diagnostic finding)
    {
        var actions = new List<CodeAction>();
        foreach (var fix in Rules.Fixes().Where(fix => fix.FixableDiagnosticIds.Contains(finding.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), CancellationToken.None));
        }

        return actions;
    }

    private static async Task<HashSet<string>> ErrorsAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync() ?? throw new InvalidOperationException("The project has no compilation.");
        var result = compilation.Emit(Stream.Null);
        return [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id + " " + diagnostic.GetMessage())];
    }

    private static async Task PrintChangeAsync(Solution before, Solution after, TextWriter output)
    {
        foreach (var change in after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()))
        {
            var old = (await before.GetDocument(change)!.GetTextAsync()).Lines.Select(line => line.ToString()).ToHashSet();
            foreach (var line in (await after.GetDocument(change)!.GetTextAsync()).Lines)
            {
                if (!old.Contains(line.ToString())) output.WriteLine("         + " + line.ToString().Trim());
            }
        }
    }
}
