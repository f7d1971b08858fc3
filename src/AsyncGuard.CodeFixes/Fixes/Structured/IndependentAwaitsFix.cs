using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>var a = await A(); var b = await B();</c> → both started, then <c>await Task.WhenAll</c>; or
/// <c>var (a, b) = await TaskGroup.WhenAllAsync(…)</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IndependentAwaitsFix() : GuardFix(RuleTable.IndependentAwaits)
{
    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not { } node || fix.OperationOf(node) is not IAwaitOperation awaited)
            yield break;
        var row = IndependentAwaits.RowWithSecond(awaited, fix.Guard);
        if (row.IsEmpty || AwaitSequence.For(row, fix) is not { } awaits) yield break;

        if (StartedSequence.For(awaits, fix) is { } started)
            yield return new FixPlan("Start them, then await 'Task.WhenAll'", "AGD0207.WhenAll", all => started.Record(all, fix));
        if (GroupedSequence.For(awaits, fix) is { } grouped)
            yield return new FixPlan("Run them at once with 'TaskGroup.WhenAllAsync'", "AGD0207.Group", all => grouped.Record(all, fix));
    }
}
