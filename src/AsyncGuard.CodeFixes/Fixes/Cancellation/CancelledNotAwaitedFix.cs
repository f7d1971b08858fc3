using System.Collections.Generic;
using System.Composition;
using System.Linq;
using AsyncGuard.Editing.Async;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>
/// <c>cts.Cancel();</c> →
/// <c>cts.Cancel(); try { await task; } catch (OperationCanceledException) when (cts.IsCancellationRequested) { }</c>
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CancelledNotAwaitedFix() : GuardFix(RuleTable.CancelledNotAwaited)
{
    private const string Key = "AGD0305.Await";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is not { } cancel || TasksOf(fix) is not { Count: > 0 } tasks) return null;
        if (AwaitAfterCancel.For(cancel, tasks, fix) is not { } stop) return null;
        return new FixPlan(tasks.Count == 1 ? $"Await '{tasks[0].Name}' until it has stopped" : "Await the tasks until they have stopped",
            Key, all => stop.Record(all, fix));
    }

    private static List<ISymbol>? TasksOf(FixContext fix)
    {
        if (!fix.Diagnostic.Properties.TryGetValue(FixHints.Tasks, out var names) || names is null) return null;
        var tasks = new List<ISymbol>();
        foreach (var name in names.Split(','))
        {
            if (fix.Model.LookupSymbols(fix.Node.SpanStart, name: name)
                .FirstOrDefault(symbol => symbol is ILocalSymbol or IFieldSymbol) is not { } task)
                return null;
            tasks.Add(task);
        }

        return tasks;
    }
}
