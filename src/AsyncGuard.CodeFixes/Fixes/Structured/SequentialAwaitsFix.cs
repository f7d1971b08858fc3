using System.Collections.Generic;
using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Structured;

/// <summary><c>await a; await b;</c> → <c>await Task.WhenAll(a, b);</c> before, or the tasks in a group from their start.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SequentialAwaitsFix() : GuardFix(RuleTable.SequentialAwaits)
{
    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not { } node || fix.OperationOf(node) is not IAwaitOperation awaited)
            yield break;

        var locals = Locals(awaited, fix);
        if (locals.Count == 0) yield break;
        if (JoinBefore.For(node, AwaitedInLoop.Of(awaited, fix.Guard), locals, fix) is { } join)
            yield return new FixPlan("Await 'Task.WhenAll' first", "AGD0206.WhenAll", all => join.Record(all, fix));

        var starts = new List<(ExpressionSyntax, SyntaxNode)>();
        foreach (var local in locals)
        {
            if (KeptTasks.StartsOf(TaskHolder.Of(local, awaited, fix.Guard)) is not { } started) yield break;
            starts.AddRange(started);
        }

        foreach (var plan in Grouping.Plans(starts, removed: null, "Run them in a task group", "AGD0206.Group", fix)) yield return plan;
    }

    // The collection of a loop, or the awaited local and those that are left alone, in the order of their declaration.
    private static IReadOnlyList<ILocalSymbol> Locals(IAwaitOperation awaited, FixContext fix)
    {
        if (AwaitedInLoop.Of(awaited, fix.Guard) is { } collection) return [collection];
        if (SequentialAwaits.AwaitedLocal(awaited) is not { } local) return [];

        var left = SequentialAwaits.LeftAloneAt(awaited,
            ControlFlowGraph.Create(FlowGraphs.RootOf(awaited).Syntax, fix.Model, fix.CancellationToken)!, fix.Guard);
        return left.IsEmpty ? [] : [.. left.Add(local).OrderBy(one => one.Locations[0].SourceSpan.Start)];
    }
}
